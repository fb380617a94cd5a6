using KerasPort.Layers;

namespace KerasPort.Graphs;

/// <summary>A function of symbolic tensors: in Keras no layer, but among what a functional model is made of, by a name of its own.</summary>
internal sealed class Operation : Layer
{
    private readonly bool[] _batched;
    private readonly DType _given;

    /// <param name="function">The function.</param>
    /// <param name="arguments">Its tensors: those that are symbolic go in, the others are constants.</param>
    /// <param name="name">The name, or the next free one.</param>
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

    /// <summary>The arguments; <c>null</c> where a symbolic tensor goes in.</summary>
    public Tensor?[] Constants { get; }

    /// <summary>Keras' type of what comes out.</summary>
    internal override DType OutputType { get; }

    /// <summary>Whether it gives several tensors, perhaps one in a list.</summary>
    public bool GivesSeveral { get; private set; }

    internal override DType OutputTypeOf(int output) => Function.GivesOf?[output](_given) ?? OutputType;

    internal override string ClassName => Function.Class;

    /// <summary>Whether the first axis of what comes out is the batch.</summary>
    public bool GivesBatch { get; private set; }

    /// <summary>The same function of other tensors, with the same constants.</summary>
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
