using System.Globalization;
using System.Text.RegularExpressions;
using KerasPort.Layers;

namespace KerasPort.Tests.Graphs;

/// <summary>Linear algebra, indices and other functions of <c>tf</c> as programs write them, with TensorFlow 2.16's values.</summary>
public partial class TensorFlowFunctionTests
{
    private static readonly Tensor s_m = tf.constant(np.array([[4f, 1f], [2f, 3f]])),
        s_a = tf.constant([[1, 2, 3], [4, 5, 6]]),
        s_b = tf.constant(np.array([[[1f, 2f], [3f, 4f]], [[5f, 6f], [7f, 9f]]])),
        s_v = tf.constant(np.array([1f, -2f, 3f])),
        s_s = tf.constant(np.array([[4f, 2f], [2f, 3f]])),
        s_i = tf.reshape(tf.range(0.0, 36.0), [1, 4, 3, 3]) / 36.0,
        s_j = tf.reshape(tf.range(36.0, 0.0, -1.0), [1, 4, 3, 3]) / 40.0,
        s_k = tf.cast(s_i * 200.0, tf.uint8);

    public static TheoryData<Func<Tensor>, string> Cases => new()
    {
        { () => tf.linalg.det(s_b), "[-2.0, 3.000001] float32" },
        { () => tf.linalg.inv(s_m), "[[0.3, -0.1], [-0.2, 0.4]] float32" },
        { () => tf.linalg.inv(s_b), "[[[-2.0, 1.0], [1.5, -0.5000001]], [[2.999998, -1.999999], [-2.333332, 1.666666]]] float32" },
        { () => tf.linalg.inv(s_m, adjoint: true), "[[0.3, -0.2], [-0.1, 0.4]] float32" },
        { () => tf.linalg.matrix_transpose(s_a), "[[1, 4], [2, 5], [3, 6]] int32" },
        { () => tf.linalg.matrix_transpose(s_b), "[[[1.0, 3.0], [2.0, 4.0]], [[5.0, 7.0], [6.0, 9.0]]] float32" },
        { () => tf.linalg.diag(s_v), "[[1.0, 0.0, 0.0], [0.0, -2.0, 0.0], [0.0, 0.0, 3.0]] float32" },
        { () => tf.linalg.diag(s_v, k: 1), "[[0.0, 1.0, 0.0, 0.0], [0.0, 0.0, -2.0, 0.0], [0.0, 0.0, 0.0, 3.0], [0.0, 0.0, 0.0, 0.0]] float32" },
        { () => tf.linalg.diag(s_a, k: -1),
            "[[[0, 0, 0, 0], [1, 0, 0, 0], [0, 2, 0, 0], [0, 0, 3, 0]], [[0, 0, 0, 0], [4, 0, 0, 0], [0, 5, 0, 0], [0, 0, 6, 0]]] int32" },
        { () => tf.linalg.diag(s_v, padding_value: 9.0), "[[1.0, 9.0, 9.0], [9.0, -2.0, 9.0], [9.0, 9.0, 3.0]] float32" },
        { () => tf.linalg.diag_part(s_b), "[[1.0, 4.0], [5.0, 9.0]] float32" },
        { () => tf.linalg.diag_part(s_a), "[1, 5] int32" },
        { () => tf.linalg.diag_part(s_a, k: 1), "[2, 6] int32" },
        { () => tf.linalg.diag_part(s_a, k: -1), "[4] int32" },
        { () => tf.linalg.set_diag(s_a, tf.constant([8, 9])), "[[8, 2, 3], [4, 9, 6]] int32" },
        { () => tf.linalg.set_diag(s_b, tf.constant(np.array([[0f, 0f], [1f, 1f]]))), "[[[0.0, 2.0], [3.0, 0.0]], [[1.0, 6.0], [7.0, 1.0]]] float32" },
        { () => tf.linalg.set_diag(s_a, tf.constant([8, 9]), k: 1), "[[1, 8, 3], [4, 5, 9]] int32" },
        { () => tf.linalg.set_diag(s_a, tf.constant([8]), k: -1), "[[1, 2, 3], [8, 5, 6]] int32" },
        { () => tf.linalg.band_part(s_b, 0, -1), "[[[1.0, 2.0], [0.0, 4.0]], [[5.0, 6.0], [0.0, 9.0]]] float32" },
        { () => tf.linalg.band_part(s_a, -1, 0), "[[1, 0, 0], [4, 5, 0]] int32" },
        { () => tf.linalg.band_part(s_a, 0, 1), "[[1, 2, 0], [0, 5, 6]] int32" },
        { () => tf.linalg.trace(s_b), "[5.0, 14.0] float32" },
        { () => tf.linalg.trace(s_a), "6 int32" },
        { () => tf.linalg.norm(s_m), "5.477226 float32" },
        { () => tf.linalg.norm(s_v, ord: 1), "6.0 float32" },
        { () => tf.linalg.norm(s_m, ord: 1), "10.0 float32" },
        { () => tf.linalg.norm(s_m, ord: 1, axis: [0, 1]), "6.0 float32" },
        { () => tf.linalg.norm(s_m, ord: np.inf, axis: [-2, -1]), "5.0 float32" },
        { () => tf.linalg.norm(s_m, ord: 2, axis: (0, 1)), "5.116673 float32" },
        { () => tf.linalg.norm(s_b, ord: "fro", axis: [1, 2]), "[5.477226, 13.82028] float32" },
        { () => tf.linalg.norm(s_b, ord: "euclidean", axis: -1), "[[2.236068, 5.0], [7.81025, 11.40175]] float32" },
        { () => tf.linalg.norm(s_b, axis: [1, 2], keepdims: true), "[[[5.477226]], [[13.82028]]] float32" },
        { () => tf.norm(s_m, ord: np.inf, keepdims: true), "[[4.0]] float32" },
        { () => tf.norm(s_b, ord: 3, axis: 0), "[[5.013298, 6.073178], [7.179055, 9.256023]] float32" },
        { () => tf.linalg.normalize(s_m, axis: 1), "[[0.9701425, 0.2425356], [0.5547002, 0.8320503]] float32; [[4.123106], [3.605551]] float32" },
        { () => tf.linalg.eye(2, batch_shape: [2]), "[[[1.0, 0.0], [0.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]] float32" },
        { () => tf.linalg.eye(2, 3), "[[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]] float32" },
        { () => tf.linalg.solve(s_m, tf.constant(np.array([[1f], [2f]]))), "[[0.09999999], [0.6]] float32" },
        { () => tf.linalg.solve(s_m, tf.constant(np.array([[1f], [2f]])), adjoint: true), "[[-0.09999999], [0.7]] float32" },
        { () => tf.linalg.cholesky(s_s), "[[2.0, 0.0], [1.0, 1.414214]] float32" },
        { () => tf.linalg.triangular_solve(s_s, tf.constant(np.array([[1f], [2f]]))), "[[0.25], [0.5]] float32" },
        { () => tf.linalg.triangular_solve(s_s, tf.constant(np.array([[1f], [2f]])), lower: false), "[[-0.08333334], [0.6666667]] float32" },
        { () => tf.linalg.triangular_solve(s_s, tf.constant(np.array([[1f], [2f]])), adjoint: true), "[[-0.08333334], [0.6666667]] float32" },
        { () => tf.linalg.lstsq(tf.transpose(s_b[0]), tf.constant(np.array([[1f], [2f]])), l2_regularizer: 0.5), "[[0.3376623], [0.2857143]] float32" },
        { () => tf.linalg.lstsq(tf.constant(np.array([[1f, 2f, 3f], [0f, 1f, 1f]])), tf.constant(np.array([[1f], [2f]]))),
            "[[-2.666666], [2.333333], [-0.333333]] float32" },
        { () => tf.linalg.lstsq(tf.constant(np.array([[1f, 0f], [1f, 1f], [1f, 2f]])), tf.constant(np.array([[1f], [2f], [4f]]))),
            "[[0.8333333], [1.5]] float32" },
        { () => tf.linalg.logdet(s_s), "2.079442 float32" },
        { () => tf.linalg.slogdet(s_m), "1.0 float32; 2.302585 float32" },
        { () => tf.linalg.eigvalsh(s_s), "[1.438447, 5.561553] float32" },
        { () => tf.linalg.svd(s_m, compute_uv: false), "[5.116673, 1.954395] float32" },
        { () => tf.linalg.matvec(s_m, tf.constant(np.array([1f, 2f]))), "[6.0, 8.0] float32" },
        { () => tf.linalg.matvec(s_b, tf.constant(np.array([[1f, 2f], [3f, 4f]])), transpose_a: true), "[[7.0, 10.0], [43.0, 54.0]] float32" },
        { () => tf.linalg.pinv(tf.constant(np.array([[1f, 2f], [3f, 4f], [5f, 7f]]))),
            "[[-2.071429, 0.7857131, 0.1428578], [1.500001, -0.4999992, -5.066395e-07]] float32" },
        { () => tf.linalg.matrix_rank(tf.constant(np.array([[1f, 2f], [2f, 4f]]))), "1 int32" },
        { () => tf.linalg.cross(tf.constant(np.array([1f, 2f, 3f])), tf.constant(np.array([3f, 2f, 1f]))), "[-4.0, 8.0, -4.0] float32" },
        { () => tf.linalg.l2_normalize(s_m, axis: 1), "[[0.9701425, 0.2425356], [0.5547002, 0.8320503]] float32" },
        { () => tf.linalg.tensor_diag(tf.constant([1, 2])), "[[1, 0], [0, 2]] int32" },
        { () => tf.linalg.tensor_diag_part(s_m), "[4.0, 3.0] float32" },
        { () => tf.linalg.global_norm([s_m, s_v]), "6.63325 float32" },
        { () => tf.linalg.matmul(s_m, s_s, transpose_b: true), "[[18.0, 11.0], [14.0, 13.0]] float32" },
        { () => tf.linalg.einsum("ij,j->i", s_a, tf.constant([1, 0, 2])), "[7, 16] int32" },
        { () => tf.einsum("ij,jk->ik", s_m, s_s), "[[18.0, 11.0], [14.0, 13.0]] float32" },
        { () => tf.einsum("bij,bjk->bik", s_b, s_b), "[[[7.0, 10.0], [15.0, 22.0]], [[67.0, 84.0], [98.0, 123.0]]] float32" },
        { () => tf.einsum("ii->i", s_m), "[4.0, 3.0] float32" },
        { () => tf.einsum("ij->ji", s_a), "[[1, 4], [2, 5], [3, 6]] int32" },
        { () => tf.einsum("...ij,jk->...ik", s_b, s_m), "[[[8.0, 7.0], [20.0, 15.0]], [[32.0, 23.0], [46.0, 34.0]]] float32" },
        { () => tf.tensordot(s_a, s_a, axes: [[1], [1]]), "[[14, 32], [32, 77]] int32" },
        { () => tf.tensordot(s_m, s_s, axes: 1), "[[18.0, 11.0], [14.0, 13.0]] float32" },
        { () => tf.tensordot(s_v, s_v, 1), "14.0 float32" },
        { () => tf.tensordot(s_m, s_s, axes: [0, 1]), "[[20.0, 14.0], [10.0, 11.0]] float32" },
        { () => tf.gather_nd(s_a, [[0, 1], [1, 2]]), "[2, 6] int32" },
        { () => tf.gather_nd(s_a, [[1], [0]]), "[[4, 5, 6], [1, 2, 3]] int32" },
        { () => tf.gather_nd(s_b, [[[0, 1], [1, 0]]]), "[[[3.0, 4.0], [5.0, 6.0]]] float32" },
        { () => tf.gather_nd(s_b, [[1], [0]], batch_dims: 1), "[[3.0, 4.0], [5.0, 6.0]] float32" },
        { () => tf.gather_nd(s_b, tf.constant([[[1], [1]], [[0], [1]]]), batch_dims: 1), "[[[3.0, 4.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 9.0]]] float32" },
        { () => tf.gather(s_b, tf.constant([[1], [0]]), axis: 1, batch_dims: 1), "[[[3.0, 4.0]], [[5.0, 6.0]]] float32" },
        { () => tf.gather(s_a, [2, 0], axis: 1, batch_dims: 0), "[[3, 1], [6, 4]] int32" },
        { () => tf.gather(s_a, [[2, 0], [1, 1]], batch_dims: 1), "[[3, 1], [5, 5]] int32" },
        { () => tf.scatter_nd(tf.constant([[1], [3], [1]]), tf.constant([9, 10, 11]), [5]), "[0, 20, 0, 10, 0] int32" },
        { () => tf.scatter_nd([[0, 1], [2, 0]], tf.constant(np.array([1.5f, 2f])), shape: (3, 2)), "[[0.0, 1.5], [0.0, 0.0], [2.0, 0.0]] float32" },
        { () => tf.scatter_nd(tf.constant([[2]]), s_a[0..1], [3, 3]), "[[0, 0, 0], [0, 0, 0], [1, 2, 3]] int32" },
        { () => tf.tensor_scatter_nd_update(s_a, [[0, 0], [1, 2]], tf.constant([7, 8])), "[[7, 2, 3], [4, 5, 8]] int32" },
        { () => tf.tensor_scatter_nd_update(s_a, [[1]], tf.constant([[7, 8, 9]])), "[[1, 2, 3], [7, 8, 9]] int32" },
        { () => tf.tensor_scatter_nd_add(s_v, [[0], [0]], tf.constant(np.array([1f, 2f]))), "[4.0, -2.0, 3.0] float32" },
        { () => tf.tensor_scatter_nd_sub(s_v, [[2]], tf.constant(np.array([1f]))), "[1.0, -2.0, 2.0] float32" },
        { () => tf.tensor_scatter_nd_max(s_a, [[0], [1]], tf.constant([[5, 5, 5], [5, 5, 5]])), "[[5, 5, 5], [5, 5, 6]] int32" },
        { () => tf.tensor_scatter_nd_min(s_a, [[0, 2], [1, 0]], tf.constant([0, 7])), "[[1, 2, 0], [4, 5, 6]] int32" },
        { () => tf.sequence_mask([1, 3, 0], 4), "[[True, False, False, False], [True, True, True, False], [False, False, False, False]] bool" },
        { () => tf.sequence_mask(tf.constant([2, 1])), "[[True, True], [True, False]] bool" },
        { () => tf.sequence_mask([[1, 2], [0, 3]], maxlen: 3, dtype: tf.float32),
            "[[[1.0, 0.0, 0.0], [1.0, 1.0, 0.0]], [[0.0, 0.0, 0.0], [1.0, 1.0, 1.0]]] float32" },
        { () => tf.slice(s_a, [0, 1], [2, -1]), "[[2, 3], [5, 6]] int32" },
        { () => tf.slice(s_b, [1, 0, 0], [1, 2, 1]), "[[[5.0], [7.0]]] float32" },
        { () => tf.meshgrid([1, 2], [3, 4, 5], indexing: "ij"), "[[1, 1, 1], [2, 2, 2]] int32; [[3, 4, 5], [3, 4, 5]] int32" },
        { () => tf.meshgrid([1, 2], [3], [5, 6]), "[[[1, 1], [2, 2]]] int32; [[[3, 3], [3, 3]]] int32; [[[5, 6], [5, 6]]] int32" },
        { () => tf.meshgrid([1, 2], [3], [5, 6], indexing: "ij"), "[[[1, 1]], [[2, 2]]] int32; [[[3, 3]], [[3, 3]]] int32; [[[5, 6]], [[5, 6]]] int32" },
        { () => tf.one_hot([0, 2], 3, on_value: 5, off_value: -1), "[[5, -1, -1], [-1, -1, 5]] int32" },
        { () => tf.one_hot([0, 2], 3, on_value: 0.9, off_value: 0.05), "[[0.9, 0.05, 0.05], [0.05, 0.05, 0.9]] float32" },
        { () => tf.one_hot([1, -1], depth: 2, dtype: tf.int32), "[[0, 1], [0, 0]] int32" },
        { () => tf.one_hot([[1], [0]], 2, axis: 0), "[[[0.0], [1.0]], [[1.0], [0.0]]] float32" },
        { () => tf.one_hot([1, 0], 2, dtype: tf.@bool), "[[False, True], [True, False]] bool" },
        { () => tf.one_hot([0, 3], 3), "[[1.0, 0.0, 0.0], [0.0, 0.0, 0.0]] float32" },
        { () => tf.broadcast_to(tf.constant([1, 2, 3]), [2, 3]), "[[1, 2, 3], [1, 2, 3]] int32" },
        { () => tf.clip_by_norm(s_m, 2.0), "[[1.460593, 0.3651484], [0.7302967, 1.095445]] float32" },
        { () => tf.clip_by_norm(s_m, 3.5, axes: 1), "[[3.395499, 0.8488747], [1.941451, 2.912176]] float32" },
        { () => tf.reduce_logsumexp(s_m, axis: 1), "[4.048587, 3.313262] float32" },
        { () => tf.math.reduce_euclidean_norm(s_m), "5.477226 float32" },
        { () => tf.math.squared_difference(s_m, s_s), "[[0.0, 1.0], [0.0, 0.0]] float32" },
        { () => tf.math.divide_no_nan(s_v, tf.constant(np.array([0f, 2f, 4f]))), "[0.0, -1.0, 0.75] float32" },
        { () => tf.math.multiply_no_nan(tf.constant(np.array([1f, 2f, 3f])) / 0.0, tf.constant(np.array([0f, 1f, 0f]))), "[0.0, inf, 0.0] float32" },
        { () => tf.math.reciprocal_no_nan(tf.constant(np.array([0f, 2f]))), "[0.0, 0.5] float32" },
        { () => tf.math.segment_sum(s_a, tf.constant([0, 0])), "[[5, 7, 9]] int32" },
        { () => tf.math.segment_mean(s_b, tf.constant([0, 1])), "[[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 9.0]]] float32" },
        { () => tf.math.segment_max(s_a, tf.constant([0, 0])), "[[4, 5, 6]] int32" },
        { () => tf.math.segment_min(s_a, tf.constant([0, 0])), "[[1, 2, 3]] int32" },
        { () => tf.math.unsorted_segment_sum(s_v, tf.constant([1, 0, 1]), num_segments: 3), "[-2.0, 4.0, 0.0] float32" },
        { () => tf.math.unsorted_segment_mean(s_v, tf.constant([1, 0, 1]), 3), "[-2.0, 2.0, 0.0] float32" },
        { () => tf.math.zero_fraction(tf.constant([0, 1, 0, 0])), "0.75 float32" },
        { () => tf.math.in_top_k(tf.constant([1, 0]), s_m, k: 1), "[False, False] bool" },
        { () => tf.math.rsqrt(s_m), "[[0.5, 1.0], [0.7071068, 0.5773503]] float32" },
        { () => tf.math.log1p(s_m), "[[1.609438, 0.6931472], [1.098612, 1.386294]] float32" },
        { () => tf.math.erf(s_v), "[0.8427008, -0.9953222, 0.9999778] float32" },
        { () => tf.atan2(s_v, s_v), "[0.7853982, -2.356194, 0.7853982] float32" },
        { () => tf.math.softplus(s_v), "[1.313262, 0.126928, 3.048587] float32" },
        { () => tf.math.log_sigmoid(s_v), "[-0.3132617, -2.126928, -0.04858735] float32" },
        { () => tf.math.logical_xor(s_v > 0.0, s_v > 2.0), "[True, False, False] bool" },
        { () => tf.math.mod(s_a, 4), "[[1, 2, 3], [0, 1, 2]] int32" },
        { () => tf.map_fn(x => x * 2, s_a), "[[2, 4, 6], [8, 10, 12]] int32" },
        { () => tf.truediv(s_a, 2), "[[0.5, 1.0, 1.5], [2.0, 2.5, 3.0]] float64" },
        { () => tf.sin(s_v), "[0.841471, -0.9092974, 0.14112] float32" },
        { () => tf.cosh(s_v), "[1.543081, 3.762196, 10.06766] float32" },
        { () => tf.floor(s_v / 2.0), "[0.0, -1.0, 1.0] float32" },
        { () => tf.nn.sigmoid_cross_entropy_with_logits(labels: tf.constant(np.array([1f, 0f, 1f])), logits: s_v),
            "[0.3132617, 0.126928, 0.04858735] float32" },
        { () => tf.nn.softmax_cross_entropy_with_logits(labels: tf.constant(np.array([[1f, 0f], [0.5f, 0.5f]])), logits: s_m),
            "[0.04858733, 0.8132616] float32" },
        { () => tf.nn.sparse_softmax_cross_entropy_with_logits(labels: tf.constant([1, 0]), logits: s_m), "[3.048587, 1.313262] float32" },
        { () => tf.nn.l2_loss(s_v), "7.0 float32" },
        { () => tf.nn.moments(s_m, axes: [0]), "[3.0, 2.0] float32; [1.0, 1.0] float32" },
        { () => tf.nn.embedding_lookup(s_m, tf.constant([1, 1, 0])), "[[2.0, 3.0], [2.0, 3.0], [4.0, 1.0]] float32" },
        { () => tf.nn.bias_add(s_m, tf.constant(np.array([1f, 2f]))), "[[5.0, 3.0], [3.0, 5.0]] float32" },
        { () => tf.nn.crelu(s_v), "[1.0, 0.0, 3.0, 0.0, 2.0, 0.0] float32" },
        { () => tf.nn.batch_normalization(s_m, 1.0, 4.0, 0.5, 2.0, 0.001), "[[3.499625, 0.5], [1.499875, 2.49975]] float32" },
        { () => tf.nn.conv2d(tf.reshape(s_b, [1, 2, 4, 1]), tf.ones([2, 2, 1, 1]), strides: 1, padding: "SAME"),
            "[[[[14.0], [18.0], [23.0], [13.0]], [[11.0], [13.0], [16.0], [9.0]]]] float32" },
        { () => tf.nn.conv2d(tf.reshape(s_b, [1, 2, 4, 1]), tf.ones([2, 2, 1, 1]), strides: [1, 2, 2, 1], padding: "VALID"),
            "[[[[14.0], [23.0]]]] float32" },
        { () => tf.nn.depthwise_conv2d(tf.reshape(s_b, [1, 2, 2, 2]), tf.ones([2, 2, 2, 1]), strides: [1, 1, 1, 1], padding: "VALID"),
            "[[[[16.0, 21.0]]]] float32" },
        { () => tf.nn.max_pool2d(tf.reshape(s_b, [1, 2, 4, 1]), ksize: 2, strides: 2, padding: "VALID"), "[[[[6.0], [9.0]]]] float32" },
        { () => tf.nn.avg_pool2d(tf.reshape(s_b, [1, 2, 4, 1]), ksize: [1, 2, 2, 1], strides: [1, 2, 2, 1], padding: "SAME"),
            "[[[[3.5], [5.75]]]] float32" },
        { () => tf.nn.depth_to_space(tf.reshape(tf.range(4), [1, 1, 1, 4]), block_size: 2), "[[[[0], [1]], [[2], [3]]]] int32" },
        { () => tf.nn.space_to_depth(tf.reshape(tf.range(4), [1, 2, 2, 1]), block_size: 2), "[[[[0, 1, 2, 3]]]] int32" },
        { () => tf.nn.compute_average_loss(s_v, global_batch_size: 4), "0.5 float32" },
        { () => keras.ops.norm(s_m, ord: 1), "6.0 float32" },
        { () => keras.ops.norm(s_m, ord: np.inf), "5.0 float32" },
        { () => keras.ops.norm(s_m, ord: 2), "5.116673 float32" },
        { () => keras.ops.norm(s_m, ord: -2, keepdims: true), "[[1.954395]] float32" },
        { () => keras.ops.norm(s_m, ord: -1), "4.0 float32" },
        { () => keras.ops.norm(s_m, ord: "nuc"), "7.071068 float32" },
        { () => keras.ops.norm(s_b, ord: "nuc", axis: [0, 2], keepdims: true), "[[[8.602327], [12.52997]]] float32" },
        { () => keras.ops.norm(s_b, ord: "fro", axis: [1, 2]), "[5.477226, 13.82028] float32" },
        { () => keras.ops.linalg.det(s_m), "10.0 float32" },
        { () => keras.ops.nn.relu(s_v), "[1.0, 0.0, 3.0] float32" },
        { () => tf.image.psnr(s_i, s_j, max_val: 1.0), "[5.212046] float32" },
        { () => tf.image.psnr(s_k, tf.cast(s_j * 200.0, tf.uint8), max_val: 255), "[7.326913] float32" },
        { () => tf.image.ssim(tf.image.resize(s_i, [16, 16]), tf.image.resize(s_j, [16, 16]), max_val: 1.0), "[-0.8099771] float32" },
        { () => tf.image.total_variation(s_i), "[8.75] float32" },
        { () => tf.image.total_variation(s_i[0]), "8.75 float32" },
        { () => tf.image.image_gradients(s_i)[0][0, 0], "[[0.25, 0.25, 0.25], [0.25, 0.25, 0.25], [0.25, 0.25, 0.25]] float32" },
        { () => tf.image.image_gradients(s_i)[1][0, 3],
            "[[0.08333331, 0.08333331, 0.08333331], [0.08333337, 0.08333331, 0.08333331], [0.0, 0.0, 0.0]] float32" },
        { () => tf.image.sobel_edges(s_i)[0, 1, 1], "[[2.0, 0.6666667], [2.0, 0.6666666], [2.0, 0.6666666]] float32" },
        { () => tf.image.rgb_to_hsv(s_i[0])[0], "[[0.5833334, 1.0, 0.05555556], [0.5833334, 0.4, 0.1388889], [0.5833334, 0.25, 0.2222222]] float32" },
        { () => tf.image.hsv_to_rgb(tf.image.rgb_to_hsv(s_j[0]))[0], "[[0.9, 0.8749999, 0.85], [0.825, 0.8, 0.775], [0.75, 0.725, 0.7]] float32" },
        { () => tf.image.extract_patches(s_i, sizes: [1, 2, 2, 1], strides: [1, 2, 1, 1], rates: [1, 1, 1, 1], padding: "VALID")[0, 1, 0],
            "[0.5, 0.5277778, 0.5555556, 0.5833333, 0.6111111, 0.6388889, 0.75, 0.7777778, 0.8055556, 0.8333333, 0.8611111, 0.8888889] float32" },
        { () => tf.image.random_crop(s_i[0], [2, 2, 3], seed: 5),
            "[[[0.25, 0.2777778, 0.3055556], [0.3333333, 0.3611111, 0.3888889]], [[0.5, 0.5277778, 0.5555556], [0.5833333, 0.6111111, 0.6388889]]] float32" },
        { () => tf.image.random_crop(s_i, size: (1, 3, 1, 3), seed: 7),
            "[[[[0.3333333, 0.3611111, 0.3888889]], [[0.5833333, 0.6111111, 0.6388889]], [[0.8333333, 0.8611111, 0.8888889]]]] float32" },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Functions_give_what_TensorFlow_gives(Func<Tensor> function, string expected)
    {
        tf.random.set_seed(1);
        var made = function();
        string shown = string.Join("; ", (made.Parts ?? [made]).Select(x => $"{str(x.numpy().tolist())} {x.dtype.name}"));
        Assert.Equal(Number().Replace(expected, "#"), Number().Replace(shown, "#"));
        foreach (var (wanted, given) in Numbers(expected).Zip(Numbers(shown)))
            Assert.True(Math.Abs(wanted - given) <= 2e-6 * (1 + Math.Abs(wanted)), $"{expected} was expected, and is {shown}");
    }

    /// <summary>In the <c>call</c> of a layer they have gradients, too: the weights after a step agree with differences of the loss in double.</summary>
    [Fact]
    public void A_layer_trains_through_them()
    {
        var model = keras.Sequential([keras.Input(3), new Mix()]);
        model.set_weights([np.array([[.5f, .1f, .2f], [.3f, .4f, .6f], [.7f, .8f, .9f]])]);
        var (x, y) = (np.array([[1f, 2f, 3f], [4f, 5f, 7f]]), np.array([[1f, 0f, 1f], [0f, 1f, 0f]]));
        Near([9.68144f, 14.53204f, 15.42881f, 17.41363f, 16.4053f, 18.49778f], model.predict(x, verbose: 0), 1e-5);
        model.compile(keras.optimizers.SGD(1.0), "mse");
        model.train_on_batch(x, y);
        Near([.5f, 52.6782f, 34.2392f, 29.5334f, .4f, 4.9507f, 21.8385f, 59.2319f, -28.753f], model.get_weights()[0], 1e-4);

        static void Near(float[] expected, NDArray given, double share)
        {
            float[] all = given.ToFloats();
            Assert.Equal(expected.Length, all.Length);
            for (int i = 0; i < all.Length; i++) Assert.Equal(expected[i], all[i], share * Math.Abs(expected[i]));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Refused("indices[1] = [3, 0] does not index into shape [2, 3]", () => tf.gather_nd(s_a, [[0, 0], [3, 0]]));
        Refused("indices[0] = [5] does not index into shape [5]", () => tf.scatter_nd([[5]], tf.constant([9]), [5]));
        Refused("There is an update of the axes behind the indexed ones for each index. "
            + "Received: tensor.shape=(2, 3), indices.shape=(1, 1), updates.shape=(2,)",
            () => tf.tensor_scatter_nd_update(s_a, [[1]], tf.constant([7, 8])));
        Refused("Diagonal 0 of 2 rows and 3 columns has another length. Received: diagonal.shape=(3,)", () => tf.linalg.set_diag(s_a, tf.constant([1, 2, 3])));
        Refused("Expected a part inside of shape (2, 3). Received: begin=[0, 2], size=[1, 2]", () => tf.slice(s_a, [0, 2], [1, 2]));
        Refused("Input matrix is not invertible.", () => tf.linalg.inv(tf.zeros([2, 2])));
        Refused("Invalid `ord` argument. Received: ord=3.0, axis=[0, 1], x.shape=(2, 2)", () => tf.linalg.norm(s_m, ord: 3, axis: (0, 1)));
        Assert.StartsWith("TensorFlow has no Det of int32", Assert.Throws<TypeError>(() => tf.linalg.det(tf.constant([[1, 2], [3, 4]]))).Message);

        static void Refused(string message, Func<Tensor> function) => Assert.Equal(message, Assert.Throws<ValueError>(function).Message);
    }

    private static IEnumerable<double> Numbers(string text) => Number().Matches(text).Select(one => double.Parse(one.Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"-?\d+(\.\d+)?(e-?\d+)?(?![\w])")]
    private static partial Regex Number();

    private sealed class Mix : Layer
    {
        private Variable _w = null!;

        public override void build(Shape input_shape) => _w = add_weight(shape: (3, 3), name: "w");

        public override Tensor call(Tensor x, bool training)
        {
            var w = tf.linalg.set_diag(_w, tf.constant([1.0, 2.0, 3.0]));
            w = tf.tensor_scatter_nd_add(w, [[0, 1], [2, 0]], tf.constant([.25, -.5]));
            var y = tf.einsum("bi,ij->bj", x, tf.linalg.inv(w));
            var picked = tf.gather_nd(y, [[0, 1], [1, 2], [0, 1]]);
            return y * tf.reduce_sum(picked) + tf.linalg.det(w) * tf.linalg.band_part(tf.ones([3, 3]), 0, -1)[1]
                + tf.linalg.norm(_w, ord: 1, axis: (0, 1)) + tf.linalg.trace(w);
        }
    }
}
