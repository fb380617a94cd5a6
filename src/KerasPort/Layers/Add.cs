using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The sum of tensors of one shape.</summary>
public sealed class Add : Merge
{
    /// <summary>A sum.</summary>
    public Add(string? name = null) : base(name) { }

    internal override Shape[] OutputShapes(Shape[] inputs)
    {
        foreach (var shape in inputs)
            if (shape[1..] != inputs[0][1..]) throw new ValueError($"Inputs have incompatible shapes. Received shapes {inputs[0][1..]} and {shape[1..]}");
        return [inputs[0]];
    }

    internal override Tensor[] Call(Graph g, Tensor[] inputs) => [inputs.Aggregate(g.Add)];
}
