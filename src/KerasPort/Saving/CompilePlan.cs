using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>The arguments of <c>compile</c> in a configuration.</summary>
internal sealed record CompilePlan(Optimizer Optimizer, LossList? Loss, MetricList Metrics, MetricList WeightedMetrics, LossWeights? LossWeights)
{
    /// <summary>Keras' <c>compile_config</c>; <paramref name="legacy"/> has the optimizer under another name, and no modules.</summary>
    public static JsonObject Serialize(Model model, bool legacy = false)
    {
        JsonNode? Given(object? of, string? name) => of is null ? null : name is not null ? name
            : ((of as Loss)?.Function ?? (of as MeanMetric)?.Function) is { } function ? ObjectConfig.Function(function, legacy)
                : ObjectConfig.Serialize(of, legacy);
        JsonNode? Loss(Loss? loss) => Given(loss, loss?.Identifier);
        JsonNode? Of(OutputMetrics? metrics) => metrics is null ? null : metrics.IsOne ? Given(metrics[0], metrics[0].Identifier)
            : new JsonArray([.. metrics.Select(m => Given(m, m.Identifier))]);
        JsonNode? All(MetricList metrics) => metrics.ByOutput.Count > 0 ? new JsonObject(
            metrics.ByOutput.Select(of => KeyValuePair.Create(of.Key, Of(of.Value))))
            : metrics.Items.Count == 0 ? null : new JsonArray([.. metrics.Items.Select(Of)]);
        return new JsonObject
        {
            [OptimizerKey(legacy)] = ObjectConfig.Serialize(model.optimizer!, legacy),
            ["loss"] = model.loss is { } losses ? Each(losses, Loss) : null,
            ["loss_weights"] = model.Given.LossWeights is { } weights ? Each(weights, weight => JsonNode.Parse(PythonText.Str(weight))) : null,
            ["metrics"] = All(model.Given.Metrics),
            ["weighted_metrics"] = All(model.Given.Weighted),
            ["run_eagerly"] = false,
            ["steps_per_execution"] = 1,
            ["jit_compile"] = false,
        };
    }

    /// <summary>Losses or metrics as they were given: one for all outputs, by output name, or a list.</summary>
    private static JsonNode? Each<T>(PerOutput<T> items, Func<T, JsonNode?> write) => items.IsOne ? write(items.First())
        : items.Names.Count > 0 ? new JsonObject(items.Names.Select(name => KeyValuePair.Create(name, write(items[name]))))
        : new JsonArray([.. items.Select(write)]);

    /// <summary>The training part of a model's configuration; <c>null</c> for a model that was never compiled.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed.</exception>
    public static JsonElement? Of(JsonElement model, string place)
    {
        const string key = "compile_config";
        if (!model.TryGetProperty(key, out var training) || training.ValueKind == JsonValueKind.Null) return null;
        return ObjectConfig.Required(model, key, JsonValueKind.Object, place).EnumerateObject().Any() ? training : null;
    }

