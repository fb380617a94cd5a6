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
    private const string One = "input_shape", Each = "shapes_dict", Suffix = "_shape";

    /// <summary>The configuration as Keras writes it.</summary>
    public static JsonObject Of(Layer layer, Shape[] shapes) => layer.Takes.Kind switch
    {
        Arrangement.Kinds.List => new() { [One] = new JsonArray([.. shapes.Select(ConfigValue.Array)]) },
        Arrangement.Kinds.Dictionary => new() { [One] = ByName(layer.Takes.Names!, shapes) },
        Arrangement.Kinds.Arguments when layer.HasBuildOfShapes =>
            new() { [Each] = ByName([.. shapes.Select((_, i) => layer.ArgumentAt(i) + Suffix)], shapes) },
        _ => new() { [One] = ConfigValue.Array(shapes[0]) },
    };

    /// <summary>Reads the shapes and has the layer take its inputs in that arrangement; <c>null</c> where there are none.</summary>
    /// <exception cref="ModelFormatException">A shape is malformed, or the layer doesn't take inputs in that arrangement.</exception>
    public static Shape[]? Read(Layer layer, JsonElement config, string place)
    {
        if (config.ValueKind != JsonValueKind.Object) return null;
        if (config.TryGetProperty(Each, out var arguments) && arguments.ValueKind == JsonValueKind.Object)
            return Taken(layer, Arrangement.Arguments, [.. arguments.EnumerateObject().Select(one => Shape(one.Value, place))]);
        if (!config.TryGetProperty(One, out var given)) return null;
        if (given.ValueKind == JsonValueKind.Object)
            return Taken(layer, Arrangement.ByName([.. given.EnumerateObject().Select(one => one.Name)]),
                [.. given.EnumerateObject().Select(one => Shape(one.Value, place))]);
        if (given.ValueKind != JsonValueKind.Array) return null;
        bool areSeveral = given.GetArrayLength() > 0 && given.EnumerateArray().All(one => one.ValueKind == JsonValueKind.Array);
        return areSeveral ? Taken(layer, Arrangement.List, [.. given.EnumerateArray().Select(one => Shape(one, place))]) : [Shape(given, place)];
    }

    private static Shape[]? Taken(Layer layer, Arrangement arrangement, Shape[] shapes) => shapes.Length == 0 ? null :
        [.. ObjectConfig.Guarded("input_shape", () => layer.Take(arrangement, shapes.Length)).Select(place => shapes[place])];

    private static Shape Shape(JsonElement value, string place) => ConfigValue.Shape(value, $"{place}, {One}");

    private static JsonObject ByName(string[] names, Shape[] shapes)
    {
        var all = new JsonObject();
        foreach (var (name, shape) in names.Zip(shapes)) all[name] = ConfigValue.Array(shape);
        return all;
    }
}
