using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>y = (x - mean) · contrast + mean, clipped to the value range; each channel of each image has its own mean.</summary>
public sealed class RandomContrast : RandomImageLayer
{
    /// <summary>A random contrast.</summary>
    /// <param name="factor">A number f, for a contrast from 1 to 1 + f, or two, (a, b), for one from 1 - a to 1 + b: from 0 to 1.</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same contrasts. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomContrast(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) =>
        (this.factor, this.value_range) = (Bounded(factor, 0), AsGiven(value_range));

    /// <summary>The largest loss and the largest gain of contrast.</summary>
    public Factor factor { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var contrast = g.Drawn(seeds, (images[0], 1, 1), (state, values) => Stateless.Uniform(state.Next(), 1 - factor.First, 1 + factor.Second, values));
        return new(x => Contrasted(g, x, contrast));
    }

    private Tensor Contrasted(Graph g, Tensor x, Tensor contrast)
    {
        var (images, height, width, channels) = (x.shape[0]!.Value, x.shape[1]!.Value, x.shape[2]!.Value, x.Columns);
        // Sums are added in TensorFlow's order: over the height first, then over the width.
        Tensor Part(Tensor sum, int of) => g.MapByInput(new Parted(of), new PartedGradient(of), sum);
        var mean = Part(InOrder(g, g.Reshape(x, (images, height, width * channels))), height);
        mean = g.Reshape(mean, (images, width, channels));
        mean = Part(channels == 1 ? InLanes(g, mean) : InOrder(g, mean), width);
        var y = g.Subtract(g.Reshape(x, (images, height * width, channels)), mean);
        y = g.Map(default(Product), y, contrast, (list, _, dy) => [list.Multiply(dy, contrast), null]);
        y = g.Add(y, mean);
        return g.Reshape(g.Within(y, value_range), x.shape);
    }

    /// <summary>The sum over the middle axis, added one value after the other.</summary>
    private static Tensor InOrder(Graph g, Tensor x) => g.Along(x, 1, AlongTable.Sum(x.shape[1]!.Value));

    /// <summary>The sum over the width of x[images, width, 1] in SIMD order: eight partial sums, the sum of the rest, then the sum of all of these.</summary>
    private static Tensor InLanes(Graph g, Tensor x)
    {
        const int lanes = 8;
        int width = x.shape[1]!.Value, whole = width / lanes * lanes;
        var sums = g.Along(x, 1, AlongTable.Of(width, Enumerable.Range(0, lanes).Select(lane => Every(lane, lanes, whole))));
        for (int half = lanes / 2; half > 0; half /= 2)
            sums = g.Along(sums, 1, AlongTable.Of(2 * half, Enumerable.Range(0, half).Select(lane => Every(lane, half, 2 * half))));
        return g.Add(g.Along(x, 1, AlongTable.Of(width, [Every(whole, 1, width)])), sums);
    }

    private static IEnumerable<(int, double)> Every(int first, int step, int end)
    {
        for (int i = first; i < end; i += step) yield return (i, 1);
    }
}

/// <summary>y = x + a share of the value range, clipped to that range.</summary>
public sealed class RandomBrightness : RandomImageLayer
{
    /// <summary>A random brightness.</summary>
    /// <param name="factor">The change of brightness as a share of the value range: a maximum, or a range, within -1 to 1.</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same brightness. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomBrightness(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape) =>
        (this.factor, this.value_range) = (Bounded(factor, -1), Sorted(value_range));

    /// <summary>The change of brightness, as a range of shares of the value range.</summary>
    public Factor factor { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        float range = (float)(value_range.Second - value_range.First);
        var brighter = g.Drawn(seeds, (images[0], 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), factor.First, factor.Second, values);
            for (int i = 0; i < values.Length; i++) values[i] *= range;
        });
        return new(x => g.Reshape(g.Within(g.Map(default(Sum), g.ImageRows(x), brighter, (_, _, dy) => [dy, null]), value_range), x.shape));
    }
}

/// <summary>x / count.</summary>
internal readonly record struct Parted(float Count) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Divide(x, M.Splat(Count));
}

/// <summary>dx = dy / count.</summary>
internal readonly record struct PartedGradient(float Count) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Divide(dy, M.Splat(Count));
}
