namespace KerasPort.Console.Parity;

/// <summary>
/// The largest differences that rounding causes between two correct implementations, from the same weights, rows and batches, as long as no
/// unit near zero is on in only one of them. Runs that differ by more have parted.
/// </summary>
/// <remarks>
/// Measured between implementations that have not parted: losses of single steps 2.7e-7 (TensorFlow in float32 and in double, five models) and
/// 2.4e-7 (with oneDNN's kernels and without, 100 steps of baseline), losses of whole epochs and tests 9e-8 and probabilities 3e-8 in the
/// mean (baseline with seed 2, five epochs: with oneDNN, without it, and this port).
/// </remarks>
internal static class Rounding
{
    /// <summary>The limit for a loss, of one batch or the mean of many.</summary>
    public const double Loss = 1e-6;

    /// <summary>The limit for probabilities: the mean absolute difference over images and classes.</summary>
    public const double Probability = 1e-6;

    /// <summary>The limit for an accuracy: one image whose two largest probabilities are nearly equal; a little more, for float32's rounding.</summary>
    public static double Accuracy(int images) => 1.01 / images;

    /// <summary>
    /// The number of steps in which no two correct implementations have parted yet: TensorFlow in float32 and in double parts after 20 steps at the
    /// earliest (cnn-16-16 and cnn-64-64, one seed each). The step depends on the seed, hence a quarter fewer. To part sooner is a mistake.
    /// </summary>
    public const int EarlySteps = 15;
}
