namespace KerasPort.Tests.Arrays;

/// <summary>Functions, distributions and less common types that numpy's tutorials use, with numpy's results.</summary>
public class NumpyTutorialTests
{
    private static readonly Dictionary<string, Func<object>> s_cases = new()
    {
        ["np.fromfunction(lambda i, j: i * 10 + j, (2, 3), dtype=int)"] = () => np.fromfunction((i, j) => i * 10 + j, (2, 3), dtype: "int"),
        ["np.fromfunction(lambda i: i ** 2, (4,))"] = () => np.fromfunction(i => np.power(i, 2), 4),
        ["np.frombuffer(bytes(range(12)), np.uint16, offset=4)"] = () => np.frombuffer([.. Enumerable.Range(0, 12).Select(i => (byte)i)], np.uint16, offset: 4),
        ["np.frombuffer(bytes(range(12)), np.uint16, count=2)"] = () => np.frombuffer([.. Enumerable.Range(0, 12).Select(i => (byte)i)], np.uint16, count: 2),
        ["np.frombuffer(bytes(5), np.uint16)"] = () => np.frombuffer(new byte[5], np.uint16),
        ["np.fromiter(range(4), dtype=float)"] = () => np.fromiter(range(4).Select(i => (double)i)),
        ["np.fromstring('1 2.5 3', sep=' ')"] = () => np.fromstring("1 2.5 3", sep: " "),
        ["np.fromstring('1, 2, 3', dtype=int, sep=',')"] = () => np.fromstring("1, 2, 3", dtype: "int", sep: ","),
        ["np.diagflat([[1, 2], [3, 4]])"] = () => np.diagflat(np.array([[1, 2], [3, 4]])),
        ["np.diagonal(np.arange(6).reshape(2, 3), 1)"] = () => np.diagonal(np.arange(6).reshape(2, 3), 1),
        ["np.arange(9).reshape(3, 3).diagonal(-1)"] = () => np.arange(9).reshape(3, 3).diagonal(-1),
        ["np.arange(9).reshape(3, 3).trace(offset=1)"] = () => np.arange(9).reshape(3, 3).trace(offset: 1),
        ["np.tril_indices(3)"] = () => np.tril_indices(3),
        ["np.triu_indices(3, 1)"] = () => np.triu_indices(3, 1),
        ["np.diag_indices(3)"] = () => np.diag_indices(3),
        ["np.triu_indices_from(np.ones((2, 3)))"] = () => np.triu_indices_from(np.ones((2, 3))),
        ["np.arange(12).reshape(3, 4)[np.ix_([0, 2], [1, 3])]"] = () => np.arange(12).reshape(3, 4)[np.ix_(np.array([0, 2]), np.array([1, 3]))],
        ["np.broadcast_arrays(np.arange(3), np.arange(2).reshape(2, 1))"] = () => np.broadcast_arrays(np.arange(3), np.arange(2).reshape(2, 1)),
        ["np.mgrid[0:2, 0:3]"] = () => np.mgrid[..2, ..3],
        ["np.mgrid[1:4]"] = () => np.mgrid[1..4],
        ["np.ogrid[0:2, 0:6:2]"] = () => np.ogrid[..2, Slice(0, 6, 2)],
        ["np.c_[np.arange(3), np.ones(3)]"] = () => np.c_[np.arange(3), np.ones(3)],
        ["np.r_[np.arange(3), 0, [7, 8]]"] = () => np.r_[np.arange(3), 0, np.array([7, 8])],
        ["np.hanning(5)"] = () => np.hanning(5),
        ["np.hamming(6)"] = () => np.hamming(6),
        ["np.blackman(5)"] = () => np.blackman(5),
        ["np.bartlett(7)"] = () => np.bartlett(7),
        ["np.put(x := np.arange(5), [0, -1], [7, 8]); x"] = () => Changed(np.arange(5), x => np.put(x, np.array([0, -1]), np.array([7, 8]))),
        ["np.put(x := np.arange(5), [7, 2], 9, mode='clip'); x"] = () => Changed(np.arange(5), x => np.put(x, np.array([7, 2]), 9, mode: "clip")),
        ["np.put(np.arange(5), 9, 1)"] = () => Changed(np.arange(5), x => np.put(x, 9, 1)),
        ["np.place(x := np.arange(6).reshape(2, 3), x > 2, [44, 55]); x"] = () =>
            Changed(np.arange(6).reshape(2, 3), x => np.place(x, x > 2, np.array([44, 55]))),
        ["np.putmask(x := np.arange(5), x > 1, [-33, -44]); x"] = () => Changed(np.arange(5), x => np.putmask(x, x > 1, np.array([-33, -44]))),
        ["np.copyto(x := np.zeros((2, 3)), np.arange(3)); x"] = () => Changed(np.zeros((2, 3)), x => np.copyto(x, np.arange(3))),
        ["np.copyto(x := np.zeros(3), 5, where=[True, False, True]); x"] = () =>
            Changed(np.zeros(3), x => np.copyto(x, 5, where: np.array([true, false, true]))),
        ["np.choose([2, 0, 1], [[0, 1, 2], [10, 11, 12], [20, 21, 22]])"] = () =>
            np.choose(np.array([2, 0, 1]), [np.array([0, 1, 2]), np.array([10, 11, 12]), np.array([20, 21, 22])]),
        ["np.vectorize(lambda x: x * 2.5 if x > 1 else -1.0)(np.arange(4))"] = () => np.vectorize((double x) => x > 1 ? x * 2.5 : -1.0)(np.arange(4)),
        ["np.vectorize(lambda a, b: float(max(a, b)))([1., 5.], [[2.], [7.]])"] = () =>
            np.vectorize((double a, double b) => Math.Max(a, b))(np.array([1.0, 5]), np.array([[2.0], [7]])),
        ["np.piecewise(np.linspace(-2, 2, 5), [np.linspace(-2, 2, 5) < 0, np.linspace(-2, 2, 5) >= 1], [-1, 1])"] = () =>
            np.piecewise(np.linspace(-2, 2, 5), [np.linspace(-2, 2, 5) < 0, np.linspace(-2, 2, 5) >= 1], [-1, 1]),
        ["np.piecewise(np.linspace(-2, 2, 5), [np.linspace(-2, 2, 5) < 0], [lambda x: -x, lambda x: x * 3])"] = () =>
            np.piecewise(np.linspace(-2, 2, 5), [np.linspace(-2, 2, 5) < 0], x => -x, x => x * 3),
        ["np.apply_over_axes(np.sum, np.arange(24).reshape(2, 3, 4), [0, 2])"] = () =>
            np.apply_over_axes((x, axis) => x.sum(axis), np.arange(24).reshape(2, 3, 4), [0, 2]),
        ["np.array([list(i) + [int(v)] for i, v in np.ndenumerate(np.arange(4).reshape(2, 2))])"] = () =>
            np.array(np.ndenumerate(np.arange(4).reshape(2, 2)).Select(pair => (int[])[.. pair.index, (int)pair.x]).ToArray()),
        ["np.array([int(v) for v in np.nditer(np.arange(4).reshape(2, 2).T)])"] = () =>
            np.sort(np.array(np.nditer(np.arange(4).reshape(2, 2).T).Select(v => (int)v).ToArray())),
        ["np.fmod([-3, 7, -7], 3)"] = () => np.fmod(np.array([-3, 7, -7]), 3),
        ["np.fmod([-3.5, 7], [2, -2.5])"] = () => np.fmod(np.array([-3.5, 7]), np.array([2, -2.5])),
        ["np.gcd([12, -18, 0], [18, 12, 5])"] = () => np.gcd(np.array([12, -18, 0]), np.array([18, 12, 5])),
        ["np.lcm([4, 6, 0], [6, 8, 3])"] = () => np.lcm(np.array([4, 6, 0]), np.array([6, 8, 3])),
        ["np.heaviside([-1.5, 0, 2.0, np.nan], 0.5)"] = () => np.heaviside(np.array([-1.5, 0, 2.0, np.nan]), 0.5),
        ["np.logaddexp([0., 1, -700], [0., 2, -700])"] = () => np.logaddexp(np.array([0.0, 1, -700]), np.array([0.0, 2, -700])),
        ["np.logaddexp2([0., 1], [0., 3])"] = () => np.logaddexp2(np.array([0.0, 1]), np.array([0.0, 3])),
        ["np.modf([1.5, -2.25, -0.0, np.inf])"] = () => np.modf(np.array([1.5, -2.25, -0.0, np.inf])),
        ["np.fabs([-3, 2])"] = () => np.fabs(np.array([-3, 2])),
        ["np.sinc([0, 0.5, 1.0])"] = () => np.sinc(np.array([0, 0.5, 1.0])),
        ["np.isneginf([-np.inf, np.inf, 0])"] = () => np.isneginf(np.array([-np.inf, np.inf, 0])),
        ["np.float_power([2, 3], 2)"] = () => np.float_power(np.array([2, 3]), 2),
        ["np.ldexp([1., 3.], [2, -1])"] = () => np.ldexp(np.array([1.0, 3]), np.array([2, -1])),
        ["np.nanprod([2, np.nan, 3])"] = () => np.nanprod(np.array([2, np.nan, 3])),
        ["np.nancumsum([1, np.nan, 3])"] = () => np.nancumsum(np.array([1, np.nan, 3])),
        ["np.nanpercentile([[1, np.nan, 3, 10], [4, 5, 6, np.nan]], 50, axis=1)"] = () =>
            np.nanpercentile(np.array([[1, np.nan, 3, 10], [4, 5, 6, np.nan]]), 50, axis: 1),
        ["np.setxor1d([1, 2, 3, 2], [2, 3, 5])"] = () => np.setxor1d(np.array([1, 2, 3, 2]), np.array([2, 3, 5])),
        ["np.trim_zeros([0, 0, 1, 0, 2, 0])"] = () => np.trim_zeros(np.array([0, 0, 1, 0, 2, 0])),
        ["np.trim_zeros([0, 1, 0], 'f')"] = () => np.trim_zeros(np.array([0, 1, 0]), "f"),
        ["np.in1d([1, 5], [5, 6])"] = () => np.in1d(np.array([1, 5]), np.array([5, 6])),
        ["str(np.format_float_positional(0.1))"] = () => np.format_float_positional(0.1),
        ["str(np.format_float_scientific(0.1))"] = () => np.format_float_scientific(0.1),
        ["str(np.format_float_positional(1e-7))"] = () => np.format_float_positional(1e-7),
        ["str(np.format_float_scientific(1e-7))"] = () => np.format_float_scientific(1e-7),
        ["str(np.format_float_positional(12345.678))"] = () => np.format_float_positional(12345.678),
        ["str(np.format_float_scientific(12345.678))"] = () => np.format_float_scientific(12345.678),
        ["str(np.format_float_positional(3.0))"] = () => np.format_float_positional(3.0),
        ["str(np.format_float_scientific(3.0))"] = () => np.format_float_scientific(3.0),
        ["str(np.format_float_positional(-2.5))"] = () => np.format_float_positional(-2.5),
        ["str(np.format_float_scientific(-2.5))"] = () => np.format_float_scientific(-2.5),
        ["str(np.format_float_positional(1e22))"] = () => np.format_float_positional(1e22),
        ["str(np.format_float_scientific(1e22))"] = () => np.format_float_scientific(1e22),
        ["str(np.format_float_positional(np.float32(0.1)))"] = () => np.format_float_positional((NDArray)0.1f),
        ["str(np.format_float_scientific(np.float32(0.1)))"] = () => np.format_float_scientific((NDArray)0.1f),
        ["str(np.format_float_positional(3.14159, precision=3))"] = () => np.format_float_positional(3.14159, precision: 3),
        ["str(np.format_float_positional(2.5, unique=False, precision=3))"] = () => np.format_float_positional(2.5, unique: false, precision: 3),
        ["str(np.format_float_positional(2.0, trim='-'))"] = () => np.format_float_positional(2.0, trim: "-"),
        ["str(np.format_float_positional(2.0, trim='0'))"] = () => np.format_float_positional(2.0, trim: "0"),
        ["str(np.format_float_scientific(123456.0, precision=2))"] = () => np.format_float_scientific(123456.0, precision: 2),
        ["str(np.binary_repr(5))"] = () => np.binary_repr(5),
        ["str(np.binary_repr(-5))"] = () => np.binary_repr(-5),
        ["str(np.binary_repr(5, width=8))"] = () => np.binary_repr(5, width: 8),
        ["str(np.binary_repr(-5, width=8))"] = () => np.binary_repr(-5, width: 8),
        ["str(np.base_repr(255, 16))"] = () => np.base_repr(255, 16),
        ["str(np.base_repr(-10, 3))"] = () => np.base_repr(-10, 3),
        ["str(np.base_repr(5, 2, padding=3))"] = () => np.base_repr(5, 2, padding: 3),
        ["np.histogram2d([0.1, 0.5, 0.9, 0.5], [0, 1, 1, 0.4], bins=2)"] = () =>
            np.histogram2d(np.array([0.1, 0.5, 0.9, 0.5]), np.array([0, 1, 1, 0.4]), bins: 2),
        ["np.histogram2d([1, 2, 2.5], [1, 1, 3], bins=[2, 3], range=[[0, 3], [0, 3]], density=True)"] = () =>
            np.histogram2d(np.array([1, 2, 2.5]), np.array([1, 1, 3]), bins: (2, 3), range: ((0, 3), (0, 3)), density: true),
        ["np.histogram_bin_edges([1, 2, 5], bins=4)"] = () => np.histogram_bin_edges(np.array([1, 2, 5]), bins: 4),
        ["np.correlate([1, 2, 3, 4], [0, 1, 0.5], 'valid')"] = () => np.correlate(np.array([1, 2, 3, 4]), np.array([0, 1, 0.5]), "valid"),
        ["np.correlate([0, 1, 0.5], [1, 2, 3, 4], 'valid')"] = () => np.correlate(np.array([0, 1, 0.5]), np.array([1, 2, 3, 4]), "valid"),
        ["np.correlate([1, 2, 3, 4], [0, 1, 0.5], 'same')"] = () => np.correlate(np.array([1, 2, 3, 4]), np.array([0, 1, 0.5]), "same"),
        ["np.correlate([0, 1, 0.5], [1, 2, 3, 4], 'same')"] = () => np.correlate(np.array([0, 1, 0.5]), np.array([1, 2, 3, 4]), "same"),
        ["np.correlate([1, 2, 3, 4], [0, 1, 0.5], 'full')"] = () => np.correlate(np.array([1, 2, 3, 4]), np.array([0, 1, 0.5]), "full"),
        ["np.correlate([0, 1, 0.5], [1, 2, 3, 4], 'full')"] = () => np.correlate(np.array([0, 1, 0.5]), np.array([1, 2, 3, 4]), "full"),
        ["np.poly1d([1, -2, 3])(np.arange(3))"] = () => np.poly1d(np.array([1, -2, 3]))(np.arange(3)),
        ["np.polyadd([1, 2], [3, 4, 5])"] = () => np.polyadd(np.array([1, 2]), np.array([3, 4, 5])),
        ["np.polysub([1, 2], [3, 4, 5])"] = () => np.polysub(np.array([1, 2]), np.array([3, 4, 5])),
        ["np.polymul([1, 2], [3, 4, 5])"] = () => np.polymul(np.array([1, 2]), np.array([3, 4, 5])),
        ["np.polyder([3, 2, 1])"] = () => np.polyder(np.array([3, 2, 1])),
        ["np.polyint([3, 2, 1])"] = () => np.polyint(np.array([3, 2, 1])),
        ["np.unwrap([0, 3, 6.5, 0.1, -3])"] = () => np.unwrap(np.array([0, 3, 6.5, 0.1, -3])),
        ["np.linalg.cholesky([[4, 2], [2, 3]])"] = () => np.linalg.cholesky(np.array([[4, 2], [2, 3]])),
        ["np.linalg.cholesky([[1, 2], [2, 1]])"] = () => np.linalg.cholesky(np.array([[1, 2], [2, 1]])),
        ["np.linalg.slogdet([[1, 2], [3, 4]])"] = () => np.linalg.slogdet(np.array([[1, 2], [3, 4]])),
        ["np.linalg.cond([[1., 2], [3, 4]])"] = () => np.linalg.cond(np.array([[1.0, 2], [3, 4]])),
        ["np.sort(np.linalg.eigvals([[2., 1, 0], [0, 3, 4], [0, 0.5, 1]]))"] = () =>
            np.sort(np.linalg.eigvals(np.array([[2.0, 1, 0], [0, 3, 4], [0, 0.5, 1]]))),
        ["np.linalg.multi_dot([np.ones((2, 3)), np.ones((3, 4)), np.ones((4, 1))])"] = () =>
            np.linalg.multi_dot([np.ones((2, 3)), np.ones((3, 4)), np.ones((4, 1))]),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), 1)"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), 1),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), -1)"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), -1),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), 2)"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), 2),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), -2)"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), -2),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), 'nuc')"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), "nuc"),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), 'fro')"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), "fro"),
        ["np.linalg.norm(np.arange(6.).reshape(2, 3), np.inf)"] = () => np.linalg.norm(np.arange(6.0).reshape(2, 3), np.inf),
        ["np.abs(np.linalg.svd(np.arange(6.).reshape(3, 2))[0])[:, :2]"] = () => np.abs(np.linalg.svd(np.arange(6.0).reshape(3, 2)).U)[.., ..2],
        ["np.block([[np.ones((2, 2)), np.zeros((2, 1))], [np.zeros((1, 2)), np.array([[5.]])]])"] = () =>
            np.block([[np.ones((2, 2)), np.zeros((2, 1))], [np.zeros((1, 2)), np.array([[5.0]])]]),
        ["np.hsplit(np.arange(6).reshape(2, 3), [1])"] = () => np.hsplit(np.arange(6).reshape(2, 3), [1]),
        ["[np.finfo(t).eps for t in ('float16', 'float32', 'float64')]"] = () =>
            (object[])[.. from t in (string[])["float16", "float32", "float64"] select np.finfo(t).eps],
        ["[np.finfo(t).tiny for t in ('float16', 'float32', 'float64')]"] = () =>
            (object[])[.. from t in (string[])["float16", "float32", "float64"] select np.finfo(t).tiny],
        ["[np.finfo(t).max for t in ('float16', 'float32', 'float64')]"] = () =>
            (object[])[.. from t in (string[])["float16", "float32", "float64"] select np.finfo(t).max],
        ["[str(np.iinfo(t).max) for t in ('int8', 'uint16', 'int64', 'uint64')]"] = () =>
            (object[])[.. from t in (string[])["int8", "uint16", "int64", "uint64"] select np.iinfo(t).max.ToString()],
        ["[str(np.iinfo(t).min) for t in ('int8', 'uint16')]"] = () => (object[])[.. from t in (string[])["int8", "uint16"] select np.iinfo(t).min.ToString()],
        ["np.arange(6, dtype='int16').view('uint8')[:4]"] = () => np.arange(6, dtype: "int16").view("uint8")[..4],
        ["np.array([200, 100], 'uint8') + np.uint8(100)"] = () => np.array([200, 100], "uint8") + np.array([100], "uint8")[0],
        ["x = np.arange(5, dtype='float32'); [x - x.mean(), x.max() - x.min(), x.max() * 2, x.mean() / 3, x / x.max()]"] = () =>
            With(np.arange(5, dtype: "float32"), x => (object[])[x - x.mean(), x.max() - x.min(), x.max() * 2, x.mean() / 3, x / x.max()]),
        ["x = np.array([3, 250], 'uint8'); [x - x.max(), x.max() + x.max(), x.sum() - 300, x.mean() - x]"] = () =>
            With(np.array([3, 250], "uint8"), x => (object[])[x - x.max(), x.max() + x.max(), x.sum() - 300, x.mean() - x]),
        ["np.random.RandomState(3).exponential(2, 30)"] = () => np.random.RandomState(3).exponential(2, 30),
        ["np.random.RandomState(3).gamma(0.5, 2, 30)"] = () => np.random.RandomState(3).gamma(0.5, 2, 30),
        ["np.random.RandomState(3).gamma(3, 1, 30)"] = () => np.random.RandomState(3).gamma(3, 1, 30),
        ["np.random.RandomState(3).standard_gamma(1, 9)"] = () => np.random.RandomState(3).standard_gamma(1, 9),
        ["np.random.RandomState(3).beta(0.5, 0.7, 20)"] = () => np.random.RandomState(3).beta(0.5, 0.7, 20),
        ["np.random.RandomState(3).beta(2, 3, 20)"] = () => np.random.RandomState(3).beta(2, 3, 20),
        ["np.random.RandomState(3).chisquare(4, 20)"] = () => np.random.RandomState(3).chisquare(4, 20),
        ["np.random.RandomState(3).standard_t(5, 20)"] = () => np.random.RandomState(3).standard_t(5, 20),
        ["np.random.RandomState(3).f(3, 7, 9)"] = () => np.random.RandomState(3).f(3, 7, 9),
        ["np.random.RandomState(3).laplace(1, 2, 20)"] = () => np.random.RandomState(3).laplace(1, 2, 20),
        ["np.random.RandomState(3).gumbel(0, 1, 20)"] = () => np.random.RandomState(3).gumbel(0, 1, 20),
        ["np.random.RandomState(3).logistic(0, 1, 20)"] = () => np.random.RandomState(3).logistic(0, 1, 20),
        ["np.random.RandomState(3).lognormal(0, 0.5, 20)"] = () => np.random.RandomState(3).lognormal(0, 0.5, 20),
        ["np.random.RandomState(3).rayleigh(2, 20)"] = () => np.random.RandomState(3).rayleigh(2, 20),
        ["np.random.RandomState(3).weibull(1.5, 20)"] = () => np.random.RandomState(3).weibull(1.5, 20),
        ["np.random.RandomState(3).pareto(3, 20)"] = () => np.random.RandomState(3).pareto(3, 20),
        ["np.random.RandomState(3).power(2, 20)"] = () => np.random.RandomState(3).power(2, 20),
        ["np.random.RandomState(3).poisson(3, 30)"] = () => np.random.RandomState(3).poisson(3, 30),
        ["np.random.RandomState(3).poisson(40, 30)"] = () => np.random.RandomState(3).poisson(40, 30),
        ["np.random.RandomState(3).binomial(10, 0.3, 30)"] = () => np.random.RandomState(3).binomial(10, 0.3, 30),
        ["np.random.RandomState(3).binomial(200, 0.4, 30)"] = () => np.random.RandomState(3).binomial(200, 0.4, 30),
        ["np.random.RandomState(3).binomial(1000, 0.7, 30)"] = () => np.random.RandomState(3).binomial(1000, 0.7, 30),
        ["np.random.RandomState(3).geometric(0.5, 20)"] = () => np.random.RandomState(3).geometric(0.5, 20),
        ["np.random.RandomState(3).geometric(0.1, 20)"] = () => np.random.RandomState(3).geometric(0.1, 20),
        ["np.random.RandomState(3).negative_binomial(3, 0.4, 20)"] = () => np.random.RandomState(3).negative_binomial(3, 0.4, 20),
        ["np.random.RandomState(3).triangular(-1, 0, 3, 20)"] = () => np.random.RandomState(3).triangular(-1, 0, 3, 20),
        ["np.random.RandomState(3).multinomial(20, [0.2, 0.3, 0.5], 5)"] = () => np.random.RandomState(3).multinomial(20, np.array([0.2, 0.3, 0.5]), 5),
        ["np.random.RandomState(3).dirichlet([1., 2, 3], 4)"] = () => np.random.RandomState(3).dirichlet(np.array([1.0, 2, 3]), 4),
        ["np.random.RandomState(3).standard_exponential(30)"] = () => np.random.RandomState(3).standard_exponential(30),
        ["np.random.RandomState(3).poisson([1., 20], (3, 2))"] = () => np.random.RandomState(3).poisson(np.array([1.0, 20]), (3, 2)),
        ["np.random.default_rng(3).exponential(2, 30)"] = () => np.random.default_rng(3).exponential(2, 30),
        ["np.random.default_rng(3).gamma(0.5, 2, 30)"] = () => np.random.default_rng(3).gamma(0.5, 2, 30),
        ["np.random.default_rng(3).gamma(3, 1, 30)"] = () => np.random.default_rng(3).gamma(3, 1, 30),
        ["np.random.default_rng(3).standard_gamma(1, 9)"] = () => np.random.default_rng(3).standard_gamma(1, 9),
        ["np.random.default_rng(3).beta(0.5, 0.7, 20)"] = () => np.random.default_rng(3).beta(0.5, 0.7, 20),
        ["np.random.default_rng(3).beta(2, 3, 20)"] = () => np.random.default_rng(3).beta(2, 3, 20),
        ["np.random.default_rng(3).chisquare(4, 20)"] = () => np.random.default_rng(3).chisquare(4, 20),
        ["np.random.default_rng(3).standard_t(5, 20)"] = () => np.random.default_rng(3).standard_t(5, 20),
        ["np.random.default_rng(3).f(3, 7, 9)"] = () => np.random.default_rng(3).f(3, 7, 9),
        ["np.random.default_rng(3).laplace(1, 2, 20)"] = () => np.random.default_rng(3).laplace(1, 2, 20),
        ["np.random.default_rng(3).gumbel(0, 1, 20)"] = () => np.random.default_rng(3).gumbel(0, 1, 20),
        ["np.random.default_rng(3).logistic(0, 1, 20)"] = () => np.random.default_rng(3).logistic(0, 1, 20),
        ["np.random.default_rng(3).lognormal(0, 0.5, 20)"] = () => np.random.default_rng(3).lognormal(0, 0.5, 20),
        ["np.random.default_rng(3).rayleigh(2, 20)"] = () => np.random.default_rng(3).rayleigh(2, 20),
        ["np.random.default_rng(3).weibull(1.5, 20)"] = () => np.random.default_rng(3).weibull(1.5, 20),
        ["np.random.default_rng(3).pareto(3, 20)"] = () => np.random.default_rng(3).pareto(3, 20),
        ["np.random.default_rng(3).power(2, 20)"] = () => np.random.default_rng(3).power(2, 20),
        ["np.random.default_rng(3).poisson(3, 30)"] = () => np.random.default_rng(3).poisson(3, 30),
        ["np.random.default_rng(3).poisson(40, 30)"] = () => np.random.default_rng(3).poisson(40, 30),
        ["np.random.default_rng(3).binomial(10, 0.3, 30)"] = () => np.random.default_rng(3).binomial(10, 0.3, 30),
        ["np.random.default_rng(3).binomial(200, 0.4, 30)"] = () => np.random.default_rng(3).binomial(200, 0.4, 30),
        ["np.random.default_rng(3).binomial(1000, 0.7, 30)"] = () => np.random.default_rng(3).binomial(1000, 0.7, 30),
        ["np.random.default_rng(3).geometric(0.5, 20)"] = () => np.random.default_rng(3).geometric(0.5, 20),
        ["np.random.default_rng(3).geometric(0.1, 20)"] = () => np.random.default_rng(3).geometric(0.1, 20),
        ["np.random.default_rng(3).negative_binomial(3, 0.4, 20)"] = () => np.random.default_rng(3).negative_binomial(3, 0.4, 20),
        ["np.random.default_rng(3).triangular(-1, 0, 3, 20)"] = () => np.random.default_rng(3).triangular(-1, 0, 3, 20),
        ["np.random.default_rng(3).multinomial(20, [0.2, 0.3, 0.5], 5)"] = () => np.random.default_rng(3).multinomial(20, np.array([0.2, 0.3, 0.5]), 5),
        ["np.random.default_rng(3).dirichlet([1., 2, 3], 4)"] = () => np.random.default_rng(3).dirichlet(np.array([1.0, 2, 3]), 4),
        ["np.random.default_rng(3).standard_exponential(30)"] = () => np.random.default_rng(3).standard_exponential(30),
        ["np.random.default_rng(3).poisson([1., 20], (3, 2))"] = () => np.random.default_rng(3).poisson(np.array([1.0, 20]), (3, 2)),
        ["np.random.RandomState(5).randint(-50, 50, 30, 'int8')"] = () => np.random.RandomState(5).randint(-50, 50, 30, "int8"),
        ["np.random.default_rng(5).integers(-50, 50, 30, 'int8')"] = () => np.random.default_rng(5).integers(-50, 50, 30, "int8"),
        ["np.random.RandomState(5).randint(-50, 50, 30, 'int16')"] = () => np.random.RandomState(5).randint(-50, 50, 30, "int16"),
        ["np.random.default_rng(5).integers(-50, 50, 30, 'int16')"] = () => np.random.default_rng(5).integers(-50, 50, 30, "int16"),
        ["np.random.RandomState(5).randint(0, 200, 30, 'uint16')"] = () => np.random.RandomState(5).randint(0, 200, 30, "uint16"),
        ["np.random.default_rng(5).integers(0, 200, 30, 'uint16')"] = () => np.random.default_rng(5).integers(0, 200, 30, "uint16"),
        ["np.random.RandomState(5).randint(0, 200, 30, 'uint32')"] = () => np.random.RandomState(5).randint(0, 200, 30, "uint32"),
        ["np.random.default_rng(5).integers(0, 200, 30, 'uint32')"] = () => np.random.default_rng(5).integers(0, 200, 30, "uint32"),
        ["np.random.RandomState(5).randint(0, 200, 30, 'uint64')"] = () => np.random.RandomState(5).randint(0, 200, 30, "uint64"),
        ["np.random.default_rng(5).integers(0, 200, 30, 'uint64')"] = () => np.random.default_rng(5).integers(0, 200, 30, "uint64"),
        ["np.random.RandomState(5).randint(0, 65536, 20, 'uint16')"] = () => np.random.RandomState(5).randint(0, 65536, 20, "uint16"),
        ["np.random.RandomState(5).randint(0, 1000, 3000)"] = () => np.random.RandomState(5).randint(0, 1000, 3000),
        ["np.unique([3, 1, 3, 7, 1], return_index=True, return_inverse=True, return_counts=True)"] = () =>
            np.unique(np.array([3, 1, 3, 7, 1]), return_index: true, return_inverse: true, return_counts: true),
        ["np.unique(np.array([3, -1, 3], 'int8'))"] = () => np.unique(np.array([3, -1, 3], "int8")),
        ["(np.arange(60000).reshape(60, 1000) * 7919 % 256).astype('uint8').mean(axis=0)"] = () =>
            (np.arange(60000).reshape(60, 1000) * 7919 % 256).astype("uint8").mean(axis: 0),
        ["((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype('uint8') / 255.0).mean(axis=0)"] = () =>
            ((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype("uint8") / 255.0).mean(axis: 0),
        ["((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype('uint8') / 127.5).mean(axis=0)"] = () =>
            ((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype("uint8") / 127.5).mean(axis: 0),
        ["((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype('uint8') / 3.0).mean(axis=0)"] = () =>
            ((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype("uint8") / 3.0).mean(axis: 0),
        ["(((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype('uint8') / 255.0 - 0.1307) / 0.3081).sum(axis=0)"] = () =>
            (((np.arange(600000).reshape(600, 1000) * 7919 % 256).astype("uint8") / 255.0 - 0.1307) / 0.3081).sum(axis: 0),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    // Some of numpy's random numbers depend on the C library's last bit, and its singular values on the order of LAPACK's sums.
    public void Functions_give_what_numpy_gives(string python) =>
        NumpyCases.Check(python, s_cases[python], closely: true,
            steps: python.Contains("default_rng", StringComparison.Ordinal) ? 64
                : python.Contains("svd", StringComparison.Ordinal) || python.Contains("norm(", StringComparison.Ordinal) ? 32 : 4);

    [Fact]
    public void Whole_matrices_turn_what_singular_values_stand_between()
    {
        foreach (var a in (NDArray[])[np.random.RandomState(1).rand(5, 3), np.random.RandomState(2).rand(3, 5)])
        {
            var (u, s, vh) = np.linalg.svd(a);
            Assert.Equal(((a.Length, a.Length), (a.shape[1], a.shape[1])), ((u.shape[0], u.shape[1]), (vh.shape[0], vh.shape[1])));
            np.testing.assert_allclose(np.matmul(u[.., ..3] * s, vh[..3]), a, atol: 1e-12);
            foreach (var square in (NDArray[])[u, vh]) np.testing.assert_allclose(np.matmul(square, square.T), np.eye(square.Length), atol: 1e-12);
        }
    }

    [Fact]
    public void Eigenvectors_are_only_stretched()
    {
        var a = np.random.RandomState(4).rand(6, 6);
        foreach (var matrix in (NDArray[])[a + a.T, np.triu(a), np.matmul(np.matmul(a, np.diag(np.arange(1, 7))), np.linalg.inv(a))])
        {
            var (values, vectors) = np.linalg.eig(matrix);
            np.testing.assert_allclose(np.matmul(matrix, vectors), vectors * values, atol: 1e-8);
            np.testing.assert_allclose(np.linalg.norm(vectors, ord: null, axis: 0), np.ones(6), rtol: 1e-9);
        }
        Assert.Contains("complex", Assert.Throws<LinAlgError>(() => np.linalg.eig(np.array([[0.0, -1], [1, 0]]))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_element_taken_out_is_a_number_of_its_own()
    {
        var x = np.array([1, 2, 3]);
        (x[0], x[2]) = (x[2], x[0]);
        var first = x[0];
        x[0] = 9;
        Assert.Equal(("[9 2 1]", "3"), (x.ToString(), first.ToString()));
    }

    [Fact]
    public void A_number_that_a_type_has_not_is_refused()
    {
        var bytes = np.zeros(2, "uint8");
        foreach (var run in (Action[])[() => bytes[0] = 300, () => _ = bytes + 256, () => _ = bytes * -1, () => bytes[..] = -1])
            Assert.Contains("out of bounds for uint8", Assert.Throws<OverflowError>(run).Message, StringComparison.Ordinal);
        Assert.Contains("cannot convert float nan", Assert.Throws<ValueError>(() => bytes[0] = np.nan).Message, StringComparison.Ordinal);
        Assert.True((bytes < 300).all() && (bytes != -1).all() && !(bytes > 1e9).any());
    }

    [Fact]
    public void Tensors_are_taken_where_arrays_are()
    {
        Tensor x = np.array([[1.0f, 5], [3, 2]]);
        Assert.Equal(("2.75", "[2.  3.5]", "[1 0]", "5.0"),
            (np.mean(x).ToString(), np.mean(x, axis: 0).ToString(), np.argmax(x, axis: 1).ToString(), np.max(x).ToString()));
        Assert.True(np.allclose(x, np.array([[1.0, 5], [3, 2]])) && np.array_equal(x, x));
        Assert.Equal("[[1. 2.]\n [2. 1.]]", np.round(np.sqrt(x)).ToString());
    }

    [Fact]
    public void Other_states_of_errors_are_refused()
    {
        using (np.errstate(divide: "ignore", invalid: "ignore")) Assert.Equal(double.PositiveInfinity, (np.ones(1) / 0)[0].item());
        Assert.Contains("'raise' is not supported", Assert.Throws<ValueError>(() => np.errstate(all: "raise")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_of_any_type_train()
    {
        foreach (string type in (string[])["int8", "int16", "uint16", "uint32", "uint64", "float16"])
        {
            var x = (np.arange(64).reshape(16, 4) % 7).astype(type);
            var model = keras.Sequential([keras.Input(shape: 4), keras.layers.Dense(1, kernel_initializer: "ones")]);
            model.compile(optimizer: "sgd", loss: "mse");
            model.fit(x, x[.., 0], epochs: 1, verbose: 0);
            np.testing.assert_allclose(model.predict(x, verbose: 0), model.predict(x.astype("float32"), verbose: 0));
        }
    }

    private static NDArray Changed(NDArray x, Action<NDArray> change)
    {
        change(x);
        return x;
    }

    private static object With(NDArray x, Func<NDArray, object> of) => of(x);
}
