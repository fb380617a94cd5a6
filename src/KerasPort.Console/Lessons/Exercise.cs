namespace KerasPort.Console.Lessons;

/// <summary>One of the codelab's exercises: a question, the model that answers it, and the answer that the codelab expects.</summary>
/// <param name="Title">The exercise, in a few words.</param>
/// <param name="Model">One of <see cref="ModelName"/>.</param>
/// <param name="Expected">The expected finding, in words.</param>
/// <param name="Beside">The title of the exercise with which this one is compared, if there is one.</param>
/// <param name="StopsAt">The training accuracy at which a callback ends the training, if there is one.</param>
internal sealed record Exercise(string Title, string Model, string Expected, string? Beside = null, double? StopsAt = null)
{
    /// <summary>The limit of a training that a callback is to stop, as a multiple of the epochs.</summary>
    public const int Patience = 6;

    /// <summary>The codelab's settings, for which the expectations hold.</summary>
    public const int Epochs = 5, BatchSize = 32;

    public static readonly IReadOnlyList<Exercise> All =
    [
        new("no convolution", "baseline", "By far the fastest, and the least accurate but for three convolutions."),
        new("16 filters", "cnn-16-16", "A convolution helps even when it is small: about a point above none, soon trained.", Beside: "no convolution"),
        new("32 filters", "cnn-32-32", "More filters find more: about another point, for about twice the time.", Beside: "16 filters"),
        new("64 filters", "cnn-64-64", "Again a little better, and the slowest: each doubling of filters buys less and costs more.", Beside: "32 filters"),
        new("one convolution", "cnn-64", "Most parameters of all, since the dense layer now sees 13x13 maps; as accurate in the test, " +
            "and far better on what it trained on: it learns by heart.",
            Beside: "64 filters"),
        new("three convolutions", "cnn-32-32-32", "Fewest parameters and less accurate: after three poolings one pixel is left of each map, " +
            "and where things were is lost.",
            Beside: "32 filters"),
        new("stop at 95 %", "cnn-64-64", "The callback ends the training some epochs later. " +
            "Training accuracy is at 95 %, the test's is not: it stays near 91 %.",
            StopsAt: 0.95),
    ];
}
