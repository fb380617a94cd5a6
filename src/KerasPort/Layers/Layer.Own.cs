using System.Reflection;
using KerasPort.Graphs;

namespace KerasPort.Layers;

// What a class of one's own says over what it derives from: `call`, with as many tensors as it is given, and the shapes that follow.
public abstract partial class Layer
{
    private Arrangement? _takes;
    private MethodInfo? _ownCall, _ownArguments2, _ownArguments3;
    private bool _looked;

    /// <summary>How the first call was given its tensors, which all have to be.</summary>
    internal Arrangement Takes => _takes ?? Arrangement.One;

    /// <summary>How the outputs of its <c>call</c> are arranged; known once it was run.</summary>
    internal Arrangement Gives { get; private set; } = Arrangement.One;

    /// <summary>What a layer or model of one's own computes, written over other layers and functions of tensors.</summary>
    /// <param name="x">
    /// The input: part of a plan that is being made. Several, which <c>Apply</c> or <c>fit</c> was given as a list, a tuple or a dictionary, are taken
    /// apart by <c>var (a, b) = x;</c>, <c>x[0]</c> or <c>x["title"]</c>.
    /// </param>
    /// <param name="training">Whether it is made for training.</param>
    /// <returns>
    /// The output; several as <c>(a, b)</c>, <c>[a, b]</c> or a dictionary. Of a class that derives from one of the library's layers
    /// <c>base.call(x, training)</c> is what that one computes.
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

    /// <summary>The same of a class whose calls have two tensors as arguments, <c>layer.Apply(targets, logits)</c>.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="training">Whether it is made for training.</param>
    public virtual Tensor call(Tensor first, Tensor second, bool training) => throw NoCall(2);

    /// <summary>The same of three.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="third">The third one.</param>
    /// <param name="training">Whether it is made for training.</param>
    public virtual Tensor call(Tensor first, Tensor second, Tensor third, bool training) => throw NoCall(3);

    /// <summary>Makes the weights for inputs of these shapes, batch first, where several go in.</summary>
    /// <exception cref="ValueError">The layer doesn't take them.</exception>
    public virtual void build(Shapes input_shape)
    {
        if (HasBuildOfItsOwn) MakeWeights([.. input_shape]);
        else Build(Taken(input_shape));
    }

    /// <summary>The shapes of the outputs for inputs of these shapes; of a class of one's own found from its <c>call</c> by default.</summary>
    /// <exception cref="ValueError">There is no output for them.</exception>
    public virtual Shapes compute_output_shape(Shapes input_shape)
    {
        var shapes = Taken(input_shape);
        return HasShapesOfItsOwn ? TracedTogether(shapes) : Gives.Together(OutputShapes(shapes));
    }

    /// <summary>Whether a class of the program's own says by a <c>call</c> what it computes.</summary>
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

    /// <summary>Says how the tensors of calls are arranged, the first time; later ones must be so too.</summary>
    /// <returns>The places from which a call arranged so takes its tensors, in the order of the first.</returns>
    /// <exception cref="ValueError">They are arranged otherwise.</exception>
    internal int[] Take(Arrangement given, int count)
    {
        if (!HasCallOfItsOwn) return [.. Enumerable.Range(0, count)];
        _takes ??= given;
        return _takes.PlacesOf(given, count)
            ?? throw new ValueError($"Layer '{name}' ({ClassName}) was first given {_takes}, and takes nothing else. Received: {given}");
    }

    /// <summary>The parameter's place of a <c>call</c> with several tensors; -1 where it has none of that name.</summary>
    internal int ArgumentOf(string parameter) =>
        !HasCallOfItsOwn ? -1 : Array.FindIndex((_ownArguments3 ?? _ownArguments2 ?? _ownCall)!.GetParameters(), one => one.Name == parameter);

    /// <summary>The name of a <c>call</c>'s parameter.</summary>
    internal string ArgumentAt(int place) => (_ownArguments3 ?? _ownArguments2 ?? _ownCall)!.GetParameters()[place].Name!;

    /// <summary>What a call gives: what a class of one's own says, else the layer's own nodes.</summary>
    internal Tensor[] Nodes(Graph g, Tensor[] inputs) => HasCallOfItsOwn ? Said(g, inputs) : Call(g, inputs);

    private Tensor[] Said(Graph g, Tensor[] inputs)
    {
        // Nothing was said, as of a layer that is applied to arrays: then it is what the layer does by itself.
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
        Gives = made.Names is { } names ? Arrangement.ByName(names) : parts is null ? Arrangement.One : Arrangement.List;
        return [.. (parts ?? [made]).Select(g.Lift)];
    }

    /// <summary>The shapes of the outputs for inputs of these shapes, batch first.</summary>
    internal Shape[] OutputShapes(Shape[] inputs)
    {
        if (!HasCallOfItsOwn || this is Models.Model) return ShapesOf(inputs);
        if (HasShapesOfItsOwn)
        {
            var shapes = compute_output_shape(Takes.Together(inputs));
            if (shapes.Names is { } names) Gives = Arrangement.ByName(names);
            else if (shapes.Count > 1) Gives = Arrangement.List;
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

    /// <summary>Whether several inputs go into a class of one's own, which says itself what it does with them.</summary>
    private bool TakesSeveral(int count) => count != 1 && HasCallOfItsOwn
        && new Func<Shape, IEnumerable<Weight>>(Weights).Method.DeclaringType == typeof(Layer);

    /// <summary>Whether a class of one's own makes its weights for the shapes of several inputs.</summary>
    internal bool HasBuildOfShapes => Saving.KnownClasses.IsOwn(new Action<Shapes>(build).Method.DeclaringType!);

    private bool HasShapesOfItsOwn => Saving.KnownClasses.IsOwn(new Func<Shapes, Shapes>(compute_output_shape).Method.DeclaringType!);

    private bool HasNodes => new Func<Graph, Tensor, Tensor>(Call).Method.DeclaringType != typeof(Layer)
        || (this is not Models.Model && new Func<Graph, Tensor[], Tensor[]>(Call).Method.DeclaringType != typeof(Layer));

    private ValueError NoCall(int arguments = 1) => new($"Layer {GetType().Name} does not have a `call()` method implemented"
        + (arguments == 1 ? "." : $" that takes {arguments} tensors: override `call` with so many, or give them in brackets."));

    private protected void BuildByItself(Shape[] inputs)
    {
        if (HasBuildOfShapes && (inputs.Length > 1 || Takes.Kind != Arrangement.Kinds.One)) build(Takes.Together(inputs));
        // As in Keras a `build` of one shape gets that of the first argument.
        else if (inputs.Length == 1 || Takes.Kind == Arrangement.Kinds.Arguments) build(inputs[0]);
        else throw new ValueError($"Layer '{name}' ({ClassName}) takes {Takes}: override `build(Shapes input_shape)`, which gets the shape of each.");
    }
}
