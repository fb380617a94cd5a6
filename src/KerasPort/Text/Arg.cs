using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace KerasPort;

/// <summary>
/// An argument of <c>print</c> and <c>format</c>: a string, a number, an array, a list. An interpolated string becomes one with
/// Python's format specifiers, so that <c>print($"{accuracy:.2f}")</c> means what it means there.
/// </summary>
/// <remarks>C# has no place for a conversion, so <c>{name!r}</c> is <c>{name:!r}</c>, and <c>{name!r:>8}</c> is <c>{name:!r:>8}</c>.</remarks>
[InterpolatedStringHandler]
public readonly struct Arg
{
    private readonly object? _value;    // of an interpolated string a StringBuilder

    private Arg(object? value) => _value = value;

    /// <summary>Starts an interpolated string; the compiler calls it.</summary>
    public Arg(int literalLength, int formattedCount) => _value = new StringBuilder(literalLength + 8 * formattedCount);

    /// <summary>The value, as an argument of <c>print</c>.</summary>
    public static Arg Of<T>(T value) => value is Arg arg ? arg : new(Boxed(value));

    internal object? Value => _value is StringBuilder text ? text.ToString() : _value;

    /// <summary>The next piece of text.</summary>
    public void AppendLiteral(string text) => Text.Append(text);

    /// <summary>The next value, as <c>str</c> gives it.</summary>
    public void AppendFormatted<T>(T value) => Text.Append(PythonFormatSpecifier.Apply(Boxed(value), ""));

    /// <summary>None, for an untyped null; the compiler picks the other overloads for all else.</summary>
    public void AppendFormatted(object? value) => AppendFormatted<object?>(value);

    /// <summary>The next value, formatted by a Python specifier such as <c>.2f</c> or <c>&gt;10</c>.</summary>
    /// <exception cref="ValueError">The specifier is malformed or not one for this type of value.</exception>
    public void AppendFormatted<T>(T value, string? format) => Text.Append(Formatted(Boxed(value), format ?? ""));

    /// <summary>The next value in a field of C#'s width: to the right in a positive one, to the left in a negative one.</summary>
    public void AppendFormatted<T>(T value, int alignment) => AppendFormatted(value, alignment, "");

    /// <inheritdoc cref="AppendFormatted{T}(T, int)"/>
    /// <exception cref="ValueError">The specifier is malformed or not one for this type of value.</exception>
    public void AppendFormatted<T>(T value, int alignment, string? format)
    {
        string text = Formatted(Boxed(value), format ?? "");
        Text.Append(alignment < 0 ? text.PadRight(-alignment) : text.PadLeft(alignment));
    }

    /// <summary>The text that <c>print</c> writes.</summary>
    public override string ToString() => PythonText.Str(Value);

    /// <summary>Text.</summary>
    public static implicit operator Arg(string? value) => new(value);

    /// <summary>A character, which in Python is text too.</summary>
    public static implicit operator Arg(char value) => new(value);

    /// <summary>True or False.</summary>
    public static implicit operator Arg(bool value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(int value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(byte value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(ushort value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(uint value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(long value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(ulong value) => new(value);

    /// <summary>A whole number.</summary>
    public static implicit operator Arg(BigInteger value) => new(value);

    /// <summary>A number as numpy's float32 shows it.</summary>
    public static implicit operator Arg(float value) => new(value);

    /// <summary>A number as Python's float shows it.</summary>
    public static implicit operator Arg(double value) => new(value);

    /// <summary>True, False or None.</summary>
    public static implicit operator Arg(bool? value) => new(value);

    /// <summary>A whole number or None.</summary>
    public static implicit operator Arg(int? value) => new(value);

    /// <summary>A whole number or None.</summary>
    public static implicit operator Arg(long? value) => new(value);

    /// <summary>A number or None.</summary>
    public static implicit operator Arg(float? value) => new(value);

    /// <summary>A number or None.</summary>
    public static implicit operator Arg(double? value) => new(value);

    /// <summary>A number as numpy shows it.</summary>
    public static implicit operator Arg(NumpyScalar value) => new(value.Value);

    /// <summary>An array as numpy shows it.</summary>
    public static implicit operator Arg(NDArray? value) => new(value);

    /// <summary>A tensor, with its shape and type.</summary>
    public static implicit operator Arg(Tensor? value) => new(value);

    /// <summary>Strings, as an array of them.</summary>
    public static implicit operator Arg(Strings? value) => new(value);

    /// <summary>An array of C#, shown as a list.</summary>
    public static implicit operator Arg(Array? value) => new(value);

    /// <summary>A list.</summary>
    public static implicit operator Arg(List<double>? value) => new(value);

    /// <summary>A list.</summary>
    public static implicit operator Arg(List<int>? value) => new(value);

    /// <summary>A list.</summary>
    public static implicit operator Arg(List<string>? value) => new(value);

    /// <summary>A shape, shown as a tuple.</summary>
    public static implicit operator Arg(Shape value) => new(value);

    /// <summary>A shape, shown as a tuple.</summary>
    public static implicit operator Arg(ArrayShape value) => new(value);

    /// <summary>An element type, shown as its name: <c>float32</c>.</summary>
    public static implicit operator Arg(DType value) => new(value);

    /// <summary>The name of one of a set.</summary>
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
