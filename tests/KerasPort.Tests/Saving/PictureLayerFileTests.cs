using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Random;

namespace KerasPort.Tests.Saving;

/// <summary>
/// Layers that change pictures, in files both ways: the real Keras loads them, draws the same numbers and writes them again. Except Equalization,
/// which doesn't work in any built Keras model: it confuses its output with its input.
/// </summary>
public class PictureLayerFileTests
{
    private static Dictionary<string, Func<LayersModule, Layer>> Layers { get; } = new()
    {
        ["aug-mix"] = layers => layers.AugMix((0, 255), 2, 2, (0.1, 0.4), 0.8, seed: 1),
        ["auto-contrast"] = layers => layers.AutoContrast(),
        ["clahe"] = layers => layers.ContrastLimitedAdaptiveHistogramEqualization((0, 255), 3.0, (2, 3)),
        ["cut-mix"] = layers => layers.CutMix(0.7, seed: 2),
        ["most-boxes"] = layers => layers.MaxNumBoundingBoxes(3, bounding_box_format: "xyxy"),
        ["mix-up"] = layers => layers.MixUp(0.3, seed: 3),
        ["rand-augment"] = layers => layers.RandAugment(factor: 0.4, seed: 4),
        ["color-degeneration"] = layers => layers.RandomColorDegeneration(0.4, seed: 5),
        ["color-jitter"] = layers => layers.RandomColorJitter(brightness_factor: 0.2, hue_factor: (0.1, 0.3), seed: 6),
        ["crop"] = layers => layers.RandomCrop(4, 5, seed: 7),
        ["elastic"] = layers => layers.RandomElasticTransform(0.9, (0.4, 0.9), seed: 8),
        ["erasing"] = layers => layers.RandomErasing(0.8, (0.1, 0.4), (double[])[1, 2.5, 3], seed: 9),
        ["erasing-noise"] = layers => layers.RandomErasing(seed: 9),
        ["blur"] = layers => layers.RandomGaussianBlur(0.8, (3, 5), 0.7, seed: 10),
        ["hue"] = layers => layers.RandomHue(0.4, seed: 11),
        ["invert"] = layers => layers.RandomInvert((0.3, 0.8), seed: 12),
        ["perspective"] = layers => layers.RandomPerspective(0.8, 0.3, seed: 13),
        ["posterization"] = layers => layers.RandomPosterization((2, 6), seed: 14),
        ["saturation"] = layers => layers.RandomSaturation((0.2, 0.7), seed: 15),
        ["sharpness"] = layers => layers.RandomSharpness(0.7, seed: 16),
        ["shear"] = layers => layers.RandomShear((0.1, 0.3), (0, 1), seed: 17),
        ["solarization"] = layers => layers.Solarization(0.3, (0.2, 0.6), seed: 18),
    };

    [Fact, Needs(Need.RealKeras)]
    [Slow]
    public void Keras_draws_of_our_files_what_we_draw_of_its_files()
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, layer) in Layers) keras.Sequential([keras.Input((6, 7, 3)), layer(keras.layers)]).save(folder[name + ".keras"]);
        var answer = RealKeras.Ask("picture_files.py", [folder.Path]);
        NDArray images = new([.. Enumerable.Range(0, 4 * 6 * 7 * 3).Select(i => (float)((uint)i * 2654435761u >> 24))], 4, 6, 7, 3);
        foreach (string name in Layers.Keys)
        {
            var there = answer.GetProperty(name);
            var back = (Sequential)keras.models.load_model(folder[name + ".python.keras"]);
            var config = JsonNode.Parse(there.GetProperty("config").GetRawText())!;
            var own = back.layers[^1].get_config();
            Assert.True(JsonNode.DeepEquals(config, own), $"{name}: {own.ToJsonString()}, Keras {config.ToJsonString()}");
            Seeds.ShuffleAsPython([], 3);
            foreach (var call in there.GetProperty("calls").EnumerateArray())
            {
                float[] wanted = [.. call.EnumerateArray().Select(v => (float)v.GetDouble())], values = back.Apply(images, training: true).numpy().ToFloats();
                Assert.Equal(wanted.Length, values.Length);
                float most = wanted.Max(Math.Abs);
                for (int i = 0; i < values.Length; i++)
                    Assert.True(Math.Abs(values[i] - wanted[i]) <= 1e-5f * most, $"{name}, value {i}: {values[i]}, Keras {wanted[i]}");
            }
        }
    }
}
