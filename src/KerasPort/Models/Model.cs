using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;

namespace KerasPort.Models;

/// <summary>
/// A network that can be trained: layers in sequence (<see cref="Sequential"/>), as a graph (<c>keras.Model(inputs: x, outputs: y)</c>), or a derived class
/// with its own <c>call</c>. A model is a layer: it can be part of another. The other files of this class each hold one verb: compile, fit, evaluate,
/// predict, summary.
/// </summary>
/// <remarks>
/// A model may be used from several threads. Their calls take turns in order of arrival, and give the same results as one after the other; so do
/// those of models that share layers. Predictions run at the same time, as many as the engine has threads, each in its own memory, with the same
/// bits as alone. Two <c>fit</c> of one model run one after the other as a whole, and changing its layers or compiling it waits for them. All other
/// calls, such as predictions, run between two of their batches: an evaluation or prediction sees the weights of one moment, and weights set then
/// are those that the next batch starts from. Callbacks are called outside of a turn: they may use their model, also from other threads and tasks,
/// and wait for these.
/// </remarks>
/// <example><code>
/// using KerasPort;
/// using KerasPort.Layers;
/// using KerasPort.Models;
///
/// var model = new TwoLayers();
/// print(model.Apply(np.zeros((4, 3))).shape);    // (4, 2)
///
/// class TwoLayers : Model
/// {
///     private readonly Layer first = keras.layers.Dense(8, activation: "relu"), second = keras.layers.Dense(2);
///
///     public override Tensor call(Tensor x, bool training) => second.Apply(first.Apply(x));
/// }
/// </code></example>
public abstract partial class Model : Layer
{
    private CompiledModel? _running;
    private bool _engineIsAhead;
    private int _runs;

    /// <summary>A model with that name, or by default the class' next free one.</summary>
    protected Model(string? name = null) : base(name) { }

    /// <summary>A model of all layers between these symbolic tensors.</summary>
    /// <exception cref="ValueError">An output doesn't depend on the inputs alone, or two layers have the same name.</exception>
    protected Model(Tensors inputs, Tensors outputs, string? name = null) : base(name)
    {
        if (inputs is null or []) throw new ValueError("A model needs `inputs`. Received: None");
        if (outputs is null or []) throw new ValueError("A model needs `outputs`. Received: None");
        Become(LayerGraph.Of(inputs, outputs));
    }

    /// <summary>
    /// The graph of the layers' calls; <c>null</c> before the model is built. For a derived class with its own <c>call</c> it is one call of the model
    /// itself.
    /// </summary>
    internal LayerGraph? Graph { get; private set; }

    /// <summary>The layers. As in Keras, those of a Sequential don't include its input layer, those of other models do.</summary>
    public virtual LayerList layers => HasCallOfItsOwn ? new(base.Inner) : Graph?.Layers ?? LayerList.Empty;

    internal override IReadOnlyList<Layer> Inner => layers;

    /// <summary>The symbolic inputs.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public Tensors inputs => Built("inputs").AllInputs;

    /// <summary>The symbolic outputs.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public Tensors outputs => Built("outputs").AllOutputs;

    /// <summary>The symbolic input; several as one structure: <c>keras.Model(inputs: model.input, …)</c>.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public override Tensor input => Together(Takes, [.. inputs]);

    /// <summary>The symbolic output; several as one structure.</summary>
    /// <exception cref="ValueError">The model isn't built.</exception>
    public override Tensor output => Together(Gives, [.. outputs]);

    private Tensor Together(Arrangement arrangement, Tensor[] tensors) => HasCallOfItsOwn ? Tensor.Of(tensors) : arrangement.Together(tensors);

    internal override Arrangement Takes => HasCallOfItsOwn || Graph is null ? base.Takes : Graph.Takes;

    internal override Arrangement Gives => HasCallOfItsOwn || Graph is null ? base.Gives : Graph.Gives;

    /// <summary>
    /// The place of each input among tensors or arrays that are given to a graph of layers: by name from a dictionary, else one after the other.
    /// </summary>
    /// <exception cref="ValueError">One is missing, or a list was given where only names can tell the order.</exception>
    internal override int[] Take(Arrangement given, int count)
    {
        if (HasCallOfItsOwn || Graph is null || given == Arrangement.Arguments) return base.Take(given, count);
        if (given.Names is { } keys)
            return [.. (Takes.Names ?? Graph.InputNames).Select(key => Array.IndexOf(keys, key) is >= 0 and int at ? at : throw NotStructured(given))];
        return Takes.Listed is null ? [.. Enumerable.Range(0, count)] : throw NotStructured(given);
    }

