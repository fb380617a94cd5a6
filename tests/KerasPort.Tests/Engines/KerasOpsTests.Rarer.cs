using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Engines;

/// <content>Less common functions.</content>
public sealed partial class KerasOpsTests
{
    private static Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor>> Rarer() => new()
    {
        ["angle"] = (x, y, i) => keras.ops.angle(x),
        ["cbrt"] = (x, y, i) => keras.ops.cbrt(x),
        ["erfinv"] = (x, y, i) => keras.ops.erfinv(U(x)),
        ["fmax"] = (x, y, i) => keras.ops.fmax(x, N(y)),
        ["fmin"] = (x, y, i) => keras.ops.fmin(N(x), y),
        ["fmod"] = (x, y, i) => keras.ops.fmod(x, y),
        ["gcd"] = (x, y, i) => keras.ops.gcd(i + 4, i * 6),
        ["lcm"] = (x, y, i) => keras.ops.lcm(i + 4, i * 6),
        ["heaviside"] = (x, y, i) => keras.ops.heaviside(keras.ops.floor(x), y),
        ["i0"] = (x, y, i) => keras.ops.i0(x),
        ["ldexp"] = (x, y, i) => keras.ops.ldexp(x, i),
        ["logaddexp2"] = (x, y, i) => keras.ops.logaddexp2(x, y),
        ["real, imag"] = (x, y, i) => keras.ops.real(x) + keras.ops.imag(y) + keras.ops.conj(x),
        ["signbit"] = (x, y, i) => keras.ops.signbit(x),
        ["sinc"] = (x, y, i) => keras.ops.sinc(x),
        ["nansum"] = (x, y, i) => keras.ops.nansum(N(x), axis: 1),
        ["nanmean"] = (x, y, i) => keras.ops.nanmean(N(x), axis: (0, 2), keepdims: true),
        ["nanmax"] = (x, y, i) => keras.ops.nanmax(N(x), axis: 1),
        ["nanmin"] = (x, y, i) => keras.ops.nanmin(N(x), axis: 2),
        ["nanprod"] = (x, y, i) => keras.ops.nanprod(N(x), axis: 1),
        ["nanstd"] = (x, y, i) => keras.ops.nanstd(N(x), axis: (0, 1)),
        ["nanvar"] = (x, y, i) => keras.ops.nanvar(N(x), axis: (0, 1)),
        ["nancumsum"] = (x, y, i) => keras.ops.nancumsum(N(x), axis: 1),
        ["nancumprod"] = (x, y, i) => keras.ops.nancumprod(N(x), axis: 2),
        ["nanargmax"] = (x, y, i) => keras.ops.nanargmax(N(x), axis: 1),
        ["nanargmin"] = (x, y, i) => keras.ops.nanargmin(N(x), axis: 2),
        ["nanmedian"] = (x, y, i) => keras.ops.nanmedian(N(x), axis: 1),
        ["nanquantile"] = (x, y, i) => keras.ops.nanquantile(N(x), np.array([0.2, 0.7]), axis: 2),
        ["nanpercentile"] = (x, y, i) => keras.ops.nanpercentile(N(x), 30.0),
        ["quantile"] = (x, y, i) => keras.ops.quantile(x, np.array([0.3, 0.9]), axis: 1),
        ["quantile lower"] = (x, y, i) => keras.ops.quantile(x, 0.4, axis: 2, method: "lower"),
        ["quantile higher"] = (x, y, i) => keras.ops.quantile(x, 0.4, axis: 2, method: "higher"),
        ["quantile midpoint"] = (x, y, i) => keras.ops.quantile(x, 0.4, axis: 2, method: "midpoint"),
        ["quantile nearest"] = (x, y, i) => keras.ops.quantile(x, 0.4, axis: 2, method: "nearest"),
        ["percentile"] = (x, y, i) => keras.ops.percentile(x, 40.0, axis: (0, 2), keepdims: true),
        ["cholesky"] = (x, y, i) => keras.ops.cholesky(Spd(x)),
        ["cholesky upper"] = (x, y, i) => keras.ops.cholesky(Spd(x), upper: true),
        ["cholesky_inverse"] = (x, y, i) => keras.ops.cholesky_inverse(keras.ops.cholesky(Spd(x))),
        ["det"] = (x, y, i) => keras.ops.det(Sq(x)),
        ["inv"] = (x, y, i) => keras.ops.inv(Sq(x)),
        ["logdet"] = (x, y, i) => keras.ops.logdet(Spd(x)),
        ["slogdet"] = (x, y, i) => keras.ops.slogdet(Sq(x)),
        ["solve"] = (x, y, i) => keras.ops.solve(Sq(x), y),
        ["solve vector"] = (x, y, i) => keras.ops.solve(Sq(x), y[.., .., 0]),
        ["solve_triangular"] = (x, y, i) => keras.ops.solve_triangular(Sq(x), y, lower: true),
        ["qr"] = (x, y, i) => keras.ops.qr(keras.ops.swapaxes(x, 1, 2)),
        ["qr square"] = (x, y, i) => keras.ops.qr(Sq(x)),
        ["svd values"] = (x, y, i) => keras.ops.svd(x, compute_uv: false),
        ["eigh"] = (x, y, i) => keras.ops.eigh(Spd(x))[0],
        ["eigh vectors"] = (x, y, i) => keras.ops.square(keras.ops.eigh(Spd(x))[1]),
        ["cdist"] = (x, y, i) => keras.ops.cdist(x, y),
        ["corrcoef"] = (x, y, i) => keras.ops.corrcoef(x[0]),
        ["adaptive_average_pool"] = (x, y, i) => keras.ops.adaptive_average_pool(x, 2),
        ["adaptive_max_pool"] = (x, y, i) => keras.ops.adaptive_max_pool(x, 2),
        ["average_pool"] = (x, y, i) => keras.ops.average_pool(x, 2, 1, "same"),
        ["max_pool"] = (x, y, i) => keras.ops.max_pool(x, 2, 1),
        ["batch_normalization"] = (x, y, i) => keras.ops.batch_normalization(x, y[0, 0], P(y[0, 1]), -1, offset: y[1, 0], scale: y[1, 1]),
        ["batch_normalization axis"] = (x, y, i) => keras.ops.batch_normalization(x, y[0, .., 0], P(y[0, .., 1]), 1, scale: y[1, .., 0]),
        ["conv"] = (x, y, i) => keras.ops.conv(x, keras.ops.reshape(y, (2, 4, 3)), padding: "same"),
        ["conv 2D"] = (x, y, i) => keras.ops.conv(keras.ops.reshape(x, [1, 3, 4, 2]), keras.ops.reshape(y, [2, 2, 2, 3]), strides: (1, 2)),
        ["conv_transpose"] = (x, y, i) => keras.ops.conv_transpose(keras.ops.reshape(x, [1, 2, 3, 4]), keras.ops.reshape(y, [2, 3, 1, 4]), strides: 2),
        ["depthwise_conv"] = (x, y, i) => keras.ops.depthwise_conv(keras.ops.reshape(x, [1, 3, 4, 2]), keras.ops.reshape(y, [2, 3, 2, 2])),
        ["separable_conv"] = (x, y, i) => keras.ops.separable_conv(keras.ops.reshape(x, [1, 3, 4, 2]), keras.ops.reshape(y, [2, 3, 2, 2]),
            keras.ops.reshape(keras.ops.ravel(y)[..8], [1, 1, 4, 2]), padding: "same"),
        ["ctc_loss"] = (x, y, i) => keras.ops.ctc_loss(i[.., .., 0] + 1, keras.ops.concatenate([x, y, x], axis: 1), np.array([2, 3]), np.array([7, 9])),
        ["ctc_loss of another blank"] = (x, y, i) => keras.ops.ctc_loss(i[.., .., 0], keras.ops.concatenate([x, y, x], axis: 1), np.array([3, 2]),
            np.array([9, 8]), mask_index: 3),
        ["depth_to_space"] = (x, y, i) => keras.ops.depth_to_space(keras.ops.reshape(x, [1, 2, 3, 4]), 2),
        ["space_to_depth"] = (x, y, i) => keras.ops.space_to_depth(keras.ops.reshape(x, [1, 2, 4, 3]), 2),
        ["space_to_depth first"] = (x, y, i) => keras.ops.space_to_depth(keras.ops.reshape(x, [1, 3, 2, 4]), 2, "channels_first"),
        ["unfold"] = (x, y, i) => keras.ops.unfold(keras.ops.reshape(x, [1, 2, 3, 4]), 2, padding: 1, stride: 2),
        ["fold"] = (x, y, i) => keras.ops.fold(keras.ops.reshape(x, (1, 4, 6)), (3, 4), 2),
        ["dot_product_attention"] = (x, y, i) => keras.ops.dot_product_attention(keras.ops.reshape(x, [2, 3, 2, 2]), keras.ops.reshape(y, [2, 3, 2, 2]),
            keras.ops.reshape(y, [2, 3, 2, 2]), is_causal: true),
        ["dot_product_attention of groups"] = (x, y, i) => keras.ops.dot_product_attention(keras.ops.reshape(x, [2, 3, 4, 1]),
            keras.ops.reshape(y, [2, 6, 2, 1]), keras.ops.reshape(y, [2, 6, 2, 1]), mask: keras.ops.reshape(i[0, 0, ..3] > 0, [1, 1, 3, 1]), scale: 0.5),
        ["extract_sequences"] = (x, y, i) => keras.ops.extract_sequences(x, 2, 1),
        ["layer_normalization"] = (x, y, i) => keras.ops.layer_normalization(x, y[0, 0], y[0, 1]),
        ["layer_normalization axis"] = (x, y, i) => keras.ops.layer_normalization(x, axis: 1, epsilon: 0.01),
        ["rms_normalization"] = (x, y, i) => keras.ops.rms_normalization(x, y[0, 0]),
        ["psnr"] = (x, y, i) => keras.ops.psnr(x, y, 2.0),
        ["array_split"] = (x, y, i) => keras.ops.array_split(x, 3, axis: 2),
        ["correlate"] = (x, y, i) => keras.ops.correlate(x[0, 0], y[0, 0, ..3]),
        ["correlate full"] = (x, y, i) => keras.ops.correlate(x[0, 0], y[0, 0, ..3], mode: "full"),
        ["correlate same"] = (x, y, i) => keras.ops.correlate(x[0, 0], y[0, 0, ..2], mode: "same"),
        ["diag"] = (x, y, i) => keras.ops.diag(x[0, 0], 1),
        ["diag of matrix"] = (x, y, i) => keras.ops.diag(x[0], -1),
        ["diagflat"] = (x, y, i) => keras.ops.diagflat(x[0, ..2, ..2], -1),
        ["dstack"] = (x, y, i) => keras.ops.dstack([x[0], y[0]]),
        ["dsplit"] = (x, y, i) => keras.ops.dsplit(x, 2),
        ["hsplit"] = (x, y, i) => keras.ops.hsplit(x, [1]),
        ["vsplit"] = (x, y, i) => keras.ops.vsplit(x, 2),
        ["get_item"] = (x, y, i) => keras.ops.get_item(x, .., 1),
        ["kron"] = (x, y, i) => keras.ops.kron(x[0], y[1, ..2]),
        ["meshgrid"] = (x, y, i) => keras.ops.meshgrid([x[0, 0], y[0, 0, ..3]]),
        ["meshgrid ij"] = (x, y, i) => keras.ops.meshgrid([x[0, 0], y[0, 0, ..3]], indexing: "ij"),
        ["rearrange"] = (x, y, i) => keras.ops.rearrange(x, "b h (w v) -> (b v) w h", ("v", 2)),
        ["scatter"] = (x, y, i) => keras.ops.scatter(np.array([[1], [3], [1]]), x[0], (5, 4)),
        ["scatter_update"] = (x, y, i) => keras.ops.scatter_update(x, np.array([[0, 1], [1, 2]]), y[0, ..2]),
        ["scatter_update add"] = (x, y, i) => keras.ops.scatter_update(x, np.array([[0, 1], [1, 2], [0, 1]]), y[0], reduction: "add"),
        ["scatter_update max"] = (x, y, i) => keras.ops.scatter_update(x, np.array([[0, 1], [1, 2]]), y[0, ..2], reduction: "max"),
        ["scatter_update min"] = (x, y, i) => keras.ops.scatter_update(x, np.array([[0, 1], [1, 2]]), y[0, ..2], reduction: "min"),
        ["scatter_update mul"] = (x, y, i) => keras.ops.scatter_update(x, np.array([[0, 1], [1, 2], [0, 1]]), y[0], reduction: "mul"),
        ["segment_max"] = (x, y, i) => keras.ops.segment_max(x[0], np.array([0, 1, 0]), 2),
        ["segment_min"] = (x, y, i) => keras.ops.segment_min(x[0], np.array([0, 1, 0]), 2),
        ["segment_prod"] = (x, y, i) => keras.ops.segment_prod(x[0], np.array([0, 1, 0]), 2),
        ["trapezoid"] = (x, y, i) => keras.ops.trapezoid(x, dx: 0.5, axis: 1),
        ["trapezoid x"] = (x, y, i) => keras.ops.trapezoid(x, y[0, 0]),
        ["vander"] = (x, y, i) => keras.ops.vander(x[0, 0], 3),
        ["associative_scan"] = (x, y, i) => keras.ops.associative_scan((a, b) => a * b, x, axis: 1),
        ["associative_scan reverse"] = (x, y, i) => keras.ops.associative_scan((a, b) => a + b, x, reverse: true, axis: 2),
        ["scan"] = (x, y, i) => keras.ops.scan((c, v) => (c * v + 1.0, c), y[0], xs: x),
        ["scan reverse"] = (x, y, i) => keras.ops.scan((c, v) => (c * v, c + v), y[0], xs: x, reverse: true),
        ["switch"] = (x, y, i) => keras.ops.@switch(1, [() => x, () => y * 2.0]),
        ["while_loop"] = (x, y, i) => keras.ops.while_loop(v => keras.ops.sum(v) < 60.0, v => v + P(x), y, maximum_iterations: 10),
        ["custom_gradient"] = (x, y, i) => Own(x),
        ["einsum of three"] = (x, y, i) => keras.ops.einsum("bij,bkj,bkl->bil", x, y, x),
        ["einsum twice"] = (x, y, i) => keras.ops.einsum("bii->b", Sq(x)),
        ["einsum over samples"] = (x, y, i) => keras.ops.einsum("bij,bij->ij", x, y),
        ["image resize"] = (x, y, i) => keras.ops.image.resize(keras.ops.reshape(x, [1, 3, 4, 2]), (5, 6)),
        ["image resize cropped"] = (x, y, i) =>
            keras.ops.image.resize(keras.ops.reshape(x, (4, 3, 2)), (2, 1), interpolation: "nearest", crop_to_aspect_ratio: true),
        ["image rgb_to_grayscale"] = (x, y, i) => keras.ops.image.rgb_to_grayscale(keras.ops.reshape(x, [1, 2, 4, 3])),
        ["image pad_images"] = (x, y, i) =>
            keras.ops.image.pad_images(keras.ops.reshape(x, [1, 2, 3, 4]), top_padding: 1, left_padding: 2, target_height: 4, target_width: 6),
        ["image crop_images"] = (x, y, i) =>
            keras.ops.image.crop_images(keras.ops.reshape(x, (3, 4, 2)), top_cropping: 1, right_cropping: 1, target_height: 2, target_width: 2),
        ["image extract_patches"] = (x, y, i) => keras.ops.image.extract_patches(keras.ops.reshape(x, [1, 3, 4, 2]), 2, strides: 1, padding: "same"),
        ["image gaussian_blur"] = (x, y, i) => keras.ops.image.gaussian_blur(keras.ops.reshape(x, [1, 3, 4, 2]), (3, 3), (1.0, 0.5)),
        ["image sobel_edges"] = (x, y, i) => keras.ops.image.sobel_edges(keras.ops.reshape(x, [1, 3, 4, 2])),
    };

