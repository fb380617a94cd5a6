using System.Numerics;
using System.Text;

namespace KerasPort;

/// <summary>
/// An argument of <c>print</c> and <c>format</c>: a string, a number, an array, a list. An interpolated string is converted with Python's format
/// specifiers, so that <c>print($"{accuracy:.2f}")</c> means the same as in Python.
/// </summary>
/// <remarks>C# has no place for a conversion, so <c>{name!r}</c> is <c>{name:!r}</c>, and <c>{name!r:>8}</c> is <c>{name:!r:>8}</c>.</remarks>
[InterpolatedStringHandler]
public readonly struct Arg
{
    private readonly object? _value;    // a StringBuilder for an interpolated string

    private Arg(object? value) => _value = value;

    /// <summary>Starts an interpolated string; the compiler calls it.</summary>
    public Arg(int literalLength, int formattedCount) => _value = new StringBuilder(literalLength + 8 * formattedCount);

    /// <summary>The value, as an argument of <c>print</c>.</summary>
    public static Arg Of<T>(T value) => value is Arg arg ? arg : new(Boxed(value));

    internal object? Value => _value is StringBuilder text ? text.ToString() : _value;

    /// <summary>Appends a piece of text.</summary>
    public void AppendLiteral(string text) => Text.Append(text);

    /// <summary>Appends a value, as <c>str</c> gives it.</summary>
    public void AppendFormatted<T>(T value) => Text.Append(PythonFormatSpecifier.Apply(Boxed(value), ""));

    /// <summary>Appends None for an untyped null; the compiler picks the other overloads for everything else.</summary>
    public void AppendFormatted(object? value) => AppendFormatted<object?>(value);

    /// <summary>Appends a value, formatted by a Python specifier such as <c>.2f</c> or <c>&gt;10</c>.</summary>
    /// <exception cref="ValueError">The specifier is malformed or doesn't apply to this type of value.</exception>
    public void AppendFormatted<T>(T value, string? format) => Text.Append(Formatted(Boxed(value), format ?? ""));

    /// <summary>Appends a value in a field of C#'s width: right-aligned if it is positive, left-aligned if it is negative.</summary>
    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, "");

    /// <inheritdoc cref="AppendFormatted{T}(T, int)"/>
    /// <exception cref="ValueError">The specifier is malformed or doesn't apply to this type of value.</exception>
    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        string text = Formatted(Boxed(value), format ?? "");
        Text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    /// <summary>The text that <c>print</c> writes.</summary>
    public override string ToString() => PythonText.Str(Value);

    /// <summary>Converts text.</summary>
    public static implicit operator Arg(string? value) => new(value);

    /// <summary>Converts a character, which in Python is text, too.</summary>
    public static implicit operator Arg(char value) => new(value);

    /// <summary>Converts True or False.</summary>
    public static implicit operator Arg(bool value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(int value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(byte value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(ushort value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(uint value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(long value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(ulong value) => new(value);

    /// <summary>Converts an integer.</summary>
    public static implicit operator Arg(BigInteger value) => new(value);

    /// <summary>Converts a number, which prints as numpy's float32.</summary>
    public static implicit operator Arg(float value) => new(value);

    /// <summary>Converts a number, which prints as Python's float.</summary>
    public static implicit operator Arg(double value) => new(value);

    /// <summary>Converts True, False or None.</summary>
    public static implicit operator Arg(bool? value) => new(value);

    /// <summary>Converts an integer or None.</summary>
    public static implicit operator Arg(int? value) => new(value);

    /// <summary>Converts an integer or None.</summary>
    public static implicit operator Arg(long? value) => new(value);

    /// <summary>Converts a number or None.</summary>
    public static implicit operator Arg(float? value) => new(value);

    /// <summary>Converts a number or None.</summary>
    public static implicit operator Arg(double? value) => new(value);

    /// <summary>Converts a number, which prints as numpy's.</summary>
    public static implicit operator Arg(NumpyScalar value) => new(value.Value);

    /// <summary>Converts an array, which prints as numpy's.</summary>
    public static implicit operator Arg(NDArray? value) => new(value);

    /// <summary>Converts a tensor, which prints with its shape and type.</summary>
    public static implicit operator Arg(Tensor? value) => new(value);

    /// <summary>Converts strings, which print as an array.</summary>
    public static implicit operator Arg(Strings? value) => new(value);

    /// <summary>Converts an array of C#, which prints as a list.</summary>
    public static implicit operator Arg(Array? value) => new(value);

    /// <summary>Converts a list.</summary>
    public static implicit operator Arg(List<double>? value) => new(value);

    /// <summary>Converts a list.</summary>
    public static implicit operator Arg(List<int>? value) => new(value);

    /// <summary>Converts a list.</summary>
    public static implicit operator Arg(List<string>? value) => new(value);

    /// <summary>Converts a shape, which prints as a tuple.</summary>
    public static implicit operator Arg(Shape value) => new(value);

    /// <summary>Converts a shape, which prints as a tuple.</summary>
    public static implicit operator Arg(ArrayShape value) => new(value);

    /// <summary>Converts an element type, which prints as its name: <c>float32</c>.</summary>
    public static implicit operator Arg(DType value) => new(value);

    /// <summary>Converts an enum, which prints as its name.</summary>
    public static implicit operator Arg(Enum? value) => new(value);

    private StringBuilder Text => _value as StringBuilder ?? throw new InvalidOperationException("Only an interpolated string is appended to.");

    private static object? Boxed<T>(T value) => value is Arg arg ? arg.Value : value is NumpyScalar scalar ? scalar.Value : value;

    private static string Formatted(object? value, string format)
    {
        if (format is not ['!', ..]) return PythonFormatSpecifier.Apply(value, format);
        if (format is not ['!', _] and not ['!', _, ':', ..]) throw new ValueError($"expected ':' after conversion specifier, got '{format}'");
        return PythonFormatSpecifier.Apply(PythonFormat.Convert(value, format[1]), format.Length > 3 ? format[3..] : "");
    }
}
