using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Saving.Hdf5;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// <c>.weights.h5</c>, which is also the member <c>model.weights.h5</c> of <c>.keras</c>: <c>/layers/conv2d_1/vars/0</c>, where a layer goes
/// by its class and its number among those, and <c>/optimizer/vars/0</c>.
/// </summary>
internal static class WeightsFile
{
    public static byte[] Write(Model model)
    {
        var state = ModelState.Of(model);
        var layers = new H5Group();
        int weight = 0;
        foreach (var (name, layer) in NamesOf(model.layers).Zip(model.layers))
            layers[name] = new H5Group { ["vars"] = Hdf5Writer.Numbered(layer.name, [.. layer.variables.Select(v => Hdf5Writer.Dataset(state.Weights[weight++], [.. v.shape]))]) };
        var root = new H5File { ["layers"] = layers, ["vars"] = Hdf5Writer.Numbered(model.name, []) };
        if (state.Optimizer is not null)
            root["optimizer"] = new H5Group { ["vars"] = Hdf5Writer.Numbered(Names.SnakeCase(model.optimizer!.GetType()), Hdf5Writer.Optimizer(state.Optimizer, model)) };
        return Hdf5Writer.Bytes(root);
    }

    /// <summary>Reads the weights of these layers.</summary>
    /// <param name="root">The file.</param>
    /// <param name="layers">Layers and the weights that each has.</param>
    /// <param name="slots">How many values the optimizer remembers for each weight; <c>null</c> to leave the optimizer's state alone.</param>
    /// <exception cref="ModelFormatException">The file holds something else.</exception>
    public static ModelState Read(Hdf5Object root, IReadOnlyList<(Layer Layer, Weight[] Weights)> layers, int? slots)
    {
        var names = NamesOf(layers.Select(l => l.Layer)).ToList();
        var group = root.Group("layers");
        if (group.Children.Keys.Except(names).FirstOrDefault() is { } unknown)
            throw new ModelFormatException($"/layers/{unknown}", "the model has no such layer");
        var weights = new List<float[]>();
        foreach (var (name, (_, expected)) in names.Zip(layers))
        {
            // A layer without weights may be missing, as in Keras.
            if (expected.Length == 0 && group.Find($"{name}/vars") is null) continue;
            var variables = group.Group($"{name}/vars");
            if (variables.Children.Count != expected.Length)
                throw new ModelFormatException(variables.Path, $"expected {expected.Length} weights, found {variables.Children.Count}");
            for (int i = 0; i < expected.Length; i++) weights.Add(variables.Dataset($"{i}").Floats(expected[i].Shape));
        }
        if (slots is not { } count || root.Find("optimizer") is null) return new ModelState([.. weights], null);
        var optimizer = root.Group("optimizer/vars");
        var all = Enumerable.Range(0, optimizer.Children.Count).Select(i => optimizer.Dataset($"{i}")).ToList();
        return new ModelState([.. weights], OptimizerState.Read(all, [.. layers.SelectMany(l => l.Weights)], count, optimizer.Path));
    }

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
