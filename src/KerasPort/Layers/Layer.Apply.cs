using System.Collections;
using System.Reflection;
using KerasPort.Graphs;
using KerasPort.Models;

namespace KerasPort.Layers;

public abstract partial class Layer
{
    private readonly List<LayerCall> _calls = [];

    /// <summary>The calls of the layer on symbolic tensors, in their order.</summary>
    internal IReadOnlyList<LayerCall> Calls => _calls;

    /// <summary>The symbolic input of the layer's first call, as in Keras.</summary>
    /// <exception cref="ValueError">The layer was never applied to a symbolic tensor.</exception>
    public virtual Tensor input => Tensor.Of(First("input").Inputs);

    /// <summary>The symbolic output of the layer's first call. A model that ends with it shows what is inside another model.</summary>
    /// <exception cref="ValueError">The layer was never applied to a symbolic tensor.</exception>
    public virtual Tensor output => Tensor.Of(First("output").Outputs);

    /// <summary>
    /// Applies the layer: symbolic tensors extend a model's graph, arrays give values, and tensors of a plan that is being made add nodes to it.
    /// </summary>
    /// <param name="inputs">One tensor or array, or several in brackets.</param>
    /// <param name="training">Whether layers such as Dropout are active; <c>null</c> takes it from the layer told last in the calls around, else no.</param>
    /// <param name="mask">Whether each step counts, for a layer that takes a mask; the input's own mask by default.</param>
    /// <returns>The output. Several outputs of a model are one value, which <c>var (a, b) = …</c> and <c>[0]</c> take apart.</returns>
    /// <exception cref="ValueError">The layer doesn't take such inputs.</exception>
    [OverloadResolutionPriority(1)]
    public Tensor Apply(Tensors inputs, bool? training = null, Tensor? mask = null)
    {
        if (inputs is null || inputs.Count == 0) throw new ValueError($"Layer '{name}' can't be applied to nothing. Received: inputs=None");
        Tensor[] given = [.. inputs];
        if (HasCallOfItsOwn && inputs.IsNested)
            throw new ValueError($"Layer '{name}' ({ClassName}) takes one list, tuple or dictionary of tensors, and no lists within it.");
        given = [.. Take(inputs.Arrangement, given.Length).Select(place => given[place])];
        if (mask is not null && (!TakesMask || given.Length > 1 || inputs.Names is not null || mask.IsSymbolic != given[0].IsSymbolic))
            throw new ValueError($"Layer '{name}' ({ClassName}) takes no mask of its own here: BatchNormalization, Softmax, GlobalAveragePooling1D, "
                + $"TimeDistributed and models take one beside one tensor, symbolic as that is or not. Received: mask={mask}");
        if (inputs.Names is { } names && names.Length == given.Length && ApplyByName(names, given, training) is { } named) return named;
        if (given is [{ Texts: { } texts }] && ApplyToTexts(texts) is { } looked) return looked;
        if (input_spec is { } spec && given is [{ Parts: null } only]) spec.Require(only.shape, only.dtype, name);
        if (given.Any(x => x.IsSymbolic) && given.Any(x => !x.IsSymbolic && !x.IsOfPlan))
            throw new ValueError($"Layer '{name}' can't be applied to symbolic tensors and values at once.");
        var outputs = given.FirstOrDefault(x => x.IsOfPlan) is { } inPlan ? InPlan(inPlan.Graph, given, training, mask)
            : given[0].IsSymbolic ? Symbolically(given, training, mask)
            : ApplyToValues(mask is null ? given : [given[0].WithMask(mask)], training);
        return Gives.Together(outputs);
    }

    /// <summary>The same for a class of one's own whose <c>call</c> has two tensors as arguments.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="training">Whether layers such as Dropout are active; <c>null</c> takes it from the layer told last in the calls around, else no.</param>
    /// <exception cref="ValueError">The layer doesn't take such inputs.</exception>
    public Tensor Apply(Tensor first, Tensor second, bool? training = null) => Apply(Tensors.As(Arrangement.Arguments, first, second), training);

    /// <summary>The same with three tensors.</summary>
    /// <param name="first">The first argument.</param>
    /// <param name="second">The second one.</param>
    /// <param name="third">The third one.</param>
    /// <param name="training">Whether layers such as Dropout are active; <c>null</c> takes it from the layer told last in the calls around, else no.</param>
    /// <exception cref="ValueError">The layer doesn't take such inputs.</exception>
    public Tensor Apply(Tensor first, Tensor second, Tensor third, bool? training = null) =>
        Apply(Tensors.As(Arrangement.Arguments, first, second, third), training);

    /// <summary>Whether the layer works as in training when it is applied to arrays and <c>training</c> isn't given.</summary>
    internal virtual bool TrainsByDefault => Inner.Any(layer => layer.TrainsByDefault);

    /// <summary>The default of the argument <c>training</c> of Keras' layer, which files hold with each call; <c>null</c> if it has no such argument.</summary>
    internal virtual bool? TrainingArgument => null;

