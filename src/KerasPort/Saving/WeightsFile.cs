using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// <c>.weights.h5</c>, which is also the member <c>model.weights.h5</c> of <c>.keras</c>: <c>/layers/conv2d_1/vars/0</c>, where a layer is named by its
/// class and its number among those, and <c>/optimizer/vars/0</c>, which a compiled model among the layers has in its own group.
/// </summary>
internal static class WeightsFile
{
    /// <summary>The token weights of a lookup layer, which aren't among its variables.</summary>
    private const string TokenWeights = "idf_weights";

    /// <summary>The group of the layers in files of Keras 2.</summary>
    public const string OlderLayers = "_layer_checkpoint_dependencies";

    /// <summary>A file with all weights of a model and the states of its optimizers.</summary>
    public static byte[] Write(Model model) => Hdf5Writer.Bytes(Content(model));

    /// <summary>The groups and data sets of such a file.</summary>
    public static H5File Content(Model model)
    {
        var root = new H5File();
        FillLayer(root, model, new Written(model, ModelState.Of(model, ModelState.Compiled(model))), []);
        return root;
    }

    /// <summary>The values to write, each with the variable that it belongs to.</summary>
    private sealed class Written(Model model, ModelState state)
    {
        private readonly Dictionary<Variable, float[]> _values = model.variables.Zip(state.Weights).ToDictionary(
            weight => weight.First, weight => weight.Second);

        public IReadOnlyDictionary<Model, OptimizerState> Optimizers => state.Optimizers;

        public H5Group Weights(string name, IEnumerable<Variable> variables) =>
            Hdf5Writer.Numbered(name, [.. variables.Select(v => Hdf5Writer.Dataset(v, _values[v]))]);
    }

    /// <summary>An optimizer's variables; those of wrapped optimizers are repeated in their own groups, as Keras does.</summary>
    private static H5Group OptimizerGroup(Optimizer optimizer, IReadOnlyList<OptimizerValue> values)
    {
        var group = new H5Group();
        foreach (var (place, inner) in optimizer.Inner)
        {
            string[] parts = place.Split('/');
            var outer = group;
            foreach (string part in parts[..^1])
            {
                if (!outer.TryGetValue(part, out var known)) outer[part] = known = new H5Group();
                outer = (H5Group)known;
            }
            outer[parts[^1]] = new H5Group { ["vars"] = Hdf5Writer.Numbered(inner.name, Hdf5Writer.Optimizer(values.Where(value => value.Of.Owner == inner))) };
        }
        group["vars"] = Hdf5Writer.Numbered(optimizer.name, Hdf5Writer.Optimizer(values));
        return group;
    }

    /// <summary>Writes the layers to a model's group; a layer shared by several models is written where it is met first.</summary>
    private static void Fill(H5Group group, Model model, Written values, HashSet<Layer> written)
    {
        var layers = new H5Group();
        foreach (var (name, layer) in NamesOf(model.layers).Zip(model.layers))
        {
            if (!written.Add(layer)) continue;
            var inner = new H5Group();
            layers[name] = inner;
            FillLayer(inner, layer, values, written);
        }
        group["layers"] = layers;
    }

    /// <summary>
    /// Writes a layer to its group. Inner layers of a class of the program's own are named after their fields; those in lists by class, numbered.
    /// </summary>
    private static void FillLayer(H5Group group, Layer layer, Written values, HashSet<Layer> written)
    {
        if (layer is Model { HasCallOfItsOwn: false } model) Fill(group, model, values, written);
        else FillFields(group, layer, values, written);
        var vars = values.Weights(layer.name, layer.OwnVariables);
        group["vars"] = vars;
        if (layer is IVocabularyLayer { Weights: { } weights }) vars[TokenWeights] = Hdf5Writer.Dataset(weights, [weights.Length]);
        if (layer is Model compiled && values.Optimizers.TryGetValue(compiled, out var state))
            group["optimizer"] = OptimizerGroup(compiled.optimizer, state.Values);
    }

