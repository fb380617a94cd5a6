namespace KerasPort.Console.Parity;

/// <summary>How near two values are, the nearest first.</summary>
internal enum Verdict
{
    /// <summary>Shown but not judged: seconds, memory.</summary>
    NotCompared,

    /// <summary>Equal in every digit.</summary>
    Identical,

    /// <summary>No further apart than rounding explains; see <see cref="Rounding"/>.</summary>
    WithinRounding,

    /// <summary>Further apart, for a known reason of the engine; see <see cref="EngineLimits"/>.</summary>
    WithinEngine,

    /// <summary>
    /// Further apart, but no further from one of the runs of Python Keras, on TensorFlow's default kernels or on others, than these are from
    /// each other with this model and seed.
    /// </summary>
    AsTwoKerases,

    /// <summary>Further apart than these, or than was measured.</summary>
    Differs,
}

/// <summary>Verdicts in words, for people and for JSON.</summary>
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

/// <summary>One line of a comparison: each side's value, their difference, and its limits.</summary>
/// <param name="Name">The name of the compared value.</param>
/// <param name="Python">Python's value.</param>
/// <param name="Plain">The value of Python without oneDNN's kernels; null where it wasn't run.</param>
/// <param name="Port">The port's value.</param>
/// <param name="Difference">The difference between Python and the port; null where there is nothing to subtract.</param>
/// <param name="Nearest">The difference between the port and the nearest run of Python, on any kernels; null where there is only one.</param>
/// <param name="Rounding">The largest difference that rounding explains; null where the values must be equal.</param>
/// <param name="Kerases">The largest distance between Pythons on different kernels; null where it wasn't measured.</param>
/// <param name="Verdict">The verdict.</param>
internal sealed record ComparedLine(
    string Name, string Python, string? Plain, string Port, double? Difference, double? Nearest, double? Rounding, double? Kerases, Verdict Verdict);
