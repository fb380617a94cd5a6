using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace KerasPort;

/// <summary>Python's <c>template % values</c>: <c>%[(name)][flags][width][.precision]conversion</c>.</summary>
internal sealed class PythonPercent
{
    private readonly string _template;
    private readonly object?[] _values;
    private readonly IDictionary? _mapping;
    private int _at, _used;

    private PythonPercent(string template, object? values)
    {
        _template = template;
        _mapping = values as IDictionary;
        _values = values switch
        {
            ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i])],
            Shape shape => [.. shape.Select(d => (object?)d)],
            ArrayShape shape => [.. shape.Select(d => (object?)d)],
            _ => [values],
        };
    }

    /// <summary>The template with its conversions replaced.</summary>
    /// <exception cref="ValueError">There are too few or too many values, or one doesn't fit its conversion.</exception>
    public static string Format(string template, object? values) => new PythonPercent(template, values).Expand();

    private PythonPercent(string template, object?[] values) => (_template, _values) = (template, values);

    /// <summary>Likewise with several values.</summary>
    /// <exception cref="ValueError">There are too few or too many values, or one doesn't fit its conversion.</exception>
    public static string FormatAll(string template, object?[] values) => new PythonPercent(template, values).Expand();

    private string Expand()
    {
        var text = new StringBuilder();
        while (_at < _template.Length)
        {
            char c = _template[_at++];
            if (c == '%') text.Append(Conversion());
            else text.Append(c);
        }
        if (_used < _values.Length && _mapping is null) throw new ValueError("not all arguments converted during string formatting");
        return text.ToString();
    }

    private string Conversion()
    {
        object? named = null;
        bool isNamed = _at < _template.Length && _template[_at] == '(';
        if (isNamed) named = Named();
        string flags = "";
        while (_at < _template.Length && "-+ #0".Contains(_template[_at])) flags += _template[_at++];
        int width = Count("width") ?? 0;
        if (width < 0) (flags, width) = (flags + "-", -width);
        int? precision = null;
        if (_at < _template.Length && _template[_at] == '.')
        {
            _at++;
            precision = Math.Max(Count("precision") ?? 0, 0);
        }
        if (_at < _template.Length && "hlL".Contains(_template[_at])) _at++;
        if (_at == _template.Length) throw new ValueError("incomplete format");
        char type = _template[_at++];
        if (type == '%' && _template[_at - 2] == '%') return "%";
        object? value = isNamed ? named : Next();
        // A numpy scalar, or an array or a tensor of one number.
        if (value is Tensor { HasValues: true } tensor && !"sra".Contains(type)) value = tensor.numpy();
        if (value is NumpyScalar scalar) value = scalar.Value;
        if (value is IPythonText { Number: { } number }) value = number;
        if (value is NDArray { size: 1 } one && (one.ndim == 0 || !"sra".Contains(type))) value = one.Scalar();

        var (head, body, numeric) = type switch
        {
            's' => ("", Cut(PythonText.Str(value), precision), false),
            'r' => ("", Cut(PythonText.Repr(value), precision), false),
            'a' => ("", Cut(PythonText.Ascii(PythonText.Repr(value)), precision), false),
            'c' => ("", Character(value), false),
            'd' or 'i' or 'u' => Integer(Truncated(value, type), type, flags, precision),
            'o' or 'x' or 'X' => Integer(Whole(value, type), type, flags, precision),
            'e' or 'E' or 'f' or 'F' or 'g' or 'G' => Float(value, type, flags, precision ?? 6),
            _ => throw new ValueError($"unsupported format character '{type}' (0x{(int)type:x}) at index {_at - 1}"),
        };
        if (flags.Contains('-')) return (head + body).PadRight(width);
        if (numeric && flags.Contains('0')) return head + body.PadLeft(Math.Max(width - head.Length, 0), '0');
        return (head + body).PadLeft(width);
    }

    private object? Named()
    {
        if (_mapping is null) throw new ValueError("format requires a mapping");
        int from = ++_at;
        for (int open = 1; open > 0; _at++)
        {
            if (_at == _template.Length) throw new ValueError("incomplete format key");
            open += _template[_at] switch { '(' => 1, ')' => -1, _ => 0 };
        }
        string name = _template[from..(_at - 1)];
        return _mapping.Contains(name) ? _mapping[name] : throw new ValueError($"the values have no {PythonText.Repr(name)}");
    }

    private object? Next() => _used < _values.Length ? _values[_used++] : throw new ValueError("not enough arguments for format string");

    // A number in the template, or the next value for a star.
    private int? Count(string what)
    {
        if (_at < _template.Length && _template[_at] == '*')
        {
            _at++;
            return Next() switch { int count => count, bool yes => yes ? 1 : 0, _ => throw new ValueError("* wants int") };
        }
        int from = _at;
        while (_at < _template.Length && char.IsAsciiDigit(_template[_at])) _at++;
        if (from == _at) return null;
        return int.TryParse(_template.AsSpan(from, _at - from), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
            : throw new ValueError($"{what} too big");
    }

    private static string Cut(string text, int? length) => length < text.Length ? text[..length.Value] : text;

    private static string Character(object? value)
    {
        if (value is char c) return c.ToString();
        if (value is string text && new StringInfo(text).LengthInTextElements == 1 && text.EnumerateRunes().Count() == 1) return text;
        if (PythonText.WholeNumber(value) is not { } number) throw new ValueError("%c requires int or char");
        return number >= 0 && number <= 0x10ffff && !(number >= 0xd800 && number < 0xe000) ? char.ConvertFromUtf32((int)number)
            : throw new ValueError("%c arg not in range(0x110000)");
    }

    private static BigInteger Truncated(object? value, char type)
    {
        if (PythonText.WholeNumber(value) is { } whole) return whole;
        double number = value switch
        {
            double d => d,
            float f => f,
            Half h => (double)h,
            _ => throw new ValueError($"%{type} format: a real number is required, not {PythonFormatSpecifier.TypeName(value)}"),
        };
        if (double.IsNaN(number)) throw new ValueError("cannot convert float NaN to integer");
        return double.IsFinite(number) ? new BigInteger(number) : throw new ValueError("cannot convert float infinity to integer");
    }

    private static BigInteger Whole(object? value, char type) => PythonText.WholeNumber(value)
        ?? throw new ValueError($"%{type} format: an integer is required, not {PythonFormatSpecifier.TypeName(value)}");

    private static (string Head, string Body, bool Numeric) Integer(BigInteger value, char type, string flags, int? precision)
    {
        string digits = PythonFormatSpecifier.Apply(BigInteger.Abs(value), type is 'i' or 'u' ? "d" : type.ToString()).PadLeft(precision ?? 0, '0');
        string prefix = flags.Contains('#') && type is ('o' or 'x' or 'X') ? "0" + type : "";
        return (Sign(value < 0, flags) + prefix, digits, true);
    }

    private static (string Head, string Body, bool Numeric) Float(object? value, char type, string flags, int precision)
    {
        double number = value switch
        {
            double d => d,
            float f => f,
            Half h => (double)h,
            _ => PythonText.WholeNumber(value) is { } whole ? (double)whole
                : throw new ValueError($"must be real number, not {PythonFormatSpecifier.TypeName(value)}"),
        };
        string text = PythonFormatSpecifier.Apply(Math.Abs(number), $"{(flags.Contains('#') ? "#" : "")}.{precision}{type}");
        return (Sign(double.IsNegative(number) && !double.IsNaN(number), flags), text, true);
    }

    private static string Sign(bool negative, string flags) => negative ? "-" : flags.Contains('+') ? "+" : flags.Contains(' ') ? " " : "";
}
