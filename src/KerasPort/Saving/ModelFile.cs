using System.Text;
using System.Text.Json;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving.Hdf5;

namespace KerasPort.Saving;

/// <summary>
/// Saves and loads models and weights, in the format that a file's ending selects. Reading trusts no byte: what a file must hold follows from its
/// configuration, nothing larger is allocated, no string in it is opened as a path, and every fault is a <see cref="ModelFormatException"/>.
/// </summary>
internal static class ModelFile
{
    // The bytes that a weights file may have beside the numbers: headers, and more for each variable.
    private const long Slack = 1 << 20, SlackOfVariable = 4096;

    // Weights and at most four slots of an optimizer for each, all of them perhaps of twice the precision.
    private const int MostCopies = 10;

    public static void Save(Model model, string path, bool overwrite, bool includeOptimizer)
    {
        byte[] content = FormatOf(path) switch
        {
            Format.Keras => KerasFile.Write(model),
            Format.Legacy => LegacyFile.Write(model, includeOptimizer),
            Format.Weights => throw new ValueError(
                $"`save` writes a whole model, and `.weights.h5` is the extension of weights alone. Call `save_weights`, or let the name end in `.keras`. "
                    + $"Received: filepath={path ?? "None"}."),
            _ => throw new ValueError(
                $"Invalid filepath extension for saving. Please add either a `.keras` extension for the native Keras format (recommended) or a `.h5` "
                    + $"extension. Received: filepath={path ?? "None"}."),
        };
        if (!overwrite && File.Exists(path)) throw new ValueError($"File {path} exists already, and overwrite is False.");
        // Keras, too, creates the folder for this format only.
        if (FormatOf(path) == Format.Legacy) WholeFile.MakeFolderOf(path);
        WholeFile.Write(path, content);
    }

    public static void SaveWeights(Model model, string path, bool overwrite)
    {
        if (!model.built)
            throw new ValueError(
                "You are saving a model that has not yet been built. Try building the model first by calling it on some data or by using `build()`.");
        if (FormatOf(path) != Format.Weights) throw new ValueError($"The filename must end in `.weights.h5`. Received: filepath={path ?? "None"}");
        if (!overwrite && File.Exists(path)) throw new ValueError($"File {path} exists already, and overwrite is False.");
        WholeFile.Write(path, WeightsFile.Write(model));
    }

    /// <inheritdoc cref="ModelsModule.load_model"/>
    public static Model Load(string filepath, CustomObjects? custom_objects, bool compile)
    {
        using var scope = CustomObjects.Within(custom_objects);
        return FormatOf(filepath) switch
        {
            Format.Keras => Read(filepath, stream => IsHdf5(stream) ? LoadLegacy(All(stream), compile, filepath) : LoadKeras(stream, compile, filepath)),
            // A file named .weights.h5 may hold a whole model: as in Keras, its content decides.
            Format.Legacy or Format.Weights => Read(filepath, stream => LoadLegacy(All(stream), compile, filepath)),
            _ => throw new ValueError($"File format not supported: filepath={filepath ?? "None"}. "
                + "Expected a name that ends in `.keras`, or in `.h5` or `.hdf5` for the legacy format."),
        };
    }

    /// <summary>Sets a built model's weights to those in a file.</summary>
    /// <inheritdoc cref="Load"/>
    public static void LoadWeights(Model model, string path, bool skipsMismatch = false)
    {
        if (!model.built)
            throw new ValueError(
                "You are loading weights into a model that has not yet been built. Try building the model first by calling it on some data or by using "
                    + "`build()`.");
        Optimizer? TrainedBy(Model one) => one.optimizer_is_built ? one.optimizer : null;
        long most = MostWeightBytes(model);
        var (remarks, skipped) = (new List<string>(), skipsMismatch ? new List<string>() : null);
        if (skipsMismatch) most = int.MaxValue;
        var state = FormatOf(path) switch
        {
            Format.Weights => Read(path, stream => WeightsFile.Read(Hdf5File.Read(All(stream, most)), model, TrainedBy, remarks, skipped)),
            Format.Keras => Read(path, stream =>
            {
                if (IsHdf5(stream)) return LegacyFile.Read(Hdf5File.Read(All(stream)), model, trainedBy: null, skipped: skipped);
                using var zip = new ZipMembers(stream);
                return WeightsFile.Read(Hdf5File.Read(zip.Read(KerasFile.Weights, most)), model, TrainedBy, remarks, skipped);
            }),
            Format.Legacy => Read(path, stream => LegacyFile.Read(Hdf5File.Read(All(stream)), model, trainedBy: null, skipped: skipped)),
            _ => throw new ValueError(
                $"File format not supported: filepath={path ?? "None"}. Expected a name that ends in `.weights.h5`, `.keras`, or in `.h5` or `.hdf5` for the "
                    + "legacy format."),
        };
        state.Restore(model);
        if (remarks.Count > 0) Warn(path, string.Join("; ", remarks));
        if (skipped is { Count: > 0 }) Warn(path, $"{skipped.Count} layers keep the weights that they had: {string.Join("; ", skipped)}");
    }

