using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[…, outputs] = x[…, inputs] · kernel[inputs, outputs] + bias[outputs].</summary>
    public Tensor Dense(Tensor x, Tensor kernel, Tensor? bias) =>
        Add(new DenseNode(x, kernel, bias), new Shape([.. x.shape[..^1], kernel.Columns]));
}

/// <summary>What convolutions and dense layers have in common: a product with a kernel and a bias, whose end can be a relu.</summary>
internal abstract class ProductNode(Tensor x, Tensor kernel, Tensor? bias) : Node(bias is null ? [x, kernel] : [x, kernel, bias])
{
    protected Tensor X => x;

    protected Tensor Kernel => kernel;

    protected Tensor? Bias => bias;

    /// <summary>Whether the output is max(·, 0) of the sums.</summary>
    public bool HasRelu { get; set; }

    /// <summary>The gradient of the sums from that of the output.</summary>
    protected Tensor BeforeRelu(Graph g, Tensor dy) => HasRelu ? g.Map(default(ReluGradient), Output, dy) : dy;
}

/// <summary>y[rows, outputs] = x[rows, inputs] · kernel[inputs, outputs] + bias[outputs].</summary>
internal sealed class DenseNode(Tensor x, Tensor kernel, Tensor? bias) : ProductNode(x, kernel, bias)
{
    /// <summary>Whether the engine has one kernel for all gradients.</summary>
    public bool HasGradientsAtOnce { get; set; }

    public override void Run(Kernels kernels) =>
        kernels.Dense(X.Rows, X.Columns, Output.Columns, X.Buffer, Kernel.Buffer, Bias?.Buffer, HasRelu, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        if (HasGradientsAtOnce)
        {
            var all = new DenseGradientsNode(g, X, Kernel, Bias, HasRelu ? Output : null, dy);
            g.Do(all);
            return Bias is null ? [all.DX, all.Output] : [all.DX, all.Output, all.DBias];
        }
        dy = BeforeRelu(g, dy);
        var dkernel = g.Add(new DenseKernelGradientNode(X, dy), Kernel.shape);
        var dbias = Bias is null ? null : g.SumRows(dy);
        var dx = X.NeedsGradient ? g.Add(new DenseInputGradientNode(dy, Kernel), X.shape) : null;
        return Bias is null ? [dx, dkernel] : [dx, dkernel, dbias];
    }
}

/// <summary>dx[rows, inputs] = dy[rows, outputs] · kernel[inputs, outputs]ᵀ.</summary>
internal sealed class DenseInputGradientNode(Tensor dy, Tensor kernel) : Node(dy, kernel)
{
    public override void Run(Kernels kernels) => kernels.DenseInputGradient(dy.Rows, kernel.Rows, kernel.Columns, dy.Buffer, kernel.Buffer, Output.Buffer);
}

/// <summary>dkernel[inputs, outputs] = x[rows, inputs]ᵀ · dy[rows, outputs].</summary>
internal sealed class DenseKernelGradientNode(Tensor x, Tensor dy) : Node(x, dy)
{
    public override void Run(Kernels kernels) => kernels.DenseKernelGradient(x.Rows, x.Columns, dy.Columns, x.Buffer, dy.Buffer, Output.Buffer);
}

/// <summary>
/// Fused: dy behind a relu counts where y is above 0; dkernel = xᵀ · dy, dbias = Σ of its rows, dx = dy · kernelᵀ where it is wanted.
/// </summary>
internal sealed class DenseGradientsNode : Node
{
    private readonly Tensor _x, _kernel, _dy;
    private readonly Tensor? _y;

    public DenseGradientsNode(Graph g, Tensor x, Tensor kernel, Tensor? bias, Tensor? y, Tensor dy) : base(y is null ? [x, kernel, dy] : [x, kernel, dy, y])
    {
        (_x, _kernel, _y, _dy) = (x, kernel, y, dy);
        Output = g.New(kernel.shape, this);
        DBias = bias is null ? null : g.New(bias.shape, this);
        DX = x.NeedsGradient ? g.New(x.shape, this) : null;
    }

    public Tensor? DBias { get; }

    public Tensor? DX { get; }

    public override IEnumerable<Tensor> Outputs => new[] { Output, DBias, DX }.OfType<Tensor>();

    public override void Run(Kernels kernels) =>
        kernels.DenseGradients(_x.Rows, _x.Columns, _dy.Columns, _x.Buffer, _kernel.Buffer, _y?.Buffer, _dy.Buffer, Output.Buffer, DBias?.Buffer, DX?.Buffer);
}
