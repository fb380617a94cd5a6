using System.Globalization;
using System.Text.Json;
using KerasPort.Layers;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving.Hdf5;

namespace KerasPort.Saving;

/// <summary>
/// The content of a file, as far as it can be read, and every reason to refuse it, where loading stops at the first. No weight is copied and no model
/// is built.
/// </summary>
internal sealed class ModelInspection
{
    private readonly List<(string Label, string Text)> _facts = [];
    private readonly List<SummaryRow> _layers = [];
    private readonly List<ModelFormatException> _refusals = [];
    private string? _modelName;
    private Model? _model;
    private bool _isWeightsOnly;

    private ModelInspection() { }

    /// <summary>The reasons why loading would fail; none if it would succeed.</summary>
    public IReadOnlyList<ModelFormatException> Refusals => _refusals;

    /// <exception cref="ValueError">There is no such file, or its name has no known ending.</exception>
    public static ModelInspection Of(string path)
    {
        var found = new ModelInspection();
        var format = ModelFile.FormatOf(path);
        if (format == ModelFile.Format.Other)
            throw new ValueError(
                $"File format not supported: filepath={path}. Expected a name that ends in .keras, .weights.h5, or in .h5 or .hdf5 for the legacy format.");
        found._facts.Add(("file", path));
        try
        {
            ModelFile.Read(path, stream =>
            {
                found._facts.Add(("size", Bytes(stream.Length)));
                if (format == ModelFile.Format.Keras && !ModelFile.IsHdf5(stream)) found.Keras(stream);
                else found.Hdf5(ModelFile.All(stream), format);
                return true;
            });
        }
        catch (ModelFormatException e)
        {
            found._refusals.Add(new ModelFormatException(e.Place, e.Reason));
        }
        return found;
    }

    public void Write(TextWriter output, Terminal terminal)
    {
        int width = _facts.Max(f => f.Label.Length);
        foreach (var (label, text) in _facts) Lines($"{label.PadRight(width)}  ", ModelFormatException.Printable(text));
        if (_layers.Count > 0)
        {
            SummaryTable.Write(output, terminal, ModelFormatException.Printable(_modelName ?? "?"), _layers,
                SummaryTotal.Of(_model?.trainable_variables ?? []), SummaryTotal.Of(_model?.non_trainable_variables ?? []));
        }
        if (_refusals.Count == 0)
            Lines("", _isWeightsOnly ? "It would be loaded by load_weights, into a model that has these layers." : "It would be loaded.");
        else output.WriteLine("It would be refused:");
        foreach (var refusal in _refusals) Lines("  ", refusal.Message);

        // On a terminal lines end between words, and continue below their text; elsewhere each fact is one line.
        void Lines(string start, string text)
        {
            string[] lines = !terminal.IsTerminal ? [text]
                : [.. new StyledText(text).Wrap(Math.Max(terminal.Width - start.Length, 8), fold: true).Select(line => line.ToString().TrimEnd())];
            foreach (var (i, line) in lines.Index()) output.WriteLine((i == 0 ? start : new string(' ', start.Length)) + line);
        }
    }

    private void Keras(Stream stream)
    {
        _facts.Add(("format", ".keras, the archive of Keras 3"));
        using var zip = new ZipMembers(stream);
        _facts.Add(("members", string.Join(", ", zip.Names.Select(n => $"{n} ({Bytes(zip.LengthOf(n))})"))));
        Try(() =>
        {
            var metadata = JsonText.Parse(zip.Read(KerasFile.Metadata, JsonText.MostBytes), KerasFile.Metadata);
            foreach (var (key, label) in new[] { ("keras_version", "Keras"), ("date_saved", "saved") })
                if (metadata.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String) _facts.Add((label, value.GetString()!));
        });
        Try(() =>
        {
            var config = KerasFile.Configuration(zip);
            Model(config, KerasFile.Config);
            Training(CompilePlan.Of(config, KerasFile.Config), $"{KerasFile.Config}, compile_config", legacy: false);
        });
        Try(() =>
        {
            // Without a configuration, the file's length bounds the size.
            var root = Saving.Hdf5.Hdf5File.Read(zip.Read(KerasFile.Weights, stream.Length));
            Weights(root);
            if (_model is { } model) WeightsFile.Read(root, model, trainedBy: _ => null);
        });
    }

