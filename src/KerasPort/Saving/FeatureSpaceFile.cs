using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Saving.Hdf5;
using KerasPort.Utils;
using PureHDF;

namespace KerasPort.Saving;

/// <summary>
/// Writes and reads a <see cref="FeatureSpace"/> as <c>.keras</c>: its columns with their layers, what these have adapted to, and how they are combined.
/// </summary>
internal static class FeatureSpaceFile
{
    public const string ClassName = "FeatureSpace";

    private const string Module = "keras.src.layers.preprocessing.feature_space", AsItIs = "TFDIdentity";

    private const int MostPlaces = 1 << 24;

    public static byte[] Write(FeatureSpace space)
    {
        var layers = space.features.Values.Select(feature => feature.preprocessor).ToArray();
        string[] names = [.. WeightsFile.NamesOf(layers).Select((name, i) => layers[i] is Identity ? name.Replace("identity", "tfd_identity") : name)];
        var root = new H5File();
        H5Group All(IEnumerable<string> named, IEnumerable<Layer> of)
        {
            var group = new H5Group();
            foreach (var (name, layer) in named.Zip(of))
                group[name] = new H5Group
                {
                    ["vars"] = Hdf5Writer.Numbered(layer.name, [.. layer.OwnVariables.Select(v => Hdf5Writer.Dataset(v, v.numpy().ToFloats()))]),
                };
            return group;
        }
        root["preprocessors"] = All(names, layers);
        Layer[] crossers = [.. space.crossers.Values];
        if (crossers.Length > 0) root["crossers"] = All(WeightsFile.NamesOf(crossers), crossers);
        root["vars"] = Hdf5Writer.Numbered(space.name, []);

        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            KerasFile.Add(zip, KerasFile.Metadata, Encoding.UTF8.GetBytes(new JsonObject { ["keras_version"] = KerasFile.KerasVersion }.ToJsonString()));
            KerasFile.Add(zip, KerasFile.Config, Encoding.UTF8.GetBytes(Config(space).ToJsonString()));
            KerasFile.Add(zip, KerasFile.Weights, Hdf5Writer.Bytes(root));
            foreach (var (name, layer) in names.Zip(layers))
                if (layer is IVocabularyLayer { Vocabulary: { } words })
                    KerasFile.Add(zip, Vocabulary(name), Encoding.UTF8.GetBytes(string.Join('\n', words)));
        }
        return stream.ToArray();
    }

    private static JsonObject Config(FeatureSpace space)
    {
        var (features, built) = (new JsonObject(), new JsonObject());
        foreach (var (column, feature) in space.features)
        {
            var layer = feature.preprocessor;
            var serialized = ObjectConfig.Serialize(layer);
            if (layer is Identity) serialized = Object(Module, AsItIs, serialized["config"]!.DeepClone());
            var shape = layer is IVocabularyLayer ? new JsonObject() : new JsonObject { ["input_shape"] = new JsonArray(null, 1) };
            serialized["build_config"] = shape.DeepClone();
            built[column] = shape;
            features[column] = Object(Module, "Feature", new JsonObject
            {
                ["dtype"] = feature.dtype.name, ["preprocessor"] = serialized, ["output_mode"] = feature.output_mode,
            });
        }
        var crosses = space.crosses.Select(cross => Object(Module, "Cross", new JsonObject
        {
            ["feature_names"] = new JsonArray([.. cross.feature_names.Select(name => (JsonNode)name)]), ["crossing_dim"] = cross.Dim,
            ["output_mode"] = cross.output_mode,
        }));
        var whole = Object("keras.utils", ClassName, new JsonObject
        {
            ["features"] = features, ["output_mode"] = space.output_mode, ["crosses"] = new JsonArray([.. crosses]), ["crossing_dim"] = space.crossing_dim,
            ["hashing_dim"] = space.hashing_dim, ["num_discretization_bins"] = space.num_discretization_bins,
        });
        (whole["registered_name"], whole["build_config"]) = (null, built);
        return whole;
    }

    private static JsonObject Object(string module, string name, JsonNode config) =>
        new() { ["module"] = module, ["class_name"] = name, ["config"] = config, ["registered_name"] = name };

    /// <summary>Reads a feature space from a file.</summary>
    /// <exception cref="ModelFormatException">The file is refused.</exception>
    /// <exception cref="ValueError">There is no such file, or its name has another ending.</exception>
    public static FeatureSpace Load(string path) => ModelFile.FormatOf(path) != ModelFile.Format.Keras
        ? throw new ValueError($"A FeatureSpace lies in a `.keras` file. Received: filepath={path ?? "None"}")
        : ModelFile.Read(path, Read);

    /// <summary>Reads a feature space from an archive.</summary>
    /// <exception cref="ModelFormatException">The file is refused.</exception>
    public static FeatureSpace Read(Stream stream)
    {
        const string place = KerasFile.Config;
        using var zip = new ZipMembers(stream);
        var root = KerasFile.Configuration(zip);
        if (ObjectConfig.ClassOf(root) != ClassName)
            throw new ModelFormatException(place, "expected a FeatureSpace: load a model with `keras.saving.load_model`");
        var config = ObjectConfig.Required(root, "config", JsonValueKind.Object, place);
        var features = new Dictionary<string, Feature>();
        foreach (var column in ObjectConfig.Required(config, "features", JsonValueKind.Object, place).EnumerateObject())
            features[column.Name] = ReadFeature(column.Value, $"{place}, {column.Name}");
        var crosses = ObjectConfig.Required(config, "crosses", JsonValueKind.Array, place).EnumerateArray()
            .Select(cross => ReadCross(cross, $"{place}, crosses"));
        var space = ObjectConfig.Guarded(place, () => new FeatureSpace(features, Text(config, "output_mode", place), [.. crosses],
            Places(config, "crossing_dim", place), Places(config, "hashing_dim", place), Places(config, "num_discretization_bins", place)));

        var layers = space.features.Values.Select(feature => feature.preprocessor).ToArray();
        var weights = Hdf5File.Read(zip.Read(KerasFile.Weights, JsonText.MostBytes));
        var members = zip.Names.ToHashSet();
        foreach (var (name, layer) in WeightsFile.NamesOf(layers).Zip(layers))
        {
            if (layer is Normalization normalization)
            {
                ObjectConfig.Guarded(place, () =>
                {
                    normalization.build((null, 1));
                    return true;
                });
                foreach (var (i, variable) in normalization.OwnVariables.Index())
                    variable.assign(new NDArray(weights.Dataset($"preprocessors/{name}/vars/{i}").Of(variable), variable.shape));
            }
            else if (layer is IVocabularyLayer words && members.Contains(Vocabulary(name))) KerasFile.ReadVocabulary(zip, Vocabulary(name), words);
        }
        space.IsAdapted = true;
        return space;
    }

    private static Feature ReadFeature(JsonElement element, string place)
    {
        if (ObjectConfig.ClassOf(element) != "Feature") throw new ModelFormatException(place, $"expected a Feature, found {ObjectConfig.Quote(element)}");
        var config = ObjectConfig.Required(element, "config", JsonValueKind.Object, place);
        var preprocessor = ObjectConfig.Required(config, "preprocessor", JsonValueKind.Object, place);
        Layer layer = ObjectConfig.ClassOf(preprocessor) != AsItIs ? ObjectConfig.Deserialize<Layer>(preprocessor, $"{place}, preprocessor")
            : new Identity(name: Text(ObjectConfig.Required(preprocessor, "config", JsonValueKind.Object, place), "name", place));
        string dtype = Text(config, "dtype", place);
        if (dtype is not ("float32" or "int32" or "int64" or "string"))
            throw new ModelFormatException($"{place}, dtype", $"expected float32, int32, int64 or string, found {dtype}");
        return ObjectConfig.Guarded(place, () => FeatureSpace.feature(dtype == "string" ? DType.@string : dtype, layer, Text(config, "output_mode", place)));
    }

    private static Cross ReadCross(JsonElement element, string place)
    {
        if (ObjectConfig.ClassOf(element) != "Cross") throw new ModelFormatException(place, $"expected a Cross, found {ObjectConfig.Quote(element)}");
        var config = ObjectConfig.Required(element, "config", JsonValueKind.Object, place);
        string[] names = [.. ObjectConfig.Required(config, "feature_names", JsonValueKind.Array, place).EnumerateArray().Select(name =>
            name.ValueKind == JsonValueKind.String ? name.GetString()!
            : throw new ModelFormatException(place, $"expected a name, found {ObjectConfig.Quote(name)}"))];
        return ObjectConfig.Guarded(place, () => FeatureSpace.cross(names, Places(config, "crossing_dim", place), Text(config, "output_mode", place)));
    }

    private static string Text(JsonElement config, string key, string place) => ObjectConfig.Required(config, key, JsonValueKind.String, place).GetString()!;

    private static int Places(JsonElement config, string key, string place) =>
        ObjectConfig.Required(config, key, JsonValueKind.Number, place) is var value && value.TryGetInt32(out int count)
            && count is > 0 and <= MostPlaces ? count
            : throw new ModelFormatException($"{place}, {key}", $"expected a number of 1 to {MostPlaces}, found {ObjectConfig.Quote(value)}");

    private static string Vocabulary(string name) => $"assets/preprocessors/{name}/vocabulary.txt";
}
