using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>What a configuration says about training: what <c>compile</c> takes.</summary>
internal sealed record CompilePlan(Optimizer Optimizer, Loss Loss, Metric[] Metrics)
{
    /// <summary>Keras' <c>compile_config</c>; <paramref name="legacy"/> has the optimizer under another name, and no modules.</summary>
    public static JsonObject Serialize(Model model, bool legacy = false)
    {
        JsonNode Given(object of, string? name) => name is null ? ObjectConfig.Serialize(of, legacy) : name;
        return new JsonObject
        {
            [OptimizerKey(legacy)] = ObjectConfig.Serialize(model.optimizer!, legacy),
            ["loss"] = Given(model.loss!, model.loss!.Identifier),
            ["loss_weights"] = null,
            ["metrics"] = model.GivenMetrics.Count == 0 ? null : new JsonArray([.. model.GivenMetrics.Select(m => Given(m, m.Identifier))]),
            ["weighted_metrics"] = null,
            ["run_eagerly"] = false,
            ["steps_per_execution"] = 1,
            ["jit_compile"] = false,
        };
    }

    /// <summary>The part of a model's configuration that says how it is trained; <c>null</c> for a model that was never compiled.</summary>
    /// <exception cref="ModelFormatException">It's something else.</exception>
    public static JsonElement? Of(JsonElement model, string place)
    {
        const string key = "compile_config";
        if (!model.TryGetProperty(key, out var training) || training.ValueKind == JsonValueKind.Null) return null;
        return ObjectConfig.Required(model, key, JsonValueKind.Object, place).EnumerateObject().Any() ? training : null;
    }

