using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;
using KerasPort.Random;

namespace KerasPort.Graphs;

// The functions that augmentation layers are made of.
public sealed partial class Graph
{
    /// <summary>A number for each image, [images, 1], drawn uniformly from a range.</summary>
    internal Tensor DrawnEvenly(SeedGenerator seeds, int images, double least, double most) =>
        Drawn(seeds, (images, 1), (state, values) => Stateless.Uniform(state.Next(), least, most, values));

    /// <summary>[images, 1]: 1 for an image that is changed, else 0. Each image's probability of that is drawn before, from a range.</summary>
    internal Tensor DrawnChance(SeedGenerator seeds, int images, Factor chance)
    {
        float[] chances = new float[images];
        return Drawn(seeds, (images, 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), chance.First, chance.Second, chances);
            Stateless.Uniform(state.Next(), 0, 1, values);
            for (int i = 0; i < images; i++) values[i] = values[i] < chances[i] ? 1 : 0;
        });
    }

    /// <summary>Draws numbers that the host alone uses, and no tensor holds.</summary>
    internal void DrawnAside(SeedGenerator seeds, Action<SeedGenerator> draw) => Do(new DrawnAsideNode(seeds, draw));

    /// <summary>One of several tensors of one shape, picked when the plan runs; x if none is picked.</summary>
    internal Tensor Picked(Tensor x, Tensor[] others, Func<int> pick) => Add(new PickedNode(x, others, pick), x.shape);

    /// <summary>Adds nodes that run only if a condition holds.</summary>
    internal T If<T>(Func<bool> when, Func<T> nodes)
    {
        var before = When;
        When = when;
        var made = nodes();
        When = before;
        return made;
    }

    /// <summary>Images as rows: [images, all other elements].</summary>
    internal Tensor ImageRows(Tensor x) => Reshape(x, (x.shape[0], x.Size / x.shape[0]!.Value));

    /// <summary>The first where chosen isn't 0, else the second, bit for bit; chosen may be a single column for all columns.</summary>
    internal Tensor Choose(Tensor chosen, Tensor first, Tensor second) =>
        Add(new MapNode<Choice>(default, (g, _, dy) =>
        {
            var zero = g.Like(dy, 0);
            return [null, g.Choose(chosen, dy, zero), g.Choose(chosen, zero, dy)];
        }, chosen, first, second), second.shape);

    /// <summary>x clipped to a range.</summary>
    internal Tensor Within(Tensor x, Factor range)
    {
        var (least, most) = ((float)range.First, (float)range.Second);
        return MapByInput(new Ramp(least, most), new WithinGradient(least, most), x);
    }

    /// <summary>x mapped linearly from one range to another.</summary>
    internal Tensor InRange(Tensor x, Factor from, Factor to)
    {
        if (from.First == to.First && from.Second == to.Second) return x;
        var formula = Ranged.Of(from, to);
        return MapByInput(formula, new RangedGradient(formula.Range, formula.Target), x);
    }

    /// <summary>Convolves each channel of images with kernel[ky, kx, channels, 1]; outside of an image there are zeros.</summary>
    internal Tensor Smoothed(Tensor x, Tensor kernel)
    {
        int height = x.shape[1]!.Value, width = x.shape[2]!.Value, down = kernel.shape[0]!.Value, across = kernel.shape[1]!.Value;
        var window = new Window2D(height, width, x.Columns, height, width, x.Columns, down, across, 1, 1, 1, 1, down / 2, across / 2);
        return DepthwiseConvolution(window, x, kernel, null);
    }

    /// <summary>RGB images in shades of grey [images, height, width, 1]; those of one channel stay as they are.</summary>
    /// <exception cref="ValueError">The number of channels is neither 1 nor 3.</exception>
    internal Tensor Grayscale(Tensor images)
    {
        if (images.Columns == 1) return images;
        if (images.Columns != 3)
            throw new ValueError($"Invalid channel size: expected 3 (RGB) or 1 (Grayscale). Received input with shape: images.shape={images.shape}");
        Tensor Part(int channel, float share) => Scale(Cut(images, -1, channel, 1), share);
        return Map(default(Sum), Map(default(Sum), Part(0, 0.2989f), Part(1, 0.587f), (_, _, dz) => [dz, dz]), Part(2, 0.114f), (_, _, dz) => [dz, dz]);
    }
}

/// <summary>Draws numbers that only the host knows.</summary>
internal sealed class DrawnAsideNode(SeedGenerator seeds, Action<SeedGenerator> draw) : Node, IDraws
{
    public SeedGenerator Seeds => seeds;

    public override bool HasEffect => true;

    public override void Run(Kernels kernels) => draw(seeds);
}

/// <summary>y = the picked tensor.</summary>
internal sealed class PickedNode(Tensor x, Tensor[] others, Func<int> pick) : Node([x, .. others])
{
    public override void Run(Kernels kernels) => kernels.Copy((pick() is >= 0 and var i && i < others.Length ? others[i] : x).Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        var zero = g.Like(dy, 0);
        Tensor Where(int picked) => g.Picked(picked < 0 ? dy : zero, [.. others.Select((_, i) => i == picked ? dy : zero)], pick);
        return [Where(-1), .. others.Select((_, i) => Where(i))];
    }
}

/// <summary>The second where the first isn't 0, else the third.</summary>
internal readonly struct Choice : IFormula
{
    public static int Reads => 0b1110;

    public static int Writes => 0b0001;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = M.Select(M.Equal(b, M.Splat(0)), d, c);
}

/// <summary>(x - least) / range · target + first, with each step rounded as Keras does.</summary>
internal readonly record struct Ranged(float Least, float Range, float Target, float First) : IUnary
{
    public static Ranged Of(Factor from, Factor to) =>
        new((float)from.First, (float)from.Second - (float)from.First, (float)to.Second - (float)to.First, (float)to.First);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> =>
        M.Add(M.Multiply(M.Divide(M.Subtract(x, M.Splat(Least)), M.Splat(Range)), M.Splat(Target)), M.Splat(First));
}

/// <summary>dx = dy · target / range.</summary>
internal readonly record struct RangedGradient(float Range, float Target) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Divide(M.Multiply(dy, M.Splat(Target)), M.Splat(Range));
}
