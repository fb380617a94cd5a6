namespace KerasPort.Graphs;

/// <summary>A function of tensors as Keras has it: the name of its class, its nodes and its settings.</summary>
/// <param name="Class">Keras' name of the class, as in files; in snake case the default name of its layer in a model.</param>
/// <param name="Nodes">Makes its nodes.</param>
/// <param name="Settings">Its arguments besides tensors, in Keras' order.</param>
internal sealed record Function(string Class, Func<Graph, Tensor[], Tensor> Nodes, params (string Name, object? Value)[] Settings)
{
    /// <summary>The object that has the settings, if they are an object's.</summary>
    public object? Owner { get; init; }

    /// <summary>Whether the tensors are one argument: a list.</summary>
    public bool TakesList { get; init; }

    /// <summary>The indices of a slice, which follow the tensors.</summary>
    public Slice[]? Key { get; init; }

    /// <summary>Which of the arguments of Keras' class the tensors are, where some may be left out; <c>null</c> if they are all of them.</summary>
    public bool[]? Given { get; init; }

    /// <summary>Whether the second tensor holds indices, whose dtype doesn't affect the result's.</summary>
    public bool Indexed { get; init; }

    /// <summary>A keyword argument besides the tensors; <c>null</c> for none.</summary>
    public (string Name, object? Value)? Named { get; init; }

    /// <summary>The dtypes of several outputs from the inputs' common dtype, where they differ.</summary>
    public Func<DType, DType>[]? GivesOf { get; init; }

    /// <summary>The number of first tensors that are conditions, whose dtype doesn't affect the result's.</summary>
    public int Asked { get; init; }

    /// <summary>Whether each element of the result depends only on the inputs' elements at the same index.</summary>
    public bool IsByElement { get; init; }

    /// <summary>The dtype that Keras gives the result, from the inputs' common dtype. In a model the values are float32 all the same.</summary>
    public Func<DType, DType> Gives { get; init; } = static type => type;

    /// <summary>The dtype that TensorFlow's function gives, where it doesn't follow from Keras'.</summary>
    public Func<DType, DType>? InTensorFlow { get; init; }

    /// <summary>
    /// Applies the function to tensors of any kind: adds nodes for those of a plan, computes values, and becomes a layer of the model's graph for symbolic
    /// ones, among which values and variables are constants.
    /// </summary>
    public Tensor Of(params Tensor[] arguments)
    {
        if (arguments.FirstOrDefault(x => x.IsOfPlan) is { } inPlan) return Nodes(inPlan.Graph, Array.ConvertAll(arguments, inPlan.Graph.Lift));
        // Weights alone: within a `call` they become nodes, so that they have their value of when the plan runs, and gradients.
        if (Graph.Calling is { } making && Array.Exists(arguments, x => x.Variable is { } weight && making.Has(weight)))
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

    /// <summary>Applies the function to values by TensorFlow's rules, which don't mix dtypes; to others as <see cref="Of"/>.</summary>
    /// <exception cref="TypeError">The values' dtypes differ, or TensorFlow's function doesn't take them.</exception>
    public Tensor OfTensorFlow(params Tensor[] arguments)
    {
        if (arguments.Any(x => !x.HasValues || x.Variable is not null)) return Of(arguments);
        var given = TensorFlowTypes.Common(this, arguments);
        var type = TensorFlowTypes.Given(this, given);
        return Computed(TensorFlowTypes.Converted(this, arguments, given), given, type, Array.ConvertAll(GivesOf ?? [], gives => gives(given)));
    }

    /// <summary>The tensors whose dtypes determine the result's.</summary>
    internal IEnumerable<Tensor> Counting(IEnumerable<Tensor> arguments) => Indexed ? arguments.Take(1) : arguments.Skip(Asked);

    /// <summary>The common dtype of tensors.</summary>
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

    /// <summary>Likewise for integer results: values become an array of that dtype; in a model they are floats.</summary>
    public Tensor Whole(DType type, params Tensor[] arguments)
    {
        var made = Of(arguments);
        return made.IsSymbolic || made.IsOfPlan ? made : Tensor.Holding(made.numpy(), type);
    }
}
