using System.Reflection;
using KerasPort.Graphs;

namespace KerasPort.Layers;

// The methods that a class of one's own overrides: `call`, with one tensor or several, and the shapes that follow from it.
public abstract partial class Layer
{
    private Arrangement? _takes, _gives;
    private MethodInfo? _ownCall, _ownArguments2, _ownArguments3;
    private bool _looked;

    /// <summary>How the tensors of the first call were arranged; later calls must arrange theirs alike.</summary>
    internal virtual Arrangement Takes => _takes ?? Arrangement.One;

    /// <summary>How the outputs of <c>call</c> are arranged; known after its first run.</summary>
    internal virtual Arrangement Gives => _gives ?? Arrangement.One;

    /// <summary>The computation of a layer or model of one's own, written with other layers and functions of tensors.</summary>
    /// <param name="x">
    /// The input: part of a plan that is being made. If <c>Apply</c> or <c>fit</c> got a list, a tuple or a dictionary, <c>var (a, b) = x;</c>,
    /// <c>x[0]</c> or <c>x["title"]</c> takes the inputs apart.
    /// </param>
    /// <param name="training">Whether the plan is made for training.</param>
    /// <returns>
    /// The output; several as <c>(a, b)</c>, <c>[a, b]</c> or a dictionary. In a class that derives from one of the library's layers
    /// <c>base.call(x, training)</c> gives the output of that layer.
    /// </returns>
    public virtual Tensor call(Tensor x, bool training)
    {
        if (!HasNodes) throw NoCall();
        if (x.Leaves.FirstOrDefault(one => one.IsOfPlan) is not { } inPlan)
            throw new ValueError($"`call` of layer '{name}' ({ClassName}) makes what is computed for a model, and is given part of that: use `Apply`. "
                + $"Received: {x}");
        using var mode = inPlan.Graph.In(training);
        return Tensor.Of(Call(inPlan.Graph, x.All.Select(inPlan.Graph.Lift).ToArray()));
    }

    /// <summary>The same for a class whose calls have two tensors as arguments, <c>layer.Apply(targets, logits)</c>.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="training">Whether the plan is made for training.</param>
    public virtual Tensor call(Tensor first, Tensor second, bool training) => throw NoCall(2);

    /// <summary>The same with three tensors.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="third">The third one.</param>
    /// <param name="training">Whether the plan is made for training.</param>
    public virtual Tensor call(Tensor first, Tensor second, Tensor third, bool training) => throw NoCall(3);

    /// <summary>Makes the weights of a layer with several inputs, whose shapes are given, batch first.</summary>
    /// <exception cref="ValueError">The layer doesn't take these shapes.</exception>
    public virtual void build(Shapes input_shape)
    {
        if (HasBuildOfItsOwn) MakeWeights([.. input_shape]);
        else Build(Taken(input_shape));
    }

    /// <summary>The shapes of the outputs for inputs of these shapes; a class of one's own gets them from its <c>call</c> by default.</summary>
    /// <exception cref="ValueError">There is no output for them.</exception>
    public virtual Shapes compute_output_shape(Shapes input_shape)
    {
        var shapes = Taken(input_shape);
        return HasShapesOfItsOwn ? TracedTogether(shapes) : Gives.Together(OutputShapes(shapes));
    }

    /// <summary>Whether the layer is of a class of one's own that overrides <c>call</c>.</summary>
    internal bool HasCallOfItsOwn
    {
        get
        {
            if (_looked) return _ownCall is not null;
            MethodInfo? Own(MethodInfo method) => Saving.KnownClasses.IsOwn(method.DeclaringType!) ? method : null;
            _ownArguments2 = Own(new Func<Tensor, Tensor, bool, Tensor>(call).Method);
            _ownArguments3 = Own(new Func<Tensor, Tensor, Tensor, bool, Tensor>(call).Method);
            _ownCall = Own(new Func<Tensor, bool, Tensor>(call).Method) ?? _ownArguments2 ?? _ownArguments3;
            _looked = true;
            return _ownCall is not null;
        }
    }

    /// <summary>Records how the tensors of the first call are arranged, and requires the same arrangement of later calls.</summary>
    /// <returns>The place of each tensor in this call, in the order of the first call.</returns>
    /// <exception cref="ValueError">The arrangement differs from that of the first call.</exception>
    internal virtual int[] Take(Arrangement given, int count)
    {
        if (!HasCallOfItsOwn && given == Arrangement.Arguments)
            throw new ValueError($"Layer '{name}' ({ClassName}) takes one argument: give several tensors in brackets. Received: {count} arguments");
        if (!HasCallOfItsOwn) return [.. Enumerable.Range(0, count)];
        _takes ??= given;
        return _takes.PlacesOf(given, count)
            ?? throw new ValueError($"Layer '{name}' ({ClassName}) was first given {_takes}, and takes nothing else. Received: {given}");
    }

