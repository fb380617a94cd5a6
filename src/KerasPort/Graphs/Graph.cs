using KerasPort.Distribution;
using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Regularizers;

namespace KerasPort.Graphs;

/// <summary>
/// The list of nodes of a plan, in the order in which they run. Layers, losses and metrics add to it. It is made once for a number of rows and a mode,
/// then rewritten for the engine, laid out in memory, and run for each batch.
/// </summary>
public sealed partial class Graph
{
    private readonly Func<Variable, DeviceBuffer?> _placeOf;
    private readonly Dictionary<Variable, Tensor> _variables = [];

    /// <param name="training">Whether layers behave as in training; <c>null</c> if it isn't specified.</param>
    /// <param name="trains">Whether gradients of trainable variables will be needed.</param>
    /// <param name="placeOf">Gives a variable's memory; <c>null</c> in a list made only for its shapes.</param>
    internal Graph(bool? training, bool trains, Func<Variable, DeviceBuffer?> placeOf) =>
        (Training, IsTrainingOpen, Trains, _placeOf) = (training ?? false, training is null, trains, placeOf);

    /// <summary>The losses that layers add, one number each.</summary>
    internal List<Tensor> Losses { get; } = [];

    /// <summary>The losses of outputs that a model's <c>compute_loss</c> gave, by output.</summary>
    internal Dictionary<int, Tensor> OutputLosses { get; } = [];

    /// <summary>Callbacks on the host that read values of each batch, such as for metrics that a derived class updates.</summary>
    internal List<(Tensor[] Values, Action<NDArray[]> Tell)> Told { get; } = [];

    /// <summary>Adds the sum of a tensor to the loss that training minimizes and logs show.</summary>
    public void AddLoss(Tensor loss) => Losses.Add(loss.Size == 1 ? loss : SumAll(loss));

    /// <summary>Adds a variable's regularization to the loss; nothing where the variable is frozen.</summary>
    internal void Regularize(Variable variable)
    {
        if (variable is { regularizer: { } regularizer, trainable: true }) AddLoss(regularizer.Call(this, Variable(variable)));
    }

    /// <summary>Adds the regularization of a layer's outputs to the loss, divided by the samples of the batch.</summary>
    /// <returns>The outputs.</returns>
    public Tensor RegularizeOutputs(Tensor outputs, Regularizer? regularizer)
    {
        if (regularizer is not null) AddLoss(Scale(regularizer.Call(this, outputs), 1f / outputs.shape[0]!.Value));
        return outputs;
    }

    /// <summary>Whether layers behave as in training, for those that behave differently then.</summary>
    public bool Training { get; private set; }

    /// <summary>Whether training isn't specified, so that layers follow their own default: when a layer is applied to arrays.</summary>
    internal bool IsTrainingOpen { get; private set; }

    /// <summary>Whether a variable belongs to the model that the list is made for.</summary>
    internal Predicate<Variable> Has { get; init; } = static _ => false;

    /// <summary>Whether the list is made for values that are known, and run once.</summary>
    internal bool IsRunOnce { get; init; }

    /// <summary>Whether <see cref="ExactKernels"/> run the list, in double: nodes then don't round the program's numbers to float.</summary>
    internal bool IsExact { get; init; }

    /// <summary>Whether gradients will be needed.</summary>
    internal bool Trains { get; }

    internal List<Node> Nodes { get; } = [];

    /// <summary>The rows of a batch that the list is made for.</summary>
    internal BatchPart Batch { get; init; }

    /// <summary>The layer whose nodes are being added.</summary>
    internal string? Layer { get; set; }

    /// <summary>The <see cref="Node.When"/> of the nodes that are being added.</summary>
    internal Func<bool>? When { get; set; }

    /// <summary>A layer's variable as a tensor.</summary>
    public Tensor Variable(Variable variable)
    {
        if (_variables.TryGetValue(variable, out var known)) return known;
        var storage = new Storage { Buffer = _placeOf(variable), IsFixed = true };
        return _variables[variable] = new Tensor(this, null, variable.shape, storage) { NeedsGradient = Trains && variable.trainable };
    }

    /// <summary>Uses a tensor as a variable's value from now on.</summary>
    internal void Bind(Variable variable, Tensor value) => _variables[variable] = value;

    /// <summary>Makes a tensor one of this list: values become a constant, a variable is read from its memory.</summary>
    internal Tensor Lift(Tensor x)
    {
        if (x.IsSymbolic) throw new ValueError("A layer that is being computed can't take a symbolic tensor: give it what `call` was given.");
        if (x.IsOfPlan) return x.Graph == this ? x : throw new ValueError("A tensor of another plan can't be used: it is only there while that plan is made.");
        if (x.Number is { } number) return Lift(number);
        return x.Variable is { } variable ? Variable(variable) : Add(new ConstantNode(x.numpy()), x.shape);
    }

    /// <summary>A number as a tensor that keeps the number: many functions take it into their formula, and then no node reads the tensor.</summary>
    internal Tensor Lift(PythonNumber number)
    {
        var node = new ConstantNode(IsExact ? number.Value : number.Array);
        Do(node);
        return node.Output = new Tensor(this, node, new Shape()) { Number = IsExact ? null : number };
    }

    [ThreadStatic]
    private static Graph? t_making;

    [ThreadStatic]
    private static Graph? t_once;

    /// <summary>The list to which a program's own layers add on this thread, if it is for a plan; <c>null</c> while values are computed.</summary>
    internal static Graph? Making => t_making;

    /// <summary>The list to which functions of the layers' own variables add on this thread: <see cref="Making"/>, or one that is run once.</summary>
    internal static Graph? Calling => t_making ?? t_once;

