using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>
/// Settings of Keras' classes that have one value in this library. They are written, so that a configuration has the keys that Keras' has,
/// and refused by name when a file gives them another value.
/// </summary>
internal static class OnlySettings
{
    private const string Float32 = """{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null}""";

    /// <summary>By class; what a class' base has holds for it too. An InputLayer shares nothing with other layers.</summary>
    private static readonly Dictionary<Type, string> s_own = new()
    {
        [typeof(Model)] = $$"""{"trainable":true,"dtype":{{Float32}}}""",
        [typeof(Layer)] = $$"""{"trainable":true,"dtype":{{Float32}}}""",
        [typeof(InputLayer)] = """{"dtype":"float32","sparse":false,"ragged":false,"optional":false}""",
        [typeof(BatchNormalization)] = """
            {"beta_regularizer":null,"gamma_regularizer":null,"beta_constraint":null,"gamma_constraint":null,"synchronized":false,"renorm":false,
             "renorm_clipping":null,"renorm_momentum":0.99}
            """,
        [typeof(Flatten)] = """{"data_format":"channels_last"}""",
        [typeof(MaxPooling2D)] = """{"data_format":"channels_last"}""",
        [typeof(Dense)] = """{"kernel_constraint":null,"bias_constraint":null,"quantization_config":null}""",
        [typeof(Conv2D)] = """
            {"data_format":"channels_last","groups":1,"kernel_constraint":null,"bias_constraint":null}
            """,
        [typeof(VarianceScaling)] = """{"input_axes":null,"output_axes":null}""",
        [typeof(Loss)] = """{"reduction":"sum_over_batch_size"}""",
        [typeof(SparseCategoricalCrossentropy)] = """{"ignore_class":null}""",
        [typeof(Metric)] = """{"dtype":"float32"}""",
        [typeof(AUC)] = """{"multi_label":false,"num_labels":null,"label_weights":null}""",
        [typeof(IoU)] = """{"dtype":"int64","axis":-1}""",
        [typeof(Precision)] = """{"top_k":null}""",
        [typeof(Recall)] = """{"top_k":null}""",
        [typeof(Optimizer)] = """{"use_ema":false,"ema_momentum":0.99,"ema_overwrite_frequency":null,"loss_scale_factor":null}""",
    };

    private static readonly Dictionary<Type, JsonObject> s_all = [];

    /// <summary>The settings of a class that have one value, with that value; a copy.</summary>
    public static JsonObject Of(Type type)
    {
        lock (s_all)
        {
            if (!s_all.TryGetValue(type, out var all)) s_all[type] = all = Collect(type);
            return (JsonObject)all.DeepClone();
        }
    }

    /// <summary>Requires that a setting for which the class has no parameter asks for nothing that isn't here.</summary>
    /// <exception cref="ModelFormatException">It asks for something.</exception>
    public static void Require(Type type, JsonProperty setting, string place)
    {
        var (key, value) = (setting.Name, setting.Value);
        if (value.ValueKind == JsonValueKind.Null || IsOfOlderKeras(type, key)) return;
        var only = Of(type);
        string expectedType = only["dtype"] is JsonValue plain ? plain.GetValue<string>() : "float32";
        if (key == "dtype" && DataType(value) == expectedType) return;
        ModelFormatException Refused(string reason) => new($"{place}, {key}", reason, isUnsupported: true);
        if (key == "dtype") throw Refused($"{DataType(value) ?? ObjectConfig.Quote(value)} is not supported; it must be {expectedType}");
        if (ObjectConfig.ClassOf(value) is { } name && (key.EndsWith("_regularizer", StringComparison.Ordinal) || key.EndsWith("_constraint", StringComparison.Ordinal)))
        {
            if (!IsNothing(value)) throw Refused($"{key[(key.LastIndexOf('_') + 1)..]} {name} is not supported; it must be null");
        }
        else if (!only.TryGetPropertyValue(key, out var wanted)) throw Refused($"{ObjectConfig.Quote(value)} is refused; {type.Name} has no such setting here");
        // A momentum of averages that are not made.
        else if (!JsonNode.DeepEquals(wanted, JsonNode.Parse(value.GetRawText())) && !(key == "ema_momentum" && value.ValueKind == JsonValueKind.Number))
            throw Refused($"{ObjectConfig.Quote(value)} is not supported; it must be {wanted?.ToJsonString() ?? "null"}");
    }

    /// <summary>Settings that older versions wrote: where a first layer's input is said again, and what has no effect.</summary>
    private static bool IsOfOlderKeras(Type type, string key) =>
        type.IsSubclassOf(typeof(Layer)) ? key is "batch_input_shape" or "batch_shape" or "input_shape" or "input_dim"
        : type.IsSubclassOf(typeof(Optimizer)) && key is "decay" or "jit_compile" or "is_legacy_optimizer";

    /// <summary>A regularizer whose factors are all 0.</summary>
    private static bool IsNothing(JsonElement regularizer) => ObjectConfig.ClassOf(regularizer) is "L1" or "L2" or "L1L2"
        && regularizer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
        && config.EnumerateObject().All(factor => factor.Value.ValueKind == JsonValueKind.Number && factor.Value.TryGetDouble(out double value) && value == 0);

    /// <summary>The name of a type or of a policy of that name.</summary>
    private static string? DataType(JsonElement value)
    {
        if (ObjectConfig.ClassOf(value) is "DTypePolicy" or "Policy" && value.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name)) value = name;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static JsonObject Collect(Type type)
    {
        var all = type == typeof(InputLayer) || type.BaseType is null ? [] : Collect(type.BaseType);
        if (s_own.TryGetValue(type, out string? own))
            foreach (var (key, value) in JsonNode.Parse(own)!.AsObject()) all[key] = value?.DeepClone();
        return all;
    }
}
