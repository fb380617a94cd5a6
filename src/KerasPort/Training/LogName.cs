using KerasPort.Engines;
using KerasPort.Metrics;

namespace KerasPort.Training;

/// <summary>What logs call a number beside the loss: a metric's, or one output's loss where several have one.</summary>
/// <param name="Name">The name, as Keras has it: "accuracy", of a model of several outputs "a_accuracy" and "a_loss"; a second one is "accuracy_1".</param>
/// <param name="Metric">The metric; <c>null</c> for a loss.</param>
/// <param name="Weighs">Whether sample weights count.</param>
internal sealed record LogName(string Name, Metric? Metric, bool Weighs)
{
    /// <summary>
    /// The names of all, in the order in which engines give them: losses, then each output's metrics, those where weights count behind the
    /// others.
    /// </summary>
    public static IEnumerable<LogName> Of(IReadOnlyList<Goal> goals)
    {
        if (goals.Count(goal => goal.Loss is not null) > 1)
            foreach (var goal in goals.Where(goal => goal.Loss is not null))
                yield return new($"{goal.Output ?? goal.Loss!.Identifier ?? goal.Loss.name}_loss", null, false);
        // Keras names those first in which weights don't count, of all outputs.
        var taken = new HashSet<string>();
        string[][] names = [.. goals.Select(goal => goal.Metrics.Select(metric => Unique(Named(goal, metric.name))).ToArray())];
        string[][] weighted =
        [
            .. goals.Select(goal => goal.WeightedMetrics.Select(metric =>
                Unique(Named(goal, taken.Contains(Named(goal, metric.name)) ? "weighted_" + metric.name : metric.name))).ToArray()),
        ];
        for (int i = 0; i < goals.Count; i++)
        {
            for (int k = 0; k < names[i].Length; k++) yield return new(names[i][k], goals[i].Metrics[k], false);
            for (int k = 0; k < weighted[i].Length; k++) yield return new(weighted[i][k], goals[i].WeightedMetrics[k], true);
        }

        static string Named(Goal goal, string name) => goal.Output is null ? name : $"{goal.Output}_{name}";

        string Unique(string name)
        {
            string unique = name;
            for (int i = 1; !taken.Add(unique); i++) unique = $"{name}_{i}";
            return unique;
        }
    }

    /// <summary>
    /// The names in the order in which <c>evaluate</c> gives them. As in Keras each metric is looked for in the logs by its own name, which of
    /// two of one name finds the first twice; those that aren't found so, such as all of several outputs, follow sorted.
    /// </summary>
    public static IEnumerable<string> InEvaluation(IReadOnlyList<Goal> goals)
    {
        LogName[] all = [.. Of(goals)];
        string[] keys = [.. all.Select(of => of.Name)], losses = [.. all.Where(of => of.Metric is null).Select(of => of.Name)];
        var metrics = goals.SelectMany(goal => goal.Metrics).Concat(goals.SelectMany(goal => goal.WeightedMetrics));
        string[] found = [.. metrics.Select(metric => metric.name).Where(keys.Contains)];
        return [.. found, .. losses, .. keys.Except(found).Except(losses).Order(StringComparer.Ordinal)];
    }
}
