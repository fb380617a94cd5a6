using KerasPort.Activations;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>Makes the gradients of a node's inputs from that of its output.</summary>
internal delegate Tensor?[] GradientsOf(Graph g, Node node, Tensor dy);

public sealed partial class Graph
{
    /// <summary>y = f(x), element by element.</summary>
    /// <param name="function">f.</param>
    /// <param name="gradient">dx as a function of y and dy, so that x need not be kept.</param>
    /// <param name="x">A tensor of any shape, which is y's, too.</param>
    public Tensor MapByOutput<F, D>(F function, D gradient, Tensor x) where F : unmanaged, IUnary where D : unmanaged, IBinary =>
        Add(new MapNode<Unary<F>>(new(function), (g, node, dy) => [g.Map(gradient, node.Output, dy)], x), x.shape);

    /// <summary>y = f(x), element by element.</summary>
    /// <param name="function">f.</param>
    /// <param name="gradient">dx as a function of x and dy.</param>
    /// <param name="x">A tensor of any shape, which is y's, too.</param>
    public Tensor MapByInput<F, D>(F function, D gradient, Tensor x) where F : unmanaged, IUnary where D : unmanaged, IBinary =>
        Add(new MapNode<Unary<F>>(new(function), (g, node, dy) => [g.Map(gradient, x, dy)], x), x.shape);

    /// <summary>y = f(x), element by element, without a gradient.</summary>
    internal Tensor Map<F>(F function, Tensor x) where F : unmanaged, IUnary => Add(new MapNode<Unary<F>>(new(function), null, x), x.shape);

    /// <summary>z = f(x, y), element by element, broadcast as in numpy.</summary>
    /// <param name="function">f.</param>
    /// <param name="x">The first.</param>
    /// <param name="y">The second.</param>
    /// <param name="gradients">The gradients of both before they are summed to their shapes; <c>null</c> if none is needed.</param>
    internal Tensor Map<F>(F function, Tensor x, Tensor y, GradientsOf? gradients = null) where F : unmanaged, IBinary =>
        MapOfPair(x, y, (a, b) => new MapNode<Binary<F>>(new(function), gradients, a, b));

    private Tensor MapOfPair(Tensor x, Tensor y, Func<Tensor, Tensor, MapNode> of)
    {
        var shape = Broadcast.Shape(x.shape, y.shape);
        // Kernels broadcast a single row or column themselves.
        if (!Broadcast.IsSpread(x.shape, shape)) x = Repeat(x, shape);
        if (!Broadcast.IsSpread(y.shape, shape)) y = Repeat(y, shape);
        return Add(of(x, y), shape);
    }

    /// <summary>The gradient of x from that of y = relu(x).</summary>
    internal Tensor BeforeRelu(Tensor y, Tensor dy) =>
        dy.Source is PoolingGradientNode pooling && pooling.X == y ? pooling.BeforeRelu(this) : Map(default(ReluGradient), y, dy);
}

/// <summary>y = f(x, …), element by element. Every input has the output's shape, or is a single row or column of it.</summary>
internal abstract class MapNode(Tensor[] inputs) : Node(inputs)
{
    /// <summary>A node that sums this one's output over the rows without storing it; <c>null</c> if no kernel does.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="ofFirst">The sum of its first input's rows, which the node gives too; <c>null</c> if nothing reads it.</param>
    public abstract Node? SumOfRows(Tensor sum, Tensor? ofFirst);

    /// <summary>The sum of its output's rows, which this node gives too; <c>null</c> if nothing reads it.</summary>
    public Tensor? RowSums { get; set; }

    /// <summary>A node that gives the max pooling of this one's output without storing it.</summary>
    public abstract Node Pooled(Window2D window);

    /// <summary>Whether it takes a few additions and products, so that computing it again costs less than memory.</summary>
    public bool IsShort { get; private init; }

    public override IEnumerable<Tensor> Outputs => RowSums is null ? base.Outputs : [Output, RowSums];

