using System.Text.Json.Nodes;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Models;
using KerasPort.Random;
using KerasPort.Regularizers;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// A layer: its configuration, its shapes, its weights, and what it computes. Models are layers too.
/// Shapes start with the batch dimension, as in Keras. A layer with several inputs takes an array of shapes or tensors where others take one.
/// </summary>
[OnlySetting("trainable", true), OnlySetting("dtype", OnlySettingAttribute.Float32, IsJson = true)]
public abstract partial class Layer
{
    private readonly List<Variable> _weights = [], _made = [];
    private readonly Turns _turns = new();
    private Layer[]? _fields;
    private Metrics.Metric[]? _metrics;
    private bool _trainable = true, _isBuilding, _hasBuiltItself, _addsLosses;

    /// <summary>A layer.</summary>
    /// <param name="name">The layer's name; by default the next free one of its class.</param>
    /// <param name="input_shape">The shape of a sample, without the batch, for a model's first layer: the model can then be built at once.</param>
    protected Layer(string? name = null, Shape? input_shape = null)
    {
        this.name = Named(name) ?? Names.Unique(GetType());
        InputShape = input_shape;
    }

    /// <summary>The turns that the layer shares with its models and its inner layers, which are found before anyone takes a turn.</summary>
    internal Turns Turns
    {
        get
        {
            _ = Inner;
            return _turns;
        }
    }

    /// <summary>The name, unique in a model.</summary>
    public string name { get; private set; }

    /// <summary>Sets the name from a file, since the constructor of a class of one's own may take none.</summary>
    /// <exception cref="ValueError">The name isn't allowed.</exception>
    internal void Rename(string name) => this.name = Named(name)!;

    private static string? Named(string? name) => name?.Contains('/') != true ? name
        : throw new ValueError($"Argument `name` must be a string and cannot contain character `/`. Received: name={name} (of type <class 'str'>)");

    /// <summary>The class' name in Keras.</summary>
    internal virtual string ClassName => GetType().Name;

    /// <summary>The outputs' type as Keras reports it; the values themselves are float32.</summary>
    internal virtual DType OutputType => DType.float32;

    /// <summary>The same for one of several outputs.</summary>
    internal virtual DType OutputTypeOf(int output) => OutputType;

    /// <summary>Whether the weights exist.</summary>
    public bool built { get; private protected set; }

    /// <summary>The weights in Keras' order: the layer's own, trainable ones first, then those of the layers in it.</summary>
    public IReadOnlyList<Variable> variables => Inner.Count == 0 ? _weights : [.. _weights.Concat(Inner.SelectMany(layer => layer.variables)).Distinct()];

    /// <summary>The layer's own weights, without those of the layers in it, which files hold apart.</summary>
    internal IReadOnlyList<Variable> OwnVariables => _weights;

    /// <summary>The weights that training changes.</summary>
    public IReadOnlyList<Variable> trainable_variables => trainable ? [.. variables.Where(v => v.trainable)] : [];

    /// <inheritdoc cref="trainable_variables"/>
    public IReadOnlyList<Variable> trainable_weights => trainable_variables;

    /// <summary>The weights that the optimizer leaves alone: those of a frozen layer, or a moving mean.</summary>
    public IReadOnlyList<Variable> non_trainable_variables => trainable ? [.. variables.Where(v => !v.trainable)] : variables;

    /// <inheritdoc cref="non_trainable_variables"/>
    public IReadOnlyList<Variable> non_trainable_weights => non_trainable_variables;

    /// <summary>Whether training changes the layer and the layers in it. As in Keras, a compiled model must be compiled again to take notice.</summary>
    public bool trainable
    {
        get => _trainable;
        set
        {
            using var turn = Turns.Take();
            SetOwnTrainable(value);
            foreach (var layer in Inner) layer.trainable = value;
        }
    }

    /// <summary>
    /// What is added to the loss for the outputs; nothing by default. If the constructor doesn't take it, an initializer sets it,
    /// <c>new Flatten { activity_regularizer = "l2" }</c>, before the model is compiled.
    /// </summary>
    public virtual Regularizer? activity_regularizer { get; set; }