    private void Hdf5(byte[] bytes, ModelFile.Format format)
    {
        var root = Hdf5File.Read(bytes);
        bool isLegacy = format != ModelFile.Format.Weights;
        _isWeightsOnly = !isLegacy || (!root.Attributes.ContainsKey(LegacyFile.Config) && LegacyFile.IsWeightsOnly(root));
        _facts.Add((
            "format", !isLegacy ? ".weights.h5, weights without layers" : _isWeightsOnly ? ".h5, the legacy format of Keras: weights without layers"
            : ".h5, the legacy format of Keras"));
        if (root.Attributes.TryGetValue(LegacyFile.Version, out var version)) Try(() => _facts.Add(("Keras", version.Text())));
        Weights(root);
        if (_isWeightsOnly)
        {
            Try(() => _facts.Add(("layers", isLegacy ? LegacyFile.Layers(root) : WeightsFile.Layers(root))));
            return;
        }
        Try(() =>
        {
            Model(LegacyFile.Configuration(root), LegacyFile.Config);
            Training(LegacyFile.TrainingConfiguration(root), LegacyFile.Training, legacy: true);
        });
        if (_model is { } model) Try(() => LegacyFile.Read(root, model, trainedBy: null));
    }

    private void Model(JsonElement model, string place)
    {
        int before = _refusals.Count;
        if (model.TryGetProperty("config", out var config)) _modelName = Text(config, "name");
        foreach (var (layer, at) in ModelConfig.LayersOf(model, place))
        {
            string type = Text(layer, "class_name");
            if (type != nameof(InputLayer))
                _layers.Add(new SummaryRow(
                    layer.ValueKind == JsonValueKind.Object && layer.TryGetProperty("config", out var settings) ? Text(settings, "name") : "?", type, null,
                    null));
            Layer(layer, at);
        }
        if (_refusals.Count > before)
        {
            if (ObjectConfig.ClassOf(model) is { } type && !ModelConfig.IsModel(type)) _refusals.Insert(before, ModelReader.Refused(type, place));
            return;
        }
        Try(() =>
        {
            var uncompiled = new List<string>();
            _model = ModelConfig.Read(model, place, uncompiled);
            _layers.Clear();
            _layers.AddRange(SummaryRow.Of(_model).Select(row => row with { Name = ModelFormatException.Printable(row.Name) }));
            if (_model.built) _facts.Add(("input", string.Join(", ", _model.inputs.Select(x => x.shape))));
            foreach (string remark in uncompiled) _facts.Add(("", remark));
        });
    }

    /// <summary>Inspects a layer, or the layers of a model among the layers.</summary>
    private void Layer(JsonElement layer, string place)
    {
        if (!ModelConfig.IsModel(ObjectConfig.ClassOf(layer))) Try(() => ObjectConfig.Deserialize<Layer>(layer, place));
        else foreach (var (inner, at) in ModelConfig.LayersOf(layer, place)) Layer(inner, at);
    }

    private static string Text(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? ModelFormatException.Printable(value.GetString()!) : "?";

    private void Training(JsonElement? training, string place, bool legacy)
    {
        if (training is not { } given)
        {
            _facts.Add(("training", "none, the model would not be compiled"));
            return;
        }
        Try(() =>
        {
            var remarks = new List<string>();
            var plan = CompilePlan.Read(given, place, remarks, legacy);
            _facts.Add(("training", plan is null ? "what is not here, the model would not be compiled"
                : $"{Text(plan.Optimizer)}, {plan.Loss?.ToString() ?? "no loss"}{string.Concat(plan.Metrics.Select(m => $", {m.name}"))}"));
            foreach (string remark in remarks) _facts.Add(("", remark));
        });
    }

    private static string Text(Optimizer optimizer) => optimizer is MultiOptimizer multi
        ? $"{nameof(MultiOptimizer)} of {string.Join(" and ", multi.optimizers.Select(Text))}"
        : $"{optimizer.GetType().Name} with learning rate {RateText(optimizer.learning_rate)}";

    private static string RateText(LearningRate rate) => rate.Schedule is { } schedule ? schedule.GetType().Name : PythonText.Str((float)rate);

    private void Weights(Hdf5Object root)
    {
        var (datasets, elements) = Count(root);
        _facts.Add(("data", string.Create(CultureInfo.InvariantCulture, $"{datasets} data sets of {elements:N0} values in all")));
        var legacy = root.Find("optimizer_weights")?.Children.Values.Select(optimizer => optimizer.Find("iteration")).FirstOrDefault();
        if ((root.Find("optimizer/vars/0") ?? legacy)?.Value is { } iterations)
            Try(() => _facts.Add(("trained", string.Create(CultureInfo.InvariantCulture, $"{iterations.WholeNumber():N0} batches"))));
    }

    private static (int Datasets, long Elements) Count(Hdf5Object of)
    {
        var (datasets, elements) = of.Value is null ? (0, 0L) : (1, of.Value.Shape.Aggregate(1L, (product, d) => product * d));
        foreach (var child in of.Children.Values)
        {
            var inside = Count(child);
            (datasets, elements) = (datasets + inside.Datasets, elements + inside.Elements);
        }
        return (datasets, elements);
    }

    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (ModelFormatException e)
        {
            _refusals.Add(e);
        }
    }

    private static string Bytes(long count) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} bytes");
}
