using System.Text.Json;
using KerasPort.Graphs;
using static KerasPort.Tests.Refusals;

namespace KerasPort.Tests.Engines;

/// <summary>Functions of <c>keras.ops</c> and their gradients agree with the real Keras (ops.json), on arrays and as nodes.</summary>
public sealed partial class KerasOpsTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("ops.json")).RootElement;

    private static readonly NDArray s_m = np.array([[1.0, 2.0], [0.5, -1.0], [0.0, 3.0], [-2.0, 1.0]]);

    /// <summary>The functions by their names in ops.py.</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor, Tensor>> s_functions = new(Rarer())
    {
        ["absolute"] = (x, y, i) => keras.ops.absolute(x), ["all"] = (x, y, i) => keras.ops.all(x > -1, axis: 1),
        ["amax"] = (x, y, i) => keras.ops.amax(x, axis: 1),
        ["amin"] = (x, y, i) => keras.ops.amin(x, axis: (0, 2), keepdims: true), ["any"] = (x, y, i) => keras.ops.any(x > 1),
        ["arccos"] = (x, y, i) => keras.ops.arccos(U(x)),
        ["arccosh"] = (x, y, i) => keras.ops.arccosh(P(x) + 1), ["arcsin"] = (x, y, i) => keras.ops.arcsin(U(x)),
        ["arcsinh"] = (x, y, i) => keras.ops.arcsinh(x),
        ["arctan"] = (x, y, i) => keras.ops.arctan(x), ["arctan2"] = (x, y, i) => keras.ops.arctan2(x, y), ["arctanh"] = (x, y, i) => keras.ops.arctanh(U(x)),
        ["argsort"] = (x, y, i) => keras.ops.argsort(x, axis: 1), ["average"] = (x, y, i) => keras.ops.average(x, axis: 1),
        ["average weights"] = (x, y, i) => keras.ops.average(x, axis: 2, weights: P(y)),
        ["broadcast_to"] = (x, y, i) => keras.ops.broadcast_to(x[.., ..1], (2, 5, 4)), ["ceil"] = (x, y, i) => keras.ops.ceil(x),
        ["cos"] = (x, y, i) => keras.ops.cos(x), ["cosh"] = (x, y, i) => keras.ops.cosh(x),
        ["count_nonzero"] = (x, y, i) => keras.ops.count_nonzero(x > 0, axis: 2), ["cumprod"] = (x, y, i) => keras.ops.cumprod(x, axis: 2),
        ["cumsum"] = (x, y, i) => keras.ops.cumsum(x, axis: 1),
        ["cumsum of all"] = (x, y, i) => keras.ops.cumsum(x), ["deg2rad"] = (x, y, i) => keras.ops.deg2rad(x),
        ["diagonal"] = (x, y, i) => keras.ops.diagonal(x, 1, 1, 2),
        ["diff"] = (x, y, i) => keras.ops.diff(x, 2), ["divide_no_nan"] = (x, y, i) => keras.ops.divide_no_nan(x, keras.ops.maximum(y, 0.0)),
        ["dot"] = (x, y, i) => keras.ops.dot(x, s_m),
        ["einsum"] = (x, y, i) => keras.ops.einsum("bij,bkj->bik", x, y), ["einsum matrix"] = (x, y, i) => keras.ops.einsum("bij,jk->kbi", x, s_m),
        ["einsum sum"] = (x, y, i) => keras.ops.einsum("bij,bij->b", x, y), ["einsum one"] = (x, y, i) => keras.ops.einsum("bij->ji", x),
        ["einsum rest"] = (x, y, i) => keras.ops.einsum("...ij,...kj->...ki", x, y),
        ["erf"] = (x, y, i) => keras.ops.erf(x), ["erfc"] = (x, y, i) => keras.ops.erfc(x), ["exp2"] = (x, y, i) => keras.ops.exp2(x),
        ["expm1"] = (x, y, i) => keras.ops.expm1(x),
        ["fliplr"] = (x, y, i) => keras.ops.fliplr(x), ["flipud"] = (x, y, i) => keras.ops.flipud(x), ["floor"] = (x, y, i) => keras.ops.floor(x),
        ["floor_divide"] = (x, y, i) => keras.ops.floor_divide(x, P(y)),
        ["full_like"] = (x, y, i) => keras.ops.full_like(x, 2.5), ["hstack"] = (x, y, i) => keras.ops.hstack([x, y]),
        ["hypot"] = (x, y, i) => keras.ops.hypot(x, y), ["inner"] = (x, y, i) => keras.ops.inner(x[0], y[1]),
        ["isclose"] = (x, y, i) => keras.ops.isclose(Odd(x), Odd(x) + 1e-9), ["isfinite"] = (x, y, i) => keras.ops.isfinite(Odd(x)),
        ["isinf"] = (x, y, i) => keras.ops.isinf(Odd(x)), ["isnan"] = (x, y, i) => keras.ops.isnan(Odd(x)),
        ["log10"] = (x, y, i) => keras.ops.log10(P(x)), ["log1p"] = (x, y, i) => keras.ops.log1p(P(x)), ["log2"] = (x, y, i) => keras.ops.log2(P(x)),
        ["logaddexp"] = (x, y, i) => keras.ops.logaddexp(x, y),
        ["logical_and"] = (x, y, i) => keras.ops.logical_and(x > 0, y > 0), ["logical_not"] = (x, y, i) => keras.ops.logical_not(x > 0),
        ["logical_or"] = (x, y, i) => keras.ops.logical_or(x > 0, y > 0),
        ["logical_xor"] = (x, y, i) => keras.ops.logical_xor(x > 0, y > 0), ["logsumexp"] = (x, y, i) => keras.ops.logsumexp(x, axis: 1),
        ["matmul"] = (x, y, i) => keras.ops.matmul(x, keras.ops.swapaxes(y, 1, 2)),
        ["matmul broadcast"] = (x, y, i) => keras.ops.matmul(keras.ops.expand_dims(x, 1), keras.ops.expand_dims(keras.ops.swapaxes(y, 1, 2), 0)),
        ["matmul vector"] = (x, y, i) => keras.ops.matmul(x, y[0, 0]),
        ["median"] = (x, y, i) => keras.ops.median(x, axis: 1), ["median even"] = (x, y, i) => keras.ops.median(x, axis: (0, 2), keepdims: true),
        ["mod"] = (x, y, i) => keras.ops.mod(x, y),
        ["moments"] = (x, y, i) => keras.ops.moments(x, axes: [0, 2]), ["moveaxis"] = (x, y, i) => keras.ops.moveaxis(x, 0, 2),
        ["multi_hot"] = (x, y, i) => keras.ops.multi_hot(i[0], 3),
        ["nan_to_num"] = (x, y, i) => keras.ops.nan_to_num(Odd(x), nan: 7.0, posinf: 8.0), ["norm"] = (x, y, i) => keras.ops.norm(x, axis: 2),
        ["norm of all"] = (x, y, i) => keras.ops.norm(keras.ops.reshape(x, 24)),
        ["norm 1"] = (x, y, i) => keras.ops.norm(x, ord: 1, axis: 1, keepdims: true), ["norm 3"] = (x, y, i) => keras.ops.norm(x, ord: 3, axis: 2),
        ["normalize"] = (x, y, i) => keras.ops.normalize(x, axis: 1),
        ["normalize 1"] = (x, y, i) => keras.ops.normalize(x, axis: 2, order: 1), ["not_equal"] = (x, y, i) => keras.ops.not_equal(i, 1),
        ["one_hot"] = (x, y, i) => keras.ops.one_hot(i, 3), ["one_hot axis"] = (x, y, i) => keras.ops.one_hot(i, 4, axis: 1),
        ["outer"] = (x, y, i) => keras.ops.outer(x[0, 0], y[0]), ["pad"] = (x, y, i) => keras.ops.pad(x, ((0, 0), (1, 2), (3, 0))),
        ["pad value"] = (x, y, i) => keras.ops.pad(x, 1, constant_values: 2.5),
        ["pad reflect"] = (x, y, i) => keras.ops.pad(x, ((0, 0), (2, 1), (0, 3)), mode: "reflect"),
        ["pad symmetric"] = (x, y, i) => keras.ops.pad(x, ((0, 0), (2, 1), (0, 3)), mode: "symmetric"),
        ["prod"] = (x, y, i) => keras.ops.prod(x, axis: 1), ["prod with 0"] = (x, y, i) => keras.ops.prod(keras.ops.maximum(x, 0.0), axis: (1, 2)),
        ["ptp"] = (x, y, i) => keras.ops.ptp(x, axis: 2), ["rad2deg"] = (x, y, i) => keras.ops.rad2deg(x),
        ["ravel"] = (x, y, i) => keras.ops.ravel(x), ["reciprocal"] = (x, y, i) => keras.ops.reciprocal(P(x)),
        ["roll"] = (x, y, i) => keras.ops.roll(x, 2, axis: 2), ["roll all"] = (x, y, i) => keras.ops.roll(x, -5),
        ["roll two"] = (x, y, i) => keras.ops.roll(x, (1, -1), axis: (1, 2)),
        ["rot90"] = (x, y, i) => keras.ops.rot90(x, axes: (1, 2)), ["rot90 3"] = (x, y, i) => keras.ops.rot90(x, 3, axes: (0, 2)),
        ["round"] = (x, y, i) => keras.ops.round(x, 1), ["rsqrt"] = (x, y, i) => keras.ops.rsqrt(P(x)),
        ["sign"] = (x, y, i) => keras.ops.sign(x), ["sin"] = (x, y, i) => keras.ops.sin(x), ["sinh"] = (x, y, i) => keras.ops.sinh(x),
        ["sort"] = (x, y, i) => keras.ops.sort(x, axis: 1), ["split"] = (x, y, i) => keras.ops.split(x, 2, axis: 2),
        ["split at"] = (x, y, i) => keras.ops.split(x, [1, 3], axis: 2), ["stop_gradient"] = (x, y, i) => keras.ops.stop_gradient(x) * y,
        ["swapaxes"] = (x, y, i) => keras.ops.swapaxes(x, 0, 2), ["take"] = (x, y, i) => keras.ops.take(x, np.array([2, 0, -1]), axis: 1),
        ["take by"] = (x, y, i) => keras.ops.take(x, i[0, 0], axis: 1), ["take of all"] = (x, y, i) => keras.ops.take(x, i),
        ["take_along_axis"] = (x, y, i) => keras.ops.take_along_axis(x, i, axis: 1), ["tan"] = (x, y, i) => keras.ops.tan(U(x)),
        ["tensordot"] = (x, y, i) => keras.ops.tensordot(x, s_m, axes: 1), ["tensordot axes"] = (x, y, i) => keras.ops.tensordot(x, y, axes: ((0, 2), (0, 2))),
        ["tile"] = (x, y, i) => keras.ops.tile(x, [2, 1, 3]), ["tile more"] = (x, y, i) => keras.ops.tile(x[0], [2, 1, 1]),
        ["top_k"] = (x, y, i) => keras.ops.top_k(x, 2), ["trace"] = (x, y, i) => keras.ops.trace(x, axis1: 1, axis2: 2),
        ["tril"] = (x, y, i) => keras.ops.tril(x, -1), ["triu"] = (x, y, i) => keras.ops.triu(x, 1), ["trunc"] = (x, y, i) => keras.ops.trunc(x * 3),
        ["unstack"] = (x, y, i) => keras.ops.unstack(x, axis: 1), ["vstack"] = (x, y, i) => keras.ops.vstack([x[0, 0], y[0, 0]]),
        ["binary_crossentropy"] = (x, y, i) => keras.ops.binary_crossentropy(keras.ops.sigmoid(y), keras.ops.sigmoid(x)),
        ["binary_crossentropy of logits"] = (x, y, i) => keras.ops.binary_crossentropy(keras.ops.sigmoid(y), x, from_logits: true),
        ["categorical_crossentropy"] = (x, y, i) => keras.ops.categorical_crossentropy(keras.ops.softmax(y), keras.ops.softmax(x)),
        ["categorical_crossentropy of logits"] = (x, y, i) => keras.ops.categorical_crossentropy(keras.ops.softmax(y), x, from_logits: true),
        ["sparse_categorical_crossentropy"] = (x, y, i) => keras.ops.sparse_categorical_crossentropy(i[.., .., 0], keras.ops.softmax(x)),
        ["fori_loop"] = (x, y, i) => keras.ops.fori_loop(0, 3, (k, v) => v * x, y), ["map"] = (x, y, i) => keras.ops.map(v => v * 2.0, x),
    };

    public static TheoryData<string> Names => [.. s_recorded.GetProperty("cases").EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_and_its_gradients_are_those_of_Keras(string name)
    {
        var (recorded, function) = (s_recorded.GetProperty("cases").GetProperty(name), s_functions[name]);
        NDArray Given(string key) => new(Fixtures.Floats(s_recorded.GetProperty(key)), 2, 3, 4);
        float[][] expected = [.. recorded.GetProperty("z").EnumerateArray().Select(Fixtures.Floats)];
        int[][] shapes = [.. recorded.GetProperty("shapes").EnumerateArray().Select(shape => shape.EnumerateArray().Select(d => d.GetInt32()).ToArray())];

        Tensor[] values = [.. function(Given("x"), Given("y"), Given("i")).All];
        Assert.Equal(expected.Length, values.Length);
        for (int k = 0; k < values.Length; k++)
        {
            Assert.Equal(Shape.Of(shapes[k]), values[k].shape);
            Near(expected[k], values[k].numpy().ToFloats(), $"{k}");
        }

        using var kernels = new ReferenceKernels();
        var plan = new ShortPlan(kernels, training: true, fuses: false, trains: true);
        Tensor x = plan.Input(Given("x"), needsGradient: true), y = plan.Input(Given("y"), needsGradient: true);
        Tensor[] z = [.. function(x, y, plan.Input(Given("i"))).All.Select(plan.Keep)];
        Tensor? total = null;
        foreach (var one in z)
        {
            float[] weights = [.. Enumerable.Range(1, one.Size).Select(k => (float)Math.Sin(k))];
            var part = plan.Graph.SumAll(plan.Graph.Multiply(plan.Graph.Reshape(one, one.Size), plan.Graph.Lift(new NDArray(weights))));
            total = total is null ? part : plan.Graph.Add(total, part);
        }
        var gradients = plan.Gradients(total!, plan.Input(new NDArray((float[])[1])), [x, y]);
        plan.Run();
        for (int k = 0; k < z.Length; k++) Near(expected[k], plan.Read(z[k]).Select(v => (float)v).ToArray(), $"plan {k}");
        foreach (var (key, gradient) in new[] { "dx", "dy" }.Zip(gradients))
            Near(Fixtures.Floats(recorded.GetProperty(key)), gradient is null ? new float[24] : [.. plan.Read(gradient).Select(v => (float)v)], key);
    }

    [Fact]
    public void Arrays_are_made_as_in_Keras()
    {
        Assert.Equal([0, 1, 2], keras.ops.arange(3).numpy().ToInts());
        Assert.Equal("int32", keras.ops.dtype(keras.ops.arange(1, 7, 2)));
        Assert.Equal("float32", keras.ops.dtype(keras.ops.arange(0.5, 2.0)));
        Assert.Equal([0, 0.5f, 1], keras.ops.linspace(0, 1, 3).numpy().ToFloats());
        Assert.Equal([1, 10, 100], keras.ops.logspace(0, 2, 3).numpy().ToFloats());
        Assert.Equal([1, 0, 0, 1], keras.ops.eye(2).numpy().ToFloats());
        Assert.Equal([1, 0, 1, 1], keras.ops.tri(2).numpy().ToFloats());
        Assert.Equal([1, 0, 0, 1], keras.ops.identity(2).numpy().ToFloats());
        Assert.True(keras.ops.allclose(np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-7])));
        Assert.Equal((2, 6), (keras.ops.ndim(np.ones((2, 3))), keras.ops.size(np.ones((2, 3)))));
        Assert.Equal(16, keras.ops.while_loop(v => v < 10, v => v * 2, np.array(1.0)).numpy().item());
        Assert.Equal(3, keras.ops.cond(np.array(1) > 0, () => 3, () => 4).numpy().item());
        Assert.Equal("int32", keras.ops.argsort(np.array([2.0, 1.0])).numpy().dtype.name);
        Assert.Equal("int32", keras.ops.top_k(np.array([2.0, 1.0]), 1)[1].numpy().dtype.name);
    }

    [Fact]
    public void Arrays_are_picked_and_counted_as_in_Keras()
    {
        static void Is(float[] expected, Tensor actual) => Assert.Equal(expected, actual.numpy().ToFloats());
        NDArray x = np.array([[1.0, 2, 3], [4, 5, 6]]), y = np.array([[0.0, 1, 0], [2, 0, 1]]);
        Is([1, 2, 3, 4, 5, 6, 0, 1, 0, 2, 0, 1], keras.ops.append(x, y));
        Is([1, 2, 3, 0, 1, 0, 4, 5, 6, 2, 0, 1], keras.ops.append(x, y, axis: 1));
        Is([-3, 0, 1, 5, 8, -10], keras.ops.cross(x, y));
        Is([2, 0, 1, 1], keras.ops.bincount(np.array([0, 2, 3, 0])));
        Is([0, 1, 2], keras.ops.digitize(np.array([0.0, 1.0, 5.0]), np.array([1.0, 3.0])));
        Is([1, 0], keras.ops.in_top_k(np.array([1, 0]), np.array([[0.1, 0.2, 0.3], [0.1, 0.2, 0.3]]), 2));
        Is([0, 1, 0], keras.ops.isin(np.array([1, 2, 3]), np.array([2, 9])));
        Is([1, 0, 1], keras.ops.isin(np.array([1, 2, 3]), np.array([2, 9]), invert: true));
        Is([0, 2], keras.ops.searchsorted(np.array([1.0, 3.0]), np.array([0.0, 7.0])));
        Is([5, 7, 9, 0, 0, 0], keras.ops.segment_sum(x, np.array([0, 0]), 2));
        Is([1, 2, 3, 4, 5, 6, 3, 3, 3], keras.ops.segment_sum(np.array([[1.0, 2, 3], [4, 5, 6], [3, 3, 3]]), np.array([0, 1, 2])));
        Is([9, 9, 3, 8, 8, 8], keras.ops.select([x > 3, x < 3], [8 * np.ones((2, 3)), 9 * np.ones((2, 3))], x));
        Is([5, 6], keras.ops.slice(x, (1, 1), (1, x.shape[1] - 1)));
        Is([-1, -1, 3, 4, 5, 6], keras.ops.threshold(x, 2, -1));
        Assert.Equal(2 + 8 + 6, keras.ops.vdot(x, y).numpy().item());
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        NDArray x = np.ones((2, 3));
        Refused("not in [0, 3)", () => keras.ops.take(x, 3, axis: 1));
        Refused("must be divisible", () => keras.ops.split(x, 2, axis: 1));
        Refused("at least k columns", () => keras.ops.top_k(x, 4));
        Refused("einsum can't be computed", () => keras.ops.einsum("ij,jk,kl->il", x, x));
        Refused("has lengths 3 and 2", () => keras.ops.einsum("ij,jk->ik", x, x));
        Refused("as long as one another", () => keras.ops.tensordot(x, x, axes: 1));
        Refused("`mode` must be", () => keras.ops.pad(x, 1, mode: "wrap"));
        Refused("two different dimensions", () => keras.ops.rot90(x, axes: (1, 1)));
        Refused("cannot be the same", () => keras.ops.diagonal(x, axis1: 1, axis2: 1));
        Refused("numbers of 1 or more", () => keras.ops.tile(x, [1, 0]));
        Refused("same rank", () => keras.ops.take_along_axis(x, np.array([1]), axis: 1));
    }

    private static Tensor U(Tensor x) => keras.ops.tanh(x) * 0.9;

    private static Tensor P(Tensor x) => keras.ops.abs(x) + 0.5;

    private static Tensor Odd(Tensor x) => keras.ops.where(x > 1, double.PositiveInfinity, keras.ops.where(x < -1, double.NaN, x));

    private static void Near(float[] expected, float[] actual, string what)
    {
        Assert.Equal(expected.Length, actual.Length);
        float scale = Math.Max(1, expected.Max(v => Math.Abs(v)));
        for (int k = 0; k < expected.Length; k++)
            Assert.True(Math.Abs(expected[k] - actual[k]) <= 1e-5 * scale, $"{what}[{k}]: expected {expected[k]}, got {actual[k]}");
    }
}
