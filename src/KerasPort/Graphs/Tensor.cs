using KerasPort.Engines;
using KerasPort.Graphs;

namespace KerasPort;

/// <summary>A value of a plan: what a node computes, or what comes in from outside. Its first axis is the batch.</summary>
public sealed class Tensor
{
    internal Tensor(Graph graph, Node? source, Shape shape, Storage? storage = null)
    {
        (Graph, Source, this.shape) = (graph, source, shape);
        Storage = storage ?? new Storage();
        Storage.Size = Math.Max(Storage.Size, Size);
        NeedsGradient = graph.Training && source is not null && source.Inputs.Any(x => x.NeedsGradient);
    }

    /// <summary>The dimensions, all of them fixed, the batch first.</summary>
    public Shape shape { get; internal set; }

    /// <summary>The list of nodes that it belongs to.</summary>
    internal Graph Graph { get; }

    /// <summary>The node that computes it; <c>null</c> for what comes in from outside.</summary>
    internal Node? Source { get; set; }

    /// <summary>Whether a variable's gradient goes through it.</summary>
    internal bool NeedsGradient { get; set; }

    /// <summary>What a softmax was applied to, if this is its output: a crossentropy takes that, and the order of classes is the same.</summary>
    internal Tensor? Logits => Source is SoftmaxNode softmax ? softmax.Inputs[0] : null;

    /// <summary>Elements in all.</summary>
    internal int Size => shape.Size;

    /// <summary>Elements along the last axis.</summary>
    internal int Columns => shape[^1]!.Value;

    /// <summary>Rows of <see cref="Columns"/> elements.</summary>
    internal int Rows => Size / Columns;

    /// <summary>Where its elements lie; tensors that are one under other shapes share it.</summary>
    internal Storage Storage { get; set; }

    /// <summary>Its elements while the plan runs.</summary>
    internal DeviceBuffer Buffer => Storage.Buffer ?? throw new InvalidOperationException("The plan has no memory yet.");
}

/// <summary>Where a tensor's elements lie: at a fixed place, or wherever the plan puts them.</summary>
internal sealed class Storage
{
    /// <summary>The elements; for a place of the plan's own <c>null</c> until it gets memory.</summary>
    public DeviceBuffer? Buffer { get; set; }

    /// <summary>Whether the place is given and not the plan's to choose.</summary>
    public bool IsFixed { get; set; }

    /// <summary>Whether it is wanted when the plan has run, or was filled before: nothing else may lie there.</summary>
    public bool IsKept { get; set; }

    /// <summary>Elements of the largest tensor that lies here.</summary>
    public int Size { get; set; }

    /// <summary>Where it lies in the plan's memory.</summary>
    public int Start { get; set; }

    /// <summary>The last node that reads or writes it.</summary>
    public int Last { get; set; }
}
