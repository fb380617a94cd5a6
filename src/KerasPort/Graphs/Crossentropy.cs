using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>-log of the probability of each row's class, y[…] = log Σ exp(z) - z[label] over the last axis of z.</summary>
    /// <param name="z">Logits, or the logarithms of probabilities if <paramref name="areProbabilities"/>.</param>
    /// <param name="labels">Class numbers, one for each row of z.</param>
    /// <param name="areProbabilities">Whether z = log q, with q the probabilities clipped to [1e-7, 1 - 1e-7].</param>
    public Tensor SparseCrossentropy(Tensor z, Tensor labels, bool areProbabilities) =>
        Add(new SparseCrossentropyNode(z, labels, areProbabilities), z.shape[..^1]);

    /// <summary>
    /// Σ over an axis of -t·log p, with p the softmax of z, computed as log Σ exp(z) - z, so that no probability rounds to zero. The gradient is p - t even
    /// where the targets' sum isn't 1, as in TensorFlow.
    /// </summary>
    public Tensor Crossentropy(Tensor z, Tensor t, int axis)
    {
        var below = Subtract(z, Max(z, [axis], keepdims: true));
        var exponentials = Exp(below);
        var sums = Sum(exponentials, [axis], keepdims: true);
        var losses = Sum(Multiply(t, Subtract(Log(sums), below)), [axis]);
        return Add(new CrossentropyNode(losses, z, t, exponentials, sums, below), losses.shape);
    }

    /// <summary>The mean of these losses, or a multiple of it: each has the same weight.</summary>
    internal Tensor SeedOfMean(Tensor losses, float factor = 1) => Add(new SeedOfMeanNode(factor), losses.shape);
}

/// <summary>Losses with their gradient computed in one step.</summary>
internal sealed class CrossentropyNode(Tensor losses, Tensor z, Tensor t, Tensor exponentials, Tensor sums, Tensor below) : Node(losses, z, t)
{
    public override void Run(Kernels kernels)
    {
        if (losses.Storage != Output.Storage) kernels.Copy(losses.Buffer, Output.Buffer);
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        dy = g.Reshape(dy, sums.shape);
        return
        [
            null, g.Multiply(g.Subtract(g.Divide(exponentials, sums), t), dy),
            t.NeedsGradient ? g.Multiply(g.Subtract(g.Log(sums), below), dy) : null,
        ];
    }

    public override bool MayOverwrite(Tensor input) => input == losses;
}

/// <summary>losses[rows] from logits or probabilities[rows, classes] and labels[rows].</summary>
internal sealed class SparseCrossentropyNode(Tensor z, Tensor labels, bool areProbabilities) : Node(z, labels)
{
    // The gradient of the losses' mean shares most of its work with the forward pass, so that one kernel computes both.
    private Tensor? _gradient;

    public override IEnumerable<Tensor> Outputs => _gradient is null ? [Output] : [Output, _gradient];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels)
    {
        if (areProbabilities) kernels.SparseCrossentropyOfProbabilities(z.Rows, z.Columns, z.Buffer, labels.Buffer, Output.Buffer, _gradient?.Buffer);
        else kernels.SparseCrossentropyOfLogits(z.Rows, z.Columns, z.Buffer, labels.Buffer, Output.Buffer, _gradient?.Buffer);
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        _gradient ??= g.New(z.shape, this);
        return [dy.Source is SeedOfMeanNode { Factor: 1 } ? _gradient : g.Add(new ScaleRowsNode(_gradient, dy), z.shape), null];
    }
}

/// <summary>dy[rows] = factor / rows: the gradient of the mean, or of a multiple of it.</summary>
internal sealed class SeedOfMeanNode(float factor) : Node
{
    public float Factor => factor;

    public override void Run(Kernels kernels) => kernels.Map(new Unary<Constant>(new(factor / Output.Size)), Output.Size, Output.Buffer, Output.Buffer);
}

/// <summary>y[rows, columns] = x[rows, columns] · by[rows] · rows: turns the gradient of the mean into that of a weighted sum.</summary>
internal sealed class ScaleRowsNode(Tensor x, Tensor by) : Node(x, by)
{
    public override void Run(Kernels kernels) =>
        kernels.Map(new Binary<ScaledProduct>(new(by.Size)), new Operands(x.Rows, x.Columns, Output.Buffer, x.Buffer, by.Buffer) { OneColumn = 0b100 });

    public override bool MayOverwrite(Tensor input) => input == x;
}

/// <summary>The same number for every element.</summary>
internal readonly record struct Constant(float Value) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Splat(Value);
}

/// <summary>x · y · factor.</summary>
internal readonly record struct ScaledProduct(float Factor) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T> => M.Multiply(x, M.Multiply(y, M.Splat(Factor)));
}
