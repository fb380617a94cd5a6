namespace KerasPort.Console.Parity;

/// <summary>
/// How far two correct implementations get apart from the same weights, rows and batches; what is further apart differs.
/// </summary>
/// <remarks>
/// Where they come from: Python Keras 3.15.1 on TensorFlow 2.16.2 beside itself in double, beside Keras on JAX and beside TensorFlow
/// 2.21; and its 23 recorded runs (six models, two to ten seeds, five epochs) beside this port on AVX-512. With AVX-512 switched off the
/// port's weights are the same bits in ten runs of baseline, so that is no second order of sums. All agree in the first steps; then
/// somewhere a unit near zero takes the other of two ways, Adam amplifies it, and from there on only the course is the same. Limits of
/// epochs, tests and predictions are 1.6 to 3 times the largest distance seen between Python and this port: they would not show a
/// mistake smaller than that. The early steps' limit is the one from independent implementations, and the sharp one.
/// </remarks>
internal static class Tolerance
{
    /// <summary>
    /// As long as nothing has parted. TensorFlow in float32 and in double begin to after 20 steps at the earliest (cnn-16-16 and cnn-64-64,
    /// one seed each); when they do depends on the seed, so a quarter fewer.
    /// </summary>
    public const int EarlySteps = 15;

    /// <summary>Seen: 2.7e-7 in the first 15 steps, TensorFlow in float32 and in double, five models.</summary>
    public const double EarlyStepLoss = 1e-6;

    /// <summary>Seen: 5.7e-2, the same, over 200 steps of cnn-16-16.</summary>
    public const double LateStepLoss = 0.15;

    /// <summary>Seen: 4.5e-3 (6e-4 in the first epoch of cnn-64-64 between TensorFlow 2.16 and 2.21).</summary>
    public const double EpochLoss = 0.0075;

    /// <summary>Seen: 1.8e-3.</summary>
    public const double EpochAccuracy = 0.0045;

    /// <summary>Seen: 2.0e-2 (6.2e-3 after 60 steps of cnn-64-64 between float32 and double).</summary>
    public const double TestLoss = 0.033;

    /// <summary>Seen: 8.2e-3.</summary>
    public const double TestAccuracy = 0.02;

    /// <summary>The mean over images and classes. Seen: 8e-3.</summary>
    public const double Prediction = 0.025;

    /// <summary>The share of images that get another class. Seen: 4.3e-2.</summary>
    public const double PredictedClass = 0.13;
}