    /// <summary>The place of a parameter of that name in a <c>call</c> with several tensors; -1 if there is none.</summary>
    internal int ArgumentOf(string parameter) =>
        !HasCallOfItsOwn ? -1 : Array.FindIndex((_ownArguments3 ?? _ownArguments2 ?? _ownCall)!.GetParameters(), one => one.Name == parameter);

    /// <summary>The name of a <c>call</c>'s parameter.</summary>
    internal string ArgumentAt(int place) => (_ownArguments3 ?? _ownArguments2 ?? _ownCall)!.GetParameters()[place].Name!;

    /// <summary>The outputs of a call: from the <c>call</c> of a class of one's own, else from the layer's nodes.</summary>
    internal Tensor[] Nodes(Graph g, Tensor[] inputs) => HasCallOfItsOwn ? Said(g, inputs) : Call(g, inputs);

    private Tensor[] Said(Graph g, Tensor[] inputs)
    {
        // An argument `training` that isn't given, as when a layer is applied to arrays, is the layer's own default.
        bool training = g.Training || (g.IsTrainingOpen && TrainsByDefault);
        var made = Takes.Kind != Arrangement.Kinds.Arguments ? call(Takes.Together(inputs), training) : inputs switch
        {
            [var first, var second] => call(first, second, training),
            [var first, var second, var third] => call(first, second, third, training),
            _ => throw NoCall(inputs.Length),
        };
        if (made is null) throw new ValueError($"`call` of layer '{name}' ({ClassName}) must give a tensor, or several. Received: None");
        var parts = made.Parts ?? made.ListOf;
        if (parts?.Any(part => part.Parts is not null) == true)
            throw new ValueError($"`call` of layer '{name}' ({ClassName}) gives lists within a list: one list, tuple or dictionary of tensors can be what "
                + "comes out.");
        _gives = made.Names is { } names ? Arrangement.ByName(names) : parts is null ? Arrangement.One : Arrangement.List;
        return [.. (parts ?? [made]).Select(g.Lift)];
    }

    /// <summary>The shapes of the outputs for inputs of these shapes, batch first.</summary>
    internal Shape[] OutputShapes(Shape[] inputs)
    {
        if (!HasCallOfItsOwn || this is Models.Model) return ShapesOf(inputs);
        if (HasShapesOfItsOwn)
        {
            var shapes = compute_output_shape(Takes.Together(inputs));
            if (shapes.Names is { } names) _gives = Arrangement.ByName(names);
            else if (shapes.Count > 1) _gives = Arrangement.List;
            return [.. shapes];
        }
        return IsTraced || inputs.Length > 1 ? TracedShapes(inputs) : ShapesOf(inputs);
    }

    private Shapes TracedTogether(Shape[] inputs)
    {
        var shapes = TracedShapes(inputs);
        return Gives.Together(shapes);
    }

    private protected Shape[] Taken(Shapes shapes)
    {
        Shape[] all = [.. shapes];
        var given = shapes.Names is { } names ? Arrangement.ByName(names) : _takes is { Kind: Arrangement.Kinds.Arguments } ? _takes : Arrangement.List;
        return [.. Take(given, all.Length).Select(place => all[place])];
    }

    /// <summary>Whether several inputs go into a class of one's own, whose <c>call</c> handles them itself.</summary>
    private bool TakesSeveral(int count) => count != 1 && HasCallOfItsOwn
        && new Func<Shape, IEnumerable<Weight>>(Weights).Method.DeclaringType == typeof(Layer);

    /// <summary>Whether a class of one's own overrides the <c>build</c> for several input shapes.</summary>
    internal bool HasBuildOfShapes => Saving.KnownClasses.IsOwn(new Action<Shapes>(build).Method.DeclaringType!);

    private bool HasShapesOfItsOwn => Saving.KnownClasses.IsOwn(new Func<Shapes, Shapes>(compute_output_shape).Method.DeclaringType!);

    private bool HasNodes => new Func<Graph, Tensor, Tensor>(Call).Method.DeclaringType != typeof(Layer)
        || (this is not Models.Model && new Func<Graph, Tensor[], Tensor[]>(Call).Method.DeclaringType != typeof(Layer));

    private ValueError NoCall(int arguments = 1) => new($"Layer {GetType().Name} does not have a `call()` method implemented"
        + (arguments == 1 ? "." : $" that takes {arguments} tensors: override `call` with so many, or give them in brackets."));

    private protected void BuildByItself(Shape[] inputs)
    {
        if (HasBuildOfShapes && (inputs.Length > 1 || Takes.Kind != Arrangement.Kinds.One)) build(Takes.Together(inputs));
        // As in Keras, a `build` with one shape gets the shape of the first argument.
        else if (inputs.Length == 1 || Takes.Kind == Arrangement.Kinds.Arguments) build(inputs[0]);
        else throw new ValueError($"Layer '{name}' ({ClassName}) takes {Takes}: override `build(Shapes input_shape)`, which gets the shape of each.");
    }
}
