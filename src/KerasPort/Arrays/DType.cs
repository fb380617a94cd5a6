using System.Numerics;

namespace KerasPort;

/// <summary>
/// The type of an array's elements, numpy's <c>dtype</c>: <c>np.float32</c>, or its name, which converts implicitly, so that
/// <c>x.astype("float32")</c> and <c>x.dtype == "float32"</c> are written as in Python.
/// </summary>
public readonly record struct DType
{
    // In the order of ElementType: numpy's name, the bytes of an element, its code in files, its other names in Python and C.
    private static readonly (string Name, int Size, string Code, string[] Others)[] s_types =
    [
        ("bool", 1, "b1", ["?", "bool_"]),
        ("int8", 1, "i1", ["b", "byte"]),
        ("uint8", 1, "u1", ["B", "ubyte"]),
        ("int16", 2, "i2", ["h", "short"]),
        ("uint16", 2, "u2", ["H", "ushort"]),
        ("int32", 4, "i4", ["i", "intc"]),
        ("uint32", 4, "u4", ["I", "uintc"]),
        ("int64", 8, "i8", ["l", "q", "int", "intp", "long", "longlong"]),
        ("uint64", 8, "u8", ["L", "Q", "uint", "uintp", "ulong", "ulonglong"]),
        ("float16", 2, "f2", ["e", "half"]),
        ("float32", 4, "f4", ["f", "single"]),
        ("float64", 8, "f8", ["d", "float", "double"]),
        ("string", 8, "O", []),
    ];

    private static readonly Dictionary<string, DType> s_known = Known();

    private DType(ElementType type) => Type = type;

    /// <summary>True or False: the results of comparisons.</summary>
    public static DType @bool => new(ElementType.Bool);

    /// <summary>8-bit integers.</summary>
    public static DType int8 => new(ElementType.Int8);

    /// <summary>Bytes, as images are stored.</summary>
    public static DType uint8 => new(ElementType.UInt8);

    /// <summary>16-bit integers.</summary>
    public static DType int16 => new(ElementType.Int16);

    /// <summary>Unsigned 16-bit integers, as medical images are stored.</summary>
    public static DType uint16 => new(ElementType.UInt16);

    /// <summary>32-bit integers.</summary>
    public static DType int32 => new(ElementType.Int32);

    /// <summary>Unsigned 32-bit integers.</summary>
    public static DType uint32 => new(ElementType.UInt32);

    /// <summary>64-bit integers: the results of argmax.</summary>
    public static DType int64 => new(ElementType.Int64);

    /// <summary>Unsigned 64-bit integers: the results of summing bytes.</summary>
    public static DType uint64 => new(ElementType.UInt64);

    /// <summary>16-bit floats, for storage: their arithmetic is done in float32 and rounded.</summary>
    public static DType float16 => new(ElementType.Float16);

    /// <summary>32-bit floats, what every engine computes in.</summary>
    public static DType float32 => new(ElementType.Float32);

    /// <summary>64-bit floats: the results of integers divided by one another or combined with fractions.</summary>
    public static DType float64 => new(ElementType.Float64);

    /// <summary>Strings: only tensors of <c>tf.data</c> and <c>tf.strings</c> hold them, arrays do not.</summary>
    public static DType @string => new(ElementType.String);

    /// <summary>numpy's name of it, such as <c>float32</c>.</summary>
    public string name => s_types[(int)Type].Name;

    /// <summary>The bytes that an element takes.</summary>
    public int itemsize => s_types[(int)Type].Size;

    /// <summary>All types of arrays.</summary>
    internal static IEnumerable<DType> All => Enum.GetValues<ElementType>().Where(type => type != ElementType.String).Select(type => new DType(type));

    /// <summary>The exception for an array of strings.</summary>
    internal static ValueError HasNoArrays => new("Arrays hold numbers here: strings are in tensors, "
        + "tf.constant([\"a\", \"b\"]), and tf.strings.to_number makes numbers of them.");

    /// <summary>The type as an enum, for a <c>switch</c>.</summary>
    internal ElementType Type { get; }

    /// <summary>Its name in files: the kind of number and its bytes, <c>f4</c>.</summary>
    internal string Code => s_types[(int)Type].Code;

    /// <summary>Whether it is a floating-point type.</summary>
    internal bool IsInexact => Type is >= ElementType.Float16 and < ElementType.String;

    /// <summary>Whether it is an integer type, which bool isn't.</summary>
    internal bool IsInteger => Type is > ElementType.Bool and < ElementType.Float16;

    /// <summary>Whether it is an unsigned integer type.</summary>
    internal bool IsUnsigned => Type is ElementType.UInt8 or ElementType.UInt16 or ElementType.UInt32 or ElementType.UInt64;

    /// <summary>0 for booleans, 1 for whole numbers, 2 for fractions. A literal of the program has no type, only a kind (NEP 50).</summary>
    internal int Kind => IsInexact ? 2 : IsInteger ? 1 : 0;

    /// <summary>The float type of results of functions such as <c>exp</c> on this type: float16 for 8 bits, float32 for 16, else float64.</summary>
    internal DType Fraction => IsInexact ? this : itemsize switch { 1 => float16, 2 => float32, _ => float64 };

    /// <summary>The type of sums and products: 64 bits for whole numbers.</summary>
    internal DType Summed => IsInexact ? this : IsUnsigned ? uint64 : int64;

    /// <summary>The smallest and the largest number of a whole type; 0 and 1 for booleans.</summary>
    internal (Int128 Least, Int128 Most) Limits => Type == ElementType.Bool ? (0, 1) : Run<Bounds, int, (Int128, Int128)>(0);

    private readonly struct Bounds : IOfNumbers<int, (Int128, Int128)>
    {
        public static (Int128, Int128) Of<T>(int given) where T : unmanaged, INumber<T>, IMinMaxValue<T> =>
            (Int128.CreateTruncating(T.MinValue), Int128.CreateTruncating(T.MaxValue));
    }

    /// <summary>The type of these elements.</summary>
    internal static DType Of(Array elements)
    {
        // Compared by exact class: `is byte[]` also accepts an sbyte[] in .NET.
        var type = elements.GetType();
        return type == typeof(float[]) ? float32 : type == typeof(byte[]) ? uint8 : type == typeof(double[]) ? float64 : type == typeof(long[]) ? int64
            : type == typeof(bool[]) ? @bool : type == typeof(int[]) ? int32 : type == typeof(sbyte[]) ? int8 : type == typeof(short[]) ? int16
            : type == typeof(ushort[]) ? uint16 : type == typeof(uint[]) ? uint32 : type == typeof(ulong[]) ? uint64 : type == typeof(Half[]) ? float16
            : throw new ValueError($"arrays have no elements of {type.GetElementType()?.Name}; known are {string.Join(", ", All)}");
    }

    /// <summary>The smallest type that holds the numbers of both: numpy's <c>promote_types</c>.</summary>
    internal static DType Promoted(DType a, DType b)
    {
        if (a == b || b.Kind == 0) return a;
        if (a.Kind == 0) return b;
        if (a.IsInexact != b.IsInexact)
        {
            var (fraction, whole) = a.IsInexact ? (a, b) : (b, a);
            return fraction.itemsize >= whole.Fraction.itemsize ? fraction : whole.Fraction;
        }
        if (a.IsInexact || a.IsUnsigned == b.IsUnsigned) return a.itemsize > b.itemsize ? a : b;
        var (signed, unsigned) = a.IsUnsigned ? (b, a) : (a, b);
        if (signed.itemsize > unsigned.itemsize) return signed;
        return unsigned.itemsize switch { 1 => int16, 2 => int32, 4 => int64, _ => float64 };
    }

    /// <summary>Runs a generic operation with .NET's number of this type; booleans are bytes of 0 and 1.</summary>
    internal TResult Run<TOf, TGiven, TResult>(TGiven given) where TOf : IOfNumbers<TGiven, TResult> where TGiven : allows ref struct => Type switch
    {
        ElementType.Int8 => TOf.Of<sbyte>(given),
        ElementType.Bool or ElementType.UInt8 => TOf.Of<byte>(given),
        ElementType.Int16 => TOf.Of<short>(given),
        ElementType.UInt16 => TOf.Of<ushort>(given),
        ElementType.Int32 => TOf.Of<int>(given),
        ElementType.UInt32 => TOf.Of<uint>(given),
        ElementType.Int64 => TOf.Of<long>(given),
        ElementType.UInt64 => TOf.Of<ulong>(given),
        ElementType.Float16 => TOf.Of<Half>(given),
        ElementType.Float32 => TOf.Of<float>(given),
        ElementType.String => throw HasNoArrays,
        _ => TOf.Of<double>(given),
    };

    /// <summary>The type of that name: <c>"float32"</c>, <c>"int"</c>, <c>"f4"</c>, <c>"&lt;f4"</c>.</summary>
    /// <exception cref="ValueError">numpy has no such type, or arrays here don't support it.</exception>
    public static implicit operator DType(string name) => TryKnow(name, out var type) ? type
        : throw new ValueError($"data type {PythonText.Repr(name)} not understood; known are {string.Join(", ", All)}");

    /// <summary>Whether that is a name of this type; false for an unknown name, as in numpy.</summary>
    public static bool operator ==(DType type, string? name) => TryKnow(name, out var known) && type == known;

    /// <inheritdoc cref="op_Equality(DType, string)"/>
    public static bool operator !=(DType type, string? name) => !(type == name);

    /// <summary>As numpy prints it: <c>float32</c>.</summary>
    public override string ToString() => name;

    private static bool TryKnow(string? name, out DType type)
    {
        type = default;
        // <, = and | all mean this processor's byte order: it is little-endian.
        return name is not null && (s_known.TryGetValue(name, out type) || name is ['<' or '=' or '|', _, _] && s_known.TryGetValue(name[1..], out type));
    }

    private static Dictionary<string, DType> Known()
    {
        var known = new Dictionary<string, DType>();
        foreach (var type in All)
        {
            var (name, _, code, others) = s_types[(int)type.Type];
            foreach (string each in (string[])[name, code, .. others]) known[each] = type;
        }
        return known;
    }
}

/// <summary>The element types.</summary>
internal enum ElementType { Bool, Int8, UInt8, Int16, UInt16, Int32, UInt32, Int64, UInt64, Float16, Float32, Float64, String }

/// <summary>An operation that is generic over the type of number.</summary>
internal interface IOfNumbers<in TGiven, out TResult> where TGiven : allows ref struct
{
    static abstract TResult Of<T>(TGiven given) where T : unmanaged, INumber<T>, IMinMaxValue<T>;
}
