using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace KerasPort;

/// <summary>
/// Python's format specifiers, <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>, as Python 3.11
/// applies them to text, integers and floats.
/// </summary>
internal sealed partial class PythonFormatSpecifier
{
    private readonly char? _align, _sign, _grouping;
    private readonly char _fill = ' ', _type;
    private readonly bool _alternate, _positiveZero;
    private readonly string _typeName;
    private readonly int _width, _precision = -1;

    /// <summary>Python's <c>format(value, specifier)</c>.</summary>
    /// <exception cref="ValueError">The specifier is malformed or doesn't apply to this type of value.</exception>
    public static string Apply(object? value, string specifier)
    {
        if (value is Tensor { HasValues: true } tensor) value = tensor.numpy();
        if (value is NDArray { ndim: 0 } array) value = array.Scalar();
        if (value is NumpyScalar scalar) value = scalar.Value;
        if (value is IPythonText { Number: { } number }) value = number;
        // In a field, numpy's float32 is the double of its value, so that it shows more digits than str does.
        if (value is float single) value = (double)single;
        if (specifier.Length == 0) return PythonText.Str(value);
        string type = TypeName(value);
        return value switch
        {
            string or char => new PythonFormatSpecifier(specifier, '<', type).Text(PythonText.Str(value)),
            double d => new PythonFormatSpecifier(specifier, '>', type).Float(d),
            bool b => new PythonFormatSpecifier(specifier, '>', type).Integer(b ? 1 : 0),
            _ when type == "int" => new PythonFormatSpecifier(specifier, '>', type).Integer(
                BigInteger.Parse(PythonText.Str(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
            _ => throw new ValueError($"unsupported format string passed to {type}.__format__"),
        };
    }

    private PythonFormatSpecifier(string specifier, char defaultAlign, string typeName)
    {
        _typeName = typeName;
        var match = Grammar().Match(specifier);
        string Part(string name) => match.Groups[name].Value;
        if (Part("align") is [var align]) _align = align;
        if (Part("fill") is [var fill]) _fill = fill;
        if (Part("sign") is [var sign]) _sign = sign;
        _alternate = Part("alternate").Length > 0;
        _positiveZero = Part("positive").Length > 0;
        if (Part("zero").Length > 0)
        {
            // A zero before the width pads numbers between sign and digits; after a fill it is only a part of the width.
            if (!match.Groups["fill"].Success) _fill = '0';
            if (_align is null && defaultAlign == '>') _align = '=';
        }
        _align ??= defaultAlign;
        _width = Number(Part("width"));
        if (Part("grouping") is [var grouping, ..] groupings)
        {
            _grouping = grouping;
            if (groupings.Length > 1) throw new ValueError("Cannot specify both ',' and '_'.");
        }
        if (match.Groups["precision"].Success)
            _precision = Part("precision").Length > 0 ? Number(Part("precision")) : throw new ValueError("Format specifier missing precision");
        string rest = Part("rest");
        if (rest.Length > 1) throw new ValueError($"Invalid format specifier '{specifier}' for object of type '{typeName}'");
        _type = rest.Length > 0 ? rest[0] : typeName == "str" ? 's' : '\0';
        bool groups = _grouping is null || "deEfFgG%\0".Contains(_type) || (_grouping == '_' && "boxX".Contains(_type));
        if (!groups) throw new ValueError($"Cannot specify '{_grouping}' with '{_type}'.");
    }

    private string Text(string text)
    {
        if (_type != 's') throw UnknownType();
        if (_sign == ' ') throw new ValueError("Space not allowed in string format specifier");
        if (_sign is not null) throw new ValueError("Sign not allowed in string format specifier");
        if (_positiveZero) throw new ValueError("Negative zero coercion (z) not allowed in string format specifier");
        if (_alternate) throw new ValueError("Alternate form (#) not allowed in string format specifier");
        if (_align == '=') throw new ValueError("'=' alignment not allowed in string format specifier");
        return Pad("", _precision >= 0 && _precision < text.Length ? text[.._precision] : text);
    }

    private string Integer(BigInteger value)
    {
        // .NET's conversion to double truncates digits, while its parser rounds.
        if ("eEfFgG%".Contains(_type)) return Float(double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
        if (_precision >= 0) throw new ValueError("Precision not allowed in integer format specifier");
        if (_positiveZero) throw new ValueError("Negative zero coercion (z) not allowed in integer format specifier");
        if (_type == 'c')
        {
            if (_sign is not null) throw new ValueError("Sign not allowed with integer format specifier 'c'");
            if (_alternate) throw new ValueError("Alternate form (#) not allowed with integer format specifier 'c'");
            if (value < 0 || value > 0x10ffff) throw new ValueError("%c arg not in range(0x110000)");
            if (value >= 0xd800 && value < 0xe000) return Pad("", ((char)value).ToString());
        }
        var magnitude = BigInteger.Abs(value);
        var (prefix, digits) = _type switch
        {
            '\0' or 'd' or 'n' => ("", magnitude.ToString(CultureInfo.InvariantCulture)),
            'b' => ("0b", Binary(magnitude, 1)),
            'o' => ("0o", Binary(magnitude, 3)),
            'x' => ("0x", Binary(magnitude, 4)),
            'X' => ("0X", Binary(magnitude, 4).ToUpperInvariant()),
            'c' => ("", char.ConvertFromUtf32((int)magnitude)),
            _ => throw UnknownType(),
        };
        return Pad(Sign(value < 0) + (_alternate ? prefix : ""), digits, _type is 'b' or 'o' or 'x' or 'X' ? 4 : 3);
    }

    private string Float(double value)
    {
        double magnitude = Math.Abs(value);
        int precision = _precision >= 0 ? _precision : 6;
        string text = _type switch
        {
            '\0' when _precision < 0 => PythonFloat.Repr(magnitude),
            '\0' => General(magnitude, precision, pointZero: true),
            'e' or 'E' => PythonFloat.Scientific(magnitude, precision),
            'f' or 'F' => PythonFloat.Fixed(magnitude, precision),
            '%' => PythonFloat.Fixed(magnitude * 100, precision) + "%",
            'g' or 'G' or 'n' => General(magnitude, precision, pointZero: false),
            _ => throw UnknownType(),
        };
        if (_alternate && double.IsFinite(value) && !text.Contains('.'))
            text = text.Insert(text.IndexOfAny(['e', '%']) is var at and >= 0 ? at : text.Length, ".");
        if (_type is 'E' or 'F' or 'G') text = text.ToUpperInvariant();
        int digits = text.TakeWhile(char.IsAsciiDigit).Count();
        // With z, a number that rounds to 0 has no sign.
        bool isZero = double.IsFinite(value) && text.TakeWhile(c => c is not ('e' or 'E' or '%')).All(c => c is '0' or '.');
        string sign = Sign(double.IsNegative(value) && !double.IsNaN(value) && !(_positiveZero && isZero));
        return Pad(sign, text[..digits], 3, text[digits..]);
    }

    // "g": significant digits, positional where the exponent allows it. Without a type a whole number keeps ".0".
    private string General(double magnitude, int precision, bool pointZero)
    {
        if (!double.IsFinite(magnitude)) return PythonFloat.NonFinite(magnitude);
        precision = Math.Max(precision, 1);
        var (digits, exponent) = PythonFloat.Significant(magnitude, precision);
        if (!_alternate) digits = digits.TrimEnd('0') is { Length: > 0 } trimmed ? trimmed : "0";
        if (exponent < -4 || exponent >= precision - (pointZero ? 1 : 0)) return PythonFloat.Exponential(digits, exponent);
        string text = PythonFloat.Positional(digits, exponent);
        return text.EndsWith('.') ? pointZero ? text + "0" : text[..^1] : text;
    }

    // Zeros that pad to the width are grouped like digits, so that the text may be one longer than the width.
    private string Pad(string head, string digits, int group = 0, string tail = "")
    {
        string body = Grouped(digits, group);
        if (_align == '=' && _fill == '0')
        {
            while (head.Length + body.Length + tail.Length < _width) body = Grouped(digits = "0" + digits, group);
        }
        string text = head + body + tail;
        int missing = Math.Max(_width - text.Length, 0);
        return _align switch
        {
            '<' => text + new string(_fill, missing),
            '^' => new string(_fill, missing / 2) + text + new string(_fill, missing - missing / 2),
            '=' => head + new string(_fill, missing) + body + tail,
            _ => new string(_fill, missing) + text,
        };
    }

    private string Grouped(string digits, int group)
    {
        if (_grouping is not char separator || group == 0) return digits;
        int first = digits.Length % group;
        var groups = Enumerable.Range(0, digits.Length / group).Select(i => digits.Substring(first + i * group, group));
        return string.Join(separator, first > 0 ? groups.Prepend(digits[..first]) : groups);
    }

    private string Sign(bool negative) => negative ? "-" : _sign is '+' or ' ' ? _sign.ToString()! : "";

    private ValueError UnknownType() => new($"Unknown format code '{_type}' for object of type '{_typeName}'");

    private static string Binary(BigInteger magnitude, int bits)
    {
        var digits = new Stack<char>();
        do digits.Push("0123456789abcdef"[(int)(magnitude & ((1 << bits) - 1))]);
        while ((magnitude >>= bits) > 0);
        return string.Concat(digits);
    }

    private static int Number(string digits) => digits.Length == 0 ? 0
        : int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new ValueError("Too many decimal digits in format string");

    internal static string TypeName(object? value) => value switch
    {
        null => "NoneType",
        string or char => "str",
        bool => "bool",
        double => "float",
        float => "numpy.float32",
        Half => "numpy.float16",
        sbyte or byte or short or ushort or int or uint or long or ulong or BigInteger => "int",
        NDArray => "numpy.ndarray",
        DType type => $"numpy.dtypes.{type.Type}DType",
        Shape or ArrayShape or ITuple => "tuple",
        IDictionary or Logs => "dict",
        IList => "list",
        _ => value.GetType().Name,
    };

    [GeneratedRegex(@"^(?:(?<fill>.)(?=[<>=^]))?(?<align>[<>=^])?(?<sign>[-+ ])?(?<positive>z)?(?<alternate>#)?(?<zero>0)?"
        + @"(?<width>[0-9]+)?(?<grouping>,_|_,|[,_])?(?:\.(?<precision>[0-9]*))?(?<rest>.*)$",
        RegexOptions.Singleline)]
    private static partial Regex Grammar();
}
