using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>
/// A kernel of a plan with its inputs and outputs. The kinds are a closed list, one file each: shapes, kernel, gradient. Layers, losses, metrics and
/// optimizers are made of them.
/// </summary>
internal abstract class Node(params Tensor[] inputs)
{
    /// <summary>The tensors that it reads.</summary>
    public Tensor[] Inputs => inputs;

    /// <summary>Its main output; <c>null</c> if it only changes variables.</summary>
    public Tensor Output { get; set; } = null!;

    /// <summary>All tensors that it writes.</summary>
    public virtual IEnumerable<Tensor> Outputs => Output is null ? [] : [Output];

    /// <summary>The layer that it belongs to, for the timing by layers; <c>null</c> for none.</summary>
    public string? Layer { get; set; }

    /// <summary>The condition under which it runs with a batch; <c>null</c> if it always does.</summary>
    public Func<bool>? When { get; set; }

    /// <summary>Whether it must run even if no node reads its outputs.</summary>
    public virtual bool HasEffect => false;

    /// <summary>Whether it changes state that outlives the batch, a variable or a random state: two such nodes can't run at the same time.</summary>
    public virtual bool ChangesState => HasEffect;

    /// <summary>Runs the kernel.</summary>
    public abstract void Run(Kernels kernels);

    /// <summary>The gradients of the inputs from that of the output, as more nodes; <c>null</c> for an input that has none or needs none.</summary>
    public virtual Tensor?[] Gradients(Graph g, Tensor dy) => throw new NotSupportedException($"{GetType().Name} has no gradient.");

    /// <summary>Whether the output may overwrite this input if no later node reads it.</summary>
    public virtual bool MayOverwrite(Tensor input) => false;
}
