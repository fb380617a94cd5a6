namespace KerasPort.Console.Parity;

/// <summary>How near two values are, the nearest first.</summary>
internal enum Verdict
{
    /// <summary>Shown without a claim that it is the same: seconds, memory.</summary>
    NotCompared,

    /// <summary>The same in every digit.</summary>
    Identical,

    /// <summary>No further apart than one rounding explains; see <see cref="Rounding"/>.</summary>
    WithinRounding,

    /// <summary>Further, for a reason that is known of the engine; see <see cref="EngineLimits"/>.</summary>
    WithinEngine,

    /// <summary>
    /// Further, but from one of the runs of Python Keras, on TensorFlow's default kernels and on others, no further than these lie from each
    /// other with this model and seed.
    /// </summary>
    AsTwoKerases,

    /// <summary>Further apart than that, or than was measured.</summary>
    Differs,
}

/// <summary>Verdicts in words, as people and JSON read them.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Identical => "identical",
        Verdict.WithinRounding => "within rounding",
        Verdict.WithinEngine => "within this engine's limits",
        Verdict.AsTwoKerases => "as far apart as two Python Keras are",
        Verdict.Differs => "differs",
        _ => "not compared",
    };
}

/// <summary>One line of a comparison: what each side has, how far apart that is, and how far it may be.</summary>
/// <param name="Name">The name of the compared value.</param>
/// <param name="Python">Python's value.</param>
/// <param name="Plain">The value of Python without oneDNN's kernels; null where it wasn't run.</param>
/// <param name="Port">The port's value.</param>
/// <param name="Difference">Between Python and the port; null where there is nothing to subtract.</param>
/// <param name="Nearest">Between the port and the nearest of the Pythons on whatever kernels; null where there is but one.</param>
/// <param name="Rounding">How far one rounding reaches; null where only the same will do.</param>
/// <param name="Kerases">The largest distance between Pythons on different kernels; null where it wasn't measured.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ComparedLine(
    string Name, string Python, string? Plain, string Port, double? Difference, double? Nearest, double? Rounding, double? Kerases, Verdict Verdict);
