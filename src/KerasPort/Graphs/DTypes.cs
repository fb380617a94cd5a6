namespace KerasPort.Graphs;

/// <summary>What type Keras says that a function of tensors gives. Files say it of every tensor; what flows is float32.</summary>
internal static class DTypes
{
    private static readonly DType[] s_order = [.. DType.All];

    /// <summary>The type that holds all of them.</summary>
    public static DType Joined(IEnumerable<DType> types) => types.MaxBy(type => Array.IndexOf(s_order, type));

    /// <summary>The type that holds all of them; a number of the program counts by its kind alone.</summary>
    public static DType Joined(IEnumerable<Tensor> tensors) =>
        Joined(tensors.Select(x => x.Number is { } number ? number.IsWhole ? DType.int32 : DType.float32 : x.dtype));

    /// <summary>The type for results with fractions: the given one where it has them, else float32.</summary>
    public static DType Fraction(DType type) => type.IsInexact ? type : DType.float32;

    /// <summary>The type for counts and sums: int32 for bool, else the given one.</summary>
    public static DType Counted(DType type) => type == DType.@bool ? DType.int32 : type;

    /// <summary>The type for arithmetic: the given one; bool is refused, since Keras has rules of its own for it.</summary>
    public static DType Calculated(DType type) => type != DType.@bool ? type
        : throw new ValueError("Comparisons are yes or no, which Keras doesn't add as numbers: cast them first, keras.ops.cast(x, \"float32\").");
}
