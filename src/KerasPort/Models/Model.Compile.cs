using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Training;

namespace KerasPort.Models;

public abstract partial class Model
{
    private bool _trainedAsCompiled, _saysWhatIsOdd;
    private IReadOnlyList<Variable>? _trained;

    /// <summary>
    /// The optimizer given to <see cref="compile(Optimizer, LossList, MetricList?, Engine?, LossWeights?, MetricList?, bool, bool?, bool)"/>; null before.
    /// </summary>
    public Optimizer optimizer { get; private set; } = null!;

    /// <inheritdoc cref="optimizer"/>
    public LossList? loss { get; private set; }

    /// <summary>The metrics given to <c>compile</c>; "accuracy" is resolved to the metric that it stands for once there was data.</summary>
    internal IReadOnlyList<Metric> Measured { get; private set; } = [];

    /// <summary>The means that logs show as losses: that of the total, then, if there are several outputs, each one's by name.</summary>
    internal IReadOnlyList<Mean> LossMeans { get; private set; } = [];

    /// <summary>
    /// The metrics in Keras' order: the mean of the loss, those given to <c>compile</c> as one (<see cref="CompileMetrics"/>), once there was data the means of
    /// several outputs' losses, those in the fields of a derived class and those of layers. Their state is that of the last training, evaluation or step.
    /// </summary>
    public override IReadOnlyList<Metric> metrics => LossMeans.Count == 0 ? [.. OwnMetrics]
        : [LossMeans[0], .. Given.AreGiven ? [new CompileMetrics(Measured)] : (Metric[])[], .. _saysWhatIsOdd ? [] : LogName.AsGiven(Goals, LossMeans.Skip(1)),
            .. OwnMetrics];

    /// <summary>The names of <see cref="metrics"/>, as Keras gives them. A history's keys name the single metrics instead.</summary>
    public IReadOnlyList<string> metrics_names => [.. metrics.Select(metric => metric.name)];

    /// <summary>The other arguments of <c>compile</c>, as files hold them.</summary>
    internal (MetricList Metrics, MetricList Weighted, LossWeights? LossWeights, bool AreGiven) Given { get; private set; } = ([], [], null, false);

    /// <summary>The loss and metrics of each output; empty before the model is compiled.</summary>
    internal IReadOnlyList<Goal> Goals { get; private set; } = [];

    /// <summary>The engine given to <c>compile</c>; <c>null</c> for the current one.</summary>
    public Engine? engine { get; private set; }

