using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Regularizers;

namespace KerasPort.Saving;

/// <summary>
/// Creates models from their configurations, with weights that have no values yet. What a layer would allocate is checked before it is applied, and
/// the number of calls of nested models is limited, so that a small file can't ask for endless work.
/// </summary>
/// <param name="uncompiled">Collects the reasons why models among the layers aren't compiled; <c>null</c> prints each at once.</param>
internal sealed class ModelReader(List<string>? uncompiled = null)
{
    private const long MostPadding = 1 << 20;
    private const int MostLayers = 8_192, MostCalls = 65_536;

    /// <summary>The most bytes of weights that a configuration may ask for: more than Keras' largest application needs, at most half of the memory.</summary>
    private static readonly long s_mostWeightBytes = Math.Min(4L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    private long _weightBytes;

    // The calls of layers in one call of each model.
    private readonly Dictionary<Model, long> _calls = [];

    /// <summary>Reads a model of that class.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public Model Model(string className, JsonElement config, string place)
    {
        if (!ModelConfig.IsModel(className))
        {
            string[] missing =
            [
                .. ClassesOfLayers(config).Where(name => !ModelConfig.IsModel(name)).Except(KnownClasses.Names(typeof(Layer))).Distinct().Order(
                    StringComparer.Ordinal),
            ];
            string nor = missing.Length == 0 ? "" : $"; nor is there a layer {string.Join(", ", missing)} here";
            throw Refused(className, place, nor);
        }
        string name = ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!;
        bool trainable = true;
        Regularizer? regularizer = null;
        foreach (var setting in config.EnumerateObject())
        {
            if (setting.NameEquals("trainable")) trainable = ConfigValue.Flag(setting.Value, $"{place}, trainable", otherwise: true);
            else if (setting.NameEquals(ObjectConfig.ActivityRegularizer)) regularizer = ObjectConfig.ReadRegularizer(setting.Value, place);
            else if (setting.NameEquals("dtype")) OnlySettings.Require(typeof(Model), setting, place);
        }
        var layers = ObjectConfig.Required(config, "layers", JsonValueKind.Array, place);
        if (layers.GetArrayLength() > MostLayers)
            throw new ModelFormatException($"{place}, layers", $"expected at most {MostLayers} layers, found {layers.GetArrayLength()}");
        var (model, calls) = className == ModelConfig.Sequential ? Sequential(name, layers, config, place)
            : new GraphConfig(this, place).Read(name, layers, config);
        _calls[model] = calls;
        // The layers' own flags come from their own configurations.
        model.SetOwnTrainable(trainable);
        model.activity_regularizer = regularizer;
        return model;
    }

    /// <summary>Reads a model of a class of the program's own, built for the input shape in the file; <c>null</c> if the file names no such class.</summary>
    /// <exception cref="ModelFormatException">A setting is malformed or refused, or the model doesn't take such inputs.</exception>
    public Model? OwnModel(JsonElement element, string place)
    {
        if (ObjectConfig.OfOwn(element, typeof(Model), place) is not Model model) return null;
        if (!model.built && element.TryGetProperty("build_config", out var build) && BuildConfig.Read(model, build, $"{place}, build_config") is { } inputs)
        {
            foreach (var input in inputs) RequireDimensions(input, $"{place}, build_config");
            Through(model, [.. inputs.Select(input => input[1..].WithBatch(null))], place);
        }
        return model;
    }

    /// <summary>The exception for a model of an unknown class.</summary>
    public static ModelFormatException Refused(string className, string place, string more = "") =>
        new(place, $"a model of class '{className}' is refused; a model may be {ModelConfig.Functional}, {ModelConfig.Sequential}{more}");

    /// <summary>Reads a layer, or a model among the layers, which is compiled if the file says so.</summary>
    public Layer Layer(JsonElement layer, string place)
    {
        var made = ObjectConfig.ClassOf(layer) is { } name && ModelConfig.IsModel(name) && ObjectConfig.ClassAndConfig(layer, place, name) is var (_, config)
            ? Model(name, config, place) : ObjectConfig.Deserialize<Layer>(layer, place);
        // The legacy format, which has no modules, holds the compilation of the outermost model only.
        if (made is Model model && layer.TryGetProperty("module", out _) && CompilePlan.Of(layer, place) is { } training)
            Compile(model, training, $"{place}, compile_config");
        return made;
    }

    private void Compile(Model model, JsonElement training, string place)
    {
        var remarks = new List<string>();
        if (CompilePlan.Read(training, place, remarks)?.Apply(model, place) is { } refusal) remarks.Add(refusal);
        if (remarks.Count == 0) return;
        string what = model.optimizer is null ? $"model '{model.name}' was *not* compiled, as its training needs what is not here: " : "";
        what += string.Join("; ", remarks);
        if (uncompiled is null) ModelFile.Warn(null, what);
        else uncompiled.Add(what);
    }

    /// <summary>The output shapes of a layer for these inputs; first checks what it would allocate for them.</summary>
    /// <exception cref="ModelFormatException">The layer doesn't take such inputs, or asks for more memory than is allowed.</exception>
    public Shape[] Through(Layer layer, Shape[] inputs, string place)
    {
        if (layer is Sequential { built: false } unbuilt)
        {
            foreach (var inner in unbuilt.layers) inputs = Through(inner, inputs, $"{place}, layer '{inner.name}'");
            return inputs;
        }
        ObjectConfig.Guarded(place, () =>
        {
            layer.RequireAxes(inputs);
            layer.CheckInput(inputs);
            return true;
        });
        if (!layer.built)
        {
            using var inner = layer.Within(inputs).GetEnumerator();
            while (ObjectConfig.Guarded(place, inner.MoveNext))
            {
                var (one, into) = inner.Current;
                Through(one, into, $"{place}, layer '{one.name}'");
                // A model's output shape is known only once it is built; the values of its weights come later.
                if (one is Model { built: false } model) ObjectConfig.Guarded(place, () => { model.Build(into); return true; });
            }
        }
        var (weights, outputs) = ObjectConfig.Guarded(place, () =>
        {
            // The weights of a class of the program's own are known only once it is built.
            if (KnownClasses.IsOwn(layer.GetType()) && !layer.built)
            {
                layer.Build(inputs);
                foreach (var weight in layer.variables) _weightBytes += (long)weight.size * sizeof(float);
            }
            return (layer.built ? [] : layer.Weights(inputs).ToArray(), layer.OutputShapes(inputs));
        });
        foreach (var output in outputs.Where(shape => shape.Rank > 0)) Elements(output[1..].Select(d => d ?? 1), place);
        // A dilation can pad a small image to a gigantic one, which would be allocated when the model runs.
        if (!inputs[0][1..].Contains(null) && layer.WindowOver(inputs[0]) is { } window && (long)window.PaddedHeight * window.PaddedWidth is var padded
            && padded > 4L * window.Height * window.Width && padded * window.Channels > MostPadding)
            throw new ModelFormatException(place, $"padding an image to {window.PaddedHeight} x {window.PaddedWidth} pixels is refused");
        foreach (var weight in weights) _weightBytes += sizeof(float) * Elements(weight.Shape, place);
        if (_weightBytes > s_mostWeightBytes)
            throw new ModelFormatException(place,
                $"{_weightBytes} bytes of weights are refused, a configuration may ask for {s_mostWeightBytes}; make a larger model by its layers");
        return outputs;
    }

    /// <summary>Requires that the dimensions of a model's input are known.</summary>
    public static void RequireDimensions(Shape input, string place)
    {
        if (input.Rank == 0 || input.Any(d => d <= 0))
            throw new ModelFormatException(place, $"every dimension that goes into a model must be open or a number of 1 or more; found {input}");
    }

    /// <summary>The calls of layers that a call of these makes, including those in the models among them.</summary>
    /// <exception cref="ModelFormatException">The calls are more than a program could wait for.</exception>
    public long Count(IEnumerable<Layer?> called, string place)
    {
        long all = 0;
        foreach (var layer in called) all += layer is Model inner ? _calls.GetValueOrDefault(inner, 1) : 1;
        return all <= MostCalls ? all : throw new ModelFormatException(place, $"expected at most {MostCalls} calls of layers in all, found {all}");
    }

    private (Model Model, long Calls) Sequential(string name, JsonElement list, JsonElement config, string place)
    {
        var layers = new List<Layer>();
        var names = new HashSet<string>();
        InputLayer? input = null;
        foreach (var (index, element) in list.EnumerateArray().Index())
        {
            string at = ModelConfig.LayerPlace(place, index, element);
            var layer = Layer(element, at);
            if (layer is InputLayer said)
            {
                if (index > 0) throw new ModelFormatException(place, "an InputLayer must be the first layer");
                input = said;
                continue;
            }
            // Files from before InputLayer give the input shape in the first layer.
            if (index == 0 && layer is not Models.Model && ObjectConfig.InputShape(element.GetProperty("config"), at) is { Rank: > 0 } shape)
                input = InputLayer.Of(shape);
            if (!names.Add(layer.name)) throw new ModelFormatException(place, $"all layers must have unique names, but '{layer.name}' is there twice");
            layers.Add(layer);
        }
        Shape? first = input?.batch_shape;
        if (first is null && config.TryGetProperty("build_input_shape", out var built) && built.ValueKind == JsonValueKind.Array)
            first = ConfigValue.Shape(built, $"{place}, build_input_shape");
        if (first is { } given)
        {
            RequireDimensions(given, place);
            Shape[] shapes = [given];
            foreach (var layer in layers) shapes = Through(layer, shapes, $"{place}, layer '{layer.name}'");
        }
        long calls = Count(layers, place);
        return ObjectConfig.Guarded(place, () =>
        {
            var made = new Sequential(input is null ? layers : [input, .. layers], name);
            // Keras rebuilds a Sequential's graph with each layer added once the input is known, and each rebuild takes a default name from later models.
            int graphs = !made.built ? 0 : input is null ? layers.Count - 1 : layers.Count;
            for (int more = 1; more < graphs; more++) Names.Unique(typeof(Functional));
            if (input is null && first is { } shape) made.build(shape);
            return (made, calls);
        });
    }

    /// <summary>The class names of a model's layers, as far as the configuration has any.</summary>
    private static IEnumerable<string> ClassesOfLayers(JsonElement config) =>
        config.TryGetProperty("layers", out var layers) && layers.ValueKind == JsonValueKind.Array
            ? layers.EnumerateArray().Select(ObjectConfig.ClassOf).OfType<string>() : [];

    // An array holds at most 2^31 - 1 elements; within that limit no product of dimensions overflows later.
    private static long Elements(IEnumerable<int> shape, string place)
    {
        long product = 1;
        foreach (int d in shape)
            if (d < 0 || (product *= d) > int.MaxValue) throw new ModelFormatException(place, $"an array of ({string.Join(", ", shape)}) elements is refused");
        return product;
    }
}
