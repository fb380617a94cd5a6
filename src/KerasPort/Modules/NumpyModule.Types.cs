namespace KerasPort;

/// <content>Types of elements and what they have in common.</content>
public sealed partial class NumpyModule
{
    /// <summary>The type of that name.</summary>
    /// <exception cref="ValueError">There is no such type.</exception>
    public DType dtype(DType dtype) => dtype;

    /// <inheritdoc cref="DType.int64"/>
    public DType int_ => DType.int64;

    /// <inheritdoc cref="DType.int64"/>
    public DType intp => DType.int64;

    /// <inheritdoc cref="DType.int32"/>
    public DType intc => DType.int32;

    /// <inheritdoc cref="DType.uint64"/>
    public DType @uint => DType.uint64;

    /// <inheritdoc cref="DType.float32"/>
    public DType single => DType.float32;

    /// <inheritdoc cref="DType.float64"/>
    public DType @double => DType.float64;

    /// <inheritdoc cref="DType.float64"/>
    public DType float_ => DType.float64;

    /// <summary>The smallest type that holds the numbers of both.</summary>
    public DType promote_types(DType type1, DType type2) => DType.Promoted(type1, type2);

    /// <summary>The type that a result of these has: numbers of the program are of no type.</summary>
    public DType result_type(params NDArray[] arrays_and_dtypes) => arrays_and_dtypes.Length > 0 ? NDArray.Common(arrays_and_dtypes)
        : throw new ValueError("at least one array or dtype is required");

    /// <summary>Whether numbers of the one type are numbers of the other.</summary>
    /// <param name="from">The one.</param>
    /// <param name="to">The other.</param>
    /// <param name="casting">"safe", that nothing is lost, "same_kind", that no fraction and no sign is, or "no".</param>
    /// <exception cref="ValueError">The casting is another.</exception>
    public bool can_cast(DType from, DType to, string casting = "safe") => casting switch
    {
        "safe" => DType.Promoted(from, to) == to,
        "same_kind" => from.Kind < to.Kind || from.Kind == to.Kind && (from.Kind != 1 || from.IsUnsigned || !to.IsUnsigned),
        "no" or "equiv" => from == to,
        "unsafe" => true,
        _ => throw new ValueError($"casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '{casting}')"),
    };

    /// <summary>Whether it is a number, not an array of at least one axis.</summary>
    public bool isscalar(NDArray element) => element.ndim == 0;

    /// <summary>Whether each is real: all are.</summary>
    public NDArray isreal(NDArray x) => ones(x.shape, DType.@bool);

    /// <summary>The real part: the array itself.</summary>
    public NDArray real(NDArray val) => val;

    /// <summary>The imaginary part: zeros.</summary>
    public NDArray imag(NDArray val) => zeros_like(val);

    /// <inheritdoc cref="asarray(NDArray, DType?)"/>
    public NDArray asanyarray(NDArray a, DType? dtype = null) => asarray(a, dtype);

    /// <inheritdoc cref="asarray(NDArray, DType?)"/>
    public NDArray ascontiguousarray(NDArray a, DType? dtype = null) => atleast_1d(asarray(a, dtype));
}