    /// <summary>Sets <see cref="trainable"/> of this layer alone, without the layers in it.</summary>
    internal void SetOwnTrainable(bool value)
    {
        _trainable = value;
        foreach (var weight in _weights) weight.trainable = value && weight.IsLearned;
    }

    /// <summary>
    /// The metrics in the fields of a class of one's own, then those of the layers in it. A model whose layers update metrics in <c>call</c> shows them beside
    /// the loss in trainings and evaluations; its predictions don't update them.
    /// </summary>
    public virtual IReadOnlyList<Metrics.Metric> metrics => [.. MetricsInFields, .. Inner.SelectMany(layer => layer.metrics)];

    /// <summary>The inner layers: the layers of a model, or those in the fields of a class of one's own.</summary>
    internal virtual IReadOnlyList<Layer> Inner => GetType().Assembly == typeof(Layer).Assembly ? [] : _fields ??= JoinedLayersInFields();

    /// <summary>The input's shape, batch first; <c>null</c> before the layer is built.</summary>
    public Shape? input_shape { get; private set; }

    /// <summary>The shape of the (first) output, batch first; <c>null</c> before the layer is built.</summary>
    public Shape? output_shape { get; private set; }

    /// <summary>The shapes of all inputs that the layer was first built for; <c>null</c> before.</summary>
    internal Shape[]? BuiltInputs { get; set; }

    /// <summary>The shapes of all outputs; <c>null</c> before the layer is built.</summary>
    internal Shape[]? BuiltOutputs { get; private set; }

    internal Shape? InputShape { get; }

    /// <summary>The inputs that a class of one's own accepts; others are refused. <c>null</c> accepts all.</summary>
    public InputSpec? input_spec { get; set; }

    /// <summary>Refuses an input shape, batch first, that Keras' <c>input_spec</c> refuses, before weights are made or used.</summary>
    /// <exception cref="ValueError">The layer doesn't take that shape.</exception>
    protected internal virtual void CheckInput(Shape input_shape) { }

    /// <summary>The same for several inputs.</summary>
    internal virtual void CheckInput(Shape[] inputs)
    {
        if (input_spec is null && TakesSeveral(inputs.Length)) return;
        input_spec?.Require(One(inputs), null, name);
        CheckInput(One(inputs));
    }

    /// <summary>The shape of the output for an input of that shape, batch first. Dimensions that depend on an open one (<c>null</c>) are open.</summary>
    /// <exception cref="ValueError">There is no output for that shape.</exception>
    [OverloadResolutionPriority(1)]
    public virtual Shape compute_output_shape(Shape input_shape) => TracedShapes([input_shape])[0];

    /// <summary>The same for several inputs and all outputs.</summary>
    internal virtual Shape[] ShapesOf(Shape[] inputs) => [compute_output_shape(One(inputs))];

    /// <summary>Makes the weights for inputs of that shape, batch first. Weights that fit are kept.</summary>
    /// <exception cref="ValueError">The layer doesn't take that shape.</exception>
    [OverloadResolutionPriority(1)]
    public virtual void build(Shape input_shape)
    {
        // The class of one's own has called base.build.
        if (HasBuildOfItsOwn) MakeWeights([input_shape]);
        else Build([input_shape]);
    }

    /// <summary>The same for several inputs.</summary>
    internal virtual void Build(Shape[] inputs)
    {
        using var turn = Turns.Take();
        using var scope = NameScope.In(name);
        using var values = Graph.Make(null);
        CheckInput(inputs);
        // The constructor of a class of one's own may have made weights already, so that they don't tell whether its `build` was called.
        bool makes = !built && !_hasBuiltItself;
        if (makes && !_isBuilding && HasBuildOfItsOwn)
        {
            _isBuilding = true;
            try
            {
                BuildByItself(inputs);
                _hasBuiltItself = true;
            }
            finally
            {
                _isBuilding = false;
            }
        }
        else if (makes) MakeWeights(inputs);
        BuiltInputs ??= inputs;
        BuiltOutputs = OutputShapes(inputs);
        (input_shape, output_shape, built) = (inputs[0], BuiltOutputs[0], true);
        // A class of one's own may have made some of its layers only now.
        if (makes && _fields is not null) _fields = LayersInFields();
    }