    private static void FillFields(H5Group group, Layer layer, Written values, HashSet<Layer> written)
    {
        foreach (var (name, value) in layer.LayersByField())
        {
            var inner = new H5Group();
            if (value is Layer one && written.Add(one)) FillLayer(inner, one, values, written);
            else if (value is Layer[] many)
                foreach (var (numbered, each) in NamesOf(many).Zip(many))
                {
                    if (!written.Add(each)) continue;
                    var item = new H5Group();
                    inner[numbered] = item;
                    FillLayer(item, each, values, written);
                }
            if (inner.Count == 0) continue;
            var (around, places) = (group, name.Split('/'));
            foreach (string place in places[..^1]) around = (H5Group)(around.TryGetValue(place, out var held) ? held : around[place] = new H5Group());
            around[places[^1]] = inner;
        }
    }

    /// <summary>The layers in a model, each once, with their paths in files.</summary>
    public static IEnumerable<(string Place, Layer Layer)> PlacesOf(Layer layer, string place = "", HashSet<Layer>? met = null)
    {
        met ??= [];
        if (!met.Add(layer)) yield break;
        yield return (place, layer);
        var inner = layer is Model { HasCallOfItsOwn: false } model ? Named("layers", model.layers)
            : layer.LayersByField().SelectMany(field => field.Value is Layer one ? [(field.Name, one)] : Named(field.Name, (Layer[])field.Value));
        foreach (var (name, one) in inner)
            foreach (var found in PlacesOf(one, $"{place}{name}/", met)) yield return found;

        static IEnumerable<(string, Layer)> Named(string place, IReadOnlyList<Layer> layers) => NamesOf(layers).Select(name => $"{place}/{name}").Zip(layers);
    }

    /// <summary>Reads the weights of a model's layers, and the state of its optimizer and those of the models in it.</summary>
    /// <param name="root">The file.</param>
    /// <param name="model">The model, whose weights need no values yet.</param>
    /// <param name="trainedBy">The optimizer of each model, whose state the file may hold; <c>null</c> to leave it alone.</param>
    /// <param name="remarks">Collects the reasons why an optimizer's state is left alone.</param>
    /// <param name="skipped">Collects the reasons why layers keep their present weights; if <c>null</c>, a mismatch is refused.</param>
    /// <exception cref="ModelFormatException">The file doesn't hold this model's weights.</exception>
    public static ModelState Read(Hdf5Object root, Model model, Func<Model, Optimizer?> trainedBy, List<string>? remarks = null,
        List<string>? skipped = null)
    {
        root = root.Unfolded();
        if (root.Find(PlaceIn(root)) is null && (root.Attributes.ContainsKey(LegacyFile.Config) || LegacyFile.IsWeightsOnly(root)))
            throw NoWeights();
        var found = new Found(trainedBy, remarks, skipped);
        ReadLayer(root, model, found, []);
        foreach (var (words, weights) in found.TokenWeights) words.Weights = weights;
        return new ModelState(ModelState.InOrder(model, found.Values, root.Path, others: skipped is not null), found.Optimizers);
    }

    /// <summary>The values read so far, and the function that gives the optimizer whose state is wanted.</summary>
    private sealed record Found(Func<Model, Optimizer?> TrainedBy, List<string>? Remarks, List<string>? Skipped)
    {
        public Dictionary<Variable, float[]> Values { get; } = [];

        public Dictionary<Model, OptimizerState> Optimizers { get; } = [];

        public List<(IVocabularyLayer Of, float[] Weights)> TokenWeights { get; } = [];
    }

