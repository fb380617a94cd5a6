namespace KerasPort;

/// <content>Functions of a tensor with values, such as a model's result, which give arrays, as numpy's functions take anything that converts to an
/// array.</content>
public sealed partial class NumpyModule
{
    /// <inheritdoc cref="concatenate(ArraySequence, int?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray concatenate(Tensors arrays, int? axis = 0) => concatenate(arrays.ToArray(), axis);

    /// <inheritdoc cref="stack(ArraySequence, int)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray stack(Tensors arrays, int axis = 0) => stack(arrays.ToArray(), axis);

    /// <inheritdoc cref="vstack(ArraySequence)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray vstack(Tensors tup) => vstack(tup.ToArray());

    /// <inheritdoc cref="hstack(ArraySequence)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray hstack(Tensors tup) => hstack(tup.ToArray());

    /// <inheritdoc cref="sum(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar sum(Tensor a) => sum(a.numpy());

    /// <inheritdoc cref="sum(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray sum(Tensor a, Axes? axis, bool keepdims = false) => sum(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="mean(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar mean(Tensor a) => mean(a.numpy());

    /// <inheritdoc cref="mean(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray mean(Tensor a, Axes? axis, bool keepdims = false) => mean(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="max(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar max(Tensor a) => max(a.numpy());

    /// <inheritdoc cref="max(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray max(Tensor a, Axes? axis, bool keepdims = false) => max(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="min(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar min(Tensor a) => min(a.numpy());

    /// <inheritdoc cref="min(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray min(Tensor a, Axes? axis, bool keepdims = false) => min(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="amax(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar amax(Tensor a) => amax(a.numpy());

    /// <inheritdoc cref="amax(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray amax(Tensor a, Axes? axis, bool keepdims = false) => amax(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="amin(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar amin(Tensor a) => amin(a.numpy());

    /// <inheritdoc cref="amin(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray amin(Tensor a, Axes? axis, bool keepdims = false) => amin(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="prod(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar prod(Tensor a) => prod(a.numpy());

    /// <inheritdoc cref="prod(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray prod(Tensor a, Axes? axis, bool keepdims = false) => prod(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="median(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar median(Tensor a) => median(a.numpy());

    /// <inheritdoc cref="median(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray median(Tensor a, Axes? axis, bool keepdims = false) => median(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="ptp(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar ptp(Tensor a) => ptp(a.numpy());

    /// <inheritdoc cref="ptp(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray ptp(Tensor a, Axes? axis, bool keepdims = false) => ptp(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="any(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public bool any(Tensor a) => any(a.numpy());

    /// <inheritdoc cref="any(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray any(Tensor a, Axes? axis, bool keepdims = false) => any(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="all(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public bool all(Tensor a) => all(a.numpy());

    /// <inheritdoc cref="all(NDArray, Axes?, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray all(Tensor a, Axes? axis, bool keepdims = false) => all(a.numpy(), axis, keepdims);

    /// <inheritdoc cref="std(NDArray, int)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar std(Tensor a, int ddof = 0) => std(a.numpy(), ddof);

    /// <inheritdoc cref="std(NDArray, Axes?, int, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray std(Tensor a, Axes? axis, int ddof = 0, bool keepdims = false) => std(a.numpy(), axis, ddof, keepdims);

    /// <inheritdoc cref="var(NDArray, int)"/>
    [OverloadResolutionPriority(-1)]
    public NumpyScalar var(Tensor a, int ddof = 0) => var(a.numpy(), ddof);

    /// <inheritdoc cref="var(NDArray, Axes?, int, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray var(Tensor a, Axes? axis, int ddof = 0, bool keepdims = false) => var(a.numpy(), axis, ddof, keepdims);

    /// <inheritdoc cref="argmax(NDArray, int?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray argmax(Tensor a, int? axis = null) => argmax(a.numpy(), axis);

    /// <inheritdoc cref="argmin(NDArray, int?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray argmin(Tensor a, int? axis = null) => argmin(a.numpy(), axis);

    /// <inheritdoc cref="argsort(NDArray, int?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray argsort(Tensor a, int? axis = -1) => argsort(a.numpy(), axis);

    /// <inheritdoc cref="sort(NDArray, int?, string?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray sort(Tensor a, int? axis = -1) => sort(a.numpy(), axis);

    /// <inheritdoc cref="exp(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray exp(Tensor x) => exp(x.numpy());

    /// <inheritdoc cref="log(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray log(Tensor x) => log(x.numpy());

    /// <inheritdoc cref="sqrt(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray sqrt(Tensor x) => sqrt(x.numpy());

