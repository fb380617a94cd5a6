using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Initializers;
using KerasPort.Losses;
using KerasPort.Metrics;

namespace KerasPort.Saving;

/// <summary>
/// <c>get_config</c> and <c>from_config</c> for every class at once: a configuration holds the constructor's parameters, each with the value
/// of the property of that name. Objects inside are written as Keras' <c>serialize_keras_object</c> does.
/// </summary>
internal static class ObjectConfig
{
    private static readonly ConditionalWeakTable<Type, Settings> s_settings = [];

    /// <summary>A class' constructor and, for each parameter, its property (none for a layer's <c>input_shape</c>, which goes into the model's input).</summary>
    private sealed record Settings(ConstructorInfo Constructor, (ParameterInfo Parameter, PropertyInfo? Property, bool Nullable)[] All);

    /// <summary>What <c>get_config()</c> gives.</summary>
    public static JsonObject Get(object of)
    {
        var config = new JsonObject();
        foreach (var (_, property, _) in SettingsOf(of.GetType()).All)
            if (property is not null) config[property.Name] = ToJson(property.GetValue(of));
        return config;
    }

    /// <summary>The configuration with the class name and the module around it.</summary>
    public static JsonObject Serialize(object of) => new()
    {
        ["module"] = KnownClasses.KindOf(of.GetType()).Module,
        ["class_name"] = of.GetType().Name,
        ["config"] = Get(of),
        ["registered_name"] = null,
    };

    /// <summary>The name that stands for an object with just these settings, such as "accuracy"; else the object.</summary>
    public static JsonNode Serialize<T>(T of, Dictionary<string, Func<T>> known) where T : class
    {
        foreach (var (name, make) in known)
            if (make() is { } same && same.GetType() == of.GetType() && JsonNode.DeepEquals(Get(same), Get(of))) return name;
        return Serialize(of);
    }

    /// <summary>The object that <see cref="Serialize(object)"/> wrote, or its name.</summary>
    /// <exception cref="ModelFormatException">It's no such object, or one that is refused.</exception>
    public static T Deserialize<T>(JsonElement element, string place, Func<string, T>? byName = null) where T : class
    {
        if (element.ValueKind == JsonValueKind.String && byName is not null) return Guarded(place, () => byName(element.GetString()!));
        var (name, config) = ClassAndConfig(element, place);
        return (T)Create(KnownClasses.Find(typeof(T), name, place), config, $"{place} ({name})");
    }

