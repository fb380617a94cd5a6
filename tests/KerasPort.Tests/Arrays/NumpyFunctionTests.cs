namespace KerasPort.Tests.Arrays;

/// <summary>The functions of <c>np</c> and the methods of arrays: values, types, shapes and text are numpy's.</summary>
public class NumpyFunctionTests
{
    private static readonly NDArray s_x = np.arange(24).reshape(2, 3, 4);

    private static readonly NDArray s_f = (np.arange(24).reshape(2, 3, 4) * 7919 % 100 / 7.0).astype("float32");

    private static readonly NDArray s_d = np.arange(12).reshape(3, 4) * 7919 % 101 / 7.0 - 5;

    private static readonly NDArray s_u = (np.arange(12).reshape(3, 4) * 77 % 256).astype("uint8");

    private static readonly NDArray s_y = new(new long[] { 3, 1, 2, 3, 1, 0, 3 });

    private static readonly Dictionary<string, Func<object>> s_cases = new()
    {
        ["np.array([1, 2, 3])"] = () => np.array([1, 2, 3]),
        ["np.array([1.5, 2, 3])"] = () => np.array([1.5, 2, 3]),
        ["np.array([[1, 2], [3, 4]])"] = () => np.array([[1, 2], [3, 4]]),
        ["np.array([[1, 2.5], [3, 4]])"] = () => np.array([[1, 2.5], [3, 4]]),
        ["np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]])"] = () => np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]),
        ["np.array([[[1.5]], [[2]]], dtype='float32')"] = () => np.array([[[1.5]], [[2]]], dtype: "float32"),
        ["np.array([True, False])"] = () => np.array([true, false]),
        ["np.array([[True], [False]])"] = () => np.array([[true], [false]]),
        ["np.array(5)"] = () => np.array(5),
        ["np.array(5.5)"] = () => np.array(5.5),
        ["np.array([])"] = () => np.array(new double[0]),
        ["np.array([np.arange(3), np.arange(3) + 0.5])"] = () => np.array([np.arange(3), np.arange(3) + 0.5]),
        ["np.array([np.float32(1), np.float32(2)])"] = () => np.array([1f, 2f]),
        ["np.array([[1, 2], [3]])"] = () => np.array([[1, 2], [3]]),
        ["np.array(7 * [1.0], dtype=int)"] = () => np.array(new List<double>([1, 1, 1, 1, 1, 1, 1]), dtype: "int"),
        ["np.asarray([[1, 2], [3, 4]], dtype=np.uint8)"] = () => np.asarray([[1, 2], [3, 4]], dtype: np.uint8),
        ["np.zeros((2, 3))"] = () => np.zeros((2, 3)),
        ["np.zeros(3, dtype=int)"] = () => np.zeros(3, dtype: "int"),
        ["np.zeros((2, 2), dtype=bool)"] = () => np.zeros((2, 2), dtype: np.bool_),
        ["np.ones((1, 2, 2), dtype='float32')"] = () => np.ones((1, 2, 2), dtype: "float32"),
        ["np.full((2, 2), 7)"] = () => np.full((2, 2), 7),
        ["np.full(3, 0.5)"] = () => np.full(3, 0.5),
        ["np.full((2, 3), [1, 2, 3], dtype='float32')"] = () => np.full((2, 3), np.array([1, 2, 3]), dtype: "float32"),
        ["np.zeros_like(np.arange(3))"] = () => np.zeros_like(np.arange(3)),
        ["np.ones_like(np.ones((2, 1), bool))"] = () => np.ones_like(np.ones((2, 1), np.bool_)),
        ["np.full_like(np.arange(3), 2.7)"] = () => np.full_like(np.arange(3), 2.7),
        ["np.eye(3)"] = () => np.eye(3),
        ["np.eye(2, 4, k=1, dtype=int)"] = () => np.eye(2, 4, k: 1, dtype: "int"),
        ["np.identity(2)"] = () => np.identity(2),
        ["np.eye(4)[np.array([3, 1, 2, 3, 1, 0, 3])]"] = () => np.eye(4)[s_y],
        ["np.arange(5)"] = () => np.arange(5),
        ["np.arange(2, 9, 3)"] = () => np.arange(2, 9, 3),
        ["np.arange(5, 0, -2)"] = () => np.arange(5, 0, -2),
        ["np.arange(5, 0)"] = () => np.arange(5, 0),
        ["np.arange(0, 1, 0.1)"] = () => np.arange(0, 1, 0.1),
        ["np.arange(2.5)"] = () => np.arange(2.5),
        ["np.arange(1, 3, 0.3, dtype='float32')"] = () => np.arange(1, 3, 0.3, dtype: "float32"),
        ["np.arange(4, dtype=np.uint8)"] = () => np.arange(4, dtype: np.uint8),
        ["np.arange(1, 4, dtype='float')"] = () => np.arange(1, 4, dtype: "float"),
        ["np.linspace(0, 1, 5)"] = () => np.linspace(0, 1, 5),
        ["np.linspace(-3, 3)"] = () => np.linspace(-3, 3),
        ["np.linspace(0, 10, 7, endpoint=False)"] = () => np.linspace(0, 10, 7, endpoint: false),
        ["np.linspace(0, 1, 5, dtype=int)"] = () => np.linspace(0, 1, 5, dtype: "int"),
        ["np.linspace(2, 3, 1)"] = () => np.linspace(2, 3, 1),
        ["np.logspace(0, 3, 4)"] = () => np.logspace(0, 3, 4),
        ["np.meshgrid(np.arange(3), np.arange(2))"] = () => np.meshgrid(np.arange(3), np.arange(2)),
        ["np.meshgrid([0.5, 1], [1, 2, 3], indexing='ij')"] = () => np.meshgrid(np.array([0.5, 1]), np.array([1, 2, 3]), indexing: "ij"),

        ["x = np.arange(24).reshape(2, 3, 4); [x.sum(), x.sum(axis=0), x.sum(axis=(0, 2)), x.sum(axis=-1, keepdims=True), np.sum(x, axis=(0, 1))]"] = () =>
            (object[])[s_x.sum(), s_x.sum(axis: 0), s_x.sum(axis: (0, 2)), s_x.sum(axis: -1, keepdims: true), np.sum(s_x, axis: (0, 1))],
        ["x = (np.arange(24).reshape(2, 3, 4) * 7919 % 100 / 7.0).astype('float32'); [x.sum(axis=(0, 2)), x.mean(axis=(0, 1)), x.mean(axis=(0, 2), "
            + "keepdims=True), x.std(axis=1), x.var(), np.std(x), np.var(x, axis=(0, 2), ddof=1), x.mean(), np.mean(x, axis=0)]"] = () =>
            (object[])[s_f.sum(axis: (0, 2)), s_f.mean(axis: (0, 1)), s_f.mean(axis: (0, 2), keepdims: true), s_f.std(axis: 1), s_f.var(), np.std(s_f),
                np.var(s_f, axis: (0, 2), ddof: 1), s_f.mean(), np.mean(s_f, axis: 0)],
        ["x = np.arange(24).reshape(2, 3, 4); [x.mean(), x.mean(axis=(0, 2)), x.std(axis=0), np.var(x, axis=-1), x.std(ddof=1)]"] = () =>
            (object[])[s_x.mean(), s_x.mean(axis: (0, 2)), s_x.std(axis: 0), np.var(s_x, axis: -1), s_x.std(ddof: 1)],
        ["x = (np.arange(12).reshape(3, 4) * 77 % 256).astype('uint8'); [x.mean(), x.mean(axis=0), x.mean(axis=1), x.std(), x.max(axis=0), x.min(axis=(0, "
            + "1)), np.max(x), np.ptp(x), x.argmax(axis=1)]"] = () =>
            (object[])[s_u.mean(), s_u.mean(axis: 0), s_u.mean(axis: 1), s_u.std(), s_u.max(axis: 0), s_u.min(axis: (0, 1)), np.max(s_u),
                np.ptp(s_u), s_u.argmax(axis: 1)],
        ["x = np.arange(24).reshape(2, 3, 4); [x.max(axis=(0, 2)), x.min(axis=(1,), keepdims=True), np.amax(x, axis=1), np.prod(x[0] + 1, axis=0), "
            + "np.prod(x[1, 1]), np.ptp(x, axis=0)]"] = () =>
            (object[])[s_x.max(axis: (0, 2)), s_x.min(axis: [1], keepdims: true), np.amax(s_x, axis: 1), np.prod(s_x[0] + 1, axis: 0),
                np.prod(s_x[1, 1]), np.ptp(s_x, axis: 0)],
        ["x = np.arange(24).reshape(2, 3, 4); [(x > 20).any(), (x > 20).any(axis=0), np.all(x >= 0), np.all(x > 3, axis=(0, 2)), np.any(x > 22, axis=2, "
            + "keepdims=True)]"] = () =>
            (object[])[(s_x > 20).any(), (s_x > 20).any(axis: 0), np.all(s_x >= 0), np.all(s_x > 3, axis: (0, 2)), np.any(s_x > 22, axis: 2, keepdims: true)],
        ["x = np.arange(12).reshape(3, 4) * 7919 % 101 / 7.0 - 5; [np.cumsum(x), x.cumsum(axis=0), np.cumsum(x, axis=1), np.cumprod(x), np.cumsum(x > 0)]"] =
            () =>
            (object[])[np.cumsum(s_d), s_d.cumsum(axis: 0), np.cumsum(s_d, axis: 1), np.cumprod(s_d), np.cumsum(s_d > 0)],
        ["x = np.arange(12).reshape(3, 4) * 7919 % 101 / 7.0 - 5; [np.median(x), np.median(x, axis=0), np.median(x, axis=1, keepdims=True), np.percentile(x, "
            + "30), np.percentile(x, [25, 50, 75], axis=1), np.quantile(x, 0.9)]"] = () =>
            (object[])[np.median(s_d), np.median(s_d, axis: 0), np.median(s_d, axis: 1, keepdims: true), np.percentile(s_d, 30),
                np.percentile(s_d, np.array([25, 50, 75]), axis: 1), np.quantile(s_d, 0.9)],
        ["x = (np.arange(24).reshape(2, 3, 4) * 7919 % 100 / 7.0).astype('float32'); [np.median(x), np.median(x, axis=(0, 1)), np.median(np.array([1, 2, "
            + "4])), np.median(np.array([1, np.nan]))]"] = () =>
            (object[])[np.median(s_f), np.median(s_f, axis: (0, 1)), np.median(np.array([1, 2, 4])), np.median(np.array([1, np.nan]))],
        ["np.average([1, 2, 3], weights=[3, 1, 0])"] = () => np.average(np.array([1, 2, 3]), weights: np.array([3, 1, 0])),
        ["np.average(np.arange(6).reshape(2, 3), axis=1, weights=[1., 2, 3])"] = () =>
            np.average(np.arange(6).reshape(2, 3), axis: 1, weights: np.array([1.0, 2, 3])),
        ["np.average([1., 2], weights=[1, -1])"] = () => np.average(np.array([1.0, 2]), weights: np.array([1, -1])),
        ["np.count_nonzero([[1, 0], [2, 3]])"] = () => np.count_nonzero(np.array([[1, 0], [2, 3]])),
        ["np.count_nonzero(np.eye(3), axis=0)"] = () => np.count_nonzero(np.eye(3), axis: 0),
        ["np.diff([1, 4, 9, 16])"] = () => np.diff(np.array([1, 4, 9, 16])),
        ["np.diff([1, 4, 9, 16], n=2)"] = () => np.diff(np.array([1, 4, 9, 16]), n: 2),
        ["np.diff(np.arange(6).reshape(2, 3) ** 2, axis=0)"] = () => np.diff(np.square(np.arange(6).reshape(2, 3)), axis: 0),
        ["np.diff([True, False, False])"] = () => np.diff(np.array([true, false, false])),
        ["np.sum([1, 2, 3.5])"] = () => np.sum([1, 2, 3.5]),
        ["np.mean([1, 2])"] = () => np.mean([1, 2]),
        ["np.max([])"] = () => np.max(new double[0]),
        ["np.arange(6).sum(axis=1)"] = () => np.arange(6).sum(axis: 1),
        ["np.zeros((2, 2)).sum(axis=(0, 0))"] = () => np.zeros((2, 2)).sum(axis: (0, 0)),

        ["x = np.arange(12).reshape(3, 4) * 7919 % 101 / 7.0 - 5; [np.sort(x), np.sort(x, axis=0), np.sort(x, axis=None), x.argsort(), np.argsort(x, "
            + "axis=0), np.argsort(-x)[:, :2]]"] = () =>
            (object[])[np.sort(s_d), np.sort(s_d, axis: 0), np.sort(s_d, axis: null), s_d.argsort(), np.argsort(s_d, axis: 0), np.argsort(-s_d)[.., ..2]],
        ["np.sort([3, np.nan, 1, -np.inf])"] = () => np.sort(np.array([3, np.nan, 1, -np.inf])),
        ["np.argsort([3, np.nan, 1, np.nan, 1], kind='stable')"] = () => np.argsort(np.array([3, np.nan, 1, np.nan, 1]), kind: "stable"),
        ["x = np.array([3, 1, 2]); x.sort(); x"] = () => Sorted(np.array([3, 1, 2])),
        ["np.array([3, 1, 2]).argsort()[::-1]"] = () => np.array([3, 1, 2]).argsort()[Slice(step: -1)],
        ["np.unique([3, 1, 2, 3, 1, 0, 3])"] = () => np.unique(s_y),
        ["np.unique([3, 1, 2, 3, 1, 0, 3], return_counts=True)"] = () => np.unique(s_y, return_counts: true),
        ["np.unique([3, 1, 2, 3, 1, 0, 3], return_index=True, return_inverse=True, return_counts=True)"] = () =>
            np.unique(s_y, return_index: true, return_inverse: true, return_counts: true),
        ["np.unique([1.5, np.nan, 1.5, np.nan])"] = () => np.unique(np.array([1.5, np.nan, 1.5, np.nan])),
        ["str(np.unique([3, 1, 3], return_counts=True))"] = () => np.unique(np.array([3, 1, 3]), return_counts: true).ToString(),
        ["str(np.where(np.arange(5) > 2))"] = () => np.where(np.arange(5) > 2).ToString(),
        ["np.where(np.arange(5) > 2)[0]"] = () => np.where(np.arange(5) > 2)[0],
        ["np.where(np.eye(2))"] = () => np.where(np.eye(2)),
        ["x = np.arange(24).reshape(2, 3, 4); x[np.where(x % 5 == 1)]"] = () => s_x[np.where(s_x % 5 == 1)],
        ["np.where(np.arange(5) > 2, 1, 0)"] = () => np.where(np.arange(5) > 2, 1, 0),
        ["np.where(np.arange(5) > 2, 1.5, 0)"] = () => np.where(np.arange(5) > 2, 1.5, 0),
        ["x = (np.arange(12).reshape(3, 4) * 77 % 256).astype('uint8'); [np.where(x > 100, x, np.uint8(0)), np.where(x > 100, x, 0.5), np.where(x > 100, "
            + "np.uint8(255), x)]"] = () =>
            (object[])[np.where(s_u > 100, s_u, 0), np.where(s_u > 100, s_u, 0.5), np.where(s_u > 100, 255, s_u)],
        ["np.where([[True], [False]], np.arange(3), np.zeros(3, 'float32'))"] = () =>
            np.where(np.array([[true], [false]]), np.arange(3), np.zeros(3, "float32")),
        ["np.nonzero([0, 3, 0, 4])"] = () => np.nonzero(np.array([0, 3, 0, 4])),
        ["np.flatnonzero(np.eye(2))"] = () => np.flatnonzero(np.eye(2)),
        ["np.argwhere(np.eye(2))"] = () => np.argwhere(np.eye(2)),
        ["np.searchsorted([1, 2, 2, 5], [0, 2, 9])"] = () => np.searchsorted(np.array([1, 2, 2, 5]), np.array([0, 2, 9])),
        ["np.searchsorted([1, 2, 2, 5], 2, side='right')"] = () => np.searchsorted(np.array([1, 2, 2, 5]), 2, side: "right"),
        ["np.digitize([0.2, 6.4, 3.0, 1.6], [0.0, 1.0, 2.5, 4.0, 10.0])"] = () =>
            np.digitize(np.array([0.2, 6.4, 3.0, 1.6]), np.array([0.0, 1.0, 2.5, 4.0, 10.0])),
        ["np.digitize([1, 2, 3], [3, 2, 1], right=True)"] = () => np.digitize(np.array([1, 2, 3]), np.array([3, 2, 1]), right: true),
        ["np.digitize([1], [1, 3, 2])"] = () => np.digitize(np.array([1]), np.array([1, 3, 2])),
        ["np.bincount([3, 1, 2, 3, 1, 0, 3])"] = () => np.bincount(s_y),
        ["np.bincount([0, 1, 1], weights=[0.5, 1, 2], minlength=4)"] = () => np.bincount(np.array([0, 1, 1]), weights: np.array([0.5, 1, 2]), minlength: 4),
        ["np.bincount([-1])"] = () => np.bincount(np.array([-1])),
        ["np.bincount(np.array([0.5]))"] = () => np.bincount(np.array([0.5])),
        ["np.histogram([1, 2, 1, 5, 4.2], bins=4)"] = () => np.histogram(np.array([1, 2, 1, 5, 4.2]), bins: 4),
        ["np.histogram(np.arange(100) * 7919 % 101 / 9)"] = () => np.histogram(np.arange(100) * 7919 % 101 / 9),
        ["np.histogram([1, 2, 1], bins=[0, 1, 2, 3])"] = () => np.histogram(np.array([1, 2, 1]), bins: np.array([0, 1, 2, 3])),
        ["np.histogram([1, 2, 7], bins=3, range=(0, 3))"] = () => np.histogram(np.array([1, 2, 7]), bins: 3, range: (0, 3)),
        ["np.isin([1, 2, 3], [2, 4])"] = () => np.isin(np.array([1, 2, 3]), np.array([2, 4])),

        ["np.concatenate([np.arange(3), np.zeros(2)])"] = () => np.concatenate([np.arange(3), np.zeros(2)]),
        ["np.concatenate((np.ones((2, 2), 'float32'), np.zeros((1, 2), 'float32')), axis=0)"] = () =>
            np.concatenate((np.ones((2, 2), "float32"), np.zeros((1, 2), "float32")), axis: 0),
        ["np.concatenate([np.arange(6).reshape(2, 3), np.ones((2, 1), int)], axis=-1)"] = () =>
            np.concatenate([np.arange(6).reshape(2, 3), np.ones((2, 1), "int")], axis: -1),
        ["np.concatenate([np.eye(2), [[5, 6]]], axis=None)"] = () => np.concatenate([np.eye(2), np.array([[5, 6]])], axis: null),
        ["np.concatenate([np.zeros((2, 2)), np.zeros((2, 3))])"] = () => np.concatenate([np.zeros((2, 2)), np.zeros((2, 3))]),
        ["np.concatenate([np.zeros((2, 2)), np.zeros(2)])"] = () => np.concatenate([np.zeros((2, 2)), np.zeros(2)]),
        ["np.concatenate([1, 2])"] = () => np.concatenate([1, 2]),
        ["np.stack([np.arange(3), np.arange(3) * 2])"] = () => np.stack([np.arange(3), np.arange(3) * 2]),
        ["np.stack([np.arange(3), np.arange(3) * 2], axis=-1)"] = () => np.stack([np.arange(3), np.arange(3) * 2], axis: -1),
        ["np.stack([np.zeros(2), np.zeros(3)])"] = () => np.stack([np.zeros(2), np.zeros(3)]),
        ["np.vstack([np.arange(3), np.eye(3)])"] = () => np.vstack([np.arange(3), np.eye(3)]),
        ["np.hstack([np.arange(3), np.arange(2)])"] = () => np.hstack([np.arange(3), np.arange(2)]),
        ["np.hstack((np.eye(2), np.zeros((2, 1))))"] = () => np.hstack((np.eye(2), np.zeros((2, 1)))),
        ["np.dstack([np.arange(3), np.arange(3)])"] = () => np.dstack([np.arange(3), np.arange(3)]),
        ["np.column_stack([np.arange(3), np.eye(3)])"] = () => np.column_stack([np.arange(3), np.eye(3)]),
        ["np.append([1, 2], 3.5)"] = () => np.append(np.array([1, 2]), 3.5),
        ["np.append(np.eye(2), [[7, 8]], axis=0)"] = () => np.append(np.eye(2), np.array([[7, 8]]), axis: 0),
        ["np.delete(np.arange(5), [1, -1])"] = () => np.delete(np.arange(5), np.array([1, -1])),
        ["np.delete(np.arange(6).reshape(2, 3), 1, axis=1)"] = () => np.delete(np.arange(6).reshape(2, 3), 1, axis: 1),
        ["np.split(np.arange(6), 3)"] = () => np.split(np.arange(6), 3),
        ["np.split(np.arange(6), [2, 3, 8])"] = () => np.split(np.arange(6), [2, 3, 8]),
        ["np.split(np.arange(12).reshape(2, 6), 2, axis=1)"] = () => np.split(np.arange(12).reshape(2, 6), 2, axis: 1),
        ["np.split(np.arange(5), 2)"] = () => np.split(np.arange(5), 2),
        ["np.array_split(np.arange(7), 3)"] = () => np.array_split(np.arange(7), 3),
        ["x = np.arange(24).reshape(2, 3, 4); [x.T, x.transpose(1, 0, 2), np.transpose(x, (2, 0, 1)), x.swapaxes(0, -1), np.moveaxis(x, 0, -1), "
            + "np.moveaxis(x, [0, 1], [-1, 0])]"] = () =>
            (object[])[s_x.T, s_x.transpose(1, 0, 2), np.transpose(s_x, (2, 0, 1)), s_x.swapaxes(0, -1), np.moveaxis(s_x, 0, -1),
                np.moveaxis(s_x, [0, 1], [-1, 0])],
        ["np.arange(6).transpose(0, 1)"] = () => np.arange(6).transpose(0, 1),
        ["x = np.arange(24).reshape(2, 3, 4); [np.flip(x), np.flip(x, 1), np.fliplr(x), np.flipud(x), np.flip(x, (0, 2))]"] = () =>
            (object[])[np.flip(s_x), np.flip(s_x, 1), np.fliplr(s_x), np.flipud(s_x), np.flip(s_x, (0, 2))],
        ["x = np.arange(6).reshape(2, 3); [np.rot90(x), np.rot90(x, 2), np.rot90(x, -1), np.roll(x, 1), np.roll(x, -1, axis=1), np.roll(x, 7, axis=0)]"] = () =>
            With(np.arange(6).reshape(2, 3), x => (object[])[np.rot90(x), np.rot90(x, 2), np.rot90(x, -1), np.roll(x, 1),
                np.roll(x, -1, axis: 1), np.roll(x, 7, axis: 0)]),
        ["x = np.arange(6).reshape(2, 3); [np.repeat(x, 2), x.repeat(2, axis=0), np.repeat(x, [1, 0, 2], axis=1), np.tile(x, 2), np.tile(x, (2, 1)), "
            + "np.tile(np.arange(2), (2, 1, 2))]"] = () =>
            With(np.arange(6).reshape(2, 3), x => (object[])[np.repeat(x, 2), x.repeat(2, axis: 0), np.repeat(x, np.array([1, 0, 2]), axis: 1), np.tile(x, 2),
                np.tile(x, (2, 1)), np.tile(np.arange(2), (2, 1, 2))]),
        ["x = np.arange(6).reshape(2, 3); [np.pad(x, 1), np.pad(x, ((0, 1), (2, 0)), constant_values=9), np.pad(x, (1, 2), 'edge'), np.pad(x, 2, "
            + "mode='reflect'), np.pad(x, 3, 'symmetric'), np.pad(x, ((0, 0), (4, 1)), 'wrap')]"] = () =>
            With(np.arange(6).reshape(2, 3), x => (object[])[np.pad(x, 1), np.pad(x, ((0, 1), (2, 0)), constant_values: 9), np.pad(x, (1, 2), "edge"),
                np.pad(x, 2, mode: "reflect"), np.pad(x, 3, "symmetric"), np.pad(x, ((0, 0), (4, 1)), "wrap")]),
        ["np.pad(np.zeros(3), -1)"] = () => np.pad(np.zeros(3), -1),
        ["x = np.arange(6).reshape(1, 6, 1); [np.squeeze(x), x.squeeze(axis=0), np.squeeze(x, -1), np.expand_dims(x, 0).shape, np.expand_dims(np.arange(2), "
            + "(0, 2)), np.atleast_2d(np.arange(3)), np.ravel(x), x.flatten(), np.broadcast_to(np.arange(3), (2, 3))]"] = () =>
            With(np.arange(6).reshape(1, 6, 1), x =>
                (object[])[np.squeeze(x), x.squeeze(axis: 0), np.squeeze(x, -1), Tuple(np.expand_dims(x, 0).shape), np.expand_dims(np.arange(2), (0, 2)),
                np.atleast_2d(np.arange(3)), np.ravel(x), x.flatten(), np.broadcast_to(np.arange(3), (2, 3))]),
        ["np.squeeze(np.zeros((2, 3)), 0)"] = () => np.squeeze(np.zeros((2, 3)), 0),
        ["np.broadcast_to(np.zeros(2), (2, 3))"] = () => np.broadcast_to(np.zeros(2), (2, 3)),
        ["np.take(np.arange(6).reshape(2, 3), [2, -1], axis=1)"] = () => np.take(np.arange(6).reshape(2, 3), np.array([2, -1]), axis: 1),
        ["np.arange(6).tolist()"] = () => np.arange(6).tolist(),
        ["str([[1.5, 2.0]] == np.array([[1.5, 2.0]]).tolist())"] = () => PythonText.Str(PythonText.Str(np.array([[1.5, 2.0]]).tolist()) == "[[1.5, 2.0]]"),

        ["x = np.arange(24).reshape(2, 3, 4); [x[[0, 1], [1, 2]], x[:, [0, 2]], x[1, :, [0, 3]], x[..., [1, 1]], x[[[0], [1]], [0, 2]], x[[0, "
            + "1], :, [1, 2]]]"] = () =>
            (object[])[s_x[new[] { 0, 1 }, new[] { 1, 2 }], s_x[.., new[] { 0, 2 }], s_x[1, .., new[] { 0, 3 }], s_x[Ellipsis, new[] { 1, 1 }],
                s_x[np.array([[0], [1]]), np.array([0, 2])], s_x[new[] { 0, 1 }, .., new[] { 1, 2 }]],
        ["x = np.arange(12).reshape(3, 4); [x[:, np.array([True, False, True, False])], x[np.arange(3), [3, 0, 1]], x[np.array([True, False, True]), 1]]"] =
            () =>
            With(np.arange(12).reshape(3, 4), x => (object[])[x[.., np.array([true, false, true, false])], x[np.arange(3), np.array([3, 0, 1])],
                x[np.array([true, false, true]), 1]]),
        ["x = np.zeros((2, 4)); x[0, [1, 3]] = 1; x[1, [0, 2]] = [5, 6]; x"] = () =>
        {
            var x = np.zeros((2, 4));
            x[0, new[] { 1, 3 }] = 1;
            x[1, new[] { 0, 2 }] = np.array([5, 6]);
            return x;
        },
        ["np.arange(6).reshape(2, 3)[[0, 1], [0, 5]]"] = () => np.arange(6).reshape(2, 3)[new[] { 0, 1 }, new[] { 0, 5 }],
        ["np.arange(6).reshape(2, 3)[[0, 1], [0, 1, 2]]"] = () => np.arange(6).reshape(2, 3)[new[] { 0, 1 }, new[] { 0, 1, 2 }],

        ["np.dot(np.arange(3), np.arange(3) + 1)"] = () => np.dot(np.arange(3), np.arange(3) + 1),
        ["np.dot(np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4))"] = () => np.dot(np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)),
        ["np.matmul(np.arange(12.).reshape(2, 2, 3), np.arange(6.).reshape(3, 2))"] = () =>
            np.matmul(np.arange(12.0).reshape(2, 2, 3), np.arange(6.0).reshape(3, 2)),
        ["np.matmul(np.arange(12).reshape(2, 2, 3), np.arange(3))"] = () => np.matmul(np.arange(12).reshape(2, 2, 3), np.arange(3)),
        ["np.dot(np.arange(12).reshape(2, 2, 3), np.arange(12).reshape(2, 3, 2)).shape"] = () =>
            Tuple(np.dot(np.arange(12).reshape(2, 2, 3), np.arange(12).reshape(2, 3, 2)).shape),
        ["np.dot(np.zeros((2, 3)), np.zeros((2, 3)))"] = () => np.dot(np.zeros((2, 3)), np.zeros((2, 3))),
        ["np.dot(np.arange(3, dtype='float32'), 2)"] = () => np.dot(np.arange(3, dtype: "float32"), 2),
        ["np.outer([1, 2], [3, 4, 5])"] = () => np.outer(np.array([1, 2]), np.array([3, 4, 5])),
        ["np.linalg.norm([3, 4])"] = () => np.linalg.norm(np.array([3, 4])),
        ["np.linalg.norm(np.arange(6, dtype='float32').reshape(2, 3), axis=1)"] = () =>
            np.linalg.norm(np.arange(6, dtype: "float32").reshape(2, 3), ord: null, axis: 1),
        ["np.linalg.norm([3, -4], 1)"] = () => np.linalg.norm(np.array([3, -4]), 1),
        ["np.linalg.norm([3, -4], np.inf)"] = () => np.linalg.norm(np.array([3, -4]), np.inf),
        ["np.diag([1, 2])"] = () => np.diag(np.array([1, 2])),
        ["np.diag(np.arange(9).reshape(3, 3), k=1)"] = () => np.diag(np.arange(9).reshape(3, 3), k: 1),
        ["np.trace(np.arange(9).reshape(3, 3))"] = () => np.trace(np.arange(9).reshape(3, 3)),

        ["np.abs([-1.5, 2, -0.0])"] = () => np.abs(np.array([-1.5, 2, -0.0])),
        ["np.abs([-3, 2])"] = () => np.abs(np.array([-3, 2])),
        ["np.sign([-2.5, 0, 3, np.nan])"] = () => np.sign(np.array([-2.5, 0, 3, np.nan])),
        ["np.square([-2, 3])"] = () => np.square(np.array([-2, 3])),
        ["np.sqrt([4, 9])"] = () => np.sqrt(np.array([4, 9])),
        ["np.sqrt([2., -1])"] = () => np.sqrt(np.array([2.0, -1])),
        ["np.sqrt(2)"] = () => np.sqrt(2),
        ["np.floor([-1.5, 1.5])"] = () => np.floor(np.array([-1.5, 1.5])),
        ["np.ceil([-1.5, 1.5])"] = () => np.ceil(np.array([-1.5, 1.5])),
        ["np.floor([1, 2])"] = () => np.floor(np.array([1, 2])),
        ["np.round([0.5, 1.5, 2.567])"] = () => np.round(np.array([0.5, 1.5, 2.567])),
        ["np.round([1.2345, 2.675], 2)"] = () => np.round(np.array([1.2345, 2.675]), 2),
        ["np.array([1.25, 2.35], dtype='float32').round(1)"] = () => np.array([1.25, 2.35], dtype: "float32").round(1),
        ["np.round([15, 25], -1)"] = () => np.round(np.array([15, 25]), -1),
        ["np.round([12345.678], -2)"] = () => np.round(np.array([12345.678]), -2),
        ["np.maximum([1, 5], 3)"] = () => np.maximum(np.array([1, 5]), 3),
        ["np.maximum(0, np.array([-1.5, 2, np.nan]))"] = () => np.maximum(0, np.array([-1.5, 2, np.nan])),
        ["np.minimum([1, 5], [[2.5], [0]])"] = () => np.minimum(np.array([1, 5]), np.array([[2.5], [0]])),
        ["np.clip([-1, 0.5, 3], 0, 1)"] = () => np.clip(np.array([-1, 0.5, 3]), 0, 1),
        ["np.clip(np.array([5, 200, 255], 'uint8'), 10, 250)"] = () => np.clip(np.array([5, 200, 255], "uint8"), 10, 250),
        ["np.clip(np.arange(5), None, 3)"] = () => np.clip(np.arange(5), null, 3),
        ["np.array([0.1, 0.9], 'float32').clip(1e-7, 0.5)"] = () => np.array([0.1, 0.9], "float32").clip(1e-7, 0.5),
        ["np.mod([5, -5, 5, -5], [3, 3, -3, -3])"] = () => np.mod(np.array([5, -5, 5, -5]), np.array([3, 3, -3, -3])),
        ["np.mod([5.5, -5.5, 6, -6, 1], [3, 3, -3, 3, 0])"] = () => np.mod(np.array([5.5, -5.5, 6, -6, 1]), np.array([3, 3, -3, 3, 0])),
        ["np.array([5, 7]) % 0"] = () => np.array([5, 7]) % 0,
        ["np.floor_divide([7, -7, 7, -7], [2, 2, -2, -2])"] = () => np.floor_divide(np.array([7, -7, 7, -7]), np.array([2, 2, -2, -2])),
        ["np.floor_divide([7.5, -7.5, 1], [2, 2, 0])"] = () => np.floor_divide(np.array([7.5, -7.5, 1]), np.array([2, 2, 0])),
        ["np.power([2, 3], 3)"] = () => np.power(np.array([2, 3]), 3),
        ["np.power([2., 3], [0.5, -1])"] = () => np.power(np.array([2.0, 3]), np.array([0.5, -1])),
        ["np.power([2, 3], -1)"] = () => np.power(np.array([2, 3]), -1),
        ["np.isnan([1, np.nan])"] = () => np.isnan(np.array([1, np.nan])),
        ["np.isinf([1, -np.inf])"] = () => np.isinf(np.array([1, -np.inf])),
        ["np.isfinite([1, np.nan, np.inf])"] = () => np.isfinite(np.array([1, np.nan, np.inf])),
        ["np.isnan([1, 2])"] = () => np.isnan(np.array([1, 2])),
        ["np.nan_to_num([1, np.nan, np.inf, -np.inf])"] = () => np.nan_to_num(np.array([1, np.nan, np.inf, -np.inf])),
        ["np.logical_and([1, 0, 2], [1, 1, 0])"] = () => np.logical_and(np.array([1, 0, 2]), np.array([1, 1, 0])),
        ["np.logical_or([True, False], [[False], [True]])"] = () => np.logical_or(np.array([true, false]), np.array([[false], [true]])),
        ["np.logical_not([0, 1.5])"] = () => np.logical_not(np.array([0, 1.5])),
        ["np.logical_xor([1, 0], [1, 1])"] = () => np.logical_xor(np.array([1, 0]), np.array([1, 1])),
        ["np.equal([1, 2], [1, 3])"] = () => np.equal(np.array([1, 2]), np.array([1, 3])),
        ["np.greater_equal([1, 2], 2)"] = () => np.greater_equal(np.array([1, 2]), 2),
        ["np.allclose([1, 2], [1, 2.000001])"] = () => np.allclose(np.array([1, 2]), np.array([1, 2.000001])),
        ["np.allclose([1, np.nan], [1, np.nan])"] = () => np.allclose(np.array([1, np.nan]), np.array([1, np.nan])),
        ["np.allclose([1, np.nan], [1, np.nan], equal_nan=True)"] = () => np.allclose(np.array([1, np.nan]), np.array([1, np.nan]), equal_nan: true),
        ["np.isclose([1e10, 1e-7, np.inf], [1.00001e10, 1e-8, np.inf])"] = () =>
            np.isclose(np.array([1e10, 1e-7, np.inf]), np.array([1.00001e10, 1e-8, np.inf])),
        ["np.array_equal([1, 2], [1, 2, 3])"] = () => np.array_equal(np.array([1, 2]), np.array([1, 2, 3])),
        ["np.array_equal([1, 2], [1., 2.])"] = () => np.array_equal(np.array([1, 2]), np.array([1.0, 2.0])),

        ["np.set_printoptions(precision=3); str(np.array([1 / 3, 100, 1e-9]))"] = () =>
            Printed(() => np.set_printoptions(precision: 3), np.array([1 / 3.0, 100, 1e-9])),
        ["np.set_printoptions(precision=3, suppress=True); str(np.array([1 / 3, 100, 1e-9, 123456789.123]))"] = () =>
            Printed(() => np.set_printoptions(precision: 3, suppress: true), np.array([1 / 3.0, 100, 1e-9, 123456789.123])),
        ["np.set_printoptions(linewidth=30); str(np.arange(20))"] = () => Printed(() => np.set_printoptions(linewidth: 30), np.arange(20)),
        ["np.set_printoptions(threshold=10, edgeitems=2); str(np.arange(40.).reshape(8, 5))"] = () =>
            Printed(() => np.set_printoptions(threshold: 10, edgeitems: 2), np.arange(40.0).reshape(8, 5)),
        ["np.set_printoptions(threshold=np.inf); str(np.arange(1200))"] = () => Printed(() => np.set_printoptions(threshold: np.inf), np.arange(1200)),
        ["np.set_printoptions(precision=2); str(np.array([[1.005, -0.0], [np.nan, np.inf]], 'float32'))"] = () =>
            Printed(() => np.set_printoptions(precision: 2), np.array([[1.005, -0.0], [np.nan, np.inf]], "float32")),
        ["np.array([1e-5, 1.0, 1e10])"] = () => np.array([1e-5, 1.0, 1e10]),
        ["np.array([[1.5, -0.0], [np.nan, -np.inf]])"] = () => np.array([[1.5, -0.0], [np.nan, -np.inf]]),
        ["np.arange(10000).reshape(100, 100)"] = () => np.arange(10000).reshape(100, 100),
        ["np.arange(3000.).reshape(10, 300) / 7"] = () => np.arange(3000.0).reshape(10, 300) / 7,
    };

    // Functions that numpy and this library round in their own ways: they differ by a few bits at most.
    private static readonly Dictionary<string, Func<object>> s_close = new()
    {
        ["np.exp([-1.5, 0, 2, 700])"] = () => np.exp(np.array([-1.5, 0, 2, 700])),
        ["np.exp(np.arange(9, dtype='float32') - 4)"] = () => np.exp(np.arange(9, dtype: "float32") - 4),
        ["np.exp([1, 2])"] = () => np.exp(np.array([1, 2])),
        ["np.exp(1)"] = () => np.exp(1),
        ["np.log([1, 2.5, 1e-300, 0])"] = () => np.log(np.array([1, 2.5, 1e-300, 0])),
        ["np.log10([1, 2.5, 1000])"] = () => np.log10(np.array([1, 2.5, 1000])),
        ["np.log2([1, 2.5, 1024])"] = () => np.log2(np.array([1, 2.5, 1024])),
        ["np.log1p([1e-12, 0.5, -0.9])"] = () => np.log1p(np.array([1e-12, 0.5, -0.9])),
        ["np.expm1([1e-12, 0.5, -20])"] = () => np.expm1(np.array([1e-12, 0.5, -20])),
        ["np.sin(np.linspace(-9, 9, 17))"] = () => np.sin(np.linspace(-9, 9, 17)),
        ["np.cos(np.linspace(-9, 9, 17))"] = () => np.cos(np.linspace(-9, 9, 17)),
        ["np.tan([0.5, -1, 2])"] = () => np.tan(np.array([0.5, -1, 2])),
        ["np.tanh(np.linspace(-3, 3, 13).astype('float32'))"] = () => np.tanh(np.linspace(-3, 3, 13).astype("float32")),
        ["np.arctan2([1., -1], [-1, 0.5])"] = () => np.arctan2(np.array([1.0, -1]), np.array([-1, 0.5])),
        ["np.arcsin([0.5, -1])"] = () => np.arcsin(np.array([0.5, -1])),
        ["np.sinh([0.5, -1])"] = () => np.sinh(np.array([0.5, -1])),
        ["np.degrees([np.pi, 1])"] = () => np.degrees(np.array([np.pi, 1])),
        ["np.linalg.norm(np.arange(12).reshape(3, 4) / 7)"] = () => np.linalg.norm(np.arange(12).reshape(3, 4) / 7),
        ["np.dot(np.linspace(0, 1, 50).reshape(5, 10), np.linspace(1, 2, 30).reshape(10, 3))"] = () =>
            np.dot(np.linspace(0, 1, 50).reshape(5, 10), np.linspace(1, 2, 30).reshape(10, 3)),
        ["np.percentile((np.arange(24) * 7919 % 100 / 7.0).astype('float32'), [10, 50])"] = () => np.percentile(s_f, np.array([10, 50])),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    public static TheoryData<string> CloseCases => [.. s_close.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Functions_give_what_numpy_gives(string python) => NumpyCases.Check(python, s_cases[python]);

    [Theory]
    [MemberData(nameof(CloseCases))]
    public void Functions_of_fractions_give_nearly_what_numpy_gives(string python) => NumpyCases.Check(python, s_close[python], closely: true);

    [Fact]
    public void A_scalar_keeps_its_type_through_a_function()
    {
        Assert.Equal("1.4142135", np.sqrt(np.full(3, 2, "float32").mean()).ToString());
        double root = np.sqrt(2);
        Assert.Equal(Math.Sqrt(2), root);
        Assert.Equal(3.0, np.abs(-3));
        Assert.Equal([np.float16, np.float32, np.float64], from type in (string[])["uint8", "int16", "uint32"] select np.exp(np.ones(2, type)).dtype);
    }

    [Fact]
    public void Rows_are_gone_through_one_by_one()
    {
        var sums = new List<double>();
        foreach (var row in np.arange(6).reshape(3, 2)) sums.Add(row.sum());
        Assert.Equal([1, 5, 9], sums);
        var nested = np.array([[1, 2], [3, 4.5]]);
        Assert.Equal("[[1.  2. ]\n [3.  4.5]]", nested.ToString());
        var (train, test) = np.split(np.arange(5), [4]);
        Assert.Equal(("[0 1 2 3]", "[4]"), (train.ToString(), test.ToString()));
        Assert.Equal("iteration over a 0-d array", Assert.Throws<ValueError>(() => ((NDArray)1).GetEnumerator()).Message);
    }

    [Fact]
    public void Views_share_and_copies_do_not()
    {
        var x = np.arange(6).reshape(2, 3);
        x.ravel()[0] = 9;
        x.reshape(3, 2)[2, 1] = 7;
        np.expand_dims(x, 0)[0, 0, 1] = 8;
        x.flatten()[2] = 5;
        np.array(x)[0, 2] = 5;
        np.split(x, 2)[1][0, 0] = 6;
        Assert.Equal("[[9 8 2]\n [6 4 7]]", x.ToString());
        foreach (var part in (NDArray[])[np.broadcast_to(x, (2, 2, 3)), np.diag(x)])
            Assert.StartsWith("assignment destination is read-only", Assert.Throws<ValueError>(() => part[0] = 1).Message, StringComparison.Ordinal);
        var sorted = np.sort(x);
        sorted[0, 0] = -1;
        np.concatenate([x, x])[0, 0] = -1;
        np.where(x > 100, x, x)[0, 0] = -1;
        Assert.Equal("[[9 8 2]\n [6 4 7]]", x.ToString());
    }

    [Fact]
    public void Sorts_take_the_kinds_of_numpy()
    {
        var x = np.array([2, 1]);
        x.sort(kind: "quick");
        Assert.Equal("[1 2] [0 1] [1 2]", f($"{x} {x.argsort(kind: "mergesort")} {np.sort(x, axis: null, kind: "heapsort")}"));
        foreach (Action sort in (Action[])[() => np.sort(x, kind: "x"), () => np.argsort(x, kind: "x"), () => x.sort(kind: "x")])
            Assert.Equal("sort kind must be one of 'quick', 'heap', or 'stable' (got 'x')", Assert.Throws<ValueError>(sort).Message);
    }

    [Fact]
    public void Scaled_images_stay_bytes_until_they_must_not()
    {
        var images = np.random.RandomState(1).randint(0, 256, (4, 3, 3), "uint8") / 255.0;
        var other = np.random.RandomState(2).randint(0, 256, (2, 3, 3), "uint8") / 255.0;
        var both = np.concatenate([images, other]);
        Assert.True(both.TryGetBytes(out _, out _, out _));
        Assert.Equal(images[0].ToString(), both[0].ToString());
        Assert.Equal(other[1].ToString(), both[5].ToString());
        Assert.Equal((images.astype("float64").copy() + 0).mean(axis: 0).ToString(), images.mean(axis: 0).ToString());
        Assert.False(np.concatenate([images, other * 2]).TryGetBytes(out _, out _, out _));
        Assert.Equal((other * 2)[1].ToString(), np.concatenate([images, other * 2])[5].ToString());
    }

    [Fact]
    public void Assertions_say_what_differs()
    {
        np.testing.assert_allclose(np.array([1, 2.0]), np.array([1, 2.00000001]));
        np.testing.assert_array_equal(np.array([1, np.nan]), np.array([1, np.nan]));
        np.testing.assert_array_equal(np.ones(3), 1);
        np.testing.assert_almost_equal(1.00000001, 1.0);
        Assert.Equal("weights: Not equal to tolerance rtol=1E-07, atol=0: 1 of 2 elements differ, the first at 1: 2.0 is not 2.1",
            Assert.Throws<AssertionError>(() => np.testing.assert_allclose(np.array([1, 2.0]), np.array([1, 2.1]), err_msg: "weights")).Message);
        Assert.Throws<AssertionError>(() => np.testing.assert_array_equal(np.ones(3), np.ones(4)));
        Assert.Throws<AssertionError>(() => np.testing.assert_almost_equal(1.0, 1.001, @decimal: 4));
        np.testing.assert_array_almost_equal(np.array([1.0]), np.array([1.0000001]));
    }

    private static object With(NDArray x, Func<NDArray, object> run) => run(x);

    private static NDArray Sorted(NDArray x)
    {
        x.sort();
        return x;
    }

    private static object Tuple(ArrayShape shape) => shape.Select(d => (object)d).ToArray();

    private static string Printed(Action set, NDArray x)
    {
        try
        {
            set();
            return x.ToString();
        }
        finally
        {
            np.set_printoptions(8, 1000, 3, 75, false);
        }
    }
}
