using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Console.Analysis;

/// <summary>The analysis of a trained model, for the pictures of a report.</summary>
internal sealed class ModelAnalysis
{
    private readonly TestResults _test;
    private readonly FilterSheet[] _filters;
    private readonly FeatureMaps? _maps;

    public ModelAnalysis(Model model)
    {
        var (_, (images, labels)) = tf.keras.datasets.fashion_mnist.load_data();
        _test = new TestResults(images, labels, model.predict(images / 255.0, verbose: 0).ToFloats());
        _filters = [.. model.layers.OfType<Conv2D>().Select(layer => new FilterSheet(layer))];
        _maps = FeatureMaps.Of(model, images, labels);
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("classes");
        foreach (string name in TestResults.Classes) json.WriteStringValue(name);
        json.WriteEndArray();
        _test.Write(json);
        json.WriteStartArray("filters");
        foreach (var sheet in _filters) sheet.Write(json);
        json.WriteEndArray();
        json.WritePropertyName("feature_maps");
        if (_maps is null) json.WriteNullValue();
        else _maps.Write(json);
        json.WriteEndObject();
    }
}