    /// <summary>Makes the weights of the library's class, from which a class of one's own may derive.</summary>
    private void MakeWeights(Shape[] inputs)
    {
        if (_made.Count > 0) return;
        foreach (var (inner, shapes) in Within(inputs)) inner.Build(shapes);
        if (!IsTraced) OutputShapes(inputs);
        foreach (var weight in Weights(inputs)) _made.Add(Add(weight));
        if (!_isBuilding && HasBuildOfItsOwn) built = true;
    }

    /// <summary>A weight of the library's class by its place, not counting weights that a derived class adds.</summary>
    /// <exception cref="ValueError">A class of one's own hasn't made it.</exception>
    private protected Variable WeightAt(Index index) => index.GetOffset(_made.Count) is >= 0 and int at && at < _made.Count ? _made[at]
        : throw new ValueError($"Layer '{name}' ({ClassName}) has no weights to compute with: its `build` must call `base.build(input_shape)`.");

    /// <summary>The inner layers that are built with this one, such as that of a wrapper, each with its input shapes once those before it are built.</summary>
    internal virtual IEnumerable<(Layer Layer, Shape[] Inputs)> Within(Shape[] inputs) => [];

    /// <summary>Makes a weight, in the <see cref="build(Shape)"/> of a class of one's own.</summary>
    /// <param name="shape">Its dimensions; a single number by default.</param>
    /// <param name="initializer">Its first values; Glorot uniform by default.</param>
    /// <param name="dtype">Its type: "float32", or "int64" for a counter, which begins as zeros.</param>
    /// <param name="trainable">Whether gradients change it.</param>
    /// <param name="regularizer">The regularizer, whose penalty is added to the loss; none by default.</param>
    /// <param name="constraint">The constraint that is applied after each step; none by default.</param>
    /// <param name="name">Its name in the layer.</param>
    /// <exception cref="ValueError">A dimension is open, or the type isn't supported.</exception>
    public Variable add_weight(Shape? shape = null, Initializer? initializer = null, DType? dtype = null, bool trainable = true,
        Regularizer? regularizer = null, Constraint? constraint = null, string? name = null)
    {
        bool isWhole = dtype == DType.int64;
        if (!isWhole && dtype is { } type && type != DType.float32)
            throw new ValueError($"A weight is of float32, or of int64 to count with: everything is computed in float32. Received: dtype={type}");
        int[] dimensions = [.. (shape ?? new Shape()).Select(
            d => d ?? throw new ValueError($"Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: shape={shape}"))];
        return Add(new Weight(name ?? "variable", dimensions, initializer ?? (isWhole ? new Zeros() : null), trainable, constraint, isWhole, regularizer));
    }

    private Variable Add(Weight weight)
    {
        // Not `Turns`, which looks for the inner layers: a constructor may make weights before it makes layers.
        var variable = new Variable(weight, _turns, _trainable);
        // Trainable weights come first, as in Keras.
        _weights.Insert(weight.Trainable ? _weights.FindLastIndex(other => other.IsLearned) + 1 : _weights.Count, variable);
        return variable;
    }

    /// <summary>Lists a weight of an inner layer among the layer's own too, in front of the others.</summary>
    private protected void Share(Variable variable)
    {
        if (!_weights.Contains(variable)) _weights.Insert(0, variable);
    }

    private protected bool HasBuildOfItsOwn => Saving.KnownClasses.IsOwn(new Action<Shape>(build).Method.DeclaringType!) || HasBuildOfShapes;

