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

    /// <summary>Whether the second tensor holds places, whose type doesn't count for the result's.</summary>
    public bool Indexed { get; init; }

    /// <summary>What is given by a name beside the tensors; <c>null</c> for nothing.</summary>
    public (string Name, object? Value)? Named { get; init; }

    /// <summary>The types of several tensors that it gives, where they differ.</summary>
    public Func<DType, DType>[]? GivesOf { get; init; }

    /// <summary>How many of the first tensors are only asked for yes or no, and give nothing of theirs.</summary>
    public int Asked { get; init; }

    /// <summary>Whether each element of the result depends on the elements at the same place only.</summary>
    public bool IsByElement { get; init; }

    /// <summary>What type Keras gives for tensors that together are of that type. What flows through a model is floats all the same.</summary>
    public Func<DType, DType> Gives { get; init; } = static type => type;

    /// <summary>What type TensorFlow's function gives, where it isn't what can be told from Keras'.</summary>
    public Func<DType, DType>? InTensorFlow { get; init; }

    /// <summary>
    /// Applies it to tensors of any kind: on a plan's it adds nodes, on values it computes, on symbolic ones it becomes a layer of the model's graph.
    /// Values and variables among symbolic tensors are constants there.
    /// </summary>
    public Tensor Of(params Tensor[] arguments)
    {
        if (arguments.FirstOrDefault(x => x.IsOfPlan) is { } inPlan) return Nodes(inPlan.Graph, Array.ConvertAll(arguments, inPlan.Graph.Lift));
        // Of weights alone: in a `call` they are what they are when the plan runs, and have gradients.
        if (Graph.Making is { } making && Array.Exists(arguments, x => x.Variable is { } weight && making.Has(weight)))
            return Nodes(making, Array.ConvertAll(arguments, making.Lift));
        if (arguments.Any(x => x.IsSymbolic))
        {
            var operation = new Operation(this, arguments);
            var symbolic = operation.Symbolically([.. arguments.Where(x => x.IsSymbolic)]);
            return operation.GivesSeveral ? Tensor.Several(symbolic) : symbolic[0];
        }
        var given = GivenType(arguments);
        return Computed(arguments, given, Gives(given), Array.ConvertAll(GivesOf ?? [], gives => gives(given)));
    }

    /// <summary>Of values by TensorFlow's rules of types, which takes no two of different ones; of others the same.</summary>
    /// <exception cref="TypeError">The values' types differ, or are none that TensorFlow's function takes.</exception>
    public Tensor OfTensorFlow(params Tensor[] arguments)
    {
        if (arguments.Any(x => !x.HasValues || x.Variable is not null)) return Of(arguments);
        var given = TensorFlowTypes.Common(this, arguments);
        var type = TensorFlowTypes.Given(this, given);
        return Computed(TensorFlowTypes.Converted(this, arguments, given), given, type, Array.ConvertAll(GivesOf ?? [], gives => gives(given)));
    }

    /// <summary>Which of the tensors say of what type the result is.</summary>
    internal IEnumerable<Tensor> Counting(IEnumerable<Tensor> arguments) => Indexed ? arguments.Take(1) : arguments.Skip(Asked);

    /// <summary>The type of tensors together.</summary>
    internal DType GivenType(IEnumerable<Tensor> arguments) => DTypes.Joined(Counting(arguments));

    private Tensor Computed(Tensor[] arguments, DType given, DType type, DType[] typesOf)
    {
        if (Owner is Activations.ActivationFunction and not (Activations.Relu or Activations.Relu6) && !given.IsInexact)
            throw new TypeError($"{Class} is of fractions: cast what it is of first, keras.ops.cast(x, \"float32\"). Received: a tensor of {given}");
        bool isOne = true;
        var made = Eager.Run(arguments, training: false, (g, x) =>
        {
            var nodes = Nodes(g, x);
            isOne = nodes.Parts is null;
            return [.. nodes.All];
        }, [], IsByElement && type == DType.float32, DTypes.IsWide(type) || (type == DType.@bool && DTypes.IsWide(given)));
        return isOne ? Tensor.Holding(made[0].numpy(), type)
            : Tensor.Several([.. made.Select((x, i) => Tensor.Holding(x.numpy(), i < typesOf.Length ? typesOf[i] : type))]);
    }

    /// <summary>The same, where whole numbers come out: of values an array of them, else floats as all that flows through a model.</summary>
    public Tensor Whole(DType type, params Tensor[] arguments)
    {
        var made = Of(arguments);
        return made.IsSymbolic || made.IsOfPlan ? made : Tensor.Holding(made.numpy(), type);
    }
}
