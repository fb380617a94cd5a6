using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// <c>.weights.h5</c>, which is also the member <c>model.weights.h5</c> of <c>.keras</c>: <c>/layers/conv2d_1/vars/0</c>, where a layer goes
/// by its class and its number among those, and <c>/optimizer/vars/0</c>.
/// </summary>
internal static class WeightsFile
{
    /// <summary>Where the layers are in files of Keras 2.</summary>
    public const string OlderLayers = "_layer_checkpoint_dependencies";

    /// <summary>All weights of a model, and its optimizer's state.</summary>
    public static byte[] Write(Model model)
    {
        var state = ModelState.Of(model);
        var values = model.variables.Zip(state.Weights).ToDictionary(weight => weight.First, weight => weight.Second);
        var root = new H5File();
        Fill(root, model, values, []);
        if (state.Optimizer is not null)
            root["optimizer"] = new H5Group { ["vars"] = Hdf5Writer.Numbered(model.optimizer!.name, Hdf5Writer.Optimizer(state.Optimizer, model)) };
        return Hdf5Writer.Bytes(root);
    }

    /// <summary>Puts the layers into a model's group; a layer that several models have lies where it is met first.</summary>
    private static void Fill(H5Group group, Model model, Dictionary<Variable, float[]> values, HashSet<Layer> written)
    {
        H5Group Numbered(string name, IEnumerable<Variable> variables) => Hdf5Writer.Numbered(name, [.. variables.Select(v => Hdf5Writer.Dataset(v, values[v]))]);
        var layers = new H5Group();
        foreach (var (name, layer) in NamesOf(model.layers).Zip(model.layers))
        {
            if (!written.Add(layer)) continue;
            var inner = new H5Group();
            layers[name] = inner;
            if (layer is Model nested) Fill(inner, nested, values, written);
            else inner["vars"] = Numbered(layer.name, layer.variables);
        }
        group["layers"] = layers;
        group["vars"] = Numbered(model.name, OwnOf(model));
    }

    /// <summary>The weights that a model has beside those of its layers: of a class of one's own.</summary>
    private static IEnumerable<Variable> OwnOf(Model model) => model.variables.Except(model.layers.SelectMany(layer => layer.variables));

    /// <summary>Reads the weights of a model's layers, and the state of its optimizer.</summary>
    /// <param name="root">The file.</param>
    /// <param name="model">The model, whose weights need no values yet.</param>
    /// <param name="trainedBy">The optimizer whose state it may hold; <c>null</c> to leave the optimizer's state alone.</param>
    /// <param name="remarks">Takes why the optimizer's state is left alone.</param>
    /// <exception cref="ModelFormatException">The file holds something else.</exception>
    public static ModelState Read(Hdf5Object root, Model model, Optimizer? trainedBy, List<string>? remarks = null)
    {
        if (root.Find(PlaceIn(root)) is null && (root.Attributes.ContainsKey(LegacyFile.Config) || LegacyFile.IsWeightsOnly(root)))
            throw NoWeights();
        var values = new Dictionary<Variable, float[]>();
        ReadLayers(root, model, values, []);
        var weights = ModelState.InOrder(model, values, root.Path);
        if (trainedBy is null || root.Find("optimizer") is null) return new ModelState(weights, null);
        var optimizer = root.Group("optimizer/vars");
        var all = Enumerable.Range(0, optimizer.Children.Count).Select(i => optimizer.Dataset($"{i}")).ToList();
        return new ModelState(weights, OptimizerState.Read(all, model.Trained, trainedBy, optimizer.Path, remarks));
    }