    private static void ReadLayers(Hdf5Object at, Model model, Found found, HashSet<Layer> read)
    {
        string place = PlaceIn(at);
        var group = at.Group(place);
        var names = NamesIn(group, model.layers, isOlder: place == OlderLayers);
        if (found.Skipped is null && group.Children.Keys.Except(names).FirstOrDefault() is { } unknown)
            throw new ModelFormatException($"{(group.Path == "/" ? "" : group.Path)}/{unknown}", "the model has no such layer");
        foreach (var (name, layer) in names.Zip(model.layers))
        {
            if (!read.Add(layer)) continue;
            // A layer without weights may be missing, as in Keras.
            if (layer.variables.Count == 0 && (layer is Model || group.Find($"{name}/vars") is null)) continue;
            try
            {
                ReadLayer(group.Group(name), layer, found, read);
            }
            catch (ModelFormatException e) when (found.Skipped is not null)
            {
                found.Skipped.Add($"'{layer.name}' ({e.Message})");
            }
        }
        Numbered(at, [.. model.OwnVariables], found.Values);
    }

    private static void ReadLayer(Hdf5Object at, Layer layer, Found found, HashSet<Layer> read)
    {
        if (layer is Model model && (!model.HasCallOfItsOwn || at.Find("layers") is not null))
        {
            // Keras visits the attributes of a class by name, `layers` among them, and writes a layer where it first meets it.
            var first = model.LayersByField().Where(field => model.HasCallOfItsOwn && string.CompareOrdinal(field.Name, "layers") < 0);
            ReadFields(at, first.Where(field => at.Find(field.Name) is not null), found, read);
            ReadLayers(at, model, found, read);
        }
        else
        {
            ReadFields(at, layer.LayersByField(), found, read);
            if (layer is IVocabularyLayer { Weighted: { } places } words)
                found.TokenWeights.Add((words, at.Dataset($"vars/{TokenWeights}").Floats([places])));
            else Numbered(at, [.. layer.OwnVariables], found.Values);
        }
        if (layer is Model compiled && at.Find("optimizer") is not null && found.TrainedBy(compiled) is { } trainedBy)
            ReadOptimizer(at.Group("optimizer/vars"), compiled, trainedBy, found);
    }

    private static void ReadOptimizer(Hdf5Object at, Model model, Optimizer trainedBy, Found found)
    {
        var all = Enumerable.Range(0, at.Children.Count).Select(i => at.Dataset($"{i}")).ToList();
        if (OptimizerState.Read(all, model, trainedBy, at.Path, found.Remarks) is { } state) found.Optimizers[model] = state;
    }

    private static void ReadFields(Hdf5Object at, IEnumerable<(string Name, object Value)> fields, Found found, HashSet<Layer> read)
    {
        foreach (var (name, value) in fields)
        {
            if (value is Layer one)
            {
                if (read.Add(one) && HasValues(one)) ReadLayer(at.Group(name), one, found, read);
                continue;
            }
            var many = (Layer[])value;
            foreach (var (numbered, each) in NamesOf(many).Zip(many))
                if (read.Add(each) && HasValues(each)) ReadLayer(at.Group($"{name}/{numbered}"), each, found, read);
        }
    }

    private static bool HasValues(Layer layer) => layer.variables.Count > 0 || layer is IVocabularyLayer { Weighted: not null };

    private static void Numbered(Hdf5Object owner, Variable[] expected, Dictionary<Variable, float[]> values)
    {
        if (expected.Length == 0 && owner.Find("vars") is null) return;
        var variables = owner.Group("vars");
        if (variables.Children.Count != expected.Length)
            throw new ModelFormatException(variables.Path, $"expected {expected.Length} weights, found {variables.Children.Count}");
        float[][] read = [.. expected.Index().Select(one => variables.Dataset($"{one.Index}").Of(one.Item))];
        // A weight that a wrapper shares is in the file twice; as in Keras, the layer's own, which was read first, wins.
        foreach (var (variable, value) in expected.Zip(read)) values.TryAdd(variable, value);
    }

    /// <summary>The layers' names in a group. Keras 2.12 and 2.13 met a layer with weights twice, so that dense_2 follows dense there.</summary>
    private static List<string> NamesIn(Hdf5Object group, IReadOnlyList<Layer> layers, bool isOlder)
    {
        var names = NamesOf(layers).ToList();
        bool isThere = names.Zip(layers).All(one => one.Second.variables.Count == 0 || group.Children.ContainsKey(one.First));
        return isThere || !isOlder ? names : [.. NamesOf(layers, countsWeightsTwice: true)];
    }

