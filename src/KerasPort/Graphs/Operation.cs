using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>A function of symbolic tensors: no layer in Keras, but a node of a functional model with a name of its own.</summary>
internal sealed class Operation : Layer
{
    private readonly bool[] _batched;
    private readonly DType _given;

    /// <param name="function">The function.</param>
    /// <param name="arguments">Its tensors: the symbolic ones are inputs, the others constants.</param>
    /// <param name="name">The name, or by default the next free one.</param>
    public Operation(Function function, Tensor[] arguments, string? name = null) : base(name ?? Names.Unique(Names.SnakeCase(function.Class)))
    {
        (Function, Constants) = (function, Array.ConvertAll(arguments, x => x.IsSymbolic ? null : x));
        _batched = [.. arguments.Where(x => x.IsSymbolic).Select(x => x.IsBatched)];
        _given = function.GivenType(arguments);
        OutputType = function.Gives(_given);
    }

    private Operation(Operation other) : base(other.name) =>
        (Function, Constants, _batched, _given, OutputType) = (other.Function, other.Constants, other._batched, other._given, other.OutputType);

    public Function Function { get; }

    /// <summary>The arguments; <c>null</c> for those that are inputs.</summary>
    public Tensor?[] Constants { get; }

    /// <summary>The dtype that Keras gives the output.</summary>
    internal override DType OutputType { get; }

    /// <summary>Whether the output is several tensors, or a list of one.</summary>
    public bool GivesSeveral { get; private set; }

    internal override DType OutputTypeOf(int output) => Function.GivesOf?[output](_given) ?? OutputType;

    internal override string ClassName => Function.Class;

    /// <summary>Whether the first axis of the output is the batch.</summary>
    public bool GivesBatch { get; private set; }

    /// <summary>The same function with the same constants, for other inputs.</summary>
    public Operation Again() => new(this);

    internal override Shape[] ShapesOf(Shape[] inputs)
    {
        var shapes = TracedShapes(inputs, _batched, out bool[] givesBatch);
        GivesBatch = givesBatch[0];
        return shapes;
    }

    internal override void CheckInput(Shape[] inputs) { }

    internal override IEnumerable<Weight> Weights(Shape[] inputs) => [];

    internal override Tensor[] Call(Graph g, Tensor[] inputs)
    {
        int next = 0;
        var made = Function.Nodes(g, Array.ConvertAll(Constants, constant => constant is null ? inputs[next++] : g.Lift(constant)));
        GivesSeveral = made.Parts is not null;
        return [.. made.All];
    }
}
