using System.Text;
using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// The legacy <c>.h5</c>: the configurations as attributes, the weights by layer and name under <c>/model_weights</c>, the optimizer's under
/// <c>/optimizer_weights</c>. A file of weights alone has the content of <c>/model_weights</c> at its root.
/// </summary>
internal static class LegacyFile
{
    public const string Config = "model_config", Training = "training_config", Version = "keras_version";

    private const string Backend = "backend";

    public static byte[] Write(Model model, bool includeOptimizer)
    {
        var state = ModelState.Of(model, includeOptimizer && model.optimizer is not null ? [model] : []);
        var values = model.variables.Zip(state.Weights).ToDictionary(weight => weight.First, weight => weight.Second);
        var paths = LayerPaths.Of(model);
        var layers = new H5Group();
        foreach (var layer in model.layers)
        {
            var group = new H5Group();
            Fill(group, [.. InOrder(layer).Select(v => (paths[v], Hdf5Writer.Dataset(v, values[v])))]);
            layers[layer.name] = group;
        }
        Hdf5Writer.SetStrings(layers, "layer_names", [.. model.layers.Select(l => l.name)]);
        layers.Attributes[Backend] = "tensorflow";
        layers.Attributes[Version] = KerasFile.KerasVersion;
        var top = new H5Group();
        Hdf5Writer.SetStrings(top, "weight_names", []);
        layers["top_level_model_weights"] = top;

        var root = new H5File { ["model_weights"] = layers };
        root.Attributes[Backend] = "tensorflow";
        root.Attributes[Version] = KerasFile.KerasVersion;
        root.Attributes[Config] = ModelConfig.Serialize(model, legacy: true).ToJsonString();
        if (!includeOptimizer || model.optimizer is null) return Hdf5Writer.Bytes(root);
        root.Attributes[Training] = CompilePlan.Serialize(model, legacy: true).ToJsonString();
        var optimizer = new H5Group();
        Fill(optimizer, [.. OptimizerNames(state.Optimizers[model]).Zip(Hdf5Writer.Optimizer(state.Optimizers[model].Values))]);
        root["optimizer_weights"] = optimizer;
        return Hdf5Writer.Bytes(root);
    }

    /// <summary>The model's configuration.</summary>
    /// <exception cref="ModelFormatException">The file has none.</exception>
    public static JsonElement Configuration(Hdf5Object root)
    {
        if (!root.Attributes.ContainsKey(Config) && WeightsFile.Describe(root) is { } kind)
            throw new ModelFormatException(null, $"there are no layers in it, it holds {kind}");
        string? version = root.Attributes.TryGetValue(Version, out var written) ? written.Text() : null;
        return OlderConfig.Current(JsonText.Parse(Encoding.UTF8.GetBytes(root.Attribute(Config).Text()), Config), version, Config);
    }

    /// <summary>The configuration of the model's training; <c>null</c> for a model that was never compiled.</summary>
    /// <exception cref="ModelFormatException">It is malformed.</exception>
    public static JsonElement? TrainingConfiguration(Hdf5Object root)
    {
        if (!root.Attributes.TryGetValue(Training, out var attribute) || attribute.Text() is not { } text || text is "null") return null;
        var training = JsonText.Parse(Encoding.UTF8.GetBytes(text), Training);
        return training.EnumerateObject().Any() ? training : null;
    }

    /// <summary>Whether the file was written by <c>save_weights</c> of an older version.</summary>
    public static bool IsWeightsOnly(Hdf5Object root) => root.Attributes.ContainsKey("layer_names") || root.Attributes.ContainsKey("layer_names0");

    /// <summary>The layers of a file of weights alone, each with its weights' shapes.</summary>
    /// <exception cref="ModelFormatException">A layer's weights are of a kind that no layer has.</exception>
    public static string Layers(Hdf5Object root) => string.Join(", ", Strings(root, "layer_names")
        .Select(name => (name, Shapes: WeightsFile.Shapes(Values(Member(root, name)), $"/{name}"))).Where(l => l.Shapes.Length > 0).Select(
            l => $"{l.name} {l.Shapes}"));