    /// <summary>Reads a configuration that <see cref="Serialize"/> or Keras wrote.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="remarks">Collects remarks for the user: classes that are unknown here, and settings that have no effect, with the reason.</param>
    /// <param name="legacy">Whether it's of the legacy format.</param>
    /// <returns><c>null</c> if the configuration names a class that is unknown here.</returns>
    /// <exception cref="ModelFormatException">The configuration is malformed.</exception>
    public static CompilePlan? Read(JsonElement config, string place, List<string> remarks, bool legacy = false)
    {
        int before = remarks.Count;
        string optimizerKey = OptimizerKey(legacy);
        void Supported(Action read)
        {
            try
            {
                read();
            }
            catch (ModelFormatException e) when (e.IsUnsupported)
            {
                remarks.Add(e.Message);
            }
        }

        foreach (var setting in config.EnumerateObject()) Supported(() => RequireNothing(setting, optimizerKey, place));
        JsonElement Given(string key) => config.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value
            : throw new ModelFormatException(place, $"there is no '{key}'", isUnsupported: true);
        // What isn't there has the default of `compile`; the legacy format needs its optimizer.
        bool IsLeftOut(string key) => !config.TryGetProperty(key, out _);
        bool IsNothing(string key) => IsLeftOut(key) || config.GetProperty(key).ValueKind == JsonValueKind.Null;
        bool isDefault = !legacy && IsLeftOut(optimizerKey);
        Optimizer? optimizer = null;
        LossList? loss = null;
        LossWeights? weights = null;
        Supported(() => optimizer = isDefault ? new RMSprop()
            : ObjectConfig.Deserialize<Optimizer>(Given(optimizerKey), $"{place}, {optimizerKey}", name => name));
        Supported(() => loss = IsNothing("loss") ? null : ReadLosses(Given("loss"), $"{place}, loss"));
        Supported(() => weights = config.TryGetProperty("loss_weights", out var given) ? ReadWeights(given, $"{place}, loss_weights") : null);
        var (metrics, weighted) = (Metrics("metrics"), Metrics("weighted_metrics"));
        if (remarks.Count > before) return null;
        if (!isDefault && Decays(Given(optimizerKey))) remarks.Add($"{place}, {optimizerKey}: Argument `decay` is no longer supported and will be ignored.");
        return new CompilePlan(optimizer!, loss, metrics, weighted, weights);

        MetricList Metrics(string key)
        {
            string at = $"{place}, {key}";
            var byOutput = new MetricList();
            if (!config.TryGetProperty(key, out var given) || given.ValueKind == JsonValueKind.Null) return byOutput;
            if (IsByOutput(given))
            {
                foreach (var output in given.EnumerateObject()) byOutput[output.Name] = Of(output.Value, at);
                return byOutput;
            }
            if (given.ValueKind != JsonValueKind.Array) return MetricList.Create([Of(given, at)]);
            return MetricList.Create([.. given.EnumerateArray().Select(metrics => Of(metrics, at))]);
        }

        // An unknown metric is remarked on, and the model is left uncompiled.
        OutputMetrics? Of(JsonElement given, string at)
        {
            var list = new List<Metric>();
            switch (given.ValueKind)
            {
                case JsonValueKind.Null:
                    return null;
                case JsonValueKind.Array:
                    foreach (var metric in given.EnumerateArray()) Supported(() => list.Add(ReadMetric(metric, at)));
                    return list;
                case JsonValueKind.String or JsonValueKind.Object:
                    Supported(() => list.Add(ReadMetric(given, at)));
                    return list.FirstOrDefault();
                default:
                    throw new ModelFormatException(at, $"expected a list of metrics, found {ObjectConfig.Quote(given)}");
            }
        }
    }

    /// <summary>Compiles the model with these arguments.</summary>
    /// <returns>The reason why the model can't be compiled; <c>null</c> if it was.</returns>
    public string? Apply(Model model, string place)
    {
        try
        {
            // Older files name an output's settings after the layer's name of that time, so a single name counts as the only output's.
            bool isOther = model.GoalNames is [var only]
                && (Loss?.Names ?? []).Concat(Metrics.ByOutput.Keys).Distinct().ToArray() is [var named] && named != only;
            if (isOther)
                model.compile(Optimizer, Loss?.First(), Metrics.ToArray<Metric>(), loss_weights: LossWeights,
                    weighted_metrics: WeightedMetrics.ToArray<Metric>());
            else model.compile(Optimizer, Loss, Metrics, loss_weights: LossWeights, weighted_metrics: WeightedMetrics);
            return null;
        }
        catch (ValueError e)
        {
            return $"{place}: {e.Message}";
        }
    }

    private static string OptimizerKey(bool legacy) => legacy ? "optimizer_config" : "optimizer";