    /// <summary>Sets <see cref="Making"/>, or a list that is run <paramref name="once"/>, until the result is disposed of.</summary>
    internal static MakingScope Make(Graph? g, Graph? once = null)
    {
        var scope = new MakingScope(t_making, t_once);
        (t_making, t_once) = (g, once);
        return scope;
    }

    /// <summary>Restores <see cref="Making"/>.</summary>
    internal readonly struct MakingScope(Graph? making, Graph? once) : IDisposable
    {
        public void Dispose() => (t_making, t_once) = (making, once);
    }

    /// <summary>Sets <see cref="Training"/> until the result is disposed of; <c>null</c> leaves it.</summary>
    internal Mode In(bool? training)
    {
        var before = new Mode(this, Training, IsTrainingOpen);
        if (training is { } said) (Training, IsTrainingOpen) = (said, false);
        return before;
    }

    /// <summary>
    /// Sets <see cref="Training"/> for the call of a layer and for what follows it in the outermost call: as in Keras, where a layer is told whether it trains,
    /// or its default says so while nobody has, layers after it that aren't told take it over.
    /// </summary>
    /// <param name="given">The argument of the call; <c>null</c> if there is none.</param>
    /// <param name="otherwise">The layer's default.</param>
    internal void Enter(bool? given, bool? otherwise)
    {
        if ((given ?? (IsTrainingOpen ? otherwise : null)) is { } said) (Training, IsTrainingOpen) = (said, false);
    }

    /// <summary>Restores <see cref="Training"/>.</summary>
    internal readonly struct Mode(Graph g, bool training, bool isOpen) : IDisposable
    {
        public void Dispose() => (g.Training, g.IsTrainingOpen) = (training, isOpen);
    }

    /// <summary>A tensor that is filled from outside for each batch.</summary>
    internal Tensor Input(Shape shape) => new(this, null, shape, new Storage { IsKept = true });

    /// <summary>A tensor for what a node gives besides its output.</summary>
    internal Tensor New(Shape shape, Node source) => new(this, source, shape);

    /// <summary>Adds a node that gives a tensor of that shape.</summary>
    internal Tensor Add(Node node, Shape shape, Storage? storage = null)
    {
        Do(node);
        return node.Output = new Tensor(this, node, shape, storage);
    }

    /// <summary>Adds a node.</summary>
    internal void Do(Node node)
    {
        (node.Layer, node.When) = (Layer, When);
        Nodes.Add(node);
    }

    /// <summary>The nodes that read a tensor.</summary>
    internal IEnumerable<Node> Readers(Tensor tensor) => Nodes.Where(node => node.Inputs.Contains(tensor));

    /// <summary>Whether exactly one node reads a tensor, and nothing else in the plan or outside needs it.</summary>
    internal bool HasOneReader(Tensor tensor) => !tensor.Storage.IsKept && !tensor.Storage.IsFixed && Readers(tensor).Take(2).Count() == 1;

    /// <summary>The tensors in that memory.</summary>
    internal IEnumerable<Tensor> TensorsAt(Storage storage) =>
        Nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Where(t => t.Storage == storage).Distinct();

    /// <summary>The tensor, moved to that memory: itself if nothing depends on its own, else a copy.</summary>
    internal Tensor At(Storage place, Tensor tensor)
    {
        if (tensor.Source is null or ReshapeNode || tensor.Storage.IsFixed || tensor.Storage.IsKept || TensorsAt(tensor.Storage).Count() > 1)
            return Add(new CopyNode(tensor), tensor.shape, place);
        place.Size = tensor.Size;
        tensor.Storage = place;
        return tensor;
    }

    /// <summary>Removes a node whose output another node gives from now on.</summary>
    internal void Remove(Node node, Node by)
    {
        by.Output = node.Output;
        node.Output.Source = by;
        Nodes.Remove(node);
    }

    /// <summary>Removes nodes whose outputs are never read.</summary>
    internal void Prune()
    {
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            var node = Nodes[i];
            if (!node.HasEffect && !node.Outputs.Any(t => t.Storage.IsKept || t.Storage.IsFixed || Readers(t).Any())) Nodes.RemoveAt(i);
        }
    }

    /// <inheritdoc cref="Gradients(IEnumerable{ValueTuple{Tensor, Tensor}})"/>
    internal Dictionary<Tensor, Tensor> Gradients(Tensor of, Tensor seed) => Gradients([(of, seed)]);

    /// <summary>
    /// Adds nodes for the gradients of Σ of ∘ seed, over all pairs, with respect to every tensor that needs one, backward through the list. Gradients that
    /// reach a tensor from several nodes are added up.
    /// </summary>
    internal Dictionary<Tensor, Tensor> Gradients(IEnumerable<(Tensor Of, Tensor Seed)> pairs)
    {
        var gradients = new Dictionary<Tensor, Tensor>();
        int last = -1;
        foreach (var (of, seed) in pairs)
        {
            gradients[of] = seed;
            last = Math.Max(last, Nodes.IndexOf(of.Source!));
        }
        for (int i = last; i >= 0; i--)
        {
            var node = Nodes[i];
            if (node.Output is null || !node.Output.NeedsGradient || !gradients.TryGetValue(node.Output, out var dy)) continue;
            Layer = node.Layer;
            var made = node.Gradients(this, dy);
            for (int k = 0; k < made.Length; k++)
                if (made[k] is { } dx) gradients[node.Inputs[k]] = gradients.TryGetValue(node.Inputs[k], out var other) ? Add(other, dx) : dx;
        }
        Layer = null;
        return gradients;
    }
}
