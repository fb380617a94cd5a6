using KerasPort.Engines;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Models;

// The loss and the metrics of a derived class: nodes of the plan compute the loss, the host computes the metrics.
public abstract partial class Model
{
    private Logs _shown = [];
    private bool? _hasLossOfItsOwn, _saysMetrics;

    /// <summary>
    /// The loss of a batch, one number, which training minimizes: the sum of the losses given to <c>compile</c> for the outputs and those that layers add. A
    /// derived class overrides it with functions of tensors. Metrics that it updates there appear in the logs if fields of the model hold them.
    /// </summary>
    /// <param name="x">The inputs; several are a list or dictionary of tensors.</param>
    /// <param name="y">The targets; <c>null</c> where none are given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    /// <param name="sample_weight">The weight of each sample; <c>null</c> for equal weights.</param>
    /// <param name="training">Whether the loss is for a training step.</param>
    /// <exception cref="ValueError">There is neither a loss nor one that layers add, or a loss lacks its targets or outputs.</exception>
    public virtual Tensor compute_loss(Tensor x = null!, Tensor y = null!, Tensor y_pred = null!, Tensor? sample_weight = null, bool training = true)
    {
        Tensor[] targets = [.. y?.All ?? []], outputs = [.. y_pred?.All ?? []], weights = [.. sample_weight?.All ?? []];
        var all = new List<Tensor>();
        foreach (var (i, goal) in Goals.Index())
        {
            if (goal.Loss is not { } of) continue;
            if (i >= targets.Length || i >= outputs.Length)
                throw new ValueError($"Loss '{of.name}' compares targets with outputs. Received: {(i >= targets.Length ? "y" : "y_pred")}=None");
            var value = of.Apply(targets[i], outputs[i], weights.Length == 0 ? null : weights[Math.Min(i, weights.Length - 1)]);
            // Losses without a reduction give one number per sample; training minimizes their sum.
            if (value.shape.Rank > 0) value = Python.keras.ops.sum(value);
            if (KerasPort.Graphs.Graph.Making is { } g) g.OutputLosses[i] = value;
            all.Add(goal.LossWeight == 1 ? value : value * goal.LossWeight);
        }
        all.AddRange(losses);
        return all.Count > 0 ? all.Aggregate((sum, value) => sum + value) : throw NoLoss();
    }

    /// <summary>
    /// The logs of a batch: <see cref="get_metrics_result"/>. A derived class overrides it to update metrics with the batch's arrays, and to add to the
    /// logs.
    /// </summary>
    /// <inheritdoc cref="compute_loss"/>
    public virtual Logs compute_metrics(Tensor x, Tensor y, Tensor y_pred, Tensor? sample_weight = null) => get_metrics_result();

    /// <summary>The values of <see cref="metrics"/> so far, the loss included, by name.</summary>
    public virtual Logs get_metrics_result()
    {
        var all = new Logs();
        if (!ListsItsOwn)
            foreach (var (key, value) in _shown) all[key] = value;
        foreach (var metric in ListsItsOwn ? metrics : OwnMetrics)
        {
            if (metric is not CompileMetrics) all[metric.name] = (double)metric.result();
            else foreach (var (key, value) in _shown.Where(of => !LossMeans.Any(mean => mean.name == of.Key))) all[key] = value;
        }
        return all;
    }

    /// <summary>Whether the class overrides <see cref="compute_loss"/>.</summary>
    internal bool HasLossOfItsOwn => _hasLossOfItsOwn ??= Overrides(nameof(compute_loss));

    /// <summary>
    /// Whether logs show metrics of a derived class, or of a layer of one's own: those in its fields, or those of a member that it overrides.
    /// </summary>
    internal bool SaysMetrics => _saysMetrics ??= OwnMetrics.Any() || ListsItsOwn || Overrides(nameof(compute_metrics))
        || Overrides(nameof(get_metrics_result));

    /// <summary>
    /// The metrics in the fields of a derived class, then those of the layers at any depth. As in Keras, a layer in another one is asked twice, and models
    /// among the layers have metrics only for trainings of their own.
    /// </summary>
    private IEnumerable<Metric> OwnMetrics => MetricsInFields.Concat(LayersAtAnyDepth().Where(layer => layer is not Model).SelectMany(layer => layer.metrics));

    // Keras' order: what is in a layer follows it, the last one first.
    private IEnumerable<Layer> LayersAtAnyDepth()
    {
        var (found, next) = (new HashSet<Layer>(), new Stack<Layer>(layers.Reverse()));
        while (next.TryPop(out var layer))
        {
            if (!found.Add(layer)) continue;
            yield return layer;
            foreach (var inner in layer.Inner) next.Push(inner);
        }
    }