    /// <summary>The same, but <c>null</c> for a class of one's own, whose <c>call</c> is always told.</summary>
    internal bool? TrainingDefault => HasCallOfItsOwn ? null : TrainingArgument;

    /// <summary>Whether layers after this one or one in it work as in training where <c>training</c> isn't given.</summary>
    internal bool SaysTraining => TrainingDefault == true || Inner.Any(layer => layer.SaysTraining);

    /// <summary>Whether each element of the output depends on the input's element at the same place only.</summary>
    internal virtual bool IsByElement => false;

    /// <summary>Applies the layer to a dictionary; <c>null</c> for a layer that doesn't look at the names.</summary>
    internal virtual Tensor? ApplyByName(string[] names, Tensor[] given, bool? training) => null;

    /// <summary>Applies the layer to strings; <c>null</c> for a layer that takes none.</summary>
    internal virtual Tensor? ApplyToTexts(Strings texts) => null;

    private protected virtual Tensor[] ApplyToValues(Tensor[] inputs, bool? training) => Eager.Apply(this, inputs, training);

    /// <summary>The output tensors for symbolic inputs.</summary>
    internal Tensor[] Symbolically(Tensor[] inputs, bool? training = null, Tensor? mask = null)
    {
        using var turn = Turns.Take();
        Shape[] shapes = [.. inputs.Select(x => x.shape)];
        RequireAxes(shapes);
        Build(shapes);
        RequireBatchKept(shapes);
        var call = new LayerCall(this, inputs, training, OutputShapes(shapes), mask);
        _calls.Add(call);
        return call.Outputs;
    }

    /// <summary>Refuses a layer that changes the number of samples in a batch: fit, evaluate and predict need one row for each sample.</summary>
    private void RequireBatchKept(Shape[] inputs)
    {
        // The batch dimension is found in the output by this number, which no other dimension has by chance.
        const int rows = 7919;
        if (this is Operation || inputs.Length == 0 || inputs.Any(shape => shape[0] is not null)) return;
        if (OutputShapes([.. inputs.Select(shape => shape[1..].WithBatch(rows))]).All(shape => shape.Rank > 0 && shape[0] == rows)) return;
        throw new ValueError($"Layer '{name}' ({ClassName}) changes the batch, whose samples a model computes each for itself: it must stay the first axis, "
            + $"and as long as it is. Apply such a layer to arrays, outside of a model. Received: input shapes [{string.Join(", ", inputs)}]");
    }

    /// <summary>Refuses a tensor without axes, which only functions take.</summary>
    internal void RequireAxes(Shape[] inputs)
    {
        if (this is not Operation && inputs.Any(shape => shape.Rank == 0))
            throw new ValueError($"Layer '{name}' ({ClassName}) needs inputs that have a batch axis. Received: a tensor of shape ()");
    }

    /// <summary>Forgets a call whose outputs are no longer used.</summary>
    internal void Forget(LayerCall call) => _calls.Remove(call);

    private Tensor[] InPlan(Graph g, Tensor[] inputs, bool? training, Tensor? mask)
    {
        Tensor[] lifted = [.. inputs.Select(g.Lift)];
        if (mask is not null) lifted[0] = g.Masked(lifted[0], g.Lift(mask));
        if (!built) Build([.. lifted.Select(x => x.shape[1..].WithBatch(null))]);
        else CheckInput([.. lifted.Select(x => x.shape)]);
        g.Enter(training, TrainingDefault);
        return CallRegularized(g, lifted);
    }

    /// <summary>The output shapes, found by making the nodes of <see cref="Call(Graph, Tensor[])"/>; an open batch stays open.</summary>
    private protected Shape[] TracedShapes(Shape[] inputs) => TracedShapes(inputs, [.. inputs.Select(_ => true)], out _);