    private static void ReadLayers(Hdf5Object at, Model model, Dictionary<Variable, float[]> values, HashSet<Layer> read)
    {
        string place = PlaceIn(at);
        var names = NamesOf(model.layers).ToList();
        var group = at.Group(place);
        if (group.Children.Keys.Except(names).FirstOrDefault() is { } unknown)
            throw new ModelFormatException($"{(group.Path == "/" ? "" : group.Path)}/{unknown}", "the model has no such layer");
        foreach (var (name, layer) in names.Zip(model.layers))
        {
            if (!read.Add(layer)) continue;
            // A layer without weights may be missing, as in Keras.
            if (layer.variables.Count == 0 && (layer is Model || group.Find($"{name}/vars") is null)) continue;
            if (layer is Model nested) ReadLayers(group.Group(name), nested, values, read);
            else Numbered(group, $"{name}/vars", layer.variables);
        }
        Variable[] own = [.. OwnOf(model)];
        if (own.Length > 0) Numbered(at, "vars", own);

        void Numbered(Hdf5Object owner, string name, IReadOnlyList<Variable> expected)
        {
            var variables = owner.Group(name);
            if (variables.Children.Count != expected.Count)
                throw new ModelFormatException(variables.Path, $"expected {expected.Count} weights, found {variables.Children.Count}");
            foreach (var (i, variable) in expected.Index()) values[variable] = variables.Dataset($"{i}").Of(variable);
        }
    }

    private static string PlaceIn(Hdf5Object group) => group.Find(OlderLayers) is null ? "layers" : OlderLayers;

    /// <summary>What a file without configurations holds, and how it is read; <c>null</c> if it's no weights file.</summary>
    public static string? Describe(Hdf5Object root) =>
        LegacyFile.IsWeightsOnly(root) ? "weights alone in the legacy format: let its name end in .h5 without .weights, make the model, and call its load_weights"
        : root.Find("layers") is not null || root.Find(OlderLayers) is not null ? "weights alone: let its name end in .weights.h5, make the model, and call its load_weights"
        : null;

    /// <summary>The layers of the file, each with its weights' shapes.</summary>
    /// <exception cref="ModelFormatException">No model here has such layers.</exception>
    public static string Layers(Hdf5Object root)
    {
        if (root.Attributes.ContainsKey(LegacyFile.Config) || LegacyFile.IsWeightsOnly(root)) throw NoWeights();
        var group = root.Group(PlaceIn(root));
        var known = KnownClasses.Types(typeof(Layer)).Where(type => type != typeof(InputLayer)).ToDictionary(Names.SnakeCase);
        var layers = new List<string>();
        foreach (var (name, layer) in group.Children.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            int end = name.LastIndexOf('_');
            bool isNumbered = end > 0 && name.AsSpan(end + 1).IndexOfAnyExceptInRange('0', '9') < 0 && !known.ContainsKey(name);
            string type = isNumbered ? name[..end] : name;
            if (!known.ContainsKey(type)) throw new ModelFormatException(layer.Path, $"there is no layer '{type}' here; it may be {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}");
            var variables = layer.Find("vars") is null ? [] : layer.Group("vars").Children;
            string shapes = Shapes([.. Enumerable.Range(0, variables.Count).Select(i => layer.Dataset($"vars/{i}"))], layer.Path);
            if (shapes.Length > 0) layers.Add($"{name} {shapes}");
        }
        return string.Join(", ", layers);
    }

    /// <summary>The shapes of a layer's weights: floats of at most 4 dimensions, or a count.</summary>
    /// <exception cref="ModelFormatException">No layer here has such weights.</exception>
    public static string Shapes(IReadOnlyList<Hdf5Value> weights, string place)
    {
        string shapes = string.Join(" ", weights.Select(w => Hdf5Value.ShapeText([.. w.Shape])));
        foreach (var weight in weights)
            if (weight is not { Type: Hdf5Type.Int64, Shape.Count: 0 }) weight.RequireFloats();
        return weights.All(weight => weight.Shape.Count <= 4) ? shapes : throw new ModelFormatException(place, $"no layer here has weights of shapes {shapes}");
    }

    private static ModelFormatException NoWeights() => new(null, "it holds the legacy format: let its name end in .h5 without .weights");

    /// <summary>Keras' names for a list of objects: conv2d, conv2d_1, by class and not by their own names, which differ from run to run.</summary>
    private static IEnumerable<string> NamesOf(IEnumerable<Layer> layers)
    {
        var used = new Dictionary<string, int>();
        foreach (var layer in layers)
        {
            string name = Names.SnakeCase(layer.GetType());
            int count = used[name] = used.GetValueOrDefault(name, -1) + 1;
            yield return count == 0 ? name : $"{name}_{count}";
        }
    }
}
