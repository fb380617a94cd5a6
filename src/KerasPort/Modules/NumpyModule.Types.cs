namespace KerasPort;

/// <content>Element types and their relations.</content>
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

    /// <summary>The smallest type that holds the numbers of both types.</summary>
    public DType promote_types(DType type1, DType type2) => DType.Promoted(type1, type2);

    /// <summary>The type of an operation's result on these; numbers of the program have no type of their own.</summary>
    public DType result_type(params NDArray[] arrays_and_dtypes) => arrays_and_dtypes.Length > 0 ? NDArray.Common(arrays_and_dtypes)
        : throw new ValueError("at least one array or dtype is required");

    /// <summary>The type of an operation's result on arrays of these types.</summary>
    /// <exception cref="ValueError">There are no types.</exception>
    public DType result_type(params DType[] arrays_and_dtypes) => arrays_and_dtypes.Length > 0 ? arrays_and_dtypes.Aggregate(DType.Promoted)
        : throw new ValueError("at least one array or dtype is required");

    /// <summary>Whether a type can be cast to another.</summary>
    /// <param name="from">The type to cast from.</param>
    /// <param name="to">The type to cast to.</param>
    /// <param name="casting">"safe": without loss; "same_kind": without losing fractions or signs; or "no".</param>
    /// <exception cref="ValueError">The casting is unknown.</exception>
    public bool can_cast(DType from, DType to, string casting = "safe") => casting switch
    {
        "safe" => DType.Promoted(from, to) == to,
        "same_kind" => from.Kind < to.Kind || from.Kind == to.Kind && (from.Kind != 1 || from.IsUnsigned || !to.IsUnsigned),
        "no" or "equiv" => from == to,
        "unsafe" => true,
        _ => throw new ValueError($"casting must be one of 'no', 'equiv', 'safe', 'same_kind', or 'unsafe' (got '{casting}')"),
    };

    /// <summary>Whether it has no axis.</summary>
    public bool isscalar(NDArray element) => element.ndim == 0;

    /// <summary>True for each element: all are real.</summary>
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
