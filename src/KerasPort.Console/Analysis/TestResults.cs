using System.Text.Json;

namespace KerasPort.Console.Analysis;

/// <summary>A model's results on the test images: the confusion matrix and the worst mistakes.</summary>
internal sealed class TestResults
{
    public static readonly string[] Classes =
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"];

    private const int MistakesShown = 20;

    private readonly int[,] _confusion = new int[Classes.Length, Classes.Length];
    private readonly List<Mistake> _mistakes = [];

    /// <param name="images">The test images, as bytes.</param>
    /// <param name="labels">Their classes.</param>
    /// <param name="probabilities">Ten probabilities for each image.</param>
    public TestResults(NDArray images, NDArray labels, ReadOnlySpan<float> probabilities)
    {
        int[] actual = labels.ToInts();
        for (int image = 0; image < actual.Length; image++)
        {
            var p = probabilities.Slice(image * Classes.Length, Classes.Length);
            int predicted = 0;
            for (int c = 1; c < Classes.Length; c++) if (p[c] > p[predicted]) predicted = c;
            _confusion[actual[image], predicted]++;
            if (predicted != actual[image]) _mistakes.Add(new(image, actual[image], predicted, p[predicted], p[actual[image]], []));
        }
        // The worst mistakes are those with the largest loss: the lowest probability for the right class.
        _mistakes = [.. _mistakes.OrderBy(m => m.ProbabilityOfLabel).Take(MistakesShown).Select(m => m with { Png = ImageOf(images, m.Image) })];
    }

    public static byte[] ImageOf(NDArray images, int image) =>
        Png.Encode(28, [.. images[image].ToInts().Select(pixel => (byte)pixel)], Palette.Grey);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("confusion");
        for (int actual = 0; actual < Classes.Length; actual++)
        {
            json.WriteStartArray();
            for (int predicted = 0; predicted < Classes.Length; predicted++) json.WriteNumberValue(_confusion[actual, predicted]);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteStartArray("mistakes");
        foreach (var mistake in _mistakes)
        {
            json.WriteStartObject();
            json.WriteNumber("image", mistake.Image);
            json.WriteNumber("label", mistake.Label);
            json.WriteNumber("predicted", mistake.Predicted);
            JsonText.WriteNumber(json, "probability_of_predicted", mistake.ProbabilityOfPredicted);
            JsonText.WriteNumber(json, "probability_of_label", mistake.ProbabilityOfLabel);
            json.WriteBase64String("png", mistake.Png);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private sealed record Mistake(int Image, int Label, int Predicted, float ProbabilityOfPredicted, float ProbabilityOfLabel, byte[] Png);
}
