namespace KerasPort.Console.Parity;

/// <summary>Remarks on a comparison beside its table, a sentence each.</summary>
internal static class Remarks
{
    public static IEnumerable<string> On(Comparison comparison, bool recorded)
    {
        yield return $"Python Keras: {comparison.Python.Source}.";
        if (recorded && comparison.Python.EpochSeconds is not null)
            yield return $"Python's side was recorded on another machine{(comparison.Python.Machine is { Length: > 0 } machine ? $" ({machine})" : "")}" +
                ": its seconds and memory are that one's.";
        if (comparison.Verdict == Verdict.WithinEngine || comparison.Engine is not null) yield return comparison.Engine!.Why + ".";
        if (!comparison.SameStart)
        {
            yield return "They don't start from the same weights and rows, so that the numbers after that can't be compared.";
            yield break;
        }
        if (comparison.Verdict < Verdict.AsTwoKerases) yield break;

        if (comparison.BesidePlain is { } beside)
            yield return $"Beside Python without oneDNN's kernels the port is {VerdictText.Of(beside)} in every line that both have.";
        if (comparison.Others.Count > 0)
            yield return $"Python Kerases: the largest distance of {Pairs(comparison.Others.Count + 1)} of runs with this model and seed, " +
                $"on the default kernels and with {string.Join("; ", comparison.Others.Select(o => o.Kernels))}. "
                + "As far apart as two Python Keras are: the port's distance from the nearest of these runs is no larger.";
        else
            yield return "The distance of two Python Kerases with this model and seed was not measured"
                + (recorded ? ": a comparison with a live Python (parity --python) measures it." : ".");

        if (comparison.Engine is not null) yield break;
        if (comparison.Flip is { } flip) yield return $"They part by a flip at {flip.Sentence}.";
        else if (comparison.LookedForFlip)
            yield return "No relu unit of the last 64 steps before they part is on in one and off in the other by less than 1e-5: " +
                "the reason why they part was not found.";
        else
            yield return $"They part {Where(comparison)}. Recorded runs don't tell which unit flipped there; " +
                "a comparison with a live Python (parity --python) looks for it.";
    }

    private static string Where(Comparison comparison) =>
        comparison.PartedStep is { } step ? $"at step {step + 1}"
        : comparison.PartedEpoch is 0 ? comparison is { Port.FirstLosses: { } losses, Python.FirstLosses: not null }
            ? $"in epoch 1, after step {losses.Length}" : "in epoch 1"
        : comparison.PartedEpoch is { } epoch ? $"in epoch {epoch + 1}"
        : "after the last epoch";

    private static string Pairs(int runs) => runs == 2 ? "the pair" : $"{runs * (runs - 1) / 2} pairs";
}