    /// <summary>Configures the model for training.</summary>
    /// <param name="optimizer">An optimizer or its name, such as "adam".</param>
    /// <param name="loss">
    /// A loss or its name, such as "sparse_categorical_crossentropy"; several outputs may have one each. <c>null</c> where layers add to the loss, or the
    /// model's class computes it.
    /// </param>
    /// <param name="metrics">The metrics beside the loss, such as "accuracy": one or several; <c>[]</c> removes those given before.</param>
    /// <param name="engine">The engine to run on; <see cref="Engine.Current"/> by default.</param>
    /// <param name="loss_weights">The weight of each output's loss in the total; 1 by default.</param>
    /// <param name="weighted_metrics">Metrics that take sample weights into account.</param>
    /// <param name="run_eagerly">Without effect: a plan is always made, and <c>call</c> can be debugged all the same.</param>
    /// <param name="jit_compile">Without effect, as everything about how steps are run: a plan is always compiled, with the same results.</param>
    /// <param name="auto_scale_loss">Without effect: everything is computed in float32, where Keras doesn't scale the loss either.</param>
    /// <exception cref="ValueError">A name is unknown, or the engine lacks something that the model needs; the model stays as it was.</exception>
    /// <example><code>
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
    /// model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    /// model.compile(
    ///     optimizer: keras.optimizers.SGD(learning_rate: 0.1, momentum: 0.9),
    ///     loss: keras.losses.SparseCategoricalCrossentropy(),
    ///     metrics: [keras.metrics.SparseCategoricalAccuracy()]);
    /// </code></example>
    [OverloadResolutionPriority(1)]     // so that `loss: new() { … }` is a list by output, not a function
    public void compile(Optimizer optimizer, LossList? loss = null, MetricList? metrics = null, Engine? engine = null, LossWeights? loss_weights = null,
        MetricList? weighted_metrics = null, bool run_eagerly = false, bool? jit_compile = null, bool auto_scale_loss = true)
    {
        if (optimizer is null) throw new ValueError("`compile` needs an optimizer, such as \"adam\". Received: optimizer=None");
        if (loss is not null && loss.All(of => of is null)) throw NoLoss();
        // As in Keras, the metrics stay as they were if neither kind is given.
        var given = metrics is null && weighted_metrics is null ? (Given.Metrics, Given.Weighted, LossWeights: loss_weights, Given.AreGiven)
            : (Metrics: metrics ?? [], Weighted: weighted_metrics ?? [], LossWeights: loss_weights, AreGiven: true);
        foreach (var metric in given.Metrics.Concat<Metric>(given.Weighted))
        {
            if (metric.name == "loss") throw new ValueError("A metric named 'loss' would hide the loss in logs: give it another name.");
            if (metric.Results > 1)
                throw new ValueError($"Metric '{metric.name}' gives several numbers, one for each threshold or output, and logs hold one: "
                    + "give it one threshold or an average, or use it by hand.");
        }
        using var turn = Turns.Take();
        WaitForCalls();
        var goals = GoalsOf(loss, given);
        (engine ?? Engine.Current).Check(this, optimizer, goals);
        Release();
        // A call still under way here is the one whose callback compiles the model; it already has means for the present metrics.
        if (_calls > 0 && !LogName.Of(goals).Select(name => name.Name).SequenceEqual(LogName.Of(Goals).Select(name => name.Name)))
            throw new ValueError($"Model '{name}' can't be compiled with other metrics by a callback of its own: compile it when `fit` has returned.");
        (this.optimizer, this.loss, Goals, Given, this.engine) = (optimizer, loss, goals, given, engine);
        (_trained, IsCompiledByFile) = (null, false);
        (Measured, _trainedAsCompiled, _saysWhatIsOdd) = ([.. goals.SelectMany(goal => goal.AllMetrics)], false, true);
        LossMeans = MeansOf(goals);
    }

    private static Mean[] MeansOf(Goal[] goals) =>
        [.. LogName.Of(goals).Where(of => of.Metric is null).Select(of => of.Name).Prepend("loss").Select(name => new Mean(name))];

    /// <summary>Distributes losses and metrics to the outputs of a derived class, whose number is known once it is built.</summary>
    private void SettleGoals()
    {
        if (optimizer is null) return;
        var goals = GoalsOf(loss, Given);
        (Goals, Measured, LossMeans) = (goals, [.. goals.SelectMany(goal => goal.AllMetrics)], MeansOf(goals));
    }

    /// <summary>Configures the model for training with a loss function: from targets and outputs to the loss of each sample.</summary>
    /// <inheritdoc cref="compile(Optimizer, LossList, MetricList?, Engine?, LossWeights?, MetricList?, bool, bool?, bool)"/>
    public void compile(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, MetricList? metrics = null, Engine? engine = null,
        LossWeights? loss_weights = null, MetricList? weighted_metrics = null, bool run_eagerly = false, bool? jit_compile = null,
        bool auto_scale_loss = true) =>
        compile(optimizer, LossFunctions.ByFunction(loss), metrics, engine, loss_weights, weighted_metrics, run_eagerly, jit_compile, auto_scale_loss);

    /// <summary>The outputs' names, by which losses and metrics may be given; for a Sequential that isn't built, the last layer's.</summary>
    internal IReadOnlyList<string> GoalNames => OutputNames ?? (HasNamelessOutputs ? [.. outputs.Select((_, i) => $"output {i}")]
        : [layers.Count == 0 ? name : layers[^1].name]);

