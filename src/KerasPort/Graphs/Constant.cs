using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>y = values that are known when the list is made.</summary>
internal sealed class ConstantNode(NDArray values) : Node
{
    private readonly float[] _values = values.ToFloats();

    /// <summary>The values.</summary>
    public IReadOnlyList<float> Values => _values;

    public override void Run(Kernels kernels)
    {
        if (kernels is ExactKernels) ExactKernels.Write(values, Output.Buffer);
        else kernels.Write(_values, Output.Buffer);
    }
}
