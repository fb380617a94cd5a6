using System.Text.Json;
using KerasPort.Graphs;
using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Console.Analysis;

/// <summary>
/// The codelab's pictures: the outputs of each convolution and pooling for three images of one class, which show the features that these share.
/// The class is that of the first test image, an ankle boot.
/// </summary>
internal sealed class FeatureMaps
{
    private const int Images = 3, MostChannels = 64;

    private readonly int _class, _channel;
    private readonly int[] _images;
    private readonly byte[][] _inputs;
    private readonly List<Maps> _layers = [];

    private FeatureMaps(Model model, NDArray images, NDArray labels)
    {
        int[] classes = labels.ToInts();
        _class = classes[0];
        _images = [.. Enumerable.Range(0, classes.Length).Where(i => classes[i] == _class).Take(Images)];
        _inputs = [.. _images.Select(i => TestResults.ImageOf(images, i))];

        var activity = new double[MostChannels];
        foreach (var (layer, outputs) in Outputs(model, _images.Select(i => images[i..(i + 1)] / 255.0)))
        {
            int height = outputs[0].shape[1], width = outputs[0].shape[2], channels = Math.Min(outputs[0].shape[3], MostChannels);
            double largest = Math.Max(outputs.Max(o => o.max()), 1e-9);
            for (int channel = 0; channel < channels; channel++) activity[channel] += outputs.Sum(o => o[0, .., .., channel].mean()) / largest;
            _layers.Add(new(layer.name, height, width, channels, largest, [.. outputs.Select(o => Sheet(o, height, width, channels, largest))]));
        }
        // The channel to show first: the most active one, since a filter that doesn't respond to a boot would make a dull picture.
        _channel = Array.IndexOf(activity, activity.Max());
    }

    /// <summary>The feature maps of a model; null if it has no convolutions.</summary>
    public static FeatureMaps? Of(Model model, NDArray images, NDArray labels) =>
        model.layers.Any(layer => layer is Conv2D) ? new(model, images, labels) : null;

    /// <summary>
    /// The outputs of each layer whose outputs are pictures, for each of these inputs (a batch of one each), computed by a model of these outputs that
    /// shares the weights.
    /// </summary>
    public static IEnumerable<(Layer Layer, NDArray[] Outputs)> Outputs(Model model, IEnumerable<NDArray> inputs)
    {
        LayerCall[] pictured = [.. model.Graph!.Calls.Where(call => call.Layer is not InputLayer && call.Outputs is [{ shape.Rank: 4 }])];
        if (pictured.Length == 0) yield break;
        var activation_model = keras.models.Model(inputs: model.input, outputs: [.. from call in pictured select call.Outputs[0]]);
        NDArray[] all = [.. inputs.Select(x => activation_model.predict(x, verbose: 0))];
        for (int i = 0; i < pictured.Length; i++) yield return (pictured[i].Layer, [.. all.Select(f => pictured.Length == 1 ? f : f[i])]);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("class", _class);
        json.WriteNumber("channel", _channel);
        json.WriteStartArray("images");
        foreach (int image in _images) json.WriteNumberValue(image);
        json.WriteEndArray();
        WritePictures(json, "inputs", _inputs);
        json.WriteStartArray("layers");
        foreach (var layer in _layers)
        {
            json.WriteStartObject();
            json.WriteString("layer", layer.Layer);
            json.WriteNumber("height", layer.Height);
            json.WriteNumber("width", layer.Width);
            json.WriteNumber("channels", layer.Channels);
            json.WriteNumber("columns", Columns(layer.Channels));
            JsonText.WriteNumber(json, "largest", layer.Largest);
            WritePictures(json, "pngs", layer.Pngs);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int Columns(int channels) => (int)Math.Ceiling(Math.Sqrt(channels));

    /// <summary>All channels as tiles; black is 0, and the brightest is the largest value that any of the images gives in this layer.</summary>
    private static byte[] Sheet(NDArray output, int height, int width, int channels, double largest)
    {
        int columns = Columns(channels), all = output.shape[3];
        float[] values = output.ToFloats();
        var sheet = new TileSheet(width, height, columns, (channels + columns - 1) / columns, gap: 0, background: 0);
        for (int channel = 0; channel < channels; channel++)
        {
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    float value = values[(y * width + x) * all + channel];
                    sheet.Set(channel % columns, channel / columns, x, y, value > 0 ? (byte)Math.Round(255 * Math.Min(value / largest, 1)) : (byte)0);
                }
            }
        }
        return sheet.ToPng(Palette.Heat);
    }

    private static void WritePictures(Utf8JsonWriter json, string name, IEnumerable<byte[]> pngs)
    {
        json.WriteStartArray(name);
        foreach (byte[] png in pngs) json.WriteBase64StringValue(png);
        json.WriteEndArray();
    }

    private sealed record Maps(string Layer, int Height, int Width, int Channels, double Largest, byte[][] Pngs);
}
