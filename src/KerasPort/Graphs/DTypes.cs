namespace KerasPort.Graphs;

/// <summary>The dtype that Keras gives a function's result. Files and values have it; within a model everything is computed in float32.</summary>
internal static class DTypes
{
    /// <summary>The common type of several.</summary>
    public static DType Joined(IEnumerable<DType> types) => types.Aggregate(Joined);

    /// <summary>The common type of tensors; a number of the program counts only as whole or fractional.</summary>
    public static DType Joined(IEnumerable<Tensor> tensors)
    {
        var all = tensors.ToLookup(x => x.Number?.IsWhole);
        bool isWhole = !all[false].Any();
        if (!all[null].Any()) return isWhole ? DType.int32 : DType.float32;
        var type = Joined(all[null].Select(x => x.dtype));
        return !isWhole && !type.IsInexact ? DType.float32 : type == DType.@bool && all[true].Any() ? DType.int32 : type;
    }

    /// <summary>The type of fractional results: the given one if it is inexact, else float32.</summary>
    public static DType Fraction(DType type) => type.IsInexact ? type : DType.float32;

    /// <summary>The type of counts and sums: int32 for bool, else the given one.</summary>
    public static DType Counted(DType type) => type == DType.@bool ? DType.int32 : type;

    /// <summary>The given type, with integers widened to at least 32 bits.</summary>
    public static DType Summed(DType type) => type.IsInexact || type.itemsize >= 4 ? type : type.IsUnsigned ? DType.uint32 : DType.int32;

    /// <summary>The type for arithmetic: the given one; bool is refused, since Keras has rules of its own for it.</summary>
    public static DType Calculated(DType type) => type != DType.@bool ? type
        : throw new ValueError("Comparisons are yes or no, which Keras doesn't add as numbers: cast them first, keras.ops.cast(x, \"float32\").");

    /// <summary>Whether the type has numbers, or products of such numbers, that float32 can't represent.</summary>
    public static bool IsWide(DType type) => type == DType.float64 || (type.IsInteger && type.itemsize > 1);

    // As in JAX: an integer and a floating-point type give the latter; int64 and uint64 give float32.
    private static DType Joined(DType a, DType b)
    {
        if (a.IsInexact != b.IsInexact) return a.IsInexact ? a : b;
        var type = DType.Promoted(a, b);
        return type.IsInexact && !a.IsInexact ? DType.float32 : type;
    }
}