    /// <summary>The same where the first axis of some inputs isn't the batch; also tells which outputs have the batch as their first axis.</summary>
    /// <exception cref="ValueError">A function moves the batch to another axis, or changes its length.</exception>
    private protected Shape[] TracedShapes(Shape[] inputs, bool[] batched, out bool[] givesBatch)
    {
        // The nodes are made for two batch lengths: output dimensions that differ depend on the batch. Two lengths of the open dimensions likewise show what
        // depends on those. These two have many divisors, so that a class of one's own can divide them without a remainder.
        const int one = 11, other = 13, open = 96, further = 192;
        Shape[] Made(int length, int open)
        {
            var g = new Graph(training: false, trains: false, _ => null) { Has = static _ => true };
            using var making = Graph.Make(g);
            Tensor Input(Shape shape, bool isBatched) => g.Input(new Shape([.. shape.Select((d, axis) => isBatched && axis == 0 ? length : d ?? open)]));
            return [.. Nodes(g, [.. inputs.Zip(batched, Input)]).Select(x => x.shape)];
        }
        if (!batched.Contains(true))
        {
            givesBatch = new bool[1];
            return Opened(Made(one, open));
        }
        var batch = inputs.Zip(batched).First(input => input.Second).First[0];
        var (shapes, again) = (Made(one, open), Made(other, open));
        for (int i = 0; i < shapes.Length; i++)
        {
            bool fits = shapes[i].Rank == again[i].Rank;
            for (int axis = 0; fits && axis < shapes[i].Rank; axis++)
                fits = shapes[i][axis] == again[i][axis] || (axis == 0 && shapes[i][0] == one && again[i][0] == other);
            if (!fits && this is Operation)
                throw new ValueError($"'{name}' ({ClassName}) changes the batch, whose samples a model computes each for itself: it must stay the first axis, "
                    + $"and as long as it is. Received: input shapes [{string.Join(", ", inputs)}]");
        }
        givesBatch = [.. shapes.Zip(again, (x, y) => x != y)];
        var opened = Opened(shapes);
        return [.. shapes.Select((x, i) => x.Rank != again[i].Rank || x.Rank != opened[i].Rank ? x : new Shape(
            [.. x.Select((length, axis) => length == again[i][axis] ? opened[i][axis] : axis == 0 && length == one ? batch : null)]))];

        // A dimension that changes with the open lengths is open.
        Shape[] Opened(Shape[] shapes) =>
            !inputs.Zip(batched).Any(input => input.First.Where((d, axis) => d is null && !(input.Second && axis == 0)).Any()) ? shapes
            : [.. shapes.Zip(Made(one, further), (x, y) => x.Rank != y.Rank ? x : new Shape([.. x.Select((d, axis) => d == y[axis] ? d : null)]))];
    }

    private LayerCall First(string what) => _calls.Count > 0 ? _calls[0]
        : throw new ValueError($"The layer {name} has never been called and thus has no defined {what}.");

    /// <summary>The layers in the fields of a class of one's own, by the fields' names in Python: without the decoration that C# adds.</summary>
    internal virtual IEnumerable<(string Name, object Value)> LayersByField()
    {
        var seen = new SortedDictionary<string, object>(StringComparer.Ordinal);
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        for (var type = GetType(); type.Assembly != typeof(Layer).Assembly; type = type.BaseType!)
            foreach (var field in type.GetFields(own))
                if (field.GetValue(this) is { } value)
                    seen[field.Name.Split('<', '>').First(part => part.Length > 0).TrimStart('_')] = value;
        return seen.SelectMany(field => field.Value is Layer ? [(field.Key, field.Value)] : Contained(field.Key, field.Value));
    }

    // The layers of a list, tuple or dictionary, and those of the lists in it, which files call `container`.
    private static IEnumerable<(string Name, object Value)> Contained(string place, object value)
    {
        object?[] entries = [.. EntriesOf(value)];
        Layer[] layers = [.. entries.OfType<Layer>()];
        if (layers.Length > 0) yield return (place, layers);
        foreach (var (i, inner) in entries.Where(IsContainer).Index())
            foreach (var found in Contained(i == 0 ? $"{place}/container" : $"{place}/container_{i}", inner!)) yield return found;
    }

    private static bool IsContainer(object? value) => value is IList or IDictionary or ITuple;

    // What a field holds: the entries of a list or tuple, the values of a dictionary.
    private static IEnumerable<object?> EntriesOf(object? value) => value switch
    {
        string or null => [],
        Array numbers when numbers.GetType().GetElementType()!.IsPrimitive => [],
        IDictionary map => map.Values.Cast<object?>(),
        IEnumerable many => many.Cast<object?>(),
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(i => tuple[i]),
        _ => [],
    };

    // Keras tracks layers that are set as attributes in their order. Here it is the order of the fields, those of base classes first.
    private Layer[] LayersInFields()
    {
        return [.. FieldsOfItsOwn().OfType<Layer>().Distinct()];
    }

    /// <summary>The metrics in the fields of a class of one's own.</summary>
    internal IReadOnlyList<Metrics.Metric> MetricsInFields => _metrics ?? (built ? _metrics = InFields() : InFields());

    private Metrics.Metric[] InFields() => [.. FieldsOfItsOwn().OfType<Metrics.Metric>().Distinct()];

    /// <summary>The layers and metrics in the fields of a class of one's own, also in lists, tuples and dictionaries there; base classes come first.</summary>
    private protected IEnumerable<object> FieldsOfItsOwn()
    {
        var classes = new Stack<Type>();
        for (var type = GetType(); type.Assembly != typeof(Layer).Assembly; type = type.BaseType!) classes.Push(type);
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return classes.SelectMany(type => type.GetFields(own)).SelectMany(field => Held(field.GetValue(this), isEntry: false));

        static IEnumerable<object> Held(object? value, bool isEntry) => value is Layer or Metrics.Metric ? [value]
            : isEntry && !IsContainer(value) ? [] : EntriesOf(value).SelectMany(entry => Held(entry, isEntry: true));
    }

    private Layer[] JoinedLayersInFields()
    {
        _fields = LayersInFields();
        foreach (var layer in _fields) Turns.Join(Turns, layer.Turns);
        return _fields;
    }
}