    private bool ListsItsOwn => GetType().GetProperty(nameof(metrics))!.DeclaringType != typeof(Model);

    private bool Overrides(string method) => GetType().GetMethods().Any(own =>
        own.Name == method && own.DeclaringType != typeof(Model) && own.GetBaseDefinition().DeclaringType == typeof(Model));

    /// <summary>The result of the class' <see cref="compute_loss"/>, as a node of a plan.</summary>
    internal Tensor OwnLoss(Graph g, Tensor[] inputs, Tensor[] targets, Tensor[] outputs, Tensor[] weights)
    {
        var loss = compute_loss(Takes.Together(inputs), targets.Length == 0 ? null! : Gives.Together(targets), Gives.Together(outputs),
            weights.Length == 0 ? null : Tensor.Of(weights), g.Trains);
        if (loss is null) throw new ValueError($"`compute_loss` of model '{name}' must return the loss as a tensor. Received: None");
        loss = g.Lift(loss);
        return loss.Size == 1 ? g.Reshape(loss, 1) : throw new ValueError(
            $"`compute_loss` of model '{name}' must return one number, such as the mean of what samples lose. Received: a tensor of shape {loss.shape}");
    }

    /// <summary>Has a plan call <see cref="compute_metrics"/> with each batch, if the class overrides it.</summary>
    internal void TellMetrics(Graph g, Tensor[] inputs, Tensor[] targets, Tensor[] outputs, Tensor[] weights)
    {
        if (!Overrides(nameof(compute_metrics))) return;
        g.Told.Add(([.. inputs, .. targets, .. outputs, .. weights], values =>
        {
            Tensor? Next(int count, Arrangement arrangement)
            {
                Tensor[] next = [.. values[..count].Select(value => (Tensor)value)];
                values = values[count..];
                return count == 0 ? null : arrangement.Together(next);
            }
            Tensor? x = Next(inputs.Length, Takes), y = Next(targets.Length, Gives), y_pred = Next(outputs.Length, Gives);
            _shown = compute_metrics(x!, y!, y_pred!, Next(weights.Length, Arrangement.One));
        }
        ));
    }

    /// <summary>Adds a batch to the means, and returns the logs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Logs Shown(RunningMetrics means, in BatchResult result)
    {
        var logs = means.Add(result);
        if (!SaysMetrics && result.Tell is null) return logs;
        _shown = logs;
        result.Tell?.Invoke();
        if (SaysMetrics && !Overrides(nameof(compute_metrics))) _shown = get_metrics_result();
        return _shown = Sorted(_shown);
    }

    /// <summary>
    /// The logs at the end. As in Keras, <see cref="get_metrics_result"/> gives them, but where its names differ, the last batch's logs stay.
    /// </summary>
    private Logs Shown(RunningMetrics means, Logs? last)
    {
        var logs = means.Snapshot();
        if (!SaysMetrics) return logs;
        _shown = logs;
        var said = Sorted(get_metrics_result());
        return last is null || said.Keys.SequenceEqual(last.Keys) ? said : Sorted(last);
    }

    private static Logs Sorted(Logs logs) => logs.InOrder(logs.Keys.Order(StringComparer.Ordinal));

    /// <summary>Resets the metrics of a derived class.</summary>
    internal void ResetOwnMetrics()
    {
        if (SaysMetrics || Overrides(nameof(reset_metrics))) reset_metrics();
    }

    /// <summary>Keeps the state of the metrics in the fields of the class and of layers.</summary>
    internal void KeepOwnMetrics(TrainingState state)
    {
        foreach (var (i, metric) in OwnMetrics.Distinct().Index())
        {
            float[] values = new float[metric.StateSize];
            metric.Recall(values);
            state.Keep($"{i}", values.AsSpan());
            metric.Show(values);
        }
    }

    /// <summary>The names of the logs, in the order of <c>evaluate</c>'s result.</summary>
    private string[] NamesOf(Logs logs)
    {
        if (!SaysMetrics) return ["loss", .. LogName.InEvaluation(Goals)];
        string[] listed = [.. metrics.SelectMany(metric => metric is CompileMetrics all ? all.metrics : [metric]).Select(metric => metric.name)
            .Where(logs.ContainsKey)];
        return [.. listed, .. logs.Keys.Except(listed).Order(StringComparer.Ordinal)];
    }

    private static ValueError NoLoss() => new("No loss to compute. Provide a `loss` argument in `compile()`.");
}
