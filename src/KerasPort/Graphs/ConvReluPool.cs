using KerasPort.Engines;

namespace KerasPort.Graphs;

/// <summary>Fused: y = max pooling(max(convolution(x) + bias, 0)), whose unpooled output is nowhere.</summary>
internal sealed class ConvReluPoolNode(ConvReluPool fused, Tensor x, Tensor kernel, Tensor? bias) : Node(bias is null ? [x, kernel] : [x, kernel, bias])
{
    public override void Run(Kernels kernels) =>
        fused.Forward(x.shape[0]!.Value, x.Buffer, kernel.Buffer, bias?.Buffer, Output.Buffer, Output.Graph.Training);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        var all = new ConvReluPoolGradientsNode(g, fused, x, kernel, bias, Output, dy);
        g.Do(all);
        return bias is null ? [all.DX, all.Output] : [all.DX, all.Output, all.DBias];
    }
}

/// <summary>Fused: the gradients by kernel, bias and, where it is wanted, x of what <see cref="ConvReluPoolNode"/> computed last.</summary>
internal sealed class ConvReluPoolGradientsNode : Node
{
    private readonly ConvReluPool _fused;
    private readonly Tensor _x, _kernel, _y, _dy;

    public ConvReluPoolGradientsNode(Graph g, ConvReluPool fused, Tensor x, Tensor kernel, Tensor? bias, Tensor y, Tensor dy) : base(x, kernel, y, dy)
    {
        (_fused, _x, _kernel, _y, _dy) = (fused, x, kernel, y, dy);
        Output = g.New(kernel.shape, this);
        DBias = bias is null ? null : g.New(bias.shape, this);
        DX = x.NeedsGradient ? g.New(x.shape, this) : null;
    }

    public Tensor? DBias { get; }

    public Tensor? DX { get; }

    public override IEnumerable<Tensor> Outputs => new[] { Output, DBias, DX }.OfType<Tensor>();

    public override void Run(Kernels kernels) =>
        _fused.Backward(_x.shape[0]!.Value, _x.Buffer, _kernel.Buffer, _y.Buffer, _dy.Buffer, Output.Buffer, DBias?.Buffer, DX?.Buffer);
}
