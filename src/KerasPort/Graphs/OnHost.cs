using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>A function on the processor, from the elements of some tensors in row-major order to those of y.</summary>
internal delegate void OnHost(float[][] x, float[] y);

public sealed partial class Graph
{
    /// <summary>
    /// Runs a function of tensors on the processor, whatever engine computes the rest: for what isn't arithmetic, such as hashes, searches, sorting, and
    /// indices that differ pixel by pixel. On a GPU the elements are copied to the host and back.
    /// </summary>
    /// <param name="shape">The shape of the result.</param>
    /// <param name="function">The function.</param>
    /// <param name="gradients">The gradients of the inputs; <c>null</c> for none.</param>
    /// <param name="inputs">The tensors that it reads.</param>
    internal Tensor OnHost(Shape shape, OnHost function, GradientsOf? gradients, params Tensor[] inputs) =>
        Add(new OnHostNode(function, gradients, inputs), shape);

    /// <summary>Names the ONNX operator that such a function is.</summary>
    internal static Tensor Known(Tensor made, HostOperator known)
    {
        ((OnHostNode)made.Source!).Known = known;
        return made;
    }

    /// <summary>A function of each element, in a list that runs in double.</summary>
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
/// <param name="Axis">The axis, from 0 on.</param>
/// <param name="Count">For TopK, the number of elements.</param>
/// <param name="Descends">For TopK, whether the largest come first.</param>
internal sealed record HostOperator(string Name, int Axis = 0, int Count = 0, bool Descends = false);

/// <summary>y = f(x, …), on the processor.</summary>
internal sealed class OnHostNode(OnHost function, GradientsOf? gradients, Tensor[] inputs) : Node(inputs)
{
    private float[][]? _x;
    private float[]? _y;

    /// <summary>The ONNX operator; <c>null</c> if there is none.</summary>
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