    /// <summary>Whether the model has several outputs without names: a derived class whose call gives a list or tuple.</summary>
    private bool HasNamelessOutputs => built && HasCallOfItsOwn && Gives.Names is null && outputs.Count > 1;

    private Goal[] GoalsOf(LossList? loss, (MetricList Metrics, MetricList Weighted, LossWeights? LossWeights, bool) given)
    {
        // The number of outputs of a derived class is known once it is built; until then everything belongs to one output.
        if (HasCallOfItsOwn && !built)
        {
            var (all, weightedOnes) = ((IEnumerable<Metric>)given.Metrics, (IEnumerable<Metric>)given.Weighted);
            return [new Goal(null, loss?.FirstOrDefault(of => of is not null), 1, [.. all], [.. weightedOnes])];
        }
        var outputs = GoalNames;
        bool areNamed = loss is { Names.Count: > 0 } || given.LossWeights is { Names.Count: > 0 } || given.Metrics.ByOutput.Count > 0
            || given.Weighted.ByOutput.Count > 0;
        if (HasNamelessOutputs && areNamed)
            throw new ValueError($"Model '{name}' gives {outputs.Count} outputs that have no names: give losses and metrics in a list, or let `call` give a "
                + "dictionary.");
        // As in Keras, losses by name may leave out outputs; that is refused only when the model is trained or evaluated.
        bool isPart = loss is { Names.Count: > 0 } && loss.Names.Count < outputs.Count && loss.Names.All(outputs.Contains);
        var losses = isPart ? [.. outputs.Select(name => loss!.Names.Contains(name) ? loss[name] : null)]
            : loss?.For(outputs, "loss") ?? [.. outputs.Select(_ => (Loss?)null)];
        if (given.LossWeights is { IsOne: true } && outputs.Count > 1 && loss is { IsOne: false })
            throw new ValueError($"`loss_weights` must match the number of losses, got {outputs.Count} losses and 1 weights.");
        bool areWeighed = isPart && given.LossWeights is { Names.Count: > 0 } some && some.Names.ToHashSet().SetEquals(loss!.Names);
        double[] weights = areWeighed ? [.. outputs.Select(name => given.LossWeights!.Names.Contains(name) ? given.LossWeights[name] : 1.0)]
            : given.LossWeights?.For(outputs, "loss_weights") ?? [.. outputs.Select(_ => 1.0)];
        var (metrics, weighted) = (given.Metrics.For(outputs, "metrics"), given.Weighted.For(outputs, "weighted_metrics"));
        bool areTold = outputs.Count > 1 && !HasNamelessOutputs;
        string[] places = Gives.Names is null || loss is null ? [] : [.. loss.Names];
        return [.. outputs.Select((output, i) => new Goal(areTold ? output : null, losses[i], weights[i], metrics[i], weighted[i])
        {
            LossPlace = Array.IndexOf(places, output),
        })];
    }

    private void RequireCompiled()
    {
        if (optimizer is null) throw new ValueError("You must call `compile()` before using the model.");
    }

    /// <summary>Refuses targets, one array per output, that loss and metrics can't compare with the outputs, and resolves "accuracy" for them.</summary>
    /// <param name="y">The targets.</param>
    /// <param name="outputs">The outputs' shapes, with open dimensions filled in from the inputs.</param>
    private void Settle(NDArray[] y, Shape[] outputs)
    {
        // Where the outputs are a dictionary, Keras leaves out those without a loss.
        if (Gives.Names is null && loss?.Names.Count is > 0 and int named && named < Goals.Count) loss.For(GoalNames, "loss");
        var settled = new List<Metric>();
        for (int i = 0; i < Math.Min(Goals.Count, y.Length); i++)
        {
            var goal = Goals[i];
            Shape target = ((Shape)y[i].shape)[1..].WithBatch(null), output = outputs[i][1..].WithBatch(null);
            goal.Loss?.Check(y[i], outputs[i]);
            foreach (var metric in goal.AllMetrics.Select(metric => metric.For(target, output)))
            {
                metric.Check(target, output);
                settled.Add(metric);
            }
            if (_saysWhatIsOdd && goal.Loss?.Oddity(ActivationOf(i)) is { } odd) Console.Error.WriteLine($"UserWarning: {odd}");
        }
        (Measured, _saysWhatIsOdd) = (settled, false);
    }