    /// <summary>
    /// Whether the output's shape is found by making the nodes, which needs the weights: if no class computes the shape, or if only the library's class
    /// does and a class of one's own overrides its <c>call</c>.
    /// </summary>
    internal bool IsTraced => new Func<Shape, Shape>(compute_output_shape).Method.DeclaringType is var said
        && (said == typeof(Layer) || (HasCallOfItsOwn && !Saving.KnownClasses.IsOwn(said!)));

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"<{GetType().Name} name={name}, built={PythonText.Repr(built)}>";

    /// <summary>The number of weights.</summary>
    /// <exception cref="ValueError">The layer isn't built.</exception>
    public int count_params()
    {
        using var turn = Turns.Take();
        return built || _weights.Count > 0 ? variables.Sum(w => w.size) : throw NotBuilt(name);
    }

    /// <summary>The weights' values, in Keras' order.</summary>
    public NDArray[] get_weights()
    {
        using var turn = Turns.Take();
        return [.. variables.Select(w => w.numpy())];
    }

    /// <summary>Sets all weights, in Keras' order.</summary>
    /// <exception cref="ValueError">The number or a shape differs.</exception>
    public void set_weights(IReadOnlyList<NDArray> weights)
    {
        using var turn = Turns.Take();
        Variable.AssignAll(name, variables, weights);
    }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same layer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The layer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration doesn't describe such a layer.</exception>
    public static T from_config<T>(JsonObject config) where T : Layer => ObjectConfig.Create<T>(config);

    /// <summary>The shape that the layer was built for, as <see cref="build_from_config"/> takes it; <c>null</c> before the layer is built.</summary>
    public JsonObject? get_build_config() => BuildConfig.Of(this);

    /// <summary>Builds the layer for the shape that <see cref="get_build_config"/> wrote down.</summary>
    /// <exception cref="ModelFormatException">The configuration holds no such shape.</exception>
    /// <exception cref="ValueError">The layer doesn't take that shape.</exception>
    public void build_from_config(JsonObject config) =>
        Build(BuildConfig.Read(this, JsonText.Element(config), "config")
            ?? throw new ModelFormatException("config", $"expected 'input_shape', a shape or several, found {JsonText.Element(config)}"));

    /// <summary>Refused: everything is computed in float32.</summary>
    /// <exception cref="ValueError">Always.</exception>
    public void quantize(string mode) => throw new ValueError($"Layer '{name}' can't be quantized: everything is computed in float32 here. "
        + $"Received: mode={mode}");

    /// <summary>The weights of the layer for inputs of that shape, in Keras' order; none unless overridden.</summary>
    protected internal virtual IEnumerable<Weight> Weights(Shape input_shape) => [];

    /// <summary>The same for several inputs.</summary>
    internal virtual IEnumerable<Weight> Weights(Shape[] inputs) => TakesSeveral(inputs.Length) ? [] : Weights(One(inputs));

    /// <summary>The random state of a layer that draws random numbers; else <c>null</c>.</summary>
    internal virtual SeedGenerator? SeedGenerator => null;

    /// <summary>Names the random states of the layer and of the layers in it.</summary>
    internal void KeepRandomStates(TrainingState state)
    {
        if (SeedGenerator is { } own) own.Keep(state);
        foreach (var (i, layer) in Inner.Index()) state.Within($"{i}", layer.KeepRandomStates);
    }

    /// <summary>The window that each output pixel reads, for inputs of this shape, batch first; <c>null</c> for a layer without windows.</summary>
    internal virtual Window2D? WindowOver(Shape input_shape) => null;

    /// <summary>The activation that the layer ends with.</summary>
    internal virtual Activations.ActivationFunction OutputActivation { get; } = new Activations.Linear();

    /// <summary>The same, but linear for a class of one's own, whose <c>call</c> may end with anything.</summary>
    internal Activations.ActivationFunction LastActivation => HasCallOfItsOwn ? new Activations.Linear() : OutputActivation;

    /// <summary>The output for x, as nodes over the layer's variables. The gradient follows from the nodes.</summary>
    protected internal virtual Tensor Call(Graph g, Tensor x) => HasCallOfItsOwn ? call(x, g.Training) : throw NoCall();

