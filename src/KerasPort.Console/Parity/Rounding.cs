namespace KerasPort.Console.Parity;

/// <summary>
/// How far one rounding takes two correct implementations apart, from the same weights, rows and batches, for as long as no unit near
/// zero takes the other of two ways. What is further apart has parted.
/// </summary>
/// <remarks>
/// Seen between implementations that have not parted: losses of single steps 2.7e-7 (TensorFlow in float32 and in double, five models) and
/// 2.4e-7 (with oneDNN's kernels and without, 100 steps of baseline), losses of whole epochs and tests 9e-8 and probabilities 3e-8 in the
/// mean (baseline with seed 2, five epochs: with oneDNN, without it, and this port).
/// </remarks>
internal static class Rounding
{
    /// <summary>Of a loss, of one batch or the mean of many.</summary>
    public const double Loss = 1e-6;

    /// <summary>Of probabilities, the mean over images and classes.</summary>
    public const double Probability = 1e-6;

    /// <summary>Of an accuracy: one image whose two largest probabilities are as good as the same. A little more, for float32's own digits.</summary>
    public static double Accuracy(int images) => 1.01 / images;

    /// <summary>
    /// Steps in which nothing has parted yet in any two implementations: TensorFlow in float32 and in double begin to after 20 at the
    /// earliest (cnn-16-16 and cnn-64-64, one seed each). When they do depends on the seed, so a quarter fewer. Parting sooner is a mistake.
    /// </summary>
    public const int EarlySteps = 15;
}
