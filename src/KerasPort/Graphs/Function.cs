namespace KerasPort.Graphs;

/// <summary>A function of tensors, as Keras has it: what its class is called there, the nodes that it is, and its settings.</summary>
/// <param name="Class">Keras' name of the class, which files hold; in its other spelling the name of the layer that it is in a model.</param>
/// <param name="Nodes">Its nodes.</param>
/// <param name="Settings">What it takes beside tensors, in Keras' order.</param>
internal sealed record Function(string Class, Func<Graph, Tensor[], Tensor> Nodes, params (string Name, object? Value)[] Settings)
{
    /// <summary>Where the settings are those of an object: that object.</summary>
    public object? Owner { get; init; }

    /// <summary>Whether the tensors are one argument, a list.</summary>
    public bool TakesList { get; init; }

    /// <summary>What stands behind the tensors: the indices of a part.</summary>
    public Slice[]? Key { get; init; }

    /// <summary>Whether the second tensor is one of places, which give nothing of theirs.</summary>
    public bool Indexed { get; init; }

    /// <summary>What is given by a name beside the tensors; <c>null</c> for nothing.</summary>
    public (string Name, object? Value)? Named { get; init; }

    /// <summary>The types of several tensors that it gives, where they differ.</summary>
    public Func<DType, DType>[]? GivesOf { get; init; }

    /// <summary>How many of the first tensors are only asked for yes or no, and give nothing of theirs.</summary>
    public int Asked { get; init; }

    /// <summary>Whether each element of what comes out is of the elements at the same place.</summary>
    public bool IsByElement { get; init; }

    /// <summary>What type Keras gives for tensors that together are of that type. Everything is computed as floats all the same.</summary>
    public Func<DType, DType> Gives { get; init; } = static type => type;

    /// <summary>
    /// Applies it to tensors of any kind: on a plan's it adds nodes, on values it computes, on symbolic ones it becomes a layer of the model's graph.
    /// Values and variables among symbolic tensors are constants there.
    /// </summary>
    public Tensor Of(params Tensor[] arguments)
    {
        if (arguments.FirstOrDefault(x => x.IsOfPlan) is { } inPlan) return Nodes(inPlan.Graph, Array.ConvertAll(arguments, inPlan.Graph.Lift));
        if (arguments.Any(x => x.IsSymbolic))
        {
            var operation = new Operation(this, arguments);
            var symbolic = operation.Symbolically([.. arguments.Where(x => x.IsSymbolic)]);
            return operation.GivesSeveral ? Tensor.Several(symbolic) : symbolic[0];
        }
        bool isOne = true;
        var made = Eager.Run(arguments, training: false, (g, x) =>
        {
            var nodes = Nodes(g, x);
            isOne = nodes.Parts is null;
            return [.. nodes.All];
        }, [], IsByElement);
        if (isOne) return made[0];
        return Tensor.Several([.. made.Select((x, i) => GivesOf?[i](DType.float32) is { } type && type != DType.float32 ? x.numpy().astype(type) : x)]);
    }

    /// <summary>The same, where whole numbers come out: of values an array of them, else floats as all that flows through a model.</summary>
    public Tensor Whole(DType type, params Tensor[] arguments)
    {
        var made = Of(arguments);
        return made.IsSymbolic || made.IsOfPlan ? made : made.numpy().astype(type);
    }
}