    /// <summary>The same for several inputs and all outputs.</summary>
    internal virtual Tensor[] Call(Graph g, Tensor[] inputs) => [Call(g, One(inputs))];

    /// <summary>The outputs of a call in a model, after their activity regularization was added to the loss.</summary>
    internal Tensor[] CallRegularized(Graph g, Tensor[] inputs)
    {
        var outputs = CallMasked(g, inputs);
        foreach (var output in outputs) g.RegularizeOutputs(output, activity_regularizer);
        return outputs;
    }

    /// <summary>
    /// Adds the sum of a tensor to the loss, in the <c>call</c> of a class of one's own. It comes on top of the loss of <c>compile</c>, in evaluation too.
    /// </summary>
    /// <exception cref="ValueError">The tensor isn't computed in that call.</exception>
    public void add_loss(Tensor loss)
    {
        if (loss is not { IsOfPlan: true })
            throw new ValueError($"`add_loss()` can only be called from inside `build()` or `call()`, on a tensor input. Received invalid value: {loss}");
        loss.Graph.AddLoss(loss);
        _addsLosses = true;
    }

    /// <summary>
    /// What the layer and the layers in it add to a loss: by <see cref="add_loss"/> and activity regularizers when it was last applied to arrays, and by
    /// the regularizers of its weights as they are now. While a model computes a batch's loss: what was added to that loss so far.
    /// </summary>
    public Tensors losses => Graph.Making is { } g ? [.. g.Losses]
        : [.. AddedLosses, .. trainable_variables.Where(w => w.regularizer is not null).Select(w => w.regularizer!.Apply(w))];

    /// <summary>Whether calls add to the loss, as seen when <c>call</c> ran while the layer was built.</summary>
    internal bool AddsLosses => _addsLosses || activity_regularizer is not null || this is ActivityRegularization || Inner.Any(layer => layer.AddsLosses);

    /// <summary>The losses that were added when the layer was last applied to arrays.</summary>
    internal IReadOnlyList<Tensor> AddedLosses { get; set; } = [];

    /// <summary>The one input.</summary>
    private T One<T>(T[] inputs) => inputs is [var only] ? only
        : throw new ValueError($"Layer \"{name}\" expects 1 input(s), but it received {inputs.Length} input tensors.");

    internal static ValueError NotBuilt(string name) => new(
        $"You tried to call `count_params` on layer '{name}', but the layer isn't built. You can build it manually via: `layer.build(input_shape)`.");

    /// <summary>Refuses an input of another rank, in Keras' words.</summary>
    protected void RequireRank(Shape input, int rank, bool atLeast = false)
    {
        if (atLeast ? input.Rank >= rank : input.Rank == rank) return;
        throw new ValueError(
            $"Input 0 with name 'None' of layer '{name}' is incompatible with the layer: expected {(atLeast ? "min_ndim" : "ndim")}={rank}, found "
                + $"ndim={input.Rank}. Full shape received: {input}");
    }

    /// <summary>The length of an input's last axis, on which the shapes of weights depend.</summary>
    /// <exception cref="ValueError">It is open.</exception>
    protected int LastAxis(Shape input) => input[^1] is { } size and > 0 ? size
        : throw new ValueError(
            $"The last axis of what goes into layer '{name}' decides the shape of its weights and must be a number of 1 or more. Received: "
                + $"input_shape={input}");

    /// <summary>Refuses an input whose last axis isn't what the weights were built for, in Keras' words.</summary>
    protected void RequireLastAxis(Shape input, int expected) => RequireAxis(input, -1, expected);

    private protected void RequireAxis(Shape input, int axis, int expected)
    {
        if (input[axis] is not { } size || size == expected) return;
        throw new ValueError($"Input 0 with name 'None' of layer '{name}' is incompatible with the layer: expected axis {axis} of input shape to have value "
            + $"{expected}, but received input with shape {input}");
    }
}
