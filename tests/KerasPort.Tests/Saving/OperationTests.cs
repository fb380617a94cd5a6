using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Models;
using KerasPort.Saving;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Saving;

/// <summary>Functions between layers: written as by Keras, read from its files, and computed alike (<c>operations.json</c>).</summary>
public class OperationTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("operations.json")).RootElement;

    private static readonly NDArray s_three = np.array([0.5f, -1, 2, 0.25f]).astype("float32"),
        s_matrix = np.array([[1.0, 2.0], [0.5, -1.0], [0.0, 3.0], [-2.0, 1.0]]).astype("float32");

    /// <summary>The recorded cases of the generator, by name.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> s_functions = new()
    {
        ["x * 2.0"] = (x, _) => x * 2.0,
        ["2 * x"] = (x, _) => 2 * x,
        ["x + 1.5"] = (x, _) => x + 1.5,
        ["1 - x"] = (x, _) => 1 - x,
        ["x / 2"] = (x, _) => x / 2,
        ["1 / x"] = (x, _) => 1.0 / x,
        ["-x"] = (x, _) => -x,
        ["x + y"] = (x, y) => x + y,
        ["x - y"] = (x, y) => x - y,
        ["x * x"] = (x, _) => x * x,
        ["x / y"] = (x, y) => x / y,
        ["array"] = (x, _) => x + s_three,
        ["array first"] = (x, _) => keras.ops.multiply(s_three, x),
        ["greater"] = (x, _) => keras.ops.cast(x > 0.5, "float32"),
        ["greater_equal"] = (x, y) => keras.ops.cast(x >= y, "float32"),
        ["less"] = (x, _) => keras.ops.cast(x < 1, "float32"),
        ["less_equal"] = (x, y) => keras.ops.cast(x <= y, "float32"),
        ["equal"] = (x, _) => keras.ops.cast(keras.ops.equal(x, x), "float32"),
        ["one"] = (x, _) => x[.., 0],
        ["from"] = (x, _) => x[Ellipsis, 1..],
        ["backwards"] = (x, _) => x[.., Slice(step: -1)],
        ["new axis"] = (x, _) => x[.., np.newaxis],
        ["end"] = (x, _) => x[.., ^3..^1],
        ["steps"] = (x, _) => x[.., Slice(1, 4, 2)],
        ["absolute"] = (x, _) => keras.ops.abs(x),
        ["argmax"] = (x, _) => keras.ops.argmax(x, axis: -1) * 2.0,
        ["argmin"] = (x, _) => keras.ops.argmin(x, axis: 1, keepdims: true) + 0.5,
        ["clip"] = (x, _) => keras.ops.clip(x, 0, 1.5),
        ["concatenate"] = (x, y) => keras.ops.concatenate([x, y, x], axis: -1),
        ["divide"] = (x, _) => keras.ops.divide(x, 4),
        ["exp"] = (x, _) => keras.ops.exp(x),
        ["expand_dims"] = (x, _) => keras.ops.expand_dims(x, -1),
        ["flip"] = (x, _) => keras.ops.flip(x, axis: 1),
        ["log"] = (x, _) => keras.ops.log(keras.ops.exp(x)),
        ["matmul"] = (x, _) => keras.ops.matmul(x, s_matrix),
        ["max"] = (x, _) => keras.ops.max(x, axis: -1),
        ["maximum"] = (x, _) => keras.ops.maximum(x, 0.0),
        ["mean"] = (x, _) => keras.ops.mean(x, axis: 1, keepdims: true),
        ["min"] = (x, _) => keras.ops.min(x, axis: (int[])[1]),
        ["minimum"] = (x, y) => keras.ops.minimum(x, y),
        ["negative"] = (x, _) => keras.ops.negative(x),
        ["ones_like"] = (x, _) => keras.ops.ones_like(x) + x,
        ["power"] = (x, _) => keras.ops.power(x, 2),
        ["power of both"] = (x, y) => keras.ops.power(keras.ops.exp(x), y),
        ["repeat"] = (x, _) => keras.ops.repeat(x, 2, axis: 1),
        ["reshape"] = (x, _) => keras.ops.reshape(x, (-1, 2, 2)),
        ["sqrt"] = (x, _) => keras.ops.sqrt(keras.ops.abs(x)),
        ["square"] = (x, _) => keras.ops.square(x),
        ["squeeze"] = (x, _) => keras.ops.squeeze(keras.ops.expand_dims(x, 1), axis: 1),
        ["stack"] = (x, y) => keras.ops.stack([x, y], axis: 1),
        ["std"] = (x, _) => keras.ops.std(x, axis: 1),
        ["subtract"] = (x, _) => keras.ops.subtract(1.0, x),
        ["sum"] = (x, _) => keras.ops.sum(x, axis: -1),
        ["transpose"] = (x, y) => keras.ops.transpose(keras.ops.stack([x, y], axis: 1), (0, 2, 1)),
        ["var"] = (x, _) => keras.ops.var(x, axis: -1, keepdims: true),
        ["where"] = (x, y) => keras.ops.where(x > y, x, 0.0),
        ["zeros_like"] = (x, y) => keras.ops.zeros_like(x) + y,
        ["batch"] = (x, _) => x - keras.ops.mean(x, axis: 0),
        ["sum of all"] = (x, _) => x / keras.ops.sum(keras.ops.abs(x)),
        ["celu"] = (x, _) => keras.ops.celu(x, 0.5),
        ["elu"] = (x, _) => keras.ops.elu(x, 0.25),
        ["gelu"] = (x, _) => keras.ops.gelu(x),
        ["glu"] = (x, _) => keras.ops.glu(x),
        ["hard_shrink"] = (x, _) => keras.ops.hard_shrink(x),
        ["hard_sigmoid"] = (x, _) => keras.ops.hard_sigmoid(x),
        ["hard_silu"] = (x, _) => keras.ops.hard_silu(x),
        ["hard_tanh"] = (x, _) => keras.ops.hard_tanh(x),
        ["leaky_relu"] = (x, _) => keras.ops.leaky_relu(x, 0.125),
        ["log_sigmoid"] = (x, _) => keras.ops.log_sigmoid(x),
        ["log_softmax"] = (x, _) => keras.ops.log_softmax(x),
        ["relu"] = (x, _) => keras.ops.relu(x),
        ["relu6"] = (x, _) => keras.ops.relu6(x),
        ["selu"] = (x, _) => keras.ops.selu(x),
        ["sigmoid"] = (x, _) => keras.ops.sigmoid(x),
        ["silu"] = (x, _) => keras.ops.silu(x),
        ["soft_shrink"] = (x, _) => keras.ops.soft_shrink(x, 0.25),
        ["softmax"] = (x, _) => keras.ops.softmax(x),
        ["softplus"] = (x, _) => keras.ops.softplus(x),
        ["softsign"] = (x, _) => keras.ops.softsign(x),
        ["sparse_plus"] = (x, _) => keras.ops.sparse_plus(x),
        ["sparse_sigmoid"] = (x, _) => keras.ops.sparse_sigmoid(x),
        ["sparsemax"] = (x, _) => keras.ops.sparsemax(x),
        ["squareplus"] = (x, _) => keras.ops.squareplus(x, 2.5),
        ["tanh"] = (x, _) => keras.ops.tanh(x),
        ["tanh_shrink"] = (x, _) => keras.ops.tanh_shrink(x),
        ["activations.relu"] = (x, _) => keras.activations.relu(x),
        ["activations.relu of three"] = (x, _) => keras.activations.relu(x, 0.5, 3.0, 0.25),
        ["activations.exponential"] = (x, _) => keras.activations.exponential(x),
        ["activations.linear"] = (x, y) => keras.activations.linear(x) + y,
        ["threshold"] = (x, _) => keras.activations.threshold(x, 0.25, -1.0),
        ["amin"] = (x, y) => keras.ops.amin(x, axis: 1),
        ["arccos"] = (x, y) => keras.ops.arccos(x / 8),
        ["arccosh"] = (x, y) => keras.ops.arccosh(keras.ops.abs(x) + 1),
        ["arcsin"] = (x, y) => keras.ops.arcsin(x / 8),
        ["arcsinh"] = (x, y) => keras.ops.arcsinh(x),
        ["arctan"] = (x, y) => keras.ops.arctan(x),
        ["arctanh"] = (x, y) => keras.ops.arctanh(x / 8),
        ["cosh"] = (x, y) => keras.ops.cosh(x),
        ["deg2rad"] = (x, y) => keras.ops.deg2rad(x),
        ["divide_no_nan"] = (x, y) => keras.ops.divide_no_nan(x, keras.ops.relu(y)),
        ["erfc"] = (x, y) => keras.ops.erfc(x),
        ["exp2"] = (x, y) => keras.ops.exp2(x),
        ["expm1"] = (x, y) => keras.ops.expm1(x),
        ["fabs"] = (x, y) => keras.ops.fabs(x),
        ["full_like"] = (x, y) => keras.ops.full_like(x, 2.0) + x,
        ["hypot"] = (x, y) => keras.ops.hypot(x, y),
        ["isfinite"] = (x, y) => keras.ops.cast(keras.ops.isfinite(x), "float32"),
        ["isinf"] = (x, y) => keras.ops.cast(keras.ops.isinf(x), "float32"),
        ["isneginf"] = (x, y) => keras.ops.cast(keras.ops.isneginf(x), "float32"),
        ["isposinf"] = (x, y) => keras.ops.cast(keras.ops.isposinf(x), "float32"),
        ["log10"] = (x, y) => keras.ops.log10(keras.ops.abs(x)),
        ["log2"] = (x, y) => keras.ops.log2(keras.ops.abs(x)),
        ["logical_not"] = (x, y) => keras.ops.cast(keras.ops.logical_not(x > 0), "float32"),
        ["logical_or"] = (x, y) => keras.ops.cast(keras.ops.logical_or(x > 0, y > 0), "float32"),
        ["logical_xor"] = (x, y) => keras.ops.cast(keras.ops.logical_xor(x > 0, y > 0), "float32"),
        ["ptp"] = (x, y) => keras.ops.ptp(x, axis: 1),
        ["rad2deg"] = (x, y) => keras.ops.rad2deg(x),
        ["reciprocal"] = (x, y) => keras.ops.reciprocal(x),
        ["inner"] = (x, y) => keras.ops.inner(x, s_three),
        ["flipud of all"] = (x, y) => x / keras.ops.max(keras.ops.flipud(x)),
        ["sinh"] = (x, y) => keras.ops.sinh(x),
        ["tan"] = (x, y) => keras.ops.tan(x / 8),
        ["trunc"] = (x, y) => keras.ops.trunc(x),
        ["sin, cos"] = (x, y) => keras.ops.sin(x) + keras.ops.cos(y),
        ["arctan2"] = (x, y) => keras.ops.arctan2(x, y),
        ["floor, ceil"] = (x, y) => keras.ops.floor(x) * keras.ops.ceil(y),
        ["mod"] = (x, y) => keras.ops.mod(x, y),
        ["floor_divide"] = (x, y) => keras.ops.floor_divide(x, 2.0),
        ["round"] = (x, y) => keras.ops.round(x, 1),
        ["sign"] = (x, y) => keras.ops.sign(x),
        ["erf"] = (x, y) => keras.ops.erf(x),
        ["log1p"] = (x, y) => keras.ops.log1p(keras.ops.abs(x)),
        ["rsqrt"] = (x, y) => keras.ops.rsqrt(keras.ops.square(x)),
        ["logaddexp"] = (x, y) => keras.ops.logaddexp(x, y),
        ["logical_and"] = (x, y) => keras.ops.cast(keras.ops.logical_and(x > 0, y > 0), "float32"),
        ["isnan"] = (x, y) => keras.ops.cast(keras.ops.isnan(x), "float32"),
        ["not_equal"] = (x, y) => keras.ops.cast(keras.ops.not_equal(x, y), "float32"),
        ["isclose"] = (x, y) => keras.ops.cast(keras.ops.isclose(x, y, 0.5), "float32"),
        ["nan_to_num"] = (x, y) => keras.ops.nan_to_num(x / 0.0, posinf: 9.0),
        ["stop_gradient"] = (x, y) => keras.ops.stop_gradient(x) * y,
        ["all"] = (x, y) => keras.ops.cast(keras.ops.all(x > -3, axis: 1), "float32"),
        ["any"] = (x, y) => keras.ops.cast(keras.ops.any(x > 3, axis: -1, keepdims: true), "float32"),
        ["amax"] = (x, y) => keras.ops.amax(x, axis: 1),
        ["average"] = (x, y) => keras.ops.average(x, axis: 1),
        ["count_nonzero"] = (x, y) => keras.ops.cast(keras.ops.count_nonzero(x > 0, axis: 1), "float32"),
        ["cumsum"] = (x, y) => keras.ops.cumsum(x, axis: 1),
        ["cumprod"] = (x, y) => keras.ops.cumprod(x, axis: -1),
        ["logsumexp"] = (x, y) => keras.ops.logsumexp(x, axis: 1),
        ["median"] = (x, y) => keras.ops.median(x, axis: 1),
        ["prod"] = (x, y) => keras.ops.prod(x, axis: 1, keepdims: true),
        ["norm"] = (x, y) => keras.ops.norm(x, axis: 1),
        ["norm 1"] = (x, y) => keras.ops.norm(x, ord: 1, axis: 1),
        ["normalize"] = (x, y) => keras.ops.normalize(x, axis: 1),
        ["moments"] = (x, y) => keras.ops.moments(x, axes: [1])[1],
        ["sort"] = (x, y) => keras.ops.sort(x, axis: 1),
        ["argsort"] = (x, y) => keras.ops.argsort(x, axis: -1) + y,
        ["top_k"] = (x, y) => keras.ops.top_k(x, 2)[0],
        ["places of top_k"] = (x, y) => keras.ops.top_k(x, 3)[1] * 2.0,
        ["diff"] = (x, y) => keras.ops.diff(x),
        ["dot"] = (x, y) => keras.ops.dot(x, s_matrix),
        ["einsum"] = (x, y) => keras.ops.einsum("bi,bi->b", x, y),
        ["einsum matrix"] = (x, y) => keras.ops.einsum("bi,ij->bj", x, s_matrix),
        ["fliplr"] = (x, y) => keras.ops.fliplr(x),
        ["hstack"] = (x, y) => keras.ops.hstack([x, y]),
        ["moveaxis"] = (x, y) => keras.ops.moveaxis(keras.ops.stack([x, y], axis: 1), 1, 2),
        ["one_hot"] = (x, y) => keras.ops.one_hot(keras.ops.argmax(x, axis: 1), 4),
        ["multi_hot"] = (x, y) => keras.ops.multi_hot(keras.ops.argsort(x)[.., ..2], 4),
        ["pad"] = (x, y) => keras.ops.pad(x, ((0, 0), (1, 2))),
        ["pad value"] = (x, y) => keras.ops.pad(x, ((0, 0), (1, 2)), constant_values: 3),
        ["pad reflect"] = (x, y) => keras.ops.pad(x, ((0, 0), (1, 2)), mode: "reflect"),
        ["roll"] = (x, y) => keras.ops.roll(x, 1, axis: 1),
        ["rot90"] = (x, y) => keras.ops.rot90(keras.ops.stack([x, y], axis: 1), axes: (1, 2)),
        ["split"] = (x, y) => keras.ops.split(x, 2, axis: 1)[1],
        ["split at"] = (x, _) =>
        {
            var (first, second) = keras.ops.split(x, [2], axis: 1);
            return keras.ops.add(first, second);
        },
        ["unstack"] = (x, y) => keras.ops.unstack(x, axis: 1)[2],
        ["swapaxes"] = (x, y) => keras.ops.swapaxes(keras.ops.stack([x, y], axis: 1), 1, 2),
        ["take"] = (x, y) => keras.ops.take(x, np.array([2, 0]), axis: 1),
        ["take one"] = (x, y) => keras.ops.take(x, 1, axis: 1),
        ["take of array"] = (x, y) => keras.ops.take(s_matrix, keras.ops.argmax(x, axis: 1), axis: 0),
        ["take_along_axis"] = (x, y) => keras.ops.take_along_axis(y, keras.ops.argsort(x, axis: 1), axis: 1),
        ["tensordot"] = (x, y) => keras.ops.tensordot(x, s_matrix, axes: 1),
        ["tensordot axes"] = (x, y) => keras.ops.tensordot(x, s_matrix, axes: (1, 0)),
        ["tile"] = (x, y) => keras.ops.tile(x, [1, 2]),
        ["tril"] = (x, y) => keras.ops.tril(keras.ops.reshape(x, (-1, 2, 2))),
        ["triu"] = (x, y) => keras.ops.triu(keras.ops.stack([x, y], axis: 1), 1),
        ["diagonal"] = (x, y) => keras.ops.diagonal(keras.ops.stack([x, y], axis: 1), axis1: 1, axis2: 2),
        ["trace"] = (x, y) => keras.ops.trace(keras.ops.stack([x, y], axis: 1), axis1: 1, axis2: 2),
        ["matmul of both"] = (x, y) => keras.ops.matmul(keras.ops.reshape(x, (-1, 2, 2)), keras.ops.reshape(y, (-1, 2, 2))),
        ["angle"] = (x, y) => keras.ops.angle(x),
        ["cbrt"] = (x, y) => keras.ops.cbrt(x),
        ["erfinv"] = (x, y) => keras.ops.erfinv(x / 8),
        ["fmax"] = (x, y) => keras.ops.fmax(x, y),
        ["fmin"] = (x, y) => keras.ops.fmin(x, y),
        ["fmod"] = (x, y) => keras.ops.fmod(x, y),
        ["heaviside"] = (x, y) => keras.ops.heaviside(x, y),
        ["i0"] = (x, y) => keras.ops.i0(x),
        ["isreal"] = (x, y) => keras.ops.cast(keras.ops.isreal(x), "float32"),
        ["logaddexp2"] = (x, y) => keras.ops.logaddexp2(x, y),
        ["signbit"] = (x, y) => keras.ops.cast(keras.ops.signbit(x), "float32"),
        ["sinc"] = (x, y) => keras.ops.sinc(x),
        ["nansum"] = (x, y) => keras.ops.nansum(x, axis: 1),
        ["nanmean"] = (x, y) => keras.ops.nanmean(x, axis: -1, keepdims: true),
        ["nanmax"] = (x, y) => keras.ops.nanmax(x, axis: 1),
        ["nanmin"] = (x, y) => keras.ops.nanmin(x, axis: 1),
        ["nanprod"] = (x, y) => keras.ops.nanprod(x, axis: 1),
        ["nanstd"] = (x, y) => keras.ops.nanstd(x, axis: 1),
        ["nanvar"] = (x, y) => keras.ops.nanvar(x, axis: 1),
        ["nancumsum"] = (x, y) => keras.ops.nancumsum(x, axis: 1),
        ["nancumprod"] = (x, y) => keras.ops.nancumprod(x, axis: -1),
        ["nanargmax"] = (x, y) => keras.ops.nanargmax(x, axis: 1) * 2.0,
        ["nanargmin"] = (x, y) => keras.ops.nanargmin(x, axis: 1, keepdims: true) + y,
        ["array_split"] = (x, y) => keras.ops.array_split(x, 3, axis: 1)[0],
        ["extract_sequences"] = (x, y) => keras.ops.extract_sequences(x, 2, 1),
        ["depth_to_space"] = (x, y) => keras.ops.depth_to_space(keras.ops.reshape(x, [-1, 1, 1, 4]), 2),
        ["space_to_depth"] = (x, y) => keras.ops.space_to_depth(keras.ops.reshape(x, [-1, 2, 2, 1]), 2),
        ["cholesky"] = (x, y) => keras.ops.cholesky(Spd(x)),
        ["cholesky_inverse"] = (x, y) => keras.ops.cholesky_inverse(Spd(x)),
        ["det"] = (x, y) => keras.ops.det(Spd(x)),
        ["inv"] = (x, y) => keras.ops.inv(Spd(x)),
        ["solve"] = (x, y) => keras.ops.solve(Spd(x), Spd(y)),
        ["solve_triangular"] = (x, y) => keras.ops.solve_triangular(Spd(x), Spd(y), lower: true),
        ["layer_normalization"] = (x, y) => keras.ops.layer_normalization(x),
        ["layer_normalization gamma"] = (x, y) => keras.ops.layer_normalization(x, s_three, axis: 1, epsilon: 0.01),
        ["layer_normalization beta"] = (x, y) => keras.ops.layer_normalization(x, beta: s_three),
        ["layer_normalization both"] = (x, y) => keras.ops.layer_normalization(x, y, x + 1.0),
        ["rms_normalization"] = (x, y) => keras.ops.rms_normalization(x),
        ["rms_normalization scale"] = (x, y) => keras.ops.rms_normalization(x, s_three, epsilon: 0.01),
        ["rms_normalization of both"] = (x, y) => keras.ops.rms_normalization(x, scale: y),
        ["batch_normalization"] = (x, y) => keras.ops.batch_normalization(x, s_three, s_three * s_three, -1),
        ["batch_normalization scale"] = (x, y) => keras.ops.batch_normalization(x, s_three, s_three * s_three, -1, scale: s_three),
        ["batch_normalization both"] = (x, y) => keras.ops.batch_normalization(x, s_three, s_three * s_three, 1, s_three, 2 * s_three, 0.01),
        ["max_pool"] = (x, y) => keras.ops.max_pool(Image(x), 2),
        ["max_pool strides"] = (x, y) => keras.ops.max_pool(Image(x), (2, 1), strides: 1, padding: "same"),
        ["average_pool"] = (x, y) => keras.ops.average_pool(Image(x), (2, 1), (1, 2), padding: "same"),
        ["adaptive_max_pool"] = (x, y) => keras.ops.adaptive_max_pool(
            keras.ops.reshape(keras.ops.concatenate([x, y], axis: 1), [-1, 4, 2, 1]), (3, 2)),
        ["adaptive_average_pool"] = (x, y) => keras.ops.adaptive_average_pool(keras.ops.reshape(x, (-1, 4, 1)), 3),
        ["conv"] = (x, y) => keras.ops.conv(Image(x), s_matrix.reshape(2, 2, 1, 2), padding: "same"),
        ["conv of sequences"] = (x, y) => keras.ops.conv(keras.ops.reshape(x, (-1, 4, 1)), s_matrix.reshape(4, 1, 2), 1, "same", dilation_rate: 2),
        ["depthwise_conv"] = (x, y) => keras.ops.depthwise_conv(Image(x), s_matrix.reshape(2, 2, 1, 2), (1, 1), "same"),
        ["separable_conv"] = (x, y) => keras.ops.separable_conv(Image(x), s_matrix.reshape(2, 2, 1, 2), s_three.reshape(1, 1, 2, 2), padding: "same"),
        ["dot_product_attention"] = (x, y) => keras.ops.dot_product_attention(Heads(x), Heads(y), Heads(x)),
        ["dot_product_attention mask"] = (x, y) => keras.ops.dot_product_attention(Heads(x), Heads(y), Heads(y),
            bias: keras.ops.reshape(y, [-1, 1, 2, 2]), scale: 0.5, is_causal: true),
        ["resize"] = (x, y) => keras.ops.image.resize(Image(x), (3, 4)),
        ["resize nearest"] = (x, y) => keras.ops.image.resize(Image(x), (3, 2), interpolation: "nearest", pad_to_aspect_ratio: true, fill_value: 0.5),
        ["rgb_to_grayscale"] = (x, y) => keras.ops.image.rgb_to_grayscale(
            keras.ops.reshape(keras.ops.concatenate([x, x, y], axis: 1), [-1, 2, 2, 3])),
        ["several"] = (x, y) => (keras.ops.relu(x * 2.0 + y - 1.0) / 2.0) * y,
        ["layers between"] = (x, y) => keras.layers.Concatenate().Apply([
            keras.layers.Add().Apply([x, y]) * 2.0, keras.ops.concatenate([x, y], axis: 1)])[.., 1..^1],
        ["model"] = (x, y) =>
        {
            Tensor z = keras.Input(4, name: "z");
            var inner = keras.Model(z, keras.ops.tanh(z) * 3.0, name: "inner");
            return inner.Apply(x) - inner.Apply(x + y);
        },
    };

    private static Tensor Image(Tensor x) => keras.ops.reshape(x, [-1, 2, 2, 1]);

    private static Tensor Heads(Tensor x) => keras.ops.reshape(x, [-1, 2, 1, 2]);

    private static Tensor Spd(Tensor x)
    {
        var m = keras.ops.reshape(x, (-1, 2, 2));
        return keras.ops.matmul(m, keras.ops.transpose(m, (0, 2, 1))) + 2.0 * np.eye(2, dtype: "float32");
    }

    public static TheoryData<string> Cases => [.. s_recorded.GetProperty("cases").EnumerateObject().Select(one => one.Name)];

    [Fact]
    public void Every_function_that_files_may_name_is_recorded()
    {
        var recorded = s_recorded.GetProperty("cases").EnumerateObject()
            .SelectMany(one => one.Value.GetProperty("model").GetProperty("config").GetProperty("layers")
            .EnumerateArray()).Select(layer => layer.GetProperty("class_name").GetString()!);
        Assert.Subset(recorded.ToHashSet(), OperationConfig.Names.ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_function_between_layers_is_written_as_in_Keras(string name)
    {
        var recorded = s_recorded.GetProperty("cases").GetProperty(name);
        keras.utils.clear_session();
        Tensor x = keras.Input(4, name: "x"), y = keras.Input(4, name: "y");
        var model = keras.Model([x, y], s_functions[name](x, y), name: recorded.GetProperty("model").GetProperty("config").GetProperty("name").GetString());
        Same(recorded, model);
        Assert.Equal(recorded.GetProperty("layers").EnumerateArray().Select(layer => layer.GetString()), model.layers.Select(layer => layer.name));
        if (recorded.TryGetProperty("summary", out var summary))
        {
            var printed = new StringWriter();
            model.Summarize(printed, Terminal.Current with { Colors = Colors.None, Width = 120 }, default);
            Assert.Equal(summary.GetString()!.TrimEnd('\n'), printed.ToString().TrimEnd('\n'));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_Keras_wrote_predicts_as_there_and_is_written_again(string name)
    {
        var recorded = s_recorded.GetProperty("cases").GetProperty(name);
        var model = keras.models.model_from_json(recorded.GetProperty("model").GetRawText());
        Same(recorded, model);
        Same(recorded, keras.models.clone_model(model));
        // In both formats, too, of which Keras itself reads only one.
        using var folder = new TemporaryFolder();
        foreach (string file in new[] { folder["a.keras"], folder["a.h5"] })
        {
            model.save(file);
            Same(recorded, keras.models.load_model(file, compile: false));
        }
    }

    internal static Model Recorded(string name) =>
        keras.models.model_from_json(s_recorded.GetProperty("cases").GetProperty(name).GetProperty("model").GetRawText());

    private static void Same(JsonElement recorded, Model model)
    {
        JsonNode expected = JsonNode.Parse(recorded.GetProperty("model").GetRawText())!, actual = JsonNode.Parse(model.to_json())!;
        Assert.True(JsonNode.DeepEquals(Rounded(expected), Rounded(actual)), $"{actual.ToJsonString()}\nKeras {expected.ToJsonString()}");
        var outputs = ((NDArray)model.predict((NDArray[])[Input("x"), Input("y")], verbose: 0)).ToFloats();
        var there = Fixtures.Floats(recorded.GetProperty("outputs"));
        Assert.Equal(there.Length, outputs.Length);
        for (int i = 0; i < there.Length; i++) Assert.Equal(there[i], outputs[i], 1e-5 * Math.Max(1, Math.Abs(there[i])));
    }

    /// <summary>Numeric settings of functions may be written with or without a fraction: C# doesn't distinguish them.</summary>
    private static JsonNode Rounded(JsonNode model)
    {
        foreach (var layer in model["config"]!["layers"]!.AsArray())
            foreach (var (key, value) in layer!["config"]!.AsObject().ToArray())
                if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number) layer["config"]![key] = number.GetValue<double>();
        return model;
    }

    internal static NDArray Input(string name) => new(Fixtures.Floats(s_recorded.GetProperty(name)), 3, 4);

    /// <summary>Changed configurations of functions in a file, with a word of the refusal.</summary>
    public static TheoryData<string, string, string> Hostile => new()
    {
        { "\"Multiply\"", "\"Lambda\"", "is refused" },
        { "keras.src.ops.numpy", "keras.src.ops.nn", "is refused" },
        { "keras.src.ops.numpy", "os", "is refused" },
        { ", 2.0]", "]", "expected 2 arguments" },
        { ", 2.0]", ", 2.0, 3.0]", "expected 2 arguments" },
        { ", 2.0]", ", 1e300]", "expected a tensor, a number or an array" },
        { ", 2.0]", ", null]", "expected a tensor, a number or an array" },
        { ", 2.0]", ", \"x\"]", "expected a tensor, a number or an array" },
        { ", 2.0]", ", [[[[1]]]]]", "expected a tensor, a number or an array" },
        { ", 2.0]", ", {\"class_name\": \"__lambda__\", \"config\": {}}]", "expected a tensor, a number or an array" },
        { ", 2.0]", ", {\"class_name\": \"__numpy__\", \"config\": {\"value\": [[1], [1, 2]], \"dtype\": \"float32\"}}]", "lists of one length" },
        { ", 2.0]", ", {\"class_name\": \"__numpy__\", \"config\": {\"value\": [1], \"dtype\": \"object\"}}]", "is refused" },
        { ", 2.0]", ", {\"class_name\": \"__numpy__\", \"config\": {\"value\": [1, 2, 3], \"dtype\": \"float32\"}}]", "go together" },
        { "\"kwargs\": {}", "\"kwargs\": {\"x2\": 3}", "is not supported" },
        { "{\"name\": \"multiply\"}", "{\"name\": \"multiply\", \"fn\": 1}", "is not supported" },
        { "[\"multiply\", 0, 0]", "[\"multiply\", 1, 0]", "no node 1" },
        { "[\"x\", 0, 0]}}, 2.0", "[\"multiply\", 0, 0]}}, 2.0", "circle" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_function_that_does_harm_is_refused(string what, string by, string why)
    {
        string text = s_recorded.GetProperty("cases").GetProperty("x * 2.0").GetProperty("model").GetRawText();
        Assert.Contains(what, text);
        var refusal = Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(text.Replace(what, by)));
        Assert.Contains(why, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("repeat", "\"repeats\": 2", "\"repeats\": 2000000000")]
    [InlineData("repeat", "\"repeats\": 2", "\"repeats\": -1")]
    [InlineData("expand_dims", "\"axis\": -1", "\"axis\": 7")]
    [InlineData("reshape", "[-1, 2, 2]", "[-1, -1, 2]")]
    [InlineData("reshape", "[-1, 2, 2]", "[-1, 0, 2]")]
    [InlineData("reshape", "[-1, 2, 2]", "[-1, 2]")]
    [InlineData("concatenate", "\"axis\": -1", "\"axis\": 0")]
    [InlineData("one", "}}, 0]", "}}, 9]")]
    [InlineData("one", "}}, 0]", "}}, -2147483648]")]
    [InlineData("steps", "\"step\": 2", "\"step\": 0")]
    [InlineData("steps", "\"start\": 1", "\"start\": 4")]
    [InlineData("sum", "\"axis\": -1", "\"axis\": 3")]
    [InlineData("sum", "\"axis\": -1", "\"axis\": null")]
    [InlineData("transpose", "[0, 2, 1]", "[2, 1, 0]")]
    [InlineData("max", "\"initial\": null", "\"initial\": 3")]
    [InlineData("max_pool", "\"pool_size\": 2", "\"pool_size\": 2000000000")]
    [InlineData("max_pool", "\"pool_size\": 2", "\"pool_size\": 0")]
    [InlineData("conv of sequences", "\"dilation_rate\": 2", "\"dilation_rate\": 2000000000")]
    [InlineData("conv", "\"padding\": \"same\"", "\"padding\": \"full\"")]
    [InlineData("conv", "\"data_format\": \"channels_last\"", "\"data_format\": \"last\"")]
    [InlineData("layer_normalization", "\"rms_scaling\": false", "\"rms_scaling\": true")]
    [InlineData("layer_normalization", "\"kwargs\": {}", "\"kwargs\": {\"delta\": 1}")]
    [InlineData("layer_normalization gamma", "\"kwargs\": {}", "\"kwargs\": {\"gamma\": 1}")]
    [InlineData("batch_normalization", "\"axis\": -1", "\"axis\": 5")]
    [InlineData("dot_product_attention", "\"attn_logits_soft_cap\": null", "\"attn_logits_soft_cap\": 3.0")]
    [InlineData("resize", "[3, 4]", "[2000000000, 2000000000]")]
    [InlineData("resize", "[3, 4]", "[0, 4]")]
    [InlineData("greater", "\"dtype\": \"float32\"}, \"registered_name\": \"Cast\"", "\"dtype\": \"int32\"}, \"registered_name\": \"Cast\"")]
    public void A_setting_that_no_model_has_is_refused(string name, string what, string by)
    {
        string text = s_recorded.GetProperty("cases").GetProperty(name).GetProperty("model").GetRawText();
        Assert.Contains(what, text);
        Assert.DoesNotContain('\n', Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(text.Replace(what, by))).Message);
    }

    /// <summary>Functions that can't be part of a model, or of a file, with a word of the refusal.</summary>
    [Fact]
    public void What_a_model_can_t_have_between_layers_is_refused_by_name()
    {
        Tensor x = keras.Input(4), y = keras.Input(4);
        Refused("changes the batch", () => keras.ops.concatenate([x, y]));
        Refused("changes the batch", () => keras.ops.stack([x, y]));
        Refused("changes the batch", () => keras.ops.reshape(x, (-1, 2)));
        Refused("changes the batch", () => keras.ops.transpose(x));
        Refused("changes the batch", () => x[1..]);
        Refused("one value for the whole batch", () => keras.Model(x, keras.ops.mean(x)));
        Refused("one value for the whole batch", () => keras.Model(x, x[0]));
        Refused("yes or no", () => (x > 0) + (x > 1));
        Refused("can't be cast", () => keras.ops.cast(x, "int32"));
        Refused("batch axis", () => keras.layers.Dense(2).Apply(keras.ops.sum(x)));
        Refused("a function that a file can't hold", () => keras.Model(x, keras.activations.mish(x)).to_json());
        Refused("a file can't hold", () => keras.Model(x, x * double.PositiveInfinity).to_json());
        Refused("the weight", () => keras.Model(x, x * Weight()).to_json());
        static KerasPort.Layers.Variable Weight()
        {
            var layer = keras.layers.Dense(4);
            layer.build((null, 4));
            return layer.variables[1];
        }
    }
}
