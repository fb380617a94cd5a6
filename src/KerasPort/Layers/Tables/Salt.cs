using System.Globalization;

namespace KerasPort.Layers;

/// <summary>The key of a hash: a number or a pair of numbers, which convert implicitly.</summary>
public readonly record struct Salt(long First, long Second)
{
    /// <summary>One number, used twice.</summary>
    public static implicit operator Salt(long salt) => new(salt, salt);

    /// <summary>One number, used twice.</summary>
    public static implicit operator Salt(int salt) => new(salt, salt);

    /// <summary>Two numbers.</summary>
    public static implicit operator Salt((long First, long Second) salt) => new(salt.First, salt.Second);
}

/// <summary>An element of a column: a whole number or a string, which convert implicitly.</summary>
public readonly record struct Token
{
    private readonly string? _text;

    private Token(long number, string? text) => (Number, _text) = (number, text);

    internal long Number { get; }

    /// <summary>The string; <c>null</c> for a number.</summary>
    internal string? Text => _text;

    /// <summary>A whole number.</summary>
    public static implicit operator Token(long number) => new(number, null);

    /// <summary>A whole number.</summary>
    public static implicit operator Token(int number) => new(number, null);

    /// <summary>A string.</summary>
    public static implicit operator Token(string text) => new(0, text ?? throw new ValueError("None values not supported: a token is a number or a string."));

    /// <summary>The text that is hashed.</summary>
    public override string ToString() => _text ?? Number.ToString(CultureInfo.InvariantCulture);
}