    /// <inheritdoc cref="abs(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray abs(Tensor x) => abs(x.numpy());

    /// <inheritdoc cref="square(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray square(Tensor x) => square(x.numpy());

    /// <inheritdoc cref="sin(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray sin(Tensor x) => sin(x.numpy());

    /// <inheritdoc cref="cos(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray cos(Tensor x) => cos(x.numpy());

    /// <inheritdoc cref="tanh(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray tanh(Tensor x) => tanh(x.numpy());

    /// <inheritdoc cref="isnan(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray isnan(Tensor x) => isnan(x.numpy());

    /// <inheritdoc cref="floor(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray floor(Tensor x) => floor(x.numpy());

    /// <inheritdoc cref="ceil(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray ceil(Tensor x) => ceil(x.numpy());

    /// <inheritdoc cref="sign(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray sign(Tensor x) => sign(x.numpy());

    /// <inheritdoc cref="round(NDArray, int)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray round(Tensor a, int decimals = 0) => round(a.numpy(), decimals);

    /// <inheritdoc cref="around(NDArray, int)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray around(Tensor a, int decimals = 0) => around(a.numpy(), decimals);

    /// <inheritdoc cref="clip(NDArray, NDArray?, NDArray?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray clip(Tensor a, NDArray? a_min, NDArray? a_max) => clip(a.numpy(), a_min, a_max);

    /// <inheritdoc cref="squeeze(NDArray, Axes?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray squeeze(Tensor a, Axes? axis = null) => squeeze(a.numpy(), axis);

    /// <inheritdoc cref="expand_dims(NDArray, Axes)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray expand_dims(Tensor a, Axes axis) => expand_dims(a.numpy(), axis);

    /// <inheritdoc cref="reshape(NDArray, Shape)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray reshape(Tensor a, Shape newshape) => reshape(a.numpy(), newshape);

    /// <inheritdoc cref="ravel(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray ravel(Tensor a) => ravel(a.numpy());

    /// <inheritdoc cref="transpose(NDArray, Axes?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray transpose(Tensor a, Axes? axes = null) => transpose(a.numpy(), axes);

    /// <inheritdoc cref="asarray(NDArray, DType?)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray asarray(Tensor a, DType? dtype = null) => asarray(a.numpy(), dtype);

    /// <inheritdoc cref="unique(NDArray, bool, bool, bool)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray unique(Tensor ar) => unique(ar.numpy());

    /// <inheritdoc cref="count_nonzero(NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public int count_nonzero(Tensor a) => count_nonzero(a.numpy());

    /// <inheritdoc cref="maximum(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray maximum(Tensor a, Tensor b) => maximum(a.numpy(), b.numpy());

    /// <inheritdoc cref="minimum(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray minimum(Tensor a, Tensor b) => minimum(a.numpy(), b.numpy());

    /// <inheritdoc cref="equal(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray equal(Tensor a, Tensor b) => equal(a.numpy(), b.numpy());

    /// <inheritdoc cref="dot(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray dot(Tensor a, Tensor b) => dot(a.numpy(), b.numpy());

    /// <inheritdoc cref="matmul(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray matmul(Tensor x1, Tensor x2) => matmul(x1.numpy(), x2.numpy());

    /// <inheritdoc cref="add(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray add(Tensor a, Tensor b) => add(a.numpy(), b.numpy());

    /// <inheritdoc cref="subtract(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray subtract(Tensor a, Tensor b) => subtract(a.numpy(), b.numpy());

    /// <inheritdoc cref="multiply(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray multiply(Tensor a, Tensor b) => multiply(a.numpy(), b.numpy());

    /// <inheritdoc cref="divide(NDArray, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public NDArray divide(Tensor a, Tensor b) => divide(a.numpy(), b.numpy());

    /// <inheritdoc cref="allclose(NDArray, NDArray, double, double, bool)"/>
    [OverloadResolutionPriority(-1)]
    public bool allclose(Tensor a, Tensor b, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        allclose(a.numpy(), b.numpy(), rtol, atol, equal_nan);

    /// <inheritdoc cref="array_equal(NDArray, NDArray, bool)"/>
    [OverloadResolutionPriority(-1)]
    public bool array_equal(Tensor a1, Tensor a2, bool equal_nan = false) => array_equal(a1.numpy(), a2.numpy(), equal_nan);

    /// <inheritdoc cref="save(string, NDArray)"/>
    [OverloadResolutionPriority(-1)]
    public void save(string file, Tensor arr) => save(file, arr.numpy());
}