    /// <summary>Reads the weights of a model's layers and its optimizer's state. This format doesn't hold the optimizers of models among the layers.</summary>
    /// <exception cref="ModelFormatException">The file doesn't hold this model's weights.</exception>
    public static ModelState Read(Hdf5Object root, Model model, Optimizer? trainedBy, List<string>? remarks = null, List<string>? skipped = null)
    {
        bool isWhole = root.Find("model_weights") is not null;
        if (!isWhole && !IsWeightsOnly(root) && WeightsFile.Describe(root) is { } kind) throw new ModelFormatException(null, $"it holds {kind}");
        var group = isWhole ? root.Group("model_weights") : root;
        // Layers are matched by their order; those without weights don't count.
        var saved = Strings(group, "layer_names").Select(name => (name, Values: Values(Member(group, name)))).Where(l => l.Values.Count > 0).ToList();
        var expected = model.layers.Where(layer => layer.variables.Count > 0).ToList();
        if (saved.Count != expected.Count) throw new ModelFormatException(group.Path, $"expected {expected.Count} layers with weights, found {saved.Count}");
        var read = new Dictionary<Variable, float[]>();
        bool isMirrored = group.Attributes.TryGetValue(Backend, out var backend) && backend.Text() == "theano";
        foreach (var ((name, values), layer) in saved.Zip(expected))
        {
            Variable[] wanted = [.. InOrder(layer)];
            try
            {
                if (values.Count != wanted.Length)
                    throw new ModelFormatException($"{group.Path}, layer '{name}'",
                        $"expected {wanted.Length} weights of '{layer.name}', found {values.Count}");
                float[][] all = [.. values.Zip(wanted, (value, weight) => value.Of(weight))];
                foreach (var (value, weight) in all.Zip(wanted)) read[weight] = value;
                if (isMirrored) foreach (var kernel in Kernels(layer)) read[kernel] = Mirrored(read[kernel], kernel);
            }
            catch (ModelFormatException e) when (skipped is not null)
            {
                skipped.Add($"'{layer.name}' ({e.Message})");
            }
        }
        var weights = ModelState.InOrder(model, read, group.Path, others: skipped is not null);
        if (trainedBy is null || root.Find("optimizer_weights") is null) return new ModelState(weights, new Dictionary<Model, OptimizerState>());
        var optimizer = root.Group("optimizer_weights");
        var state = OptimizerState.Read(Values(optimizer), model, trainedBy, optimizer.Path, remarks, isLegacy: true);
        return new ModelState(weights, state is null ? new Dictionary<Model, OptimizerState>() : new() { [model] = state });
    }

    /// <summary>The kernels of a layer, or of those in it, that slide over their inputs.</summary>
    private static IEnumerable<Variable> Kernels(Layer layer) => layer switch
    {
        Model model => model.layers.SelectMany(Kernels),
        Wrapper wrapper => Kernels(wrapper.layer),
        KernelConvolution convolution => [convolution.variables[0]],
        _ => [],
    };

    /// <summary>A kernel with its taps in reverse order: Theano convolved, where other backends correlate.</summary>
    private static float[] Mirrored(float[] kernel, Variable variable)
    {
        int tap = variable.shape[^2] * variable.shape[^1];
        return [.. kernel.Chunk(Math.Max(tap, 1)).Reverse().SelectMany(values => values)];
    }

    /// <summary>A layer's weights in this format's order: those of a model among the layers have all trainable ones first.</summary>
    private static IEnumerable<Variable> InOrder(Layer layer) => layer.trainable_variables.Concat(layer.non_trainable_variables);

    /// <summary>Keras' names for an optimizer's variables, made unique: layers 'a/b' and 'a_b' get the same name here.</summary>
    private static IEnumerable<string> OptimizerNames(OptimizerState state)
    {
        var taken = new HashSet<string>();
        foreach (var (variable, _, _) in state.Values)
        {
            string unique = variable.Path;
            for (int i = 1; !taken.Add(unique); i++) unique = $"{variable.Path}_{i}";
            yield return unique;
        }
    }

    /// <summary>Adds datasets to a group and lists their names; a name with slashes leads through groups in groups.</summary>
    private static void Fill(H5Group group, (string Name, H5Dataset Dataset)[] datasets)
    {
        Hdf5Writer.SetStrings(group, "weight_names", [.. datasets.Select(d => d.Name)]);
        foreach (var (name, dataset) in datasets)
        {
            string[] parts = name.Split('/');
            var inner = group;
            foreach (string part in parts[..^1])
            {
                if (!inner.TryGetValue(part, out var next)) inner[part] = next = new H5Group();
                inner = (H5Group)next;
            }
            inner[parts[^1]] = dataset;
        }
    }

    /// <summary>The datasets that a group lists, each once.</summary>
    private static List<Hdf5Value> Values(Hdf5Object group)
    {
        string[] names = Strings(group, "weight_names");
        if (names.Distinct().Count() != names.Length) throw new ModelFormatException(group.Path, "expected each weight once");
        return [.. names.Select(name => group.Dataset(name))];
    }

    private static Hdf5Object Member(Hdf5Object group, string name) =>
        group.Children.TryGetValue(name, out var member) ? member
            : throw new ModelFormatException(group.Path, $"expected a group for layer '{name}', found none");

    /// <summary>A list of strings, which Keras splits into name0, name1… when it is long.</summary>
    private static string[] Strings(Hdf5Object group, string name)
    {
        if (group.Attributes.ContainsKey(name)) return group.Attribute(name).Strings();
        var all = new List<string>();
        for (int i = 0; group.Attributes.TryGetValue($"{name}{i}", out var part); i++) all.AddRange(part.Strings());
        return [.. all];
    }
}
