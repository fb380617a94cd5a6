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
            yield return "They don't start from the same weights and rows, so that the numbers after that say nothing.";
            yield break;
        }
        if (comparison.Verdict < Verdict.AsTwoKerases) yield break;

        if (comparison.BesidePlain is { } beside)
            yield return $"Beside Python without oneDNN's kernels the port is {VerdictText.Of(beside)} in every line that both took down.";
        if (comparison.Others.Count > 0)
            yield return $"Python Kerases: how far they lie apart, the most of {Pairs(comparison.Others.Count + 1)} with this model and seed, " +
                $"on the default kernels and with {string.Join("; ", comparison.Others.Select(o => o.Kernels))}. "
                + "The port is as far apart as two of them are where it lies no further than that from the nearest.";
        else
            yield return "How far two Python Kerases lie apart with this model and seed was not measured"
                + (recorded ? ": a comparison with a live Python (parity --python) measures it." : ".");

        if (comparison.Engine is not null) yield break;
        if (comparison.Flip is { } flip) yield return $"They part by a flip at {flip.Sentence}.";
        else if (comparison.LookedForFlip)
            yield return "No relu unit of the last 64 steps before they part is on in one and off in the other by less than 1e-5: " +
                "what takes them apart was not found.";
        else
            yield return $"They part {Where(comparison)}. Which unit flipped there isn't in a recorded run; " +
                "a comparison with a live Python (parity --python) looks for it.";
    }

    private static string Where(Comparison comparison) =>
        comparison.PartedStep is { } step ? $"at step {step + 1}"
        : comparison.PartedEpoch is 0 ? comparison is { Port.FirstLosses: { } losses, Python.FirstLosses: not null }
            ? $"in epoch 1, after step {losses.Length}" : "in epoch 1"
        : comparison.PartedEpoch is { } epoch ? $"in epoch {epoch + 1}"
        : "after the last epoch";

    private static string Pairs(int runs) => runs == 2 ? "the pair" : $"{runs * (runs - 1) / 2} pairs of {runs}";
}
