namespace KerasPort;

/// <summary>
/// The type of an array's elements, numpy's <c>dtype</c>: <c>np.float32</c>, or its name, which turns into it by itself, so that
/// <c>x.astype("float32")</c> and <c>x.dtype == "float32"</c> are written as there.
/// </summary>
public readonly record struct DType
{
    private static readonly Dictionary<string, DType> s_known = new()
    {
        ["bool"] = @bool,
        ["uint8"] = uint8,
        ["int32"] = int32,
        ["int64"] = int64,
        ["float32"] = float32,
        ["float64"] = float64,
        // What Python and C call them, and numpy's short codes.
        ["int"] = int64,
        ["float"] = float64,
        ["single"] = float32,
        ["double"] = float64,
        ["?"] = @bool,
        ["u1"] = uint8,
        ["i4"] = int32,
        ["i8"] = int64,
        ["f4"] = float32,
        ["f8"] = float64,
    };

    private DType(ElementType type) => Type = type;

    /// <summary>True or False, what a comparison gives.</summary>
    public static DType @bool => new(ElementType.Bool);

    /// <summary>Bytes, as images are stored.</summary>
    public static DType uint8 => new(ElementType.UInt8);

    /// <summary>32-bit integers.</summary>
    public static DType int32 => new(ElementType.Int32);

    /// <summary>64-bit integers, what argmax gives.</summary>
    public static DType int64 => new(ElementType.Int64);

    /// <summary>32-bit floats, what every engine computes in.</summary>
    public static DType float32 => new(ElementType.Float32);

    /// <summary>64-bit floats, what arithmetic of integers and fractions gives.</summary>
    public static DType float64 => new(ElementType.Float64);

    /// <summary>Strings, which tensors of <c>tf.data</c> and <c>tf.strings</c> hold and no array.</summary>
    public static DType @string => new(ElementType.String);

    /// <summary>numpy's name of it, such as <c>float32</c>.</summary>
    public string name => Type switch
    {
        ElementType.Bool => "bool",
        ElementType.UInt8 => "uint8",
        ElementType.Int32 => "int32",
        ElementType.Int64 => "int64",
        ElementType.Float32 => "float32",
        ElementType.String => "string",
        _ => "float64",
    };

    /// <summary>The bytes that an element takes.</summary>
    public int itemsize => Type switch { ElementType.Bool or ElementType.UInt8 => 1, ElementType.Int32 or ElementType.Float32 => 4, _ => 8 };

    /// <summary>All of them, each before those that it is promoted to.</summary>
    internal static IEnumerable<DType> All => Enum.GetValues<ElementType>().Where(type => type != ElementType.String).Select(type => new DType(type));

    /// <summary>What an array of strings is refused with.</summary>
    internal static ValueError HasNoArrays => new("Arrays hold numbers here: strings are in tensors, "
        + "tf.constant([\"a\", \"b\"]), and tf.strings.to_number makes numbers of them.");

    /// <summary>The same for a <c>switch</c>.</summary>
    internal ElementType Type { get; }

    /// <summary>The type of that name: <c>"float32"</c>, <c>"int"</c>, <c>"f4"</c>.</summary>
    /// <exception cref="ValueError">There is no such type, or arrays here haven't it.</exception>
    public static implicit operator DType(string name) => name is not null && s_known.TryGetValue(name, out var type) ? type
        : throw new ValueError($"data type {PythonText.Repr(name)} not understood; known are {string.Join(", ", All)}");

    /// <summary>Whether that is a name of this type; of an unknown one it isn't, as in numpy.</summary>
    public static bool operator ==(DType type, string? name) => name is not null && s_known.TryGetValue(name, out var known) && type == known;

    /// <inheritdoc cref="op_Equality(DType, string)"/>
    public static bool operator !=(DType type, string? name) => !(type == name);

    /// <summary>As numpy prints it: <c>float32</c>.</summary>
    public override string ToString() => name;
}

/// <summary>The element types, each before those that it is promoted to.</summary>
internal enum ElementType { Bool, UInt8, Int32, Int64, Float32, Float64, String }
