using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>What a function makes of its inputs' values, in this order, and where it puts it.</summary>
internal delegate void ProcessorFunction(float[][] inputs, float[] output);

public sealed partial class Graph
{
    /// <summary>
    /// y = what a function computes on the processor, whichever engine the list is for: tables of counts and places that differ pixel by pixel, which
    /// no kernel has. Values are fetched from a card and brought back.
    /// </summary>
    /// <param name="shape">y's shape.</param>
    /// <param name="function">The function.</param>
    /// <param name="gradients">The gradients of the inputs; without, none comes through.</param>
    /// <param name="inputs">What it reads.</param>
    internal Tensor OnProcessor(Shape shape, ProcessorFunction function, GradientsOf? gradients, params Tensor[] inputs) =>
        Add(new ProcessorNode(shape, function, gradients, inputs), shape);
}

/// <summary>y = function(inputs), on the processor.</summary>
internal sealed class ProcessorNode(Shape shape, ProcessorFunction function, GradientsOf? gradients, Tensor[] inputs) : Node(inputs)
{
    private readonly float[][] _inputs = Array.ConvertAll(inputs, x => new float[x.Size]);
    private readonly float[] _output = new float[shape.Size];

    public override void Run(Kernels kernels)
    {
        for (int i = 0; i < _inputs.Length; i++) kernels.Read(Inputs[i].Buffer, _inputs[i]);
        function(_inputs, _output);
        kernels.Write(_output, Output.Buffer);
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy) => gradients?.Invoke(g, this, dy) ?? new Tensor?[Inputs.Length];
}
