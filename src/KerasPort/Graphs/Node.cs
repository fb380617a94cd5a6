using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>
/// A kernel of a plan, with what it reads and what it gives. The kinds are a closed list, a file each: shapes, kernel, gradient. Layers,
/// losses, metrics and optimizers are written over them.
/// </summary>
internal abstract class Node(params Tensor[] inputs)
{
    /// <summary>What it reads.</summary>
    public Tensor[] Inputs => inputs;

    /// <summary>Its main output; <c>null</c> where it only changes variables.</summary>
    public Tensor Output { get; set; } = null!;

    /// <summary>All that it gives.</summary>
    public virtual IEnumerable<Tensor> Outputs => Output is null ? [] : [Output];

    /// <summary>The layer that it is part of, by which times are told; <c>null</c> for what belongs to none.</summary>
    public string? Layer { get; set; }

    /// <summary>What says whether it runs with this batch; <c>null</c> where it always does.</summary>
    public Func<bool>? When { get; set; }

    /// <summary>Whether it must run though nobody reads what it gives.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Whether it changes what outlives the batch, a variable or a random state: two of them can't run at the same time.</summary>
    public virtual bool ChangesState => HasEffect;

    /// <summary>Does it.</summary>
    public abstract void Run(Kernels kernels);

    /// <summary>The gradients of the inputs from that of the output, as more nodes; <c>null</c> where there is none or nobody wants it.</summary>
    public virtual Tensor?[] Gradients(Graph g, Tensor dy) => throw new NotSupportedException($"{GetType().Name} has no gradient.");

    /// <summary>Whether the output may take the place of this input, when no other node reads that afterwards.</summary>
    public virtual bool MayOverwrite(Tensor input) => false;
}
