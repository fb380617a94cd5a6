using System.Runtime.CompilerServices;
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
    /// What <see cref="compile(Optimizer, LossList, MetricList?, Engine?, LossWeights?, MetricList?, bool, bool?, bool)"/> was given; null before.
    /// </summary>
    public Optimizer optimizer { get; private set; } = null!;

    /// <inheritdoc cref="optimizer"/>
    public LossList? loss { get; private set; }

    /// <summary>The metrics that <c>compile</c> was given; "accuracy" as the metric that it means, once there was data to tell.</summary>
    internal IReadOnlyList<Metric> Measured { get; private set; } = [];

    /// <summary>The means that logs show as losses: the whole one, and of several outputs each one's, by its name.</summary>
    internal IReadOnlyList<Mean> LossMeans { get; private set; } = [];

    /// <summary>
    /// As Keras lists them: the mean of the loss, what <c>compile</c> was given as one (<see cref="CompileMetrics"/>), and once there was data the
    /// means of several outputs' losses, and those in the fields of a class of one's own. Their state is that of the last training, evaluation or step.
    /// </summary>
    public virtual IReadOnlyList<Metric> metrics => LossMeans.Count == 0 ? MetricsInFields
        : [LossMeans[0], .. Given.AreGiven ? [new CompileMetrics(Measured)] : (Metric[])[], .. _saysWhatIsOdd ? [] : LossMeans.Skip(1),
            .. MetricsInFields];

    /// <summary>The names of <see cref="metrics"/>, as Keras gives them: those of what is measured stand in a history's keys.</summary>
    public IReadOnlyList<string> metrics_names => [.. metrics.Select(metric => metric.name)];

    /// <summary>The rest of what <c>compile</c> was given, which is how a file has it.</summary>
    internal (MetricList Metrics, MetricList Weighted, LossWeights? LossWeights, bool AreGiven) Given { get; private set; } = ([], [], null, false);

    /// <summary>What each output is trained for and measured by; empty before the model is compiled.</summary>
    internal IReadOnlyList<Goal> Goals { get; private set; } = [];

    /// <summary>The engine asked for; <c>null</c> for the current one.</summary>
    public Engine? engine { get; private set; }

    /// <summary>Says how to train.</summary>
    /// <param name="optimizer">An optimizer or its name, such as "adam".</param>
    /// <param name="loss">
    /// A loss or its name, such as "sparse_categorical_crossentropy"; for each output where there are several. None where layers add to the loss, or the
    /// model's class computes it.
    /// </param>
    /// <param name="metrics">What to report beside the loss, such as "accuracy", one or several; <c>[]</c> for nothing any more.</param>
    /// <param name="engine">What to run on; <see cref="Engine.Current"/> without.</param>
    /// <param name="loss_weights">What each output's loss counts; 1 by default.</param>
    /// <param name="weighted_metrics">Metrics in which sample weights count.</param>
    /// <param name="run_eagerly">As it may be: a plan is always made, and <c>call</c> can be debugged as it is.</param>
    /// <param name="jit_compile">As it may be, like what else is said of how steps are run: a plan is always compiled, and what it gives is the same.</param>
    /// <param name="auto_scale_loss">As it may be: everything is computed in float32, where Keras scales no loss either.</param>
    /// <exception cref="ValueError">A name is unknown, or the engine lacks something that the model needs; the model stays as it was.</exception>
    /// <example><code>
    /// var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, activation: "softmax")]);
    /// model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
    /// model.compile(
    ///     optimizer: keras.optimizers.SGD(learning_rate: 0.1, momentum: 0.9),
    ///     loss: keras.losses.SparseCategoricalCrossentropy(),
    ///     metrics: [keras.metrics.SparseCategoricalAccuracy()]);
    /// </code></example>
    [OverloadResolutionPriority(1)]     // so that `loss: new() { … }` is a list by output and no function
    public void compile(Optimizer optimizer, LossList? loss = null, MetricList? metrics = null, Engine? engine = null, LossWeights? loss_weights = null,
        MetricList? weighted_metrics = null, bool run_eagerly = false, bool? jit_compile = null, bool auto_scale_loss = true)
    {
        if (optimizer is null) throw new ValueError("`compile` needs an optimizer, such as \"adam\". Received: optimizer=None");
        if (loss is not null && loss.All(of => of is null)) throw NoLoss();
        // As in Keras, metrics stay as they were if neither kind is given.
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
        // Calls that are under way here are those whose callback this is; they have means of each metric already.
        if (_calls > 0 && !LogName.Of(goals).Select(name => name.Name).SequenceEqual(LogName.Of(Goals).Select(name => name.Name)))
            throw new ValueError($"Model '{name}' can't be compiled with other metrics by a callback of its own: compile it when `fit` has returned.");
        (this.optimizer, this.loss, Goals, Given, this.engine) = (optimizer, loss, goals, given, engine);
        _trained = null;
        (Measured, _trainedAsCompiled, _saysWhatIsOdd) = ([.. goals.SelectMany(goal => goal.AllMetrics)], false, true);
        LossMeans = MeansOf(goals);
    }

    private static Mean[] MeansOf(Goal[] goals) =>
        [.. LogName.Of(goals).Where(of => of.Metric is null).Select(of => of.Name).Prepend("loss").Select(name => new Mean(name))];

    /// <summary>What a class of one's own was compiled for, once it is built and tells how many outputs it has.</summary>
    private void SettleGoals()
    {
        if (optimizer is null) return;
        var goals = GoalsOf(loss, Given);
        (Goals, Measured, LossMeans) = (goals, [.. goals.SelectMany(goal => goal.AllMetrics)], MeansOf(goals));
    }

    /// <summary>Says how to train, with a loss of one's own: a function of targets and outputs that gives the loss of each sample.</summary>
    /// <inheritdoc cref="compile(Optimizer, LossList, MetricList?, Engine?, LossWeights?, MetricList?, bool, bool?, bool)"/>
    public void compile(Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss, MetricList? metrics = null, Engine? engine = null,
        LossWeights? loss_weights = null, MetricList? weighted_metrics = null, bool run_eagerly = false, bool? jit_compile = null,
        bool auto_scale_loss = true) =>
        compile(optimizer, LossFunctions.ByFunction(loss), metrics, engine, loss_weights, weighted_metrics, run_eagerly, jit_compile, auto_scale_loss);

    /// <summary>The outputs' names, by which losses and metrics may be given; of a stack that isn't built the last layer's.</summary>
    internal IReadOnlyList<string> GoalNames => OutputNames ?? (HasNamelessOutputs ? [.. outputs.Select((_, i) => $"output {i}")]
        : [layers.Count == 0 ? name : layers[^1].name]);

    /// <summary>Whether the model has several outputs without names: the list or tuple that a class of one's own gives.</summary>
    private bool HasNamelessOutputs => built && HasCallOfItsOwn && Gives.Names is null && outputs.Count > 1;

    private Goal[] GoalsOf(LossList? loss, (MetricList Metrics, MetricList Weighted, LossWeights? LossWeights, bool) given)
    {
        // The number of outputs of a class of one's own is known once it is built; until then everything belongs to one output.
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
        // As in Keras, losses by name may leave out outputs until the model is trained or evaluated.
        bool isPart = loss is { Names.Count: > 0 } && loss.Names.Count < outputs.Count && loss.Names.All(outputs.Contains);
        var losses = isPart ? [.. outputs.Select(name => loss!.Names.Contains(name) ? loss[name] : null)]
            : loss?.For(outputs, "loss") ?? [.. outputs.Select(_ => (Loss?)null)];
        if (given.LossWeights is { IsOne: true } && outputs.Count > 1 && loss is { IsOne: false })
            throw new ValueError($"`loss_weights` must match the number of losses, got {outputs.Count} losses and 1 weights.");
        double[] weights = given.LossWeights?.For(outputs, "loss_weights") ?? [.. outputs.Select(_ => 1.0)];
        var (metrics, weighted) = (given.Metrics.For(outputs, "metrics"), given.Weighted.For(outputs, "weighted_metrics"));
        bool areTold = outputs.Count > 1 && !HasNamelessOutputs;
        return [.. outputs.Select((output, i) => new Goal(areTold ? output : null, losses[i], weights[i], metrics[i], weighted[i]))];
    }

    private void RequireCompiled()
    {
        if (optimizer is null) throw new ValueError("You must call `compile()` before using the model.");
    }

    /// <summary>
    /// Refuses targets, one array for each output, that loss and metrics can't compare with the outputs, and settles what "accuracy" means
    /// with them.
    /// </summary>
    /// <param name="y">The targets.</param>
    /// <param name="outputs">The outputs' shapes, with what the inputs leave open in the model's own.</param>
    private void Settle(NDArray[] y, Shape[] outputs)
    {
        if (loss?.Names.Count is > 0 and int named && named < Goals.Count) loss.For(GoalNames, "loss");
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

    /// <summary>Binds the optimizer to the weights, as its first batch does; to those of layers changed since only where it was compiled before that.</summary>
    /// <exception cref="ValueError">It was built with other weights.</exception>
    private void BuildOptimizer()
    {
        FetchWeights();
        var remembered = optimizer!.Build(this, grows: _trainedAsCompiled).ToHashSet();
        if (_running is not null && remembered.Count > 0) RestoreSlots(_running, remembered.Contains);
        _trainedAsCompiled = true;
    }

    /// <summary>Whether the optimizer has memory of the weights that it trains: it trained them, or came out of a file with them.</summary>
    internal bool optimizer_is_built => optimizer?.Knows(Trained) == true;

    /// <summary>The weights that the optimizer changes: those that were to be trained when the compiled model first ran.</summary>
    internal IReadOnlyList<Variable> Trained => _trained ?? trainable_variables;

    /// <summary>The optimizer's variables as files have them.</summary>
    internal IEnumerable<OptimizerVariable> OptimizerVariables(bool isBuilt) => OptimizerVariables(optimizer, isBuilt);

    /// <summary>The variables that an optimizer of this model would have.</summary>
    internal IEnumerable<OptimizerVariable> OptimizerVariables(Optimizer of, bool isBuilt)
    {
        var paths = LayerPaths.Of(this);
        return of.VariablesOf([.. Trained.Select((weight, i) => new NamedWeight(i, weight, paths[weight]))], isBuilt);
    }

    /// <summary>What the optimizer remembers, by slot and weight that it changes.</summary>
    internal float[][][] ReadSlots()
    {
        if (_running is not null) return SlotsOn(_running);
        var trained = Trained;
        return [.. Enumerable.Range(0, optimizer!.SlotCount).Select(slot => trained.Select(w => optimizer.Recall(w)?[slot] ?? new float[w.size]).ToArray())];
    }

    /// <summary>Gives the optimizer this memory.</summary>
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

    /// <summary>The weights that the optimizer changes, each with its number among all.</summary>
    private IEnumerable<(Variable Weight, int Index)> TrainedPlaces()
    {
        var places = new Dictionary<Variable, int>();
        foreach (var variable in variables) places.Add(variable, places.Count);
        foreach (var weight in Trained) yield return (weight, places[weight]);
    }

    /// <summary>Keeps what the optimizer remembers while the model is off its engine: an optimizer that is compiled again goes on.</summary>
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