    /// <summary>The groups and data sets of a weights file, or of the weights in a <c>.keras</c>.</summary>
    /// <exception cref="ModelFormatException">The file is refused.</exception>
    /// <exception cref="ValueError">There is no such file, or its name has another ending.</exception>
    public static Hdf5Object OpenWeights(string path) => FormatOf(path) switch
    {
        Format.Weights => Read(path, stream => Hdf5File.Read(All(stream))),
        Format.Keras => Read(path, stream =>
        {
            if (IsHdf5(stream)) return Hdf5File.Read(All(stream));
            using var zip = new ZipMembers(stream);
            return Hdf5File.Read(zip.Read(KerasFile.Weights, int.MaxValue));
        }),
        _ => throw new ValueError($"Invalid filename: expected a `.keras` `.weights.h5` extension. Received: filepath={path ?? "None"}"),
    };

    public static Model LoadKeras(Stream stream, bool compile, string? path = null)
    {
        using var zip = new ZipMembers(stream);
        var config = KerasFile.Configuration(zip);
        if (ObjectConfig.ClassOf(config) == FeatureSpaceFile.ClassName)
            throw new ModelFormatException(KerasFile.Config, "it holds a FeatureSpace, which is no model: load it with `FeatureSpace.load(path)`");
        var (remarks, uncompiled) = (new List<string>(), new List<string>());
        var model = ModelConfig.Read(config, KerasFile.Config, uncompiled);
        KerasFile.ReadVocabularies(zip, model);
        var training = compile ? CompilePlan.Of(config, KerasFile.Config) : null;
        var compilation = training is { } given ? CompilePlan.Read(given, $"{KerasFile.Config}, compile_config", remarks) : null;
        RequireRoom(model, zip.LengthOf(KerasFile.Weights), KerasFile.Weights);
        byte[] weights = zip.Read(KerasFile.Weights, MostWeightBytes(model));
        var state = In(KerasFile.Weights, () => WeightsFile.Read(
            Hdf5File.Read(weights), model, one => one == model ? compilation?.Optimizer : one.optimizer, remarks));
        foreach (string remark in uncompiled) Warn(path, remark);
        return Finish(model, training is not null, compilation, state, KerasFile.Config, remarks, path);
    }

    public static Model LoadLegacy(ReadOnlyMemory<byte> bytes, bool compile, string? path = null)
    {
        var root = Hdf5File.Read(bytes);
        var model = ModelConfig.Read(LegacyFile.Configuration(root), LegacyFile.Config);
        var remarks = new List<string>();
        var training = compile ? LegacyFile.TrainingConfiguration(root) : null;
        var compilation = training is { } given ? CompilePlan.Read(given, LegacyFile.Training, remarks, legacy: true) : null;
        RequireRoom(model, bytes.Length, "/model_weights");
        var state = LegacyFile.Read(root, model, compilation?.Optimizer, remarks);
        if (compile && training is null) Warn(path, "there is no training configuration, so the model was *not* compiled. Compile it manually.");
        return Finish(model, training is not null, compilation, state, LegacyFile.Config, remarks, path);
    }

