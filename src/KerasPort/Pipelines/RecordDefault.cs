using System.Globalization;
using System.Text;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>
/// The content of a column of a table: a type, <c>tf.float32</c>, of which every record must have a value; or a default value, <c>0.0</c>, <c>0</c> or
/// <c>""</c>, which replaces missing ones and implies the type.
/// </summary>
public readonly struct RecordDefault
{
    private readonly object? _value;

    private RecordDefault(DType type, object? value) => (Type, _value) = (type, value);

    internal DType Type { get; }

    /// <summary>Converts a type without a default value.</summary>
    /// <exception cref="ValueError">Columns can't be of that type.</exception>
    public static implicit operator RecordDefault(DType type) =>
        type.Type is ElementType.Int32 or ElementType.Int64 or ElementType.Float32 or ElementType.Float64 or ElementType.String
        ? new(type, null) : throw new ValueError($"A column is of int32, int64, float32, float64 or string. Received: {type}");

    /// <summary>Converts an integer default: int32.</summary>
    public static implicit operator RecordDefault(int value) => new(DType.int32, value);

    /// <summary>Converts an integer default: int64.</summary>
    public static implicit operator RecordDefault(long value) => new(DType.int64, value);

    /// <summary>Converts a floating-point default: float32.</summary>
    public static implicit operator RecordDefault(double value) => new(DType.float32, (float)value);

    /// <summary>Converts a string default.</summary>
    public static implicit operator RecordDefault(string value) => new(DType.@string, value);

    /// <summary>Converts an array of one number, of its type; an empty array is the type without a default.</summary>
    /// <exception cref="ValueError">The array has more than one element.</exception>
    public static implicit operator RecordDefault(NDArray value)
    {
        RecordDefault type = value.dtype;
        return value.size switch
        {
            0 => type,
            1 => new(value.dtype, value.dtype.Type switch
            {
                ElementType.Int32 => (object)(int)value.item(),
                ElementType.Int64 => value.ToLongs()[0],
                ElementType.Float32 => (float)value.item(),
                _ => value.item(),
            }),
            _ => throw new ValueError($"A column has one default. Received: an array of shape {value.shape}"),
        };
    }

    /// <summary>The default 0 or "" of a type.</summary>
    internal static RecordDefault Zero(DType type) => type == DType.@string ? "" : Python.np.zeros(1, type);

    /// <summary>The values of a column's fields, which have one character a byte.</summary>
    internal Tensor Parse(string[] fields, string missing, Func<int, string, Exception> refusal, ArrayShape shape)
    {
        var given = this;
        return Type.Type switch
        {
            ElementType.String => Strings.Of([.. fields.Select((field, i) => IsMissing(field)
                ? Encoding.UTF8.GetBytes((string)Default(i)) : Encoding.Latin1.GetBytes(field))], shape),
            ElementType.Int32 => Values<int>(text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
                : null),
            ElementType.Int64 => Values<long>(text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value
                : null),
            ElementType.Float32 => Values<float>(text => TryFloat(text, out float value) ? value : null),
            _ => Values<double>(text => TryDouble(text, out double value) ? value : null),
        };

        bool IsMissing(string field) => field.Length == 0 || field == missing;

        object Default(int i) => given._value ?? throw refusal(i, "is required but missing in record!");

        Tensor Values<T>(Func<string, T?> parse) where T : unmanaged
        {
            var values = new T[fields.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = IsMissing(fields[i]) ? (T)Default(i)
                    : parse(fields[i].Trim()) ?? throw refusal(i, $"in record is not a valid {given.Type}: {fields[i]}");
            return NDArray.Of(values, shape);
        }
    }

    /// <summary>TensorFlow's inference of a column's type: the narrowest that holds this text and the texts before it.</summary>
    internal static DType? Infer(string text, string missing, DType? before)
    {
        if (text.Length == 0 || text == missing) return before;
        string number = text.Trim();
        bool isWhole = long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole);
        bool isNumber = TryDouble(number, out double value);
        (DType Type, bool Holds)[] types = [(DType.int32, isWhole && whole is >= int.MinValue and <= int.MaxValue), (DType.int64, isWhole),
            (DType.float32, isNumber && value < float.MaxValue), (DType.float64, isNumber && value < double.MaxValue), (DType.@string, true)];
        for (int i = 0; i < types.Length; i++)
            if (types[i].Holds && (before is null || types[..(i + 1)].Any(narrower => narrower.Type == before))) return types[i].Type;
        return DType.@string;
    }

    internal static bool TryFloat(string text, out float value)
    {
        bool isNumber = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
        if (isNumber || !TryDouble(text, out double wide)) return isNumber;
        value = (float)wide;
        return true;
    }

    internal static bool TryDouble(string text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return true;
        bool isNegative = text.StartsWith('-');
        string word = text.TrimStart('-', '+').ToLowerInvariant();
        if (word is not ("inf" or "infinity" or "nan") || text.Length - word.Length > 1) return false;
        value = word == "nan" ? double.NaN : isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return true;
    }
}