    /// <summary>Refuses a setting that isn't read, unless it is null or empty.</summary>
    private static void RequireNothing(JsonProperty setting, string optimizerKey, string place)
    {
        bool isNothing = setting.Value.ValueKind == JsonValueKind.Null
            || (setting.Value.ValueKind == JsonValueKind.Array && setting.Value.GetArrayLength() == 0)
            || (setting.Value.ValueKind == JsonValueKind.Object && !setting.Value.EnumerateObject().Any());
        // How steps are run doesn't change their results. Keras 3 ignores sample_weight_mode, too.
        bool isKnown = setting.Name is "loss" or "loss_weights" or "metrics" or "weighted_metrics" or "run_eagerly" or "steps_per_execution"
            or "jit_compile" or "auto_scale_loss" or "sample_weight_mode";
        if (!isNothing && !isKnown && setting.Name != optimizerKey)
            throw new ModelFormatException($"{place}, {setting.Name}", $"{ObjectConfig.Quote(setting.Value)} is not supported; it must be null",
                isUnsupported: true);
    }

    /// <summary>Whether a setting is a dictionary by the names of outputs.</summary>
    private static bool IsByOutput(JsonElement value) => value.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(value) is null;

    private static LossList ReadLosses(JsonElement losses, string place)
    {
        Loss? Read(JsonElement loss) => loss.ValueKind == JsonValueKind.Null ? null : ObjectConfig.Deserialize<Loss>(loss, place, name => name);
        if (losses.ValueKind == JsonValueKind.Array) return LossList.Create([.. losses.EnumerateArray().Select(Read)]);
        if (!IsByOutput(losses)) return Read(losses)!;
        var byOutput = new LossList();
        foreach (var output in losses.EnumerateObject()) byOutput[output.Name] = Read(output.Value);
        return byOutput;
    }

    private static LossWeights? ReadWeights(JsonElement weights, string place)
    {
        double Read(JsonElement weight) => weight.ValueKind == JsonValueKind.Number && weight.TryGetDouble(out double value) && double.IsFinite(value) ? value
            : throw new ModelFormatException(place, $"expected a number for each output, found {ObjectConfig.Quote(weights)}", isUnsupported: true);
        if (weights.ValueKind == JsonValueKind.Null) return null;
        if (weights.ValueKind == JsonValueKind.Array)
            return weights.GetArrayLength() == 0 ? null : LossWeights.Create([.. weights.EnumerateArray().Select(Read)]);
        if (!IsByOutput(weights)) return Read(weights);
        var byOutput = new LossWeights();
        foreach (var output in weights.EnumerateObject()) byOutput[output.Name] = Read(output.Value);
        return byOutput.Names.Count == 0 ? null : byOutput;
    }

    private static Metric ReadMetric(JsonElement metric, string place)
    {
        if (metric.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(metric) is null)
            throw new ModelFormatException(place, $"expected a metric, found {ObjectConfig.Quote(metric)}", isUnsupported: true);
        // tf.keras wrote a metric given as "accuracy" as a MeanMetricWrapper of the function that it stood for.
        if (ObjectConfig.ClassOf(metric) != "MeanMetricWrapper" || !metric.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object)
            return ObjectConfig.Deserialize<Metric>(metric, place, name => name);
        string name = ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!;
        if (!config.TryGetProperty("fn", out var function)) throw new ModelFormatException(place, "expected 'fn', found none");
        string called = ObjectConfig.NameOrFunction(function)
            ?? throw new ModelFormatException($"{place}, fn", $"expected the name of a function, found {ObjectConfig.Quote(function)}", isUnsupported: true);
        var type = KnownClasses.Types(typeof(Metric)).FirstOrDefault(type => type.IsSubclassOf(typeof(MeanMetric)) && Layers.Names.SnakeCase(type) == called)
            ?? throw new ModelFormatException(place, $"the mean of '{called}' is not supported", isUnsupported: true);
        return (Metric)ObjectConfig.Create(type, JsonText.Element(new JsonObject { ["name"] = name }), place);
    }

    /// <summary>Whether an optimizer has the setting decay, which Keras 3 dropped.</summary>
    private static bool Decays(JsonElement optimizer) => optimizer.ValueKind == JsonValueKind.Object
        && optimizer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object && config.TryGetProperty("decay", out var decay)
        && !(decay.ValueKind == JsonValueKind.Null || (decay.ValueKind == JsonValueKind.Number && decay.TryGetDouble(out double value) && value == 0));
}
