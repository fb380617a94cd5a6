namespace KerasPort.Pipelines;

/// <summary>
/// How <c>tf.io.parse_single_example</c> reads a record's values of one name: <c>tf.io.FixedLenFeature</c>, <c>FixedLenSequenceFeature</c> or
/// <c>VarLenFeature</c>.
/// </summary>
public sealed class FeatureSpec
{
    private readonly Shape? _shape;
    private readonly Tensor? _default;
    private readonly bool _isSequence;

    internal FeatureSpec(DType dtype, Shape? shape = null, Tensor? default_value = null, bool isSequence = false)
    {
        if (dtype != DType.@string && dtype != DType.float32 && dtype != DType.int64)
            throw new ValueError($"A record holds tf.string, tf.float32 and tf.int64: tf.cast what comes of it. Received: dtype={dtype}");
        if (shape is { } given && given.Any(d => d is null or < 0))
            throw new ValueError($"First dimension of shape for feature unknown. Consider using FixedLenSequenceFeature. Received: shape={shape}");
        (this.dtype, _shape, _default, _isSequence) = (dtype, shape, default_value, isSequence);
    }

    /// <summary>The type of the values.</summary>
    public DType dtype { get; }

    /// <summary>Whether the number of values may differ between records.</summary>
    internal bool IsOpen => _shape is null || _isSequence;

    /// <summary>The values of one record.</summary>
    /// <exception cref="ValueError">The values are missing, of another kind, or of another number.</exception>
    internal Tensor Of(Example example, string name)
    {
        int[] one = _shape?.ToArray() ?? [];
        int size = one.Aggregate(1, (product, d) => product * d);
        if (!example.features.feature.TryGetValue(name, out var feature) || feature.Kind is not { } kind)
        {
            if (IsOpen) return Shaped(new Feature(), [0, .. one]);
            return _default is null ? throw new ValueError($"Feature: {name} (data type: {dtype}) is required but could not be found.")
                : _default.Texts is { } texts ? texts.At(Python.np.broadcast_to(texts.Places, Shape.Of(one)))
                : Tensor.Holding(Python.np.broadcast_to(_default.numpy(), Shape.Of(one)).copy(), dtype);
        }
        if (kind != dtype) throw new ValueError($"Key: {name}.  Data types don't match. Data type: {kind} but expected type: {dtype}");
        int count = feature.bytes_list.value.Count + feature.float_list.value.Count + feature.int64_list.value.Count;
        if (IsOpen && size > 0 && count % size == 0) return Shaped(feature, [count / size, .. one]);
        return !IsOpen && count == size ? Shaped(feature, one)
            : throw new ValueError($"Key: {name}.  Number of {dtype} values != expected.  Values size: {count} but output shape: {_shape}");
    }

    private Tensor Shaped(Feature feature, int[] shape) => dtype == DType.@string ? Strings.Of([.. feature.bytes_list.value], ArrayShape.Create(shape))
        : dtype == DType.float32 ? Tensor.Holding(new NDArray([.. feature.float_list.value], (ArrayShape)shape), dtype)
        : Tensor.Holding(new NDArray([.. feature.int64_list.value], (ArrayShape)shape), dtype);
}
