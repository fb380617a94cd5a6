using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Layers;
using KerasPort.Optimizers;

namespace KerasPort.Saving;

/// <summary>
/// Marks a class whose setting in Keras has only one value in this library; derived classes inherit it. The setting is written, so that a configuration
/// has Keras' keys, and refused by name when a file gives another value.
/// </summary>
/// <param name="key">The setting's name in a configuration.</param>
/// <param name="value">Its value.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class OnlySettingAttribute(string key, object? value) : Attribute
{
    /// <summary>The dtype policy float32, as JSON.</summary>
    public const string Float32 = """{"module":"keras","class_name":"DTypePolicy","config":{"name":"float32"},"registered_name":null}""";

    public string Key => key;

    /// <summary>Whether the value is JSON text.</summary>
    public bool IsJson { get; init; }

    /// <summary>The value as a configuration holds it.</summary>
    public JsonNode? Node => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        string text => IsJson ? JsonNode.Parse(text) : JsonValue.Create(text),
        _ => throw new ArgumentException($"A setting of one value is a flag, a number or a text. Received: {key}={value}"),
    };
}

/// <summary>Marks a class whose configuration lacks a setting of its base class, as Keras' does.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
internal sealed class NoSettingAttribute(string key) : Attribute
{
    public string Key => key;
}

/// <summary>The settings that have only one value here, from <see cref="OnlySettingAttribute"/>.</summary>
internal static class OnlySettings
{
    private static readonly Dictionary<Type, JsonObject> s_all = [];

    /// <summary>A copy of a class' settings that have only one value, with that value.</summary>
    public static JsonObject Of(Type type)
    {
        lock (s_all)
        {
            if (!s_all.TryGetValue(type, out var all)) s_all[type] = all = Collect(type);
            return (JsonObject)all.DeepClone();
        }
    }

    /// <summary>Refuses a setting for which the class has no parameter, unless its value is the only one here or has no effect.</summary>
    /// <param name="type">The class.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="typeOfOne">The dtype that the object computes in, where its class alone doesn't say it.</param>
    /// <exception cref="ModelFormatException">The setting has another value.</exception>
    public static void Require(Type type, JsonProperty setting, string place, DType? typeOfOne = null)
    {
        var (key, value) = (setting.Name, setting.Value);
        if (value.ValueKind == JsonValueKind.Null || IsOfOlderKeras(type, key, value) || (type == typeof(LossScaleOptimizer) && IsUnsaid(key, value))) return;
        // For classes of the program's own Keras writes autocast, whether inputs are cast to the compute dtype; with one compute dtype it has no effect.
        if (key == "autocast" && value.ValueKind == JsonValueKind.True && type.IsSubclassOf(typeof(Layer))) return;
        var only = Of(type);
        string expectedType = typeOfOne?.name ?? (only["dtype"] is JsonValue plain ? plain.GetValue<string>() : "float32");
        if (key == "dtype" && DataType(value) == expectedType) return;
        ModelFormatException Refused(string reason) => new($"{place}, {key}", reason, isUnsupported: true);
        if (key == "dtype") throw Refused($"{DataType(value) ?? ObjectConfig.Quote(value)} is not supported; it must be {expectedType}");
        if (ObjectConfig.ClassOf(value) is { } name
            && (key.EndsWith("_regularizer", StringComparison.Ordinal) || key.EndsWith("_constraint", StringComparison.Ordinal)))
        {
            if (!IsNothing(value)) throw Refused($"{key[(key.LastIndexOf('_') + 1)..]} {name} is not supported; it must be null");
        }
        else if (!only.TryGetPropertyValue(key, out var wanted)) throw Refused($"{ObjectConfig.Quote(value)} is refused; {type.Name} has no such setting here");
        else if (!JsonNode.DeepEquals(wanted, JsonNode.Parse(value.GetRawText())))
            throw Refused($"{ObjectConfig.Quote(value)} is not supported; it must be {wanted?.ToJsonString() ?? "null"}");
    }

    /// <summary>Whether older versions wrote this setting: a first layer's input shape, repeated, or one that has no effect.</summary>
    private static bool IsOfOlderKeras(Type type, string key, JsonElement value) =>
        // Every convolution had Conv2D's settings, used or not.
        (type.IsSubclassOf(typeof(Convolution)) && (key == "kernel_initializer" || (key == "groups" && value.GetRawText() == "1")))
        || (type == typeof(Embedding) && key == "input_length")
        // Keras 3.5 wrote it for layers that move pixels, and 3.6 no longer.
        || (type == typeof(RandomRotation) && key == "value_range")
        || (type.IsSubclassOf(typeof(Layer)) ? key is "batch_input_shape" or "batch_shape" or "input_shape" or "input_dim"
        : type.IsSubclassOf(typeof(Optimizer)) && key is "decay" or "jit_compile" or "is_legacy_optimizer");

    /// <summary>Whether this is a setting without effect that older versions wrote for an optimizer that wraps another one.</summary>
    private static bool IsUnsaid(string key, JsonElement value) => (key, value.ValueKind) is ("use_ema", JsonValueKind.False) or ("dynamic", JsonValueKind.True)
        || (key == "ema_momentum" && value.ValueKind == JsonValueKind.Number && value.GetDouble() == 0.99);

    /// <summary>Whether all factors of a regularizer are 0.</summary>
    private static bool IsNothing(JsonElement regularizer) => ObjectConfig.ClassOf(regularizer) is "L1" or "L2" or "L1L2"
        && regularizer.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
        && config.EnumerateObject().All(factor => factor.Value.ValueKind == JsonValueKind.Number && factor.Value.TryGetDouble(out double value) && value == 0);

    /// <summary>The name of a dtype, or of a policy that is named so.</summary>
    public static string? DataType(JsonElement value)
    {
        if (ObjectConfig.ClassOf(value) is "DTypePolicy" or "Policy" && value.TryGetProperty("config", out var config)
            && config.ValueKind == JsonValueKind.Object
            && config.TryGetProperty("name", out var name)) value = name;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }

    private static JsonObject Collect(Type type)
    {
        var all = type == typeof(InputLayer) || type.BaseType is null ? [] : Collect(type.BaseType);
        foreach (var own in type.GetCustomAttributes<OnlySettingAttribute>(inherit: false)) all[own.Key] = own.Node;
        foreach (var none in type.GetCustomAttributes<NoSettingAttribute>(inherit: false)) all.Remove(none.Key);
        return all;
    }
}
