namespace KerasPort.Tests.Arrays;

/// <summary>Linear algebra, indices, curves and text with numpy's results. Other functions are among the random expressions.</summary>
public class NumpyMoreTests
{
    private static readonly NDArray s_a = np.arange(6).reshape(2, 3);

    private static readonly Dictionary<string, Func<object>> s_cases = new()
    {
        ["np.put_along_axis(x := np.arange(6).reshape(2, 3), np.array([[0], [2]]), 9, axis=1); x"] = () =>
            Changed(x => np.put_along_axis(x, np.array([[0], [2]]), 9, axis: 1)),
        ["np.fill_diagonal(x := np.arange(6).reshape(2, 3), 7); x"] = () => Changed(x => np.fill_diagonal(x, 7)),
        ["np.insert([1, 2, 3], [0, 2], [7, 8])"] = () => np.insert(np.array([1, 2, 3]), np.array([0, 2]), np.array([7, 8])),
        ["np.insert(np.arange(6).reshape(2, 3), 1, [7, 8], axis=1)"] = () => np.insert(s_a, 1, np.array([7, 8]), axis: 1),
        ["np.insert(np.arange(6).reshape(2, 3), 5, 0, axis=1)"] = () => np.insert(s_a, 5, 0, axis: 1),
        ["np.unravel_index(4, (2, 3))"] = () => np.unravel_index(4, (2, 3)),
        ["np.unravel_index([1, 5], (2, 3))"] = () => np.unravel_index(np.array([1, 5]), (2, 3)),
        ["np.unravel_index(6, (2, 3))"] = () => np.unravel_index(6, (2, 3)),
        ["np.ravel_multi_index(([0, 1], [2, 1]), (2, 3))"] = () => np.ravel_multi_index((np.array([0, 1]), np.array([2, 1])), (2, 3)),
        ["np.indices((2, 3))"] = () => np.indices((2, 3)),
        ["np.meshgrid([1, 2], [3, 4, 5], [6])"] = () => np.meshgrid(np.array([1, 2]), np.array([3, 4, 5]), np.array([6])),
        ["np.apply_along_axis(np.sort, 0, [[3, 1], [2, 5]])"] = () => np.apply_along_axis(x => np.sort(x), 0, np.array([[3, 1], [2, 5]])),
        ["np.apply_along_axis(lambda x: x.max() - x.min(), 1, np.arange(6).reshape(2, 3))"] = () =>
            np.apply_along_axis(x => x.max() - x.min(), 1, s_a.astype("int64")).astype("int64"),
        ["np.apply_along_axis(np.diag, -1, np.arange(6).reshape(2, 3))"] = () => np.apply_along_axis(x => np.diag(x), -1, s_a),
        ["np.tri(2, 3, dtype=int)"] = () => np.tri(2, 3, dtype: "int"),
        ["np.trapz([1, 2, 3], x=[4, 6, 8])"] = () => np.trapz(np.array([1, 2, 3]), x: np.array([4, 6, 8])),
        ["np.percentile([1, 2, 4, 8], 40, method='lower')"] = () => np.percentile(np.array([1, 2, 4, 8]), 40, method: "lower"),
        ["np.percentile([1, 2, 4, 8], 40, method='higher')"] = () => np.percentile(np.array([1, 2, 4, 8]), 40, method: "higher"),
        ["np.quantile([1., 2, 4, 8], 0.4, method='midpoint')"] = () => np.quantile(np.array([1.0, 2, 4, 8]), 0.4, method: "midpoint"),
        ["np.quantile([1., 2, 4, 8], 0.4, method='nearest')"] = () => np.quantile(np.array([1.0, 2, 4, 8]), 0.4, method: "nearest"),
        ["np.bitwise_and([5, 6], 3)"] = () => np.bitwise_and(np.array([5, 6]), 3),
        ["np.left_shift([1, 5], [3, 1])"] = () => np.left_shift(np.array([1, 5]), np.array([3, 1])),
        ["np.right_shift([-8, 9], 1)"] = () => np.right_shift(np.array([-8, 9]), 1),
        ["np.divmod([7, -7], 3)"] = () => np.divmod(np.array([7, -7]), 3),
        ["np.geomspace(1, 1000, 4)"] = () => np.geomspace(1, 1000, 4),
        ["np.linalg.inv(np.zeros((2, 2)))"] = () => np.linalg.inv(np.zeros((2, 2))),
        ["np.linalg.inv(np.zeros((2, 3)))"] = () => np.linalg.inv(np.zeros((2, 3))),
        ["np.linalg.det(np.zeros((2, 2, 2)))"] = () => np.linalg.det(np.zeros((2, 2, 2))),
        ["np.einsum('ij,jk->ik', np.ones((2, 3)), np.ones((2, 3)))"] = () => np.einsum("ij,jk->ik", np.ones((2, 3)), np.ones((2, 3))),
        ["np.einsum('ij->ijk', np.ones((2, 3)))"] = () => np.einsum("ij->ijk", np.ones((2, 3))),
        ["np.einsum('ij,jk,kl->il', np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4), np.arange(8).reshape(4, 2))"] = () =>
            np.einsum("ij,jk,kl->il", s_a, np.arange(12).reshape(3, 4), np.arange(8).reshape(4, 2)),
        ["np.einsum('...ij,...jk', np.arange(12).reshape(2, 2, 3), np.arange(6).reshape(3, 2))"] = () =>
            np.einsum("...ij,...jk", np.arange(12).reshape(2, 2, 3), np.arange(6).reshape(3, 2)),
        ["np.zeros(2, 'f3')"] = () => np.zeros(2, "f3"),
        ["str(np.array2string(np.arange(6).reshape(2, 3) / 7, precision=3, separator=', ', prefix='x = '))"] = () =>
            np.array2string(s_a / 7, precision: 3, separator: ", ", prefix: "x = "),
        ["str(np.array2string(np.array([0.5, 12.25]), formatter={'float_kind': lambda x: '%.1f' % x}))"] = () =>
            np.array2string(np.array([0.5, 12.25]), formatter: new() { ["float_kind"] = x => "%.1f" % x }),
        ["np.set_printoptions(formatter={'int': lambda x: '<%d>' % x}); str(np.arange(3))"] = () =>
        {
            using (np.printoptions(formatter: new() { ["int"] = x => "<%d>" % (long)x })) return np.arange(3).ToString();
        },
        ["str(np.array_repr(np.arange(3, dtype='float32')))"] = () => np.array_repr(np.arange(3, dtype: "float32")),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void It_gives_what_numpy_gives(string python) => NumpyCases.Check(python, s_cases[python]);

    /// <summary>numpy makes a determinant of its logarithm.</summary>
    [Fact]
    public void Determinants_have_numpys_last_digits()
    {
        Assert.Equal("-2.0000000000000004", str(np.linalg.det(np.array([[1.0, 2.0], [3.0, 4.0]]))));
        Assert.Equal("10.000000000000002", str(np.linalg.det(np.array([[4, 7], [2, 6]]))));
        Assert.Equal("-306.0", str(np.linalg.det(np.array([[6, 1, 1], [4, -2, 5], [2, 8, 7]]))));
        Assert.Equal("0.0", str(np.linalg.det(np.array([[1, 2], [2, 4]]))));
        Assert.Equal(DType.int64, np.result_type(np.int32, np.uint8, np.int64));
    }

    [Fact]
    public void Decompositions_give_the_matrix_again()
    {
        var a = np.random.RandomState(3).randn(6, 4);
        foreach (var matrix in new[] { a, a.T, a[..4] })
        {
            var (u, s, vh) = np.linalg.svd(matrix, full_matrices: false);
            np.testing.assert_allclose(np.matmul(u * s, vh), matrix, rtol: 1e-12, atol: 1e-12);
            var (q, r) = np.linalg.qr(matrix);
            np.testing.assert_allclose(np.matmul(q, r), matrix, rtol: 1e-12, atol: 1e-12);
            np.testing.assert_allclose(np.matmul(q.T, q), np.eye(q.shape[1]), atol: 1e-12);
            np.testing.assert_allclose(np.matmul(np.matmul(matrix, np.linalg.pinv(matrix)), matrix), matrix, rtol: 1e-10, atol: 1e-11);
        }
        var symmetric = np.matmul(a.T, a);
        var (values, vectors) = np.linalg.eigh(symmetric);
        np.testing.assert_allclose(np.matmul(vectors * values, vectors.T), symmetric, rtol: 1e-11, atol: 1e-11);
        np.testing.assert_allclose(np.matmul(np.linalg.inv(symmetric), symmetric), np.eye(4), atol: 1e-9);
        var (x, _, rank, _) = np.linalg.lstsq(a, np.matmul(a, np.arange(4)));
        Assert.Equal(4, rank);
        np.testing.assert_allclose(x, np.arange(4), atol: 1e-12);
        Assert.Equal("Singular matrix", Assert.Throws<LinAlgError>(() => np.linalg.inv(np.ones((2, 2)))).Message);
    }

    [Theory]
    [InlineData("float32"), InlineData("float64"), InlineData("int64"), InlineData("int32"), InlineData("uint8")]
    public void Long_lines_are_sorted_as_short_ones_are(string type)
    {
        // Three widths of digits: all alike, some bits, all bits.
        foreach (double range in new[] { 0, 9.0, 1e12 })
        {
            var x = ((np.random.RandomState(1).rand(3, 1000) - 0.5) * range).astype(type);
            if (type.StartsWith("float", StringComparison.Ordinal)) x[1, ..10] = np.nan;
            double[] row = x[1].astype("float64").ToDoubles();
            int[] order = [.. Enumerable.Range(0, row.Length).OrderBy(i => double.IsNaN(row[i]) ? double.PositiveInfinity : row[i])];
            Assert.Equal(order, np.argsort(x)[1].ToInts());
            Assert.Equal(order.Select(i => row[i]), np.sort(x)[1].astype("float64").ToDoubles());
        }
    }

    [Theory]
    [InlineData("float32", 1e-5), InlineData("float64", 1e-13)]
    public void Products_of_every_size_are_the_sums_that_they_are(string type, double tolerance)
    {
        foreach (var (rows, length, columns) in new[] { (1, 2, 2), (3, 5, 7), (4, 300, 16), (67, 257, 65), (130, 33, 129), (5, 1, 9), (2, 0, 3) })
        {
            NDArray a = np.random.RandomState(1).randn(rows, length).astype(type), b = np.random.RandomState(2).randn(length, columns).astype(type);
            var sums = (a.astype("float64").reshape(rows, length, 1) * b.astype("float64").reshape(1, length, columns)).sum(axis: 1);
            np.testing.assert_allclose(np.matmul(a, b), sums, rtol: tolerance, atol: tolerance * 100);
        }
    }

    private static NDArray Changed(Action<NDArray> change)
    {
        var x = s_a.copy();
        change(x);
        return x;
    }
}