    public override bool MayOverwrite(Tensor input) => input.Size == Output.Size;

    /// <summary>Makes a node that ends with a relu; <c>null</c> if the gradients may need the output before the relu.</summary>
    public Func<MapNode>? WithRelu { get; private init; }

    /// <summary>A node whose gradients don't need its output, so that a relu may be fused to it.</summary>
    public static MapNode BeforeRelu<F>(F formula, GradientsOf gradients, params Tensor[] inputs) where F : unmanaged, IFormula =>
        new MapNode<F>(formula, gradients, inputs)
        {
            IsShort = true,
            WithRelu = () => new MapNode<ThenRelu<F>>(new(formula), (g, node, dy) => gradients(g, node, g.BeforeRelu(node.Output, dy)), inputs)
            {
                IsShort = true,
            },
        };

    /// <summary>Whether it is the same formula, with the same numbers in it.</summary>
    public abstract bool IsSameAs(MapNode other);

    /// <summary>Evaluates the formula with other types than floats, such as to write down its steps.</summary>
    public abstract T Express<T, M>(T[] inputs) where M : struct, IMath<T>;
}

/// <summary>y = f(x, …) for a given formula.</summary>
internal sealed partial class MapNode<F>(F formula, GradientsOf? gradients, params Tensor[] inputs) : MapNode(inputs) where F : unmanaged, IFormula
{
    // Which inputs are a single row or column is found at the first run, since shapes are final only then.
    private (int OneRow, int OneColumn)? _spread;
    private readonly F _formula = formula;

    // 1 for a formula that reads its output's buffer: the first input is there, whose memory the output takes if no other node reads that input.
    private static int IsInPlace => F.Reads & 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(Kernels kernels)
    {
        if (IsInPlace != 0 && Inputs[0].Storage != Output.Storage) kernels.Copy(Inputs[0].Buffer, Output.Buffer);
        if (RowSums is null) kernels.Map(_formula, On(Output));
        else kernels.MapAndSumRows(_formula, On(Output), RowSums.Buffer);
    }

    public override bool MayOverwrite(Tensor input) => base.MayOverwrite(input) && (IsInPlace == 0 || input == Inputs[0]);

    public override Node? SumOfRows(Tensor sum, Tensor? ofFirst) => F.Writes == 1 && IsInPlace == 0 ? new SumOfRowsNode(this, sum, ofFirst) : null;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Operands On(Tensor first)
    {
        var spread = _spread ??= (Bits(Broadcast.OneRow), Bits(Broadcast.OneColumn));
        DeviceBuffer? At(int place) => place - 1 + IsInPlace is var i && i < Inputs.Length ? Inputs[i].Buffer : null;
        return new Operands(Output.Rows, Output.Columns, first.Buffer, At(1), At(2), At(3), At(4), At(5))
        {
            OneRow = spread.OneRow, OneColumn = spread.OneColumn,
        };
    }

    public override bool IsSameAs(MapNode other) => other is MapNode<F> same && _formula.Equals(same._formula);

    public override T Express<T, M>(T[] inputs)
    {
        T[] all = [.. IsInPlace == 0 ? [default!] : Array.Empty<T>(), .. inputs, default!, default!, default!, default!, default!];
        _formula.At<T, M>(ref all[0], ref all[1], ref all[2], ref all[3], ref all[4], ref all[5]);
        return all[0];
    }

    public override Tensor?[] Gradients(Graph g, Tensor dy)
    {
        if (gradients is null) return base.Gradients(g, dy);
        var made = gradients(g, this, dy);
        for (int i = 0; i < made.Length; i++) made[i] = made[i] is { } dx && Inputs[i].NeedsGradient ? Broadcast.SumTo(g, dx, Inputs[i]) : null;
        return made;
    }

    private int Bits(Func<Tensor, Tensor, int> isSpread)
    {
        int bits = 0;
        for (int i = 0; i < Inputs.Length; i++) bits |= isSpread(Output, Inputs[i]) << (i + 1 - IsInPlace);
        return bits;
    }