    private static string PlaceIn(Hdf5Object group) => group.Find(OlderLayers) is null ? "layers" : OlderLayers;

    /// <summary>A description of a file without configurations and of how to read it; <c>null</c> if it isn't a weights file.</summary>
    public static string? Describe(Hdf5Object root) =>
        LegacyFile.IsWeightsOnly(root)
            ? "weights alone in the legacy format: let its name end in .h5 without .weights, make the model, and call its load_weights"
        : root.Unfolded() is var unfolded && (unfolded.Find("layers") is not null || unfolded.Find(OlderLayers) is not null)
            ? "weights alone: let its name end in .weights.h5, make the model, and call its load_weights"
        : null;

    /// <summary>The layers of the file, each with its weights' shapes.</summary>
    /// <exception cref="ModelFormatException">The layers are of a kind that no model has.</exception>
    public static string Layers(Hdf5Object root)
    {
        if (root.Attributes.ContainsKey(LegacyFile.Config) || LegacyFile.IsWeightsOnly(root)) throw NoWeights();
        root = root.Unfolded();
        var group = root.Group(PlaceIn(root));
        var known = KnownClasses.Types(typeof(Layer)).Where(type => type != typeof(InputLayer)).ToDictionary(Names.SnakeCase);
        var layers = new List<string>();
        foreach (var (name, layer) in group.Children.OrderBy(child => child.Key, StringComparer.Ordinal))
        {
            int end = name.LastIndexOf('_');
            bool isNumbered = end > 0 && name.AsSpan(end + 1).IndexOfAnyExceptInRange('0', '9') < 0 && !known.ContainsKey(name);
            string type = isNumbered ? name[..end] : name;
            if (!known.ContainsKey(type))
                throw new ModelFormatException(layer.Path,
                    $"there is no layer '{type}' here; it may be {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}");
            var variables = layer.Find("vars") is null ? [] : layer.Group("vars").Children;
            string shapes = Shapes([.. Enumerable.Range(0, variables.Count).Select(i => layer.Dataset($"vars/{i}"))], layer.Path);
            if (shapes.Length > 0) layers.Add($"{name} {shapes}");
        }
        return string.Join(", ", layers);
    }

    /// <summary>The shapes of a layer's weights: floats of at most 5 dimensions, or a count.</summary>
    /// <exception cref="ModelFormatException">The weights are of a kind that no layer has.</exception>
    public static string Shapes(IReadOnlyList<Hdf5Value> weights, string place)
    {
        string shapes = string.Join(" ", weights.Select(w => Hdf5Value.ShapeText([.. w.Shape])));
        foreach (var weight in weights)
            if (weight is not { Type: Hdf5Type.Int64, Shape.Count: 0 }) weight.RequireFloats();
        return weights.All(weight => weight.Shape.Count <= 5) ? shapes : throw new ModelFormatException(place, $"no layer here has weights of shapes {shapes}");
    }

    private static ModelFormatException NoWeights() => new(null, "it holds the legacy format: let its name end in .h5 without .weights");

    /// <summary>Keras' names for a list of objects: conv2d, conv2d_1, by class and not by their own names, which differ from run to run.</summary>
    /// <param name="layers">The objects.</param>
    /// <param name="countsWeightsTwice">Whether one with weights counts as two.</param>
    public static IEnumerable<string> NamesOf(IEnumerable<Layer> layers, bool countsWeightsTwice = false)
    {
        var used = new Dictionary<string, int>();
        foreach (var layer in layers)
        {
            string name = Names.SnakeCase(layer.GetType());
            int count = used[name] = used.GetValueOrDefault(name, -1) + 1;
            yield return count == 0 ? name : $"{name}_{count}";
            if (countsWeightsTwice && layer.variables.Count > 0) used[name]++;
        }
    }
}
