using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;

namespace KerasPort.Saving;

/// <summary>
/// A <c>build_config</c>: the shapes that a layer or model was built for. <c>input_shape</c> is one shape, or a list or dictionary of them for a class of
/// the program's own with several inputs; <c>shapes_dict</c> has a shape for each argument, where its <c>build</c> takes them so.
/// </summary>
internal static class BuildConfig
{
    private const string OneShape = "input_shape", Each = "shapes_dict", Suffix = "_shape";

    /// <summary>
    /// The configuration as Keras writes it; <c>null</c> for a layer that isn't built, and for those that Keras builds in their constructors, for no shape.
    /// </summary>
    public static JsonObject? Of(Layer layer) => layer switch
    {
        IVocabularyLayer => [],
        Pooling or GlobalPooling or FunctionLayer or ActivityRegularization or Identity or Masking or Reshape or UnitNormalization => null,
        TrainingOnlyLayer and not RandomImageLayer => null,
        _ => layer.BuiltInputs is { } shapes ? Of(layer, shapes) : null,
    };

    /// <summary>The configuration for shapes that were built for.</summary>
    public static JsonObject Of(Layer layer, Shape[] shapes) => layer.Takes.Kind switch
    {
        Arrangement.Kinds.List => new() { [OneShape] = new JsonArray([.. shapes.Select(ConfigValue.Array)]) },
        Arrangement.Kinds.Dictionary => new() { [OneShape] = ByName(layer.Takes.Names!, shapes) },
        Arrangement.Kinds.Arguments when layer.HasBuildOfShapes =>
            new() { [Each] = ByName([.. shapes.Select((_, i) => layer.ArgumentAt(i) + Suffix)], shapes) },
        _ => new() { [OneShape] = layer is Merge || shapes.Length > 1 ? new JsonArray([.. shapes.Select(ConfigValue.Array)]) : ConfigValue.Array(shapes[0]) },
    };

    /// <summary>Reads the shapes and has the layer take its inputs in that arrangement; <c>null</c> where there are none.</summary>
    /// <exception cref="ModelFormatException">A shape is malformed, or the layer doesn't take inputs in that arrangement.</exception>
    public static Shape[]? Read(Layer layer, JsonElement config, string place)
    {
        if (config.ValueKind != JsonValueKind.Object) return null;
        if (config.TryGetProperty(Each, out var arguments) && arguments.ValueKind == JsonValueKind.Object)
            return Taken(layer, Arrangement.Arguments, [.. arguments.EnumerateObject().Select(one => Shape(one.Value, place))]);
        if (!config.TryGetProperty(OneShape, out var given)) return null;
        if (given.ValueKind == JsonValueKind.Object)
            return Taken(layer, Arrangement.ByName([.. given.EnumerateObject().Select(one => one.Name)]),
                [.. given.EnumerateObject().Select(one => Shape(one.Value, place))]);
        if (given.ValueKind != JsonValueKind.Array) return null;
        bool areSeveral = given.GetArrayLength() > 0 && given.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Array);
        return areSeveral ? Taken(layer, Arrangement.List, [.. given.EnumerateArray().Select(one => Shape(one, place))]) : [Shape(given, place)];
    }

    /// <summary>The shape that a layer of the library was built for, if it was one.</summary>
    /// <exception cref="ModelFormatException">The shape is malformed.</exception>
    public static Shape[]? One(JsonElement config, string place) =>
        config.ValueKind == JsonValueKind.Object && config.TryGetProperty(OneShape, out var given) && given.ValueKind == JsonValueKind.Array
            && given.EnumerateArray().All(size => size.ValueKind != JsonValueKind.Array) ? [Shape(given, place)] : null;

    private static Shape[]? Taken(Layer layer, Arrangement arrangement, Shape[] shapes) => shapes.Length == 0 ? null :
        [.. ObjectConfig.Guarded("input_shape", () => layer.Take(arrangement, shapes.Length)).Select(place => shapes[place])];

    private static Shape Shape(JsonElement value, string place) => ConfigValue.Shape(value, $"{place}, {OneShape}");

    private static JsonObject ByName(string[] names, Shape[] shapes)
    {
        var all = new JsonObject();
        foreach (var (name, shape) in names.Zip(shapes)) all[name] = ConfigValue.Array(shape);
        return all;
    }
}