    /// <summary>Reads what <see cref="Serialize"/> wrote, or Keras.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="remarks">Takes what is to be said of it: all that it names and that isn't here, or why it has no effect.</param>
    /// <param name="legacy">Whether it's of the legacy format.</param>
    /// <returns><c>null</c> if it names what isn't here.</returns>
    /// <exception cref="ModelFormatException">It's something else.</exception>
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
        Optimizer? optimizer = null;
        Loss? loss = null;
        List<Metric> metrics = [];
        Supported(() => optimizer = ObjectConfig.Deserialize<Optimizer>(Given(optimizerKey), $"{place}, {optimizerKey}", name => name));
        Supported(() => loss = ReadLoss(Only(Given("loss")), $"{place}, loss"));
        foreach (var metric in GivenMetrics(config, $"{place}, metrics")) Supported(() => metrics.Add(ReadMetric(metric, $"{place}, metrics")));
        if (remarks.Count > before) return null;
        if (Decays(Given(optimizerKey))) remarks.Add($"{place}, {optimizerKey}: Argument `decay` is no longer supported and will be ignored.");
        return new CompilePlan(optimizer!, loss!, [.. metrics]);
    }

    /// <summary>Compiles the model so.</summary>
    /// <returns>Why it can't be; <c>null</c> if it is.</returns>
    public string? Apply(Model model, string place)
    {
        try
        {
            model.compile(Optimizer, Loss, Metrics);
            return null;
        }
        catch (ValueError e)
        {
            return $"{place}: {e.Message}";
        }
    }

    private static string OptimizerKey(bool legacy) => legacy ? "optimizer_config" : "optimizer";

    /// <summary>Requires of a setting that isn't read that it asks for nothing.</summary>
    private static void RequireNothing(JsonProperty setting, string optimizerKey, string place)
    {
        bool isNothing = setting.Value.ValueKind == JsonValueKind.Null
            || (setting.Value.ValueKind == JsonValueKind.Array && setting.Value.GetArrayLength() == 0)
            || (setting.Value.ValueKind == JsonValueKind.Object && !setting.Value.EnumerateObject().Any());
        // How steps are run has no effect on what they give. Keras 3 doesn't look at the mode of sample weights either.
        bool isKnown = setting.Name is "loss" or "metrics" or "run_eagerly" or "steps_per_execution" or "jit_compile" or "auto_scale_loss" or "sample_weight_mode";
        if (!isNothing && !isKnown && setting.Name != optimizerKey)
            throw new ModelFormatException($"{place}, {setting.Name}", $"{ObjectConfig.Quote(setting.Value)} is not supported; it must be null", isUnsupported: true);
    }

    /// <summary>The one thing in a list, or in a dictionary by outputs, of one; anything else itself.</summary>
    private static JsonElement Only(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array when value.GetArrayLength() == 1 => value[0],
        JsonValueKind.Object when ObjectConfig.ClassOf(value) is null && value.EnumerateObject().Count() == 1 => value.EnumerateObject().First().Value,
        _ => value,
    };

    private static Loss ReadLoss(JsonElement loss, string place) =>
        loss.ValueKind == JsonValueKind.Array || (loss.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(loss) is null)
            ? throw new ModelFormatException(place, $"a loss for each of several outputs is not supported: {ObjectConfig.Quote(loss)}", isUnsupported: true)
            : ObjectConfig.Deserialize<Loss>(loss, place, name => name);

    /// <summary>The metrics, which may lie by their output's name. A model of several outputs has a list for each; one of one has it in a list too in older files.</summary>
    private static IEnumerable<JsonElement> GivenMetrics(JsonElement config, string place)
    {
        if (!config.TryGetProperty("metrics", out var given) || given.ValueKind == JsonValueKind.Null) return [];
        if (given.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(given) is null) given = Only(given);
        if (given.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object or JsonValueKind.String))
            throw new ModelFormatException(place, $"expected a list of metrics, found {ObjectConfig.Quote(given)}");
        return given.ValueKind == JsonValueKind.Array ? given.EnumerateArray().SelectMany(m => m.ValueKind == JsonValueKind.Array ? m.EnumerateArray() : Enumerable.Repeat(m, 1)) : [given];
    }

    private static Metric ReadMetric(JsonElement metric, string place)
    {
        if (metric.ValueKind == JsonValueKind.Object && ObjectConfig.ClassOf(metric) is null)
            throw new ModelFormatException(place, $"metrics for each of several outputs are not supported: {ObjectConfig.Quote(metric)}", isUnsupported: true);
        // How tf.keras wrote what "accuracy" meant: the mean of a function, under a name of its own.
        if (ObjectConfig.ClassOf(metric) != "MeanMetricWrapper" || !metric.TryGetProperty("config", out var config) || config.ValueKind != JsonValueKind.Object)
            return ObjectConfig.Deserialize<Metric>(metric, place, name => name);
        string name = ObjectConfig.Required(config, "name", JsonValueKind.String, place).GetString()!;
        if (!config.TryGetProperty("fn", out var function)) throw new ModelFormatException(place, "expected 'fn', found none");
        return ObjectConfig.NameOrFunction(function) switch
        {
            "categorical_accuracy" => new CategoricalAccuracy(name),
            "mean_squared_error" => new Metrics.MeanSquaredError(name),
            "sparse_categorical_accuracy" => new SparseCategoricalAccuracy(name),
            "binary_accuracy" => new BinaryAccuracy(name),
            { } other => throw new ModelFormatException(place, $"the mean of '{other}' is not supported", isUnsupported: true),
            null => throw new ModelFormatException($"{place}, fn", $"expected the name of a function, found {ObjectConfig.Quote(function)}", isUnsupported: true),
        };
    }

    /// <summary>Whether an optimizer was to lower its rate by itself, which Keras 3 no longer has.</summary>
    private static bool Decays(JsonElement optimizer) => optimizer.ValueKind == JsonValueKind.Object
        && optimizer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object && config.TryGetProperty("decay", out var decay)
        && !(decay.ValueKind == JsonValueKind.Null || (decay.ValueKind == JsonValueKind.Number && decay.TryGetDouble(out double value) && value == 0));
}