    private ValueError NotStructured(Arrangement given) => new($"The structure of `inputs` doesn't match the expected structure of model '{name}': "
        + $"a dictionary of {string.Join(", ", Takes.Listed ?? Takes.Names ?? Graph!.InputNames)}. Received: {given}");

    /// <summary>Whether the first data determined the input shape. As in Keras, later data may then differ in length, as far as the layers take it.</summary>
    internal bool IsImplied => HasCallOfItsOwn || (Graph?.Inputs.Any(x => x.Call!.Layer is InputLayer { IsImplied: true }) ?? false);

    /// <summary>The names of the inputs.</summary>
    internal IReadOnlyList<string> input_names => Built("inputs").InputNames;

    /// <summary>The names of the outputs: those of the layers that produce them.</summary>
    public IReadOnlyList<string> output_names => Built("outputs").OutputNames;

    /// <summary>The shape of the input, with the batch first.</summary>
    /// <exception cref="ValueError">The model isn't built, or has several inputs.</exception>
    public new Shape input_shape => Only(Built("input shape").Inputs, "input");

    /// <summary>The shape of the output, with the batch first.</summary>
    /// <exception cref="ValueError">The model isn't built, or has several outputs.</exception>
    public new Shape output_shape => Only(Built("output shape").Outputs, "output");

    /// <summary>The activation of the layer that produces an output.</summary>
    internal Activations.ActivationFunction ActivationOf(int output) => Built("outputs").LayerOf(output).LastActivation;

    internal override Activations.ActivationFunction OutputActivation =>
        Graph is { Outputs: [_] } && !HasCallOfItsOwn ? ActivationOf(0) : base.OutputActivation;

    /// <summary>The layer of that name or index; -1 is the last.</summary>
    /// <exception cref="ValueError">There is no such layer, or not exactly one of name and index is given.</exception>
    public Layer get_layer(string? name = null, int? index = null)
    {
        if (name is not null && index is not null)
            throw new ValueError($"Provide only a layer name or a layer index. Received: index={index}, name={name}.");
        if (index is { } at)
            return at < layers.Count && at >= -layers.Count ? layers[at < 0 ? at + layers.Count : at]
                : throw new ValueError($"Was asked to retrieve layer at index {at} but model only has {layers.Count} layers.");
        if (name is null) throw new ValueError("Provide either a layer name or layer index at `get_layer`.");
        return layers.FirstOrDefault(l => l.name == name)
            ?? throw new ValueError($"No such layer: {name}. Existing layers are: {PythonText.Repr(layers.Select(l => l.name))}.");
    }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => OutputShapes([input_shape]) is [var only] ? only
        : throw new ValueError($"Model '{name}' has several outputs, and so no one shape of them.");

    internal override Shape[] ShapesOf(Shape[] inputs)
    {
        if (HasCallOfItsOwn) return TracedShapes(inputs);
        RequireInputs(inputs.Length);
        return Built("outputs").OutputShapes(inputs);
    }

    internal override Tensor[] Call(Graph g, Tensor[] inputs)
    {
        if (HasCallOfItsOwn) return base.Call(g, inputs);
        RequireInputs(inputs.Length);
        return Built("outputs").Call(g, inputs);
    }

    internal override void CheckInput(Shape[] inputs)
    {
        if (Graph is null || HasCallOfItsOwn) return;
        RequireInputs(inputs.Length);
        foreach (var (i, (given, x)) in inputs.Zip(Graph.Inputs).Index())
        {
            var expected = x.shape;
            if (given.Rank != expected.Rank || !given[1..].Zip(expected[1..]).All(d => d.First is null || d.Second is null || d.First == d.Second))
                throw new ValueError(
                    $"Input {i} with name '{x.name}' of layer '{name}' is incompatible with the layer: expected shape={expected}, found shape={given}");
        }
    }

    internal override void Build(Shape[] inputs)
    {
        CheckInput(inputs);
        if (Graph is not null) return;
        if (HasCallOfItsOwn && !HasBuildOfItsOwn) BuildCall(inputs);
        else if (HasCallOfItsOwn) BuildByItself(inputs);
        else build(inputs[0]);
    }

    /// <summary>Creates the layers' weights for inputs of that shape, with the batch first, which may be open (<c>null</c>).</summary>
    /// <exception cref="ValueError">A layer doesn't take inputs of that shape.</exception>
    public override void build(Shape input_shape)
    {
        if (Graph is null && HasCallOfItsOwn) BuildCall([input_shape]);
    }

    /// <inheritdoc/>
    public override void build(Shapes input_shape)
    {
        if (Graph is null && HasCallOfItsOwn) BuildCall(Taken(input_shape));
        else if (Graph is null) build(input_shape is [var only] ? only
            : throw new ValueError($"Model '{name}' is built for one input. Received: input_shape={input_shape}"));
        else CheckInput([.. input_shape]);
    }