    /// <summary>y[columns] = Σ over the rows of f(x, …), and the same of x where it is wanted.</summary>
    private sealed class SumOfRowsNode : Node
    {
        private readonly MapNode<F> _map;
        private readonly Tensor? _ofFirst;

        public SumOfRowsNode(MapNode<F> map, Tensor sum, Tensor? ofFirst) : base(map.Inputs) =>
            (_map, _ofFirst, Output, Layer, When) = (map, ofFirst, sum, map.Layer, map.When);

        public override IEnumerable<Tensor> Outputs => _ofFirst is null ? [Output] : [Output, _ofFirst];

        public override void Run(Kernels kernels)
        {
            if (_ofFirst is null) kernels.SumRowsOf(_map._formula, _map.On(Output));
            else kernels.SumRowsOf(_map._formula, _map.On(Output), _ofFirst.Buffer);
        }
    }
}

/// <summary>A formula followed by a relu of its first buffer, the output.</summary>
internal readonly struct ThenRelu<F>(F formula) : IFormula where F : unmanaged, IFormula
{
    private readonly F _formula = formula;

    public static int Reads => F.Reads;

    public static int Writes => F.Writes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T>
    {
        _formula.At<T, M>(ref a, ref b, ref c, ref d, ref e, ref f);
        a = default(ReluFormula).Of<T, M>(a);
    }
}

/// <summary>numpy's broadcasting: axes are compared from the last one on; two lengths must be equal, or one of them 1.</summary>
internal static class Broadcast
{
    /// <summary>The broadcast shape of two tensors.</summary>
    /// <exception cref="ValueError">The shapes can't be broadcast.</exception>
    public static Shape Shape(Shape x, Shape y)
    {
        if (x == y) return x;
        var shape = new int?[Math.Max(x.Rank, y.Rank)];
        for (int back = 1; back <= shape.Length; back++)
        {
            int? a = back <= x.Rank ? x[-back] : 1, b = back <= y.Rank ? y[-back] : 1;
            if (a != b && a != 1 && b != 1)
                throw new ValueError($"Tensors of shapes {x} and {y} don't go together element by element: "
                    + "from the last axis on, their lengths must be equal or one of them 1");
            shape[^back] = a == 1 ? b : a;
        }
        return new Shape(shape);
    }

    /// <summary>Whether kernels can broadcast a tensor of that shape to the other: it is equal, or a single row, column or number.</summary>
    public static bool IsSpread(Shape x, Shape of) => x == of || IsRow(x, of) || IsColumn(x, of) || x.Size == 1;

    /// <summary>1 where the input is a single row of the output, else 0.</summary>
    public static int OneRow(Tensor output, Tensor input) =>
        input.shape != output.shape && (IsRow(input.shape, output.shape) || input.Size == 1) ? 1 : 0;

    /// <summary>1 where the input is a single column of the output, else 0.</summary>
    public static int OneColumn(Tensor output, Tensor input) =>
        input.shape != output.shape && (IsColumn(input.shape, output.shape) || input.Size == 1) ? 1 : 0;

    /// <summary>The gradient of a broadcast input: the sum over the rows or columns to which it was repeated.</summary>
    public static Tensor SumTo(Graph g, Tensor dx, Tensor x)
    {
        if (dx.shape == x.shape) return dx;
        bool row = IsRow(x.shape, dx.shape), column = IsColumn(x.shape, dx.shape);
        var sum = dx;
        if (column || !row) sum = g.SumColumns(sum);
        if (row || !column) sum = g.SumRows(sum);
        return g.Reshape(sum, x.shape);
    }

    private static bool IsRow(Shape x, Shape of) => x.Rank > 0 && x.Rank <= of.Rank && x[^1] == of[^1] && x.Size == of[^1];

    private static bool IsColumn(Shape x, Shape of) => x.Rank == of.Rank && x[^1] == 1 && x[..^1] == of[..^1];
}
