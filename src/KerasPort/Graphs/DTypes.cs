namespace KerasPort.Graphs;

/// <summary>
/// The type that Keras gives a function's result. Files store it for every tensor, and values have it; inside a model everything is float32.
/// </summary>
internal static class DTypes
{
    /// <summary>The type that holds all of them.</summary>
    public static DType Joined(IEnumerable<DType> types) => types.Aggregate(Joined);

    /// <summary>The type that holds all of them; a number of the program says no more than whether it has a fraction.</summary>
    public static DType Joined(IEnumerable<Tensor> tensors)
    {
        var all = tensors.ToLookup(x => x.Number?.IsWhole);
        bool isWhole = !all[false].Any();
        if (!all[null].Any()) return isWhole ? DType.int32 : DType.float32;
        var type = Joined(all[null].Select(x => x.dtype));
        return !isWhole && !type.IsInexact ? DType.float32 : type == DType.@bool && all[true].Any() ? DType.int32 : type;
    }

    /// <summary>The type for results with fractions: the given one where it has them, else float32.</summary>
    public static DType Fraction(DType type) => type.IsInexact ? type : DType.float32;

    /// <summary>The type for counts and sums: int32 for bool, else the given one.</summary>
    public static DType Counted(DType type) => type == DType.@bool ? DType.int32 : type;

    /// <summary>The given type; whole numbers get 32 bits at least.</summary>
    public static DType Summed(DType type) => type.IsInexact || type.itemsize >= 4 ? type : type.IsUnsigned ? DType.uint32 : DType.int32;

    /// <summary>The type for arithmetic: the given one; bool is refused, since Keras has rules of its own for it.</summary>
    public static DType Calculated(DType type) => type != DType.@bool ? type
        : throw new ValueError("Comparisons are yes or no, which Keras doesn't add as numbers: cast them first, keras.ops.cast(x, \"float32\").");

    /// <summary>Whether it has numbers, or products of them, that float32 doesn't.</summary>
    public static bool IsWide(DType type) => type == DType.float64 || (type.IsInteger && type.itemsize > 1);

    // As in JAX: whole numbers and fractions give these fractions, and of no whole numbers are 64 bits without a sign a part.
    private static DType Joined(DType a, DType b)
    {
        if (a.IsInexact != b.IsInexact) return a.IsInexact ? a : b;
        var type = DType.Promoted(a, b);
        return type.IsInexact && !a.IsInexact ? DType.float32 : type;
    }
}