    [Fact]
    public void Functions_of_arrays_give_what_Keras_gives()
    {
        static void Is(float[] expected, Tensor actual) => Assert.Equal(expected, actual.numpy().ToFloats().Select(v => MathF.Round(v, 5)));
        NDArray a = np.array([6, 12, 5]), b = np.array([3, 10, 1]);
        Is([2, 8, 1], keras.ops.bitwise_and(a, b));
        Is([7, 14, 5], keras.ops.bitwise_or(a, b));
        Is([5, 6, 4], keras.ops.bitwise_xor(a, b));
        Is([-7, -13, -6], keras.ops.bitwise_invert(a));
        Is([48, 12288, 10], keras.ops.bitwise_left_shift(a, b));
        Is([0, 0, 2], keras.ops.right_shift(a, b));
        Is([0, 0.5f, 1, 0.5f, 0], keras.ops.bartlett(5));
        Is([0, 0.34f, 1, 0.34f, 0], keras.ops.blackman(5));
        Is([0.08f, 0.54f, 1, 0.54f, 0.08f], keras.ops.hamming(5));
        Is([0, 0.5f, 1, 0.5f, 0], keras.ops.hanning(5));
        Is([0.03671f, 0.55285f, 1, 0.55285f, 0.03671f], keras.ops.kaiser(5, 5.0));
        Is([1], keras.ops.hamming(1));
        Is([1, 10, 100], keras.ops.geomspace(1, 100, 3));
        Is([0, 255, 7], keras.ops.saturate_cast(np.array([-3.0, 300.0, 7.9]), "uint8"));
        Is([1, 1, 1], keras.ops.isreal(a));
        Assert.Equal([1, MathF.BitIncrement(2), 0], keras.ops.nextafter(np.array([1.0, 2.0, 0.0]), np.array([1.0, 3.0, 0.0])).numpy().ToFloats());
        Is([1, 0, 2], keras.ops.argpartition(np.array([3.0, 1.0, 7.0]), 1));
        var (counts, edges) = keras.ops.histogram(np.array([1.0, 2, 2, 4]), bins: 3);
        Is([1, 2, 1], counts);
        Is([1, 2, 3, 4], edges);
        var (rows, columns) = keras.ops.nonzero(np.array([[1, 0], [0, 2]]));
        Is([0, 1], rows);
        Is([0, 1], columns);
        var (i, j) = keras.ops.unravel_index(np.array([5, 2]), (2, 3));
        Is([1, 0], i);
        Is([2, 2], j);
        var all = keras.ops.unique(np.array([5, 2, 5, 9]), sorted: false, return_index: true, return_inverse: true, return_counts: true);
        Is([5, 2, 9], all[0]);
        Is([0, 1, 3], all[1]);
        Is([0, 1, 0, 2], all[2]);
        Is([2, 1, 1], all[3]);
        Is([2, 5, 9], keras.ops.unique(np.array([5, 2, 5, 9])));
        Is([0, 0, 0, 0, 8, 9, 0, 6, 7], keras.ops.slice_update(np.zeros((3, 3)), [1, 5], np.array([[8.0, 9], [6, 7]])));
        Is([2, 4, 6], keras.ops.vectorize(v => v * 2)(np.array([1.0, 2, 3])));
        var (labels, scores) = keras.ops.ctc_decode(np.array([0.1, 0.9, 0.2, 0.8, 0.9, 0.1, 0.3, 0.7, 0.2, 0.4]).reshape(1, 5, 2), np.array([4]),
            mask_index: 0);
        Is([1, 1, -1, -1, -1], labels);
        Is([-3.3f], scores);
    }

