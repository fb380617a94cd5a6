namespace KerasPort.Console.Parity;

/// <summary>
/// How far two correct implementations get apart from the same weights, rows and batches; what is further apart differs.
/// </summary>
/// <remarks>
/// Measured, not chosen. Python Keras 3.15.1 on TensorFlow 2.16.2 was run beside itself in double, beside Keras on JAX and beside
/// TensorFlow 2.21; and its 23 recorded runs (six models, two to ten seeds, five epochs) beside this port with sums in the order of
/// AVX-512 and in that of AVX2. All agree in the first steps; then somewhere a unit near zero takes the other of two ways, Adam
/// amplifies it, and from there on only the course is the same. Limits are some three times the largest distance seen.
/// </remarks>
internal static class Tolerance
{
    /// <summary>As long as nothing has parted: TensorFlow in float32 and in double do after 20 steps at the earliest (cnn-16-16).</summary>
    public const int EarlySteps = 20;

    /// <summary>Seen: 5.2e-7, TensorFlow in float32 and in double, five models.</summary>
    public const double EarlyStepLoss = 1e-6;

    /// <summary>Seen: 5.7e-2, the same, over 200 steps of cnn-16-16.</summary>
    public const double LateStepLoss = 0.15;

    /// <summary>Seen: 1.9e-3 (6e-4 in the first epoch of cnn-64-64 between TensorFlow 2.16 and 2.21).</summary>
    public const double EpochLoss = 0.006;

    /// <summary>Seen: 1.2e-3.</summary>
    public const double EpochAccuracy = 0.004;

    /// <summary>Seen: 7.9e-3 (6.2e-3 after 60 steps of cnn-64-64 between float32 and double).</summary>
    public const double TestLoss = 0.025;

    /// <summary>Seen: 4.2e-3.</summary>
    public const double TestAccuracy = 0.013;

    /// <summary>The mean over images and classes. Seen: 8e-3.</summary>
    public const double Prediction = 0.025;

    /// <summary>The share of images that get another class. Seen: 4.3e-2.</summary>
    public const double PredictedClass = 0.13;
}