    /// <summary>The class name and the configuration of an object, whose module is Keras' own if it says one.</summary>
    public static (string Name, JsonElement Config) ClassAndConfig(JsonElement element, string place)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new ModelFormatException(place, $"expected an object with class_name and config, found {Quote(element)}");
        string name = Required(element, "class_name", JsonValueKind.String, place).GetString()!;
        if (element.TryGetProperty("module", out var module) && !(module.ValueKind == JsonValueKind.Null || (module.ValueKind == JsonValueKind.String && module.GetString() is { } text && (text == "keras" || text.StartsWith("keras.", StringComparison.Ordinal)))))
            throw new ModelFormatException(place, $"class '{name}' of module {Quote(module)} is refused; only Keras' own are loaded");
        if (element.TryGetProperty("registered_name", out var registered) && registered.ValueKind != JsonValueKind.Null && !(registered.ValueKind == JsonValueKind.String && registered.GetString() == name))
            throw new ModelFormatException(place, $"class '{name}', registered as {Quote(registered)}, is refused; only Keras' own are loaded");
        return (name, Required(element, "config", JsonValueKind.Object, place));
    }

    /// <summary>A property that must be there and of that kind.</summary>
    public static JsonElement Required(JsonElement element, string key, JsonValueKind kind, string place) =>
        !element.TryGetProperty(key, out var value) ? throw new ModelFormatException(place, $"expected '{key}', found none")
        : value.ValueKind != kind ? throw new ModelFormatException($"{place}, {key}", $"expected {kind.ToString().ToLowerInvariant()}, found {Quote(value)}")
        : value;

    /// <summary>Makes an object of a known class from its configuration.</summary>
    /// <exception cref="ModelFormatException">A setting is missing, of another type, out of range, or one that the class hasn't.</exception>
    public static object Create(Type type, JsonElement config, string place)
    {
        var settings = SettingsOf(type);
        var arguments = new object?[settings.All.Length];
        var read = new HashSet<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            var (parameter, property, nullable) = settings.All[i];
            if (property is not null && config.TryGetProperty(property.Name, out var value))
            {
                read.Add(property.Name);
                arguments[i] = value.ValueKind == JsonValueKind.Null && nullable ? null : FromJson(value, parameter.ParameterType, $"{place}, {property.Name}");
            }
            else if (parameter.HasDefaultValue) arguments[i] = parameter.DefaultValue;
            else if (!nullable) throw new ModelFormatException(place, $"expected '{parameter.Name}', found none");
        }
        foreach (var property in config.EnumerateObject())
        {
            if (!read.Contains(property.Name) && !AsksForNothing(property))
                throw new ModelFormatException($"{place}, {property.Name}", $"{Quote(property.Value)} is refused; {type.Name} has no such setting here");
        }
        return Guarded(place, () => settings.Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));
    }

    /// <summary>Makes an object of a class from a dictionary that a program made.</summary>
    public static T Create<T>(JsonObject config)
    {
        KnownClasses.KindOf(typeof(T));
        return (T)Create(typeof(T), JsonText.Element(config), typeof(T).Name);
    }

    /// <summary>Runs what checks its arguments itself.</summary>
    public static T Guarded<T>(string place, Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ValueError e)
        {
            throw new ModelFormatException(place, e.Message, e);
        }
        catch (OverflowException e)
        {
            throw new ModelFormatException(place, "shapes whose product is too large for an array are refused", e);
        }
    }

    /// <summary>JSON as it stands in the file, for a message.</summary>
    public static string Quote(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 80 ? text : text[..77] + "…";
    }

    /// <summary>Whether a setting of Keras that this library hasn't has the value at which it does nothing.</summary>
    private static bool AsksForNothing(JsonProperty setting) => setting.Name switch
    {
        "name" => setting.Value.ValueKind == JsonValueKind.String,
        "trainable" => setting.Value.ValueKind == JsonValueKind.True,
        "sparse" or "ragged" or "optional" or "use_ema" or "amsgrad" => setting.Value.ValueKind == JsonValueKind.False,
        "ema_momentum" => setting.Value.ValueKind == JsonValueKind.Number,
        "groups" => setting.Value.ValueKind == JsonValueKind.Number && setting.Value.TryGetInt32(out int groups) && groups == 1,
        "data_format" => Is(setting.Value, "channels_last"),
        "reduction" => Is(setting.Value, "sum_over_batch_size"),
        "dtype" => Is(setting.Value, "float32") || IsFloat32Policy(setting.Value),
        _ => false,
    } || setting.Value.ValueKind == JsonValueKind.Null;

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool IsFloat32Policy(JsonElement policy) =>
        policy.ValueKind == JsonValueKind.Object && policy.TryGetProperty("class_name", out var name) && Is(name, "DTypePolicy")
        && policy.TryGetProperty("config", out var config) && config.ValueKind == JsonValueKind.Object
        && config.TryGetProperty("name", out var type) && Is(type, "float32");

    private static object? FromJson(JsonElement value, Type parameter, string place)
    {
        ModelFormatException Expected(string what) => new(place, $"expected {what}, found {Quote(value)}");
        var type = Nullable.GetUnderlyingType(parameter) ?? parameter;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        if (type == typeof(int)) return isNumber && value.TryGetInt32(out int whole) ? whole : throw Expected("a whole number");
        if (type == typeof(long)) return isNumber && value.TryGetInt64(out long large) ? large : throw Expected("a whole number");
        if (type == typeof(double)) return isNumber && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Expected("a number");
        if (type == typeof(bool)) return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Expected("true or false");
        if (type == typeof(string)) return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Expected("a string");
        if (type == typeof(Shape)) return Shape(value, place);
        if (type == typeof(ActivationFunction)) return value.ValueKind == JsonValueKind.String ? Guarded(place, () => (ActivationFunction)value.GetString()!) : throw Expected("the name of an activation function");
        if (type == typeof(Initializer)) return Deserialize<Initializer>(value, place, name => name);
        throw new NotSupportedException($"A constructor's parameter of type {type} can't be in a configuration.");
    }

    /// <summary>A number, or a list of numbers and nulls.</summary>
    public static Shape Shape(JsonElement value, string place)
    {
        ModelFormatException Expected() => new(place, $"expected a list of at most 8 whole numbers, found {Quote(value)}");
        int? Dimension(JsonElement d) => d.ValueKind == JsonValueKind.Null ? null : d.ValueKind == JsonValueKind.Number && d.TryGetInt32(out int size) ? size : throw Expected();
        if (value.ValueKind == JsonValueKind.Number) return new Shape(Dimension(value));
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 8) throw Expected();
        return new Shape([.. value.EnumerateArray().Select(Dimension)]);
    }

    private static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        int v => v,
        long v => v,
        double v => v,
        bool v => v,
        string v => v,
        (int a, int b) => new JsonArray(a, b),
        Shape v => Array(v),
        ActivationFunction v => Serialize(v, ActivationFunction.Known),
        _ => Serialize(value),
    };

    /// <summary>A shape as JSON has it.</summary>
    public static JsonArray Array(Shape shape) => [.. shape.Select(d => d is { } size ? JsonValue.Create(size) : null)];

    private static Settings SettingsOf(Type type) => s_settings.GetValue(type, t =>
    {
        var constructor = t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Single(c => c.GetParameters().All(p => p.Name == "input_shape" || t.GetProperty(p.Name!) is not null));
        var nullability = new NullabilityInfoContext();
        return new Settings(constructor, [.. constructor.GetParameters().Select(p => (p, p.Name == "input_shape" ? null : t.GetProperty(p.Name!), nullability.Create(p).WriteState == NullabilityState.Nullable))]);
    });
}
