using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort.Graphs;

/// <summary>All trainable variables of a model, adjacent in memory, with their gradients and the optimizer's slots.</summary>
internal sealed record FlatVariables(DeviceBuffer Values, DeviceBuffer Gradients, DeviceBuffer[] Slots);

/// <summary>Variables adjacent in memory, which an optimizer changes by one formula.</summary>
public sealed class VariableUpdate
{
    private readonly Operands _operands;
    private readonly Tensor? _x, _dy, _dx;

    internal VariableUpdate(FlatVariables flat, int start, int length, Tensor? x = null, Tensor? dy = null, Tensor? dx = null)
    {
        (_x, _dy, _dx) = (x, dy, dx);
        DeviceBuffer? Slot(int i) => i < flat.Slots.Length ? flat.Slots[i].Part(start, length) : null;
        var gradients = x is null ? flat.Gradients.Part(start, length) : null;
        _operands = new Operands(1, length, flat.Values.Part(start, length), gradients, Slot(0), Slot(1), Slot(2), Slot(3));
    }

    /// <summary>Runs the formula on the variables, their gradients and slots, in this order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<F>(Kernels kernels, in F formula) where F : unmanaged, IFormula
    {
        if (_x is null) kernels.Map(formula, _operands);
        else kernels.DenseKernelUpdate(_x.Rows, _x.Columns, _dy!.Columns, _x.Buffer, _dy.Buffer, formula, _operands, _dx?.Buffer);
    }
}

/// <summary>The step of one variable while the list is made: the variable, its gradient and its slots, as tensors.</summary>
internal sealed class VariableStep(Graph g, FlatVariables flat, TrainedVariable trained, Tensor gradient, Tensor? squares)
{
    /// <summary>The variable.</summary>
    public Variable Of => trained.Variable;

    /// <summary>Its value.</summary>
    public Tensor Value => g.Variable(Of);

    /// <summary>Its gradient, accumulated and clipped, in its part of the memory.</summary>
    public Tensor Gradient => gradient;

    /// <summary>The squares of its gradient; for a table with picked rows, the sums of squares for each row.</summary>
    public Tensor Squares => squares ?? g.Square(gradient);

    /// <summary>Whether its gradient is one of picked rows, which are squared and measured before those that were picked twice are added up.</summary>
    public bool IsOfRows => squares is not null;

    /// <summary>The sizes of its gradient; for a table with picked rows, the sums of sizes for each row.</summary>
    public Tensor Sizes => IsOfRows ? trained.Rows.Select(row => row.Picked.Gradients(g, g.Abs(row.Gradient))[0]!).Aggregate(g.Add) : g.Abs(gradient);

    /// <summary>One of its slots, of that shape or of the variable's.</summary>
    public Tensor Slot(int slot, Shape? shape = null)
    {
        var of = shape ?? (Shape)Of.shape;
        return new Tensor(g, null, of, new Storage { Buffer = flat.Slots[slot].Part(trained.Start, of.Size), IsFixed = true });
    }

    /// <summary>Adds a node that runs the optimizer's formula on the variable.</summary>
    public void AddUpdate(Optimizer optimizer) => g.Do(new UpdateNode(optimizer, flat, trained.Start, trained.Room, [Value], [gradient]));
}

/// <summary>
/// Changes variables by their gradients, which are its inputs; if fused, by x and dy, with the gradient xᵀ · dy. A fused step can also give the
/// gradient of the input of the relu that x is the output of.
/// </summary>
internal sealed class UpdateNode : Node
{
    private readonly Optimizer _optimizer;
    private readonly FlatVariables _flat;
    private readonly int _start, _length;
    private readonly VariableUpdate _update;

    /// <summary>The step on the variables from <paramref name="start"/> on.</summary>
    public UpdateNode(Optimizer optimizer, FlatVariables flat, int start, int length, Tensor[] variables, Tensor[] gradients)
        : this(optimizer, flat, start, length, variables, gradients, null, null, null) { }

    private UpdateNode(Optimizer optimizer, FlatVariables flat, int start, int length, Tensor[] variables, Tensor[] inputs, Tensor? x, Tensor? dy, Tensor? dx)
        : base(inputs)
    {
        Output = dx!;
        (_optimizer, _flat, _start, _length, Variables) = (optimizer, flat, start, length, variables);
        _update = new VariableUpdate(flat, start, length, x, dy, dx);
    }

    /// <summary>The variables that it changes.</summary>
    public Tensor[] Variables { get; }

    public override bool HasEffect => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels) => _optimizer.Update(kernels, _update);

    /// <summary>The same step with the gradient xᵀ · dy, fused; it gives dx too, unless that is <c>null</c>.</summary>
    public UpdateNode From(Tensor x, Tensor dy, Tensor? dx = null) =>
        new(_optimizer, _flat, _start, x.Columns * dy.Columns, Variables, [x, dy], x, dy, dx) { When = When };

    /// <summary>This step merged with one on the variables that follow in memory; <c>null</c> if those don't follow.</summary>
    public UpdateNode? With(UpdateNode next) =>
        _optimizer == next._optimizer && _start + _length == next._start && When == next.When && Variables.Length == Inputs.Length
            && next.Variables.Length == next.Inputs.Length
            ? new(_optimizer, _flat, _start, _length + next._length, [.. Variables, .. next.Variables], [.. Inputs, .. next.Inputs]) { When = When }
            : null;
}

/// <summary>y = x, in other memory.</summary>
internal sealed class CopyNode(Tensor x) : Node(x)
{
    public override void Run(Kernels kernels) => kernels.Copy(x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [dy];
}
