using KerasPort.Engines;
using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[…, outputs] = x[…, inputs] · kernel[inputs, outputs] + bias[outputs].</summary>
    public Tensor Dense(Tensor x, Tensor kernel, Tensor? bias) =>
        Add(new DenseNode(x, kernel, bias), new Shape([.. x.shape[..^1], kernel.Columns]));

    /// <summary>y[…, outputs] = x[…, inputs] · w[inputs, outputs].</summary>
    /// <exception cref="ValueError">w isn't a matrix with as many rows as x has columns.</exception>
    public Tensor MatMul(Tensor x, Tensor w) => w.shape.Rank == 2 && x.shape.Rank >= 2 && x.Columns == w.shape[0] ? Dense(x, w, null)
        : throw new ValueError($"A product is of x[…, n] and a matrix [n, m]. Received: x1.shape={x.shape}, x2.shape={w.shape}");
}

/// <summary>The common part of convolutions and dense layers: a product with a kernel plus a bias, to which a relu may be fused.</summary>
internal abstract class ProductNode(Tensor x, Tensor kernel, Tensor? bias) : Node(bias is null ? [x, kernel] : [x, kernel, bias])
{
    protected Tensor X => x;

    protected Tensor Kernel => kernel;

    protected Tensor? Bias => bias;

    /// <summary>Whether the output is max(0, sum).</summary>
    public bool HasRelu { get; set; }

    /// <summary>The gradient of the sums from that of the output, with or without relu.</summary>
    protected Tensor BeforeRelu(Graph g, Tensor dy) => HasRelu ? g.BeforeRelu(Output, dy) : dy;
}

/// <summary>y[rows, outputs] = x[rows, inputs] · kernel[inputs, outputs] + bias[outputs].</summary>
internal sealed class DenseNode(Tensor x, Tensor kernel, Tensor? bias) : ProductNode(x, kernel, bias)
{
    /// <summary>Whether the engine computes all gradients in one kernel.</summary>
    public bool HasGradientsAtOnce { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) =>
        kernels.Dense(X.Rows, X.Columns, Output.Columns, X.Buffer, Kernel.Buffer, Bias?.Buffer, HasRelu, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        if (HasGradientsAtOnce)
        {
            var all = new DenseGradientsNode(g, X, Kernel, Bias, HasRelu ? Output : null, dy);
            g.Do(all);
            return all.OfInputs;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) => kernels.DenseInputGradient(dy.Rows, kernel.Rows, kernel.Columns, dy.Buffer, kernel.Buffer, Output.Buffer);
}

/// <summary>dkernel[inputs, outputs] = x[rows, inputs]ᵀ · dy[rows, outputs].</summary>
internal sealed class DenseKernelGradientNode(Tensor x, Tensor dy) : Node(x, dy)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) => kernels.DenseKernelGradient(x.Rows, x.Columns, dy.Columns, x.Buffer, dy.Buffer, Output.Buffer);
}

/// <summary>The gradients of a product's kernel, bias and, if needed, x, all from one kernel.</summary>
internal abstract class ProductGradientsNode : Node
{
    protected ProductGradientsNode(Graph g, Tensor x, Tensor kernel, Tensor? bias, params Tensor[] inputs) : base(inputs)
    {
        Output = g.New(kernel.shape, this);
        DBias = bias is null ? null : g.New(bias.shape, this);
        DX = x.NeedsGradient ? g.New(x.shape, this) : null;
    }

    protected Tensor? DBias { get; }

    protected Tensor? DX { get; }

    /// <summary>The gradients in the order of the product's inputs.</summary>
    public Tensor?[] OfInputs => DBias is null ? [DX, Output] : [DX, Output, DBias];

    public override IEnumerable<Tensor> Outputs => OfInputs.OfType<Tensor>();
}

/// <summary>Fused: dkernel = xᵀ · dy, dbias = Σ of dy's rows and, if needed, dx = dy · kernelᵀ. Behind a relu, dy counts only where y is above 0.</summary>
internal sealed class DenseGradientsNode(Graph g, Tensor x, Tensor kernel, Tensor? bias, Tensor? y, Tensor dy)
    : ProductGradientsNode(g, x, kernel, bias, y is null ? [x, kernel, dy] : [x, kernel, dy, y])
{
    public override void Run(Kernels kernels) =>
        kernels.DenseGradients(Inputs[0].Rows, Inputs[0].Columns, Inputs[2].Columns, Inputs[0].Buffer, Inputs[1].Buffer,
            Inputs.Length > 3 ? Inputs[3].Buffer : null, Inputs[2].Buffer, Output.Buffer, DBias?.Buffer, DX?.Buffer);
}
