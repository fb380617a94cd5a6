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
            foreach (var goal in goals.Where(goal => goal.Loss is not null)) yield return new($"{goal.Output}_loss", null, false);
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

    /// <summary>The names in the order in which <c>evaluate</c> gives them: those of several outputs' metrics sorted, as Keras has them.</summary>
    public static IEnumerable<string> InEvaluation(IReadOnlyList<Goal> goals)
    {
        var all = Of(goals).ToLookup(of => of.Metric is null, of => of.Name);
        return all[true].Concat(goals.Count == 1 ? all[false] : all[false].Order(StringComparer.Ordinal));
    }
}
