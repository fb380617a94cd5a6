using KerasPort.Engines;
using KerasPort.Metrics;

namespace KerasPort.Training;

/// <summary>The name in logs of a number beside the loss: a metric, or the loss of one output if several have one.</summary>
/// <param name="Name">The name in Keras: "accuracy"; "a_accuracy" and "a_loss" in a model of several outputs; "accuracy_1" for a second one.</param>
/// <param name="Metric">The metric; <c>null</c> for a loss.</param>
/// <param name="Weighs">Whether sample weights apply.</param>
internal sealed record LogName(string Name, Metric? Metric, bool Weighs)
{
    /// <summary>All names, in the order in which engines report the numbers: the losses, then for each output its metrics and its weighted metrics.</summary>
    public static IEnumerable<LogName> Of(IReadOnlyList<Goal> goals)
    {
        if (goals.Count(goal => goal.Loss is not null) > 1)
            foreach (var goal in goals.Where(goal => goal.Loss is not null))
                yield return new($"{goal.Output ?? goal.Loss!.Identifier ?? goal.Loss.name}_loss", null, false);
        // Keras names the unweighted metrics of all outputs first.
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
    /// The names in the order in which <c>evaluate</c> gives them. As in Keras, each metric is looked up in the logs by its own name, so that two
    /// metrics of one name find the first one twice. Names that no metric finds, such as all those of several outputs, follow sorted.
    /// </summary>
    public static IEnumerable<string> InEvaluation(IReadOnlyList<Goal> goals)
    {
        LogName[] all = [.. Of(goals)];
        string[] keys = [.. all.Select(of => of.Name)], losses = [.. AsGiven(goals, all.Where(of => of.Metric is null).Select(of => of.Name))];
        var metrics = goals.SelectMany(goal => goal.Metrics).Concat(goals.SelectMany(goal => goal.WeightedMetrics));
        string[] found = [.. metrics.Select(metric => metric.name).Where(keys.Contains)];
        return [.. found, .. losses, .. keys.Except(found).Except(losses).Order(StringComparer.Ordinal)];
    }

    /// <summary>What is there for each loss of several, in the order in which <c>compile</c> got the losses.</summary>
    public static IEnumerable<T> AsGiven<T>(IReadOnlyList<Goal> goals, IEnumerable<T> losses) =>
        goals.Where(goal => goal.Loss is not null).Zip(losses).OrderBy(pair => pair.First.LossPlace).Select(pair => pair.Second);
}
