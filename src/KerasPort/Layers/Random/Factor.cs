namespace KerasPort;

/// <summary>The strength of an augmentation: a number, or a range such as <c>(-0.2, 0.3)</c>.</summary>
public sealed class Factor
{
    private Factor(double first, double second, bool isOne, bool isWhole) => (First, Second, IsOne, IsWhole) = (first, second, isOne, isWhole);

    /// <summary>The number, or the first of two.</summary>
    internal double First { get; }

    /// <summary>The number, or the second of two.</summary>
    internal double Second { get; }

    /// <summary>Whether it is one number.</summary>
    internal bool IsOne { get; }

    /// <summary>Whether it was given in whole numbers, which Python shows and files hold as such.</summary>
    internal bool IsWhole { get; }

    /// <summary>One number.</summary>
    public static implicit operator Factor(double factor) => new(factor, factor, true, false);

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Factor(int factor) => new(factor, factor, true, true);

    /// <summary>Both ends of a range, in either order.</summary>
    public static implicit operator Factor((double, double) factor) => new(factor.Item1, factor.Item2, false, false);

    /// <inheritdoc cref="op_Implicit(ValueTuple{double, double})"/>
    public static implicit operator Factor((int, int) factor) => new(factor.Item1, factor.Item2, false, true);

    /// <summary>The range; a single number f stands for -|f| to |f|.</summary>
    internal (double Lower, double Upper) Range => IsOne ? (-Math.Abs(First), Math.Abs(First)) : (Math.Min(First, Second), Math.Max(First, Second));

    /// <summary>The range; that of a single number begins no lower than <paramref name="least"/>.</summary>
    internal Factor From(double least) => new(IsOne ? Math.Max(Range.Lower, least) : Range.Lower, Range.Upper, false, IsWhole);

    /// <summary>Requires that both numbers meet a condition.</summary>
    /// <exception cref="ValueError">A number doesn't.</exception>
    internal void Require(Func<double, bool> isSound, string otherwise)
    {
        foreach (double number in new[] { First, Second })
            if (!isSound(number)) throw new ValueError($"{otherwise} Received: input_number={Shown(number)}");
    }

    /// <summary>One of its numbers as Python shows it.</summary>
    internal string Shown(double number) => IsWhole ? PythonText.Str((long)number) : PythonText.Str(number);

    /// <summary>As Python shows it.</summary>
    public override string ToString() => IsOne ? Shown(First) : $"({Shown(First)}, {Shown(Second)})";
}