    /// <summary>
    /// Builds the optimizer for the weights, as the first batch does; weights of layers changed since then are added only if the model was recompiled.
    /// </summary>
    /// <exception cref="ValueError">It was built with other weights.</exception>
    private void BuildOptimizer()
    {
        FetchWeights();
        var remembered = optimizer!.Build(this, grows: _trainedAsCompiled).ToHashSet();
        if (_running is not null && remembered.Count > 0) RestoreSlots(_running, remembered.Contains);
        _trainedAsCompiled = true;
    }

    /// <summary>Whether a file compiled the model: Keras then builds the optimizer at once, and counts its variables before it has trained.</summary>
    internal bool IsCompiledByFile { get; set; }

    /// <summary>Whether the optimizer has slots for the weights that it trains: it has trained them, or was read from a file with them.</summary>
    internal bool optimizer_is_built => optimizer?.Knows(Trained) == true;

    /// <summary>The weights that the optimizer changes: those that were trainable when the compiled model first ran.</summary>
    internal IReadOnlyList<Variable> Trained => _trained ?? trainable_variables;

    /// <summary>The optimizer's variables, as files hold them.</summary>
    internal IEnumerable<OptimizerVariable> OptimizerVariables(bool isBuilt) => OptimizerVariables(optimizer, isBuilt);

    /// <summary>The variables that an optimizer would have for this model.</summary>
    internal IEnumerable<OptimizerVariable> OptimizerVariables(Optimizer of, bool isBuilt)
    {
        var paths = LayerPaths.Of(this);
        return of.VariablesOf([.. Trained.Select((weight, i) => new NamedWeight(i, weight, paths[weight]))], isBuilt);
    }

    /// <summary>The optimizer's slots, [slot][weight].</summary>
    internal float[][][] ReadSlots()
    {
        if (_running is not null) return SlotsOn(_running);
        var trained = Trained;
        return [.. Enumerable.Range(0, optimizer!.SlotCount).Select(slot => trained.Select(w => optimizer.Recall(w)?[slot] ?? new float[w.size]).ToArray())];
    }

    /// <summary>Sets the optimizer's slots, [slot][weight].</summary>
    internal void WriteSlots(float[][][] slots)
    {
        Remember(slots);
        if (_running is not null) RestoreSlots(_running);
    }

    private void Remember(float[][][] slots)
    {
        foreach (var (i, weight) in Trained.Index()) optimizer!.Remember(weight, [.. slots.Select(slot => slot[i])]);
    }

    private float[][][] SlotsOn(CompiledModel running) =>
        [.. Enumerable.Range(0, optimizer!.SlotCount).Select(slot => TrainedPlaces().Select(place =>
        {
            var values = new float[place.Weight.size];
            running.GetSlot(slot, place.Index, values);
            return values;
        }).ToArray())];

    /// <summary>The weights that the optimizer changes, each with its index among all.</summary>
    private IEnumerable<(Variable Weight, int Index)> TrainedPlaces()
    {
        var places = new Dictionary<Variable, int>();
        foreach (var variable in variables) places.Add(variable, places.Count);
        foreach (var weight in Trained) yield return (weight, places[weight]);
    }

    /// <summary>Saves the slots in the optimizer while the model isn't on an engine, so that it continues with them if it is compiled again.</summary>
    private void SaveSlots(CompiledModel running)
    {
        if (optimizer_is_built) Remember(SlotsOn(running));
    }

    private void RestoreSlots(CompiledModel running, Func<Variable, bool>? which = null)
    {
        foreach (var (weight, index) in TrainedPlaces())
        {
            if (optimizer?.Recall(weight) is not { } slots || which?.Invoke(weight) == false) continue;
            for (int slot = 0; slot < slots.Length; slot++) running.SetSlot(slot, index, slots[slot]);
        }
    }
}