    /// <summary>Builds a derived class with its own <c>call</c> as a graph of one call of the model itself.</summary>
    private void BuildCall(Shape[] inputs)
    {
        using var turn = Turns.Take();
        using var scope = NameScope.In(name);
        Tensor[] x = inputs is [var only] && Takes.Names is null ? [new InputLayer(only[1..], only[0]).output]
            : [.. inputs.Select((shape, i) => new InputLayer(shape[1..], shape[0], null, Takes.Names?[i] ?? $"input_{i}").output)];
        Become(new LayerGraph(x, new LayerCall(this, x, null, TracedShapes(inputs)).Outputs));
        SettleGoals();
    }

    /// <summary>Sets the graph, and joins the turns of its layers.</summary>
    private protected void Become(LayerGraph? graph)
    {
        (Graph, built, _trained) = (graph, graph is not null, null);
        _shapesKnown.Clear();
        // Input layers have no weights and compute nothing, so models needn't wait for each other because of them.
        foreach (var layer in layers)
            if (layer is not InputLayer) Turns.Join(Turns, layer.Turns);
    }

    private LayerGraph Built(string what) => Graph ?? throw new ValueError($"{GetType().Name} model '{name}' has no defined {what} yet.");

    private void RequireInputs(int count)
    {
        int expected = Built("inputs").Inputs.Length;
        if (count != expected) throw new ValueError($"Model '{name}' expects {expected} input(s), but it received {count} input tensors.");
    }

    private Shape Only(Tensor[] tensors, string what) => tensors is [var only] ? only.shape
        : throw new ValueError($"Model '{name}' has {tensors.Length} {what}s: see `{what}s`.");

    /// <summary>The model on its engine, compiled for it when first needed.</summary>
    private CompiledModel Running()
    {
        while (_running is null)
        {
            using var turn = Turns.Take();
            // A layer shared by two models is on an engine with one of them at a time. While this thread waits for it, another may be faster: so check again.
            foreach (var weight in variables) weight.Owner?.Release();
            if (_running is not null || variables.Any(weight => weight.Owner is not null)) continue;
            Start();
        }
        return _running;
    }

    private void Start()
    {
        _trained ??= trainable_variables;
        _running = (engine ?? Engine.Current).Compile(this, optimizer, Goals);
        RestoreSlots(_running);
        var all = variables;
        for (int i = 0; i < all.Count; i++)
        {
            int index = i;
            all[i].Owner = (FetchWeights, () => _running?.SetWeight(index, all[index].Host), Release);
        }
    }

    /// <summary>Runs batches; the model stays on its engine meanwhile.</summary>
    private void Run(Action<CompiledModel> batches)
    {
        using var run = BeginRun();
        batches(run.On);
    }

    /// <summary>Likewise for the work until the result is disposed of.</summary>
    private RunOf BeginRun()
    {
        var computing = t_computing ??= [];
        if (computing.Contains(this))
            throw new ValueError($"Model '{name}' is computing a batch: a layer, loss or metric can't use the model that it is part of.");
        var running = Running();
        // A callback may have moved the model to another engine, although its turn began as a shared one.
        var alone = running.PredictionsAtATime > 1 ? default : Turns.Take();
        try
        {
            running = Running();
        }
        catch
        {
            alone.Dispose();
            throw;
        }
        Interlocked.Increment(ref _runs);
        computing.Add(this);
        return new RunOf(this, running, alone);
    }

    private readonly struct RunOf(Model model, CompiledModel on, Turns.Turn alone) : IDisposable
    {
        public CompiledModel On => on;

        public void Dispose()
        {
            if (on.ChangesItself) model._engineIsAhead = true;
            Interlocked.Decrement(ref model._runs);
            t_computing!.RemoveAt(t_computing.Count - 1);
            model.Turns.Changed();
            alone.Dispose();
        }
    }

    /// <summary>Copies the weights from the engine to the host, if they changed there.</summary>
    private void FetchWeights()
    {
        if (_running is null || !_engineIsAhead) return;
        var all = variables;
        for (int i = 0; i < all.Count; i++) _running.GetWeight(i, all[i].Host);
        _engineIsAhead = false;
    }

    /// <summary>Removes the model from its engine, so that the next use compiles it anew.</summary>
    private protected void Release()
    {
        if (_running is not null) WaitForRuns();
        if (_running is null) return;
        if (_runs > 0)
            throw new ValueError(
                $"Model '{name}' is in the middle of its batches: compile it, change its layers or use them in another model when an epoch has ended.");
        FetchWeights();
        SaveSlots(_running);
        foreach (var weight in variables) weight.Owner = null;
        _running.Dispose();
        _running = null;
    }
}
