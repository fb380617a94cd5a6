namespace KerasPort.Console.Parity;

/// <summary>The largest differences between an engine and Python that have a known reason.</summary>
/// <param name="Why">The reason, a sentence.</param>
/// <param name="StepLoss">The limit for the losses of the first steps. The very first one precedes any update and must be within rounding.</param>
/// <param name="EpochLoss">The limit for an epoch's loss.</param>
/// <param name="EpochAccuracy">The limit for an epoch's accuracy.</param>
/// <param name="TestLoss">The limit for the test loss.</param>
/// <param name="TestAccuracy">The limit for the test accuracy.</param>
/// <param name="Probability">The limit for the mean difference of predicted probabilities.</param>
/// <param name="Class">The limit for the share of test images that get another class.</param>
internal sealed record EngineLimits(
    string Why, double StepLoss, double EpochLoss, double EpochAccuracy, double TestLoss, double TestAccuracy, double Probability, double Class)
{
    /// <summary>
    /// Measured: 3.3e-6 in the first 15 steps; over five epochs of baseline with seeds 0 and 1 and of cnn-64-64 with seed 1, 1.3e-3 in an epoch's
    /// loss and 5.7e-3 in test accuracy. The limits are three times these. For values that weren't recorded, the limit is what usually goes with such
    /// a difference in test accuracy.
    /// </summary>
    private static readonly EngineLimits TensorFlow = new(
        "TensorFlow.NET's Adam takes 1 - β of a rounded β where Keras rounds the difference: its steps are another size by 2e-5 of it, from the second on",
        1e-5, 4e-3, 4e-3, 0.033, 0.017, 0.025, 0.13);

    /// <summary>The limits of an engine; null where it should agree with Python within rounding.</summary>
    public static EngineLimits? Of(string engine) => engine == "tensorflow" ? TensorFlow : null;
}
