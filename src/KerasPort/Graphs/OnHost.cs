using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>What a function on the processor makes of the elements of some tensors, in their order, and where it puts it.</summary>
internal delegate void OnHost(float[][] x, float[] y);

public sealed partial class Graph
{
    /// <summary>
    /// What a function makes of tensors on the processor, whatever the engine computes on: for what is no arithmetic, as hashes, searches, orders,
    /// and places that differ pixel by pixel are. On a card the elements go to the host and back.
    /// </summary>
    /// <param name="shape">The shape of what it makes.</param>
    /// <param name="function">The function.</param>
    /// <param name="gradients">The gradients of the inputs; without, none comes through.</param>
    /// <param name="inputs">What it reads.</param>
    internal Tensor OnHost(Shape shape, OnHost function, GradientsOf? gradients, params Tensor[] inputs) =>
        Add(new OnHostNode(function, gradients, inputs), shape);

    /// <summary>What such a function is called elsewhere.</summary>
    internal static Tensor Known(Tensor made, HostOperator known)
    {
        ((OnHostNode)made.Source!).Known = known;
        return made;
    }

    /// <summary>What a function makes of each element, in a list that is run in double.</summary>
    internal Tensor Exactly(Tensor x, Func<double, double> function) => Add(new ExactlyNode(function, x), x.shape);
}

/// <summary>y = f(x), in double.</summary>
internal sealed class ExactlyNode(Func<double, double> function, Tensor x) : Node(x)
{
    public override void Run(Kernels kernels) =>
        ExactKernels.Write(Array.ConvertAll(ExactKernels.Read(x.Buffer)[..x.Size], value => function(value)), Output.Buffer);
}

/// <summary>A function on the processor that ONNX has as an operator.</summary>
/// <param name="Name">The operator.</param>
/// <param name="Axis">Along which axis, from 0 on.</param>
/// <param name="Count">Of an order, how many.</param>
/// <param name="Descends">Of an order, whether the largest come first.</param>
internal sealed record HostOperator(string Name, int Axis = 0, int Count = 0, bool Descends = false);

/// <summary>y = f(x, …), on the processor.</summary>
internal sealed class OnHostNode(OnHost function, GradientsOf? gradients, Tensor[] inputs) : Node(inputs)
{
    private float[][]? _x;
    private float[]? _y;

    /// <summary>What it is in ONNX; <c>null</c> where that has none.</summary>
    public HostOperator? Known { get; set; }

    public override void Run(Kernels kernels)
    {
        _x ??= Array.ConvertAll(Inputs, x => new float[x.Size]);
        _y ??= new float[Output.Size];
        for (int i = 0; i < _x.Length; i++) kernels.Read(Inputs[i].Buffer, _x[i]);
        function(_x, _y);
        kernels.Write(_y, Output.Buffer);
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy) => gradients?.Invoke(g, this, dy) ?? new Tensor?[Inputs.Length];
}