    [Fact]
    public void Matrices_are_what_their_parts_make()
    {
        NDArray a = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]]), wide = np.array([[1.0, 2, 3], [4, 5, 7]]);
        void Same(NDArray expected, Tensor actual) => np.testing.assert_allclose(actual.numpy(), expected, 1e-5, 1e-5);
        var (u, s, v) = keras.ops.svd(wide, full_matrices: false);
        Same(wide, keras.ops.matmul(u * s, v));
        var (values, vectors) = keras.ops.eigh(a);
        Same(a, keras.ops.matmul(vectors * values, keras.ops.transpose(vectors)));
        var (q, r) = keras.ops.qr(wide, mode: "complete");
        Same(wide, keras.ops.matmul(q, r));
        var (lu, order) = keras.ops.lu_factor(np.array([[1.0, 2], [3, 4]]));
        Same(np.array([[3.0, 4], [1 / 3.0, 2 / 3.0]]), lu);
        Same(np.array([1, 0]), order);
        Same(np.array([[1.0, 0], [0, 1]]), keras.ops.matmul(wide, keras.ops.pinv(wide)));
        Same(np.linalg.lstsq(wide.T, np.array([1.0, 2, 3])).x, keras.ops.lstsq(wide.T, np.array([1.0, 2, 3])));
        Same(2, keras.ops.matrix_rank(wide));
        Same(1, keras.ops.matrix_rank(wide, tol: 1.0));
    }

    [Fact]
    public void Rarer_functions_refuse_what_does_not_fit()
    {
        NDArray x = np.ones((2, 3));
        Tensor symbolic = keras.Input(3);
        Refused("square matrices", () => keras.ops.inv(x));
        Refused("not invertible", () => keras.ops.inv(np.ones((2, 2))));
        Refused("positive definite", () => keras.ops.cholesky(-np.eye(2)));
        Refused("full_matrices=False", () => keras.ops.svd(x));
        Refused("mode", () => keras.ops.qr(x, mode: "raw"));
        Refused("`method` must be", () => keras.ops.quantile(x, 0.5, method: "weibull"));
        Refused("from 0 to 1", () => keras.ops.quantile(x, 1.5));
        Refused("not in [0, 2)", () => keras.ops.scatter_update(x, np.array([[2]]), x[..1]));
        Refused("Unsupported reduction", () => keras.ops.scatter_update(x, np.array([[1]]), x[..1], reduction: "mean"));
        Refused("an update of 3 elements", () => keras.ops.scatter_update(x, np.array([[1]]), x));
        Refused("pattern", () => keras.ops.rearrange(x, "a b -> a"));
        Refused("taken apart", () => keras.ops.rearrange(x, "a (b c) -> a b c"));
        Refused("Kernel shape", () => keras.ops.conv(np.ones((1, 5, 2)), x));
        Refused("A kernel of shape", () => keras.ops.conv_transpose(np.ones((1, 5, 2)), np.ones((2, 3, 4))));
        Refused("of 3 to 5 axes", () => keras.ops.max_pool(x, 2));
        Refused("one letter", () => keras.ops.einsum("ijk->i", x));
        Refused("of the operands, each once", () => keras.ops.einsum("ij->ii", x));
        Refused("disagrees", () => keras.ops.scan((c, v) => (c, v), x[0], x, length: 3));
        Refused("maximum_iterations", () => keras.ops.while_loop(v => keras.ops.sum(v) < 3, v => v * 2, symbolic));
        Refused("'greedy'", () => keras.ops.ctc_decode(np.ones((1, 2, 2)), np.array([2]), strategy: "beam_search"));
        Refused("only supports 4D", () => keras.ops.dot_product_attention(x, x, x));
    }

    private static Tensor N(Tensor x) => keras.ops.where(x < -1.1, double.NaN, x);

    private static Tensor Sq(Tensor x) => x[.., .., ..3] + 3.0 * np.eye(3);

    private static Tensor Spd(Tensor x) => keras.ops.matmul(x, keras.ops.swapaxes(x, 1, 2)) + 3.0 * np.eye(3);

    private static Tensor Own(Tensor x) => keras.ops.custom_gradient(x =>
    {
        var e = keras.ops.exp(x);
        return (keras.ops.log(1 + e), upstream => upstream * (2 - 1 / (1 + e)));
    })(x);
}