    /// <summary>A model with freshly initialized weights from the text that <c>to_json</c> gives.</summary>
    public static Model FromJson(string json, CustomObjects? custom_objects = null)
    {
        using var scope = CustomObjects.Within(custom_objects);
        var root = JsonText.Parse(Encoding.UTF8.GetBytes(json ?? ""), "");
        if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("modelTopology", out _))
            throw new ModelFormatException("model", "this is a model of TensorFlow.js; convert it in Python: "
                + "tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras model.json model.h5", isUnsupported: true);
        string? version = root.TryGetProperty(LegacyFile.Version, out var written) && written.ValueKind == JsonValueKind.String ? written.GetString() : null;
        if (!root.TryGetProperty("module", out _)) root = OlderConfig.Current(root, version, "model");
        var model = ModelConfig.Read(root, "model");
        var remarks = new List<string>();
        var training = CompilePlan.Of(root, "model");
        return Finish(model, training is not null, training is { } given ? CompilePlan.Read(given, "compile_config", remarks) : null, null, "compile_config",
            remarks, null);
    }

    public enum Format { Other, Keras, Weights, Legacy }

    public static Format FormatOf(string? path) => path is null ? Format.Other
        : path.EndsWith(".keras", StringComparison.Ordinal) ? Format.Keras
        : path.EndsWith(".weights.h5", StringComparison.Ordinal) ? Format.Weights
        : path.EndsWith(".h5", StringComparison.Ordinal) || path.EndsWith(".hdf5", StringComparison.Ordinal) ? Format.Legacy
        : Format.Other;

    /// <summary>Whether a file is HDF5: until 2.11 tf.keras wrote the legacy format under names that end in <c>.keras</c>, too.</summary>
    public static bool IsHdf5(Stream stream)
    {
        byte[] first = new byte[Hdf5File.Signature.Length];
        int length = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return first.AsSpan(0, length).SequenceEqual(Hdf5File.Signature);
    }

    /// <summary>Opens a file to read a model from it, and puts its path before the messages of exceptions.</summary>
    public static T Read<T>(string path, Func<Stream, T> read)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ValueError($"File not found: filepath={path}. Please ensure the file is an accessible `{Path.GetExtension(path)}` file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ValueError($"File can't be read: filepath={path}. {e.Message}", e);
        }
        using (stream)
        {
            if (!stream.CanSeek) throw new ModelFormatException(null, "expected a file, found a pipe or a device", file: path);
            try
            {
                return read(stream);
            }
            catch (ModelFormatException e)
            {
                throw e.In(path);
            }
        }
    }

    /// <summary>All bytes of a file, at most <paramref name="most"/>.</summary>
    public static byte[] All(Stream stream, long most = int.MaxValue)
    {
        most = Math.Min(most, Array.MaxLength);
        if (stream.Length > most) throw new ModelFormatException(null, $"expected at most {most} bytes, found {stream.Length}");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static long MostWeightBytes(Model model) => ModelState.Compiled(model).Append(model).Distinct()
        .Sum(one => ModelConfig.WeightBytes(one) * MostCopies + Slack + one.variables.Count * MostCopies * SlackOfVariable);

    /// <summary>Refuses a configuration whose weights are larger than the file.</summary>
    private static void RequireRoom(Model model, long length, string place)
    {
        long expected = ModelConfig.WeightBytes(model);
        if (expected > length) throw new ModelFormatException(place, $"expected {expected} bytes of weights, as the layers have, found {length} bytes");
    }

    /// <summary>Compiles a model if its settings are all known, sets its weights, and remarks on what was left out.</summary>
    private static Model Finish(Model model, bool isCompiled, CompilePlan? compilation, ModelState? state, string place, List<string> remarks, string? path)
    {
        if (compilation?.Apply(model, place) is { } refusal) remarks.Add(refusal);
        model.IsCompiledByFile = model is { optimizer: not null, built: true } && place != LegacyFile.Config;
        state?.Restore(model);
        string what = string.Join("; ", remarks);
        if (isCompiled && model.optimizer is null)
            Warn(path, $"the model was *not* compiled, as its training needs what is not here: {what}. Compile it manually.");
        else if (remarks.Count > 0) Warn(path, what);
        return model;
    }

    /// <summary>Warns of an oddity of a file.</summary>
    public static void Warn(string? path, string what) =>
        Console.Error.WriteLine($"UserWarning: {ModelFormatException.Printable(path is null ? what : $"{path}: {what}")}");

    private static T In<T>(string member, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ModelFormatException e)
        {
            throw new ModelFormatException($"{member}, {e.Place}", e.Reason, e);
        }
    }
}
