namespace KerasPort;

/// <summary>How much a layer of augmentation changes: a number, or the least and the most, <c>(-0.2, 0.3)</c>.</summary>
public sealed class Factor
{
    private Factor(double first, double second, bool isOne, bool isWhole) => (First, Second, IsOne, IsWhole) = (first, second, isOne, isWhole);

    /// <summary>The number, or the first of two.</summary>
    internal double First { get; }

    /// <summary>The number, or the second of two.</summary>
    internal double Second { get; }

    /// <summary>Whether it is one number.</summary>
    internal bool IsOne { get; }

    /// <summary>Whether it was given in whole numbers, as which Python shows them and files hold them.</summary>
    internal bool IsWhole { get; }

    /// <summary>One number.</summary>
    public static implicit operator Factor(double factor) => new(factor, factor, true, false);

    /// <inheritdoc cref="op_Implicit(double)"/>
    public static implicit operator Factor(int factor) => new(factor, factor, true, true);

    /// <summary>The least and the most, in either order.</summary>
    public static implicit operator Factor((double, double) factor) => new(factor.Item1, factor.Item2, false, false);

    /// <inheritdoc cref="op_Implicit(ValueTuple{double, double})"/>
    public static implicit operator Factor((int, int) factor) => new(factor.Item1, factor.Item2, false, true);

    /// <summary>The least and the most: of a number -number and number.</summary>
    internal (double Lower, double Upper) Range => IsOne ? (-Math.Abs(First), Math.Abs(First)) : (Math.Min(First, Second), Math.Max(First, Second));

    /// <summary>The least and the most, of a number no less than <paramref name="least"/>.</summary>
    internal Factor From(double least) => new(IsOne ? Math.Max(Range.Lower, least) : Range.Lower, Range.Upper, false, IsWhole);

    /// <summary>Refuses a number that isn't what it must be.</summary>
    /// <exception cref="ValueError">One isn't.</exception>
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
