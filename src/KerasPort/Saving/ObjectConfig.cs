using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Random;
using KerasPort.Regularizers;
using KerasPort.Schedules;

namespace KerasPort.Saving;

/// <summary>
/// <c>get_config</c> and <c>from_config</c> for all classes: a configuration holds the constructor's parameters, each with the value of the property of
/// that name, and the settings that have only one value here. Objects inside are written as Keras' <c>serialize_keras_object</c> does.
/// </summary>
internal static class ObjectConfig
{
    /// <summary>A setting that every layer takes.</summary>
    public const string ActivityRegularizer = "activity_regularizer";

    private const string VocabularySize = "vocabulary_size", NumBins = "num_bins";

    private const int MostWords = 1 << 24;

    private const string Trainable = "trainable", InputShapeName = "input_shape", NameKey = "name";

    private static readonly JsonElement Empty = JsonText.Element([]);

    private static readonly ConditionalWeakTable<Type, Settings> s_settings = [];

    /// <summary>
    /// A class' constructor and, for each parameter, its property (none for a layer's <c>input_shape</c>, which goes into the model's input).
    /// </summary>
    private sealed record Settings(ConstructorInfo Constructor, (ParameterInfo Parameter, PropertyInfo? Property, bool Nullable)[] All);

    /// <summary>The result of <c>get_config()</c>.</summary>
    public static JsonObject Get(object of)
    {
        var config = new JsonObject();
        // As in Keras, the configuration of a class that derives from the library's has the settings of that class, too.
        var (type, library) = (of.GetType(), LibraryClassOf(of.GetType()));
        var inherited = library is null || library == type ? [] : SettingsOf(library).All;
        foreach (var (parameter, property, _) in inherited.Concat(SettingsOf(type).All))
        {
            if (config.ContainsKey(property?.Name ?? "")) continue;
            if (property is null && parameter.Name != InputShapeName && KnownClasses.IsOwn(type) && !HasConfigOfItsOwn(type))
                throw new ValueError($"'{type.Name}' takes '{parameter.Name}' and has no property of that name, so that a file can't hold it: "
                    + "add the property, or override `get_config`.");
            object? value = (property?.GetCustomAttribute<SettingLiesInAttribute>()?.In(library ?? type) ?? property)?.GetValue(of);
            if (property is null || (property.IsDefined(typeof(OnlyWhenGivenAttribute)) && Equals(value, parameter.DefaultValue))) continue;
            config[property.Name] = ConfigValue.Write(property.IsDefined(typeof(CountsAttribute)) ? CountsAttribute.Of(value) : value);
        }
        foreach (var none in (library ?? type).GetCustomAttributes<NoSettingAttribute>(inherit: false)) config.Remove(none.Key);
        foreach (var (key, value) in OnlySettings.Of(type)) config.TryAdd(key, value?.DeepClone());
        if (of is Layer layer && config.ContainsKey(Trainable)) config[Trainable] = layer.trainable;
        // Keras writes the regularizer for every layer that has one.
        if (of is Layer { activity_regularizer: { } regularizer }) config.TryAdd(ActivityRegularizer, Serialize(regularizer));
        if (of is EncodingLayer { SettingType: { } setting } encoding) config["dtype"] = encoding.IsTypePlain ? setting.name : Policy(setting);
        if (of is IVocabularyLayer words) config[VocabularySize] = words.Size;
        return config;
    }

    /// <summary>The library's layer that a class is or derives from; <c>null</c> where there is none that can be constructed.</summary>
    private static Type? LibraryClassOf(Type type)
    {
        var library = type;
        while (KnownClasses.IsOwn(library)) library = library.BaseType!;
        return library is { IsAbstract: false } && library.IsSubclassOf(typeof(Layer)) && !library.IsSubclassOf(typeof(Models.Model)) ? library : null;
    }

    /// <summary>The configuration wrapped with the class name and, except in the legacy format, the module.</summary>
    public static JsonObject Serialize(object of, bool legacy = false)
    {
        string? module = KnownClasses.ModuleOf(of.GetType());
        string name = of.GetType().Name, registered = module is null ? CustomObjects.NameOf(of.GetType()) : "";
        if (legacy) return new() { ["class_name"] = module is null ? registered : name, ["config"] = ConfigOf(of) };
        return new()
        {
            ["module"] = module,
            ["class_name"] = name,
            ["config"] = ConfigOf(of),
            ["registered_name"] = module is null ? registered : null,
        };
    }

    /// <summary>Likewise, but for a loss or metric made of a function, the function's name.</summary>
    /// <exception cref="ValueError">The function has no name.</exception>
    public static JsonNode SerializeNamed(object of, Func<Tensor, Tensor, Tensor>? function) => function is null ? Serialize(of)
        : Named.Function(function) != "<lambda>" || CustomObjects.NameOf(new CustomObject(function)) != "<lambda>" ? Function(function, legacy: false)
        : throw new ValueError($"A {of.GetType().Name} that is a lambda has no name by which it could be written down: make it a function with a name.");

    /// <summary>Reads a serialized object or a name that a program gives; <c>null</c> for <c>null</c>.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T? Read<T>(JsonNode? config, CustomObjects? own, Func<string, T?>? byName) where T : class
    {
        if (config is null) return null;
        using var scope = CustomObjects.Within(own);
        var all = JsonText.Element(new JsonObject { ["config"] = config.DeepClone() });
        return Deserialize<T>(all.GetProperty("config"), "config", byName!);
    }

    /// <summary>Serializes a function of the program's own by its name.</summary>
    public static JsonNode Function(Delegate function, bool legacy)
    {
        string name = Named.Function(function);
        if (legacy) return JsonValue.Create(name);
        string registered = CustomObjects.NameOf(new CustomObject((Func<Tensor, Tensor, Tensor>)function));
        return new JsonObject
        {
            ["module"] = "builtins",
            ["class_name"] = "function",
            ["config"] = name,
            ["registered_name"] = registered == name ? "function" : registered,
        };
    }

    /// <summary>Serializes an activation of the program's own by its registered name, or else by its own.</summary>
    /// <exception cref="ValueError">The function has no name.</exception>
    public static JsonObject Function(TensorFunction function)
    {
        string name = CustomObjects.NameOf(new CustomObject(function));
        return name != "<lambda>" ? new() { ["module"] = "builtins", ["class_name"] = "function", ["config"] = name, ["registered_name"] = "function" }
            : throw new ValueError("An activation that is a lambda has no name by which a file could hold it: make it a function with a name.");
    }

    /// <summary>The result of the object's <c>get_config()</c>, which a class of the program's own may override.</summary>
    private static JsonObject ConfigOf(object of) => of switch
    {
        Layer layer => layer.get_config(),
        Losses.Loss loss => loss.get_config(),
        Metric metric => metric.get_config(),
        Optimizer optimizer => optimizer.get_config(),
        LearningRateSchedule schedule => schedule.get_config(),
        Initializer initializer => initializer.get_config(),
        Regularizer regularizer => regularizer.get_config(),
        Constraint constraint => constraint.get_config(),
        _ => Get(of),
    } ?? throw new ValueError($"`get_config` of '{of.GetType().Name}' gave None.");

    private static bool HasConfigOfItsOwn(Type type) => KnownClasses.IsOwn(type.GetMethod(nameof(Layer.get_config), [])!.DeclaringType!);

    /// <summary>Reads an object that <see cref="Serialize(object, bool)"/> wrote, or one given by its name.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T Deserialize<T>(JsonElement element, string place, Func<string, T>? byName = null) where T : class
    {
        if (byName is not null && NameOrFunction(element) is { } called)
            return Guarded(place, () => OfFunction<T>(element, called) ?? byName(called), isUnsupported: true);
        return (T)Deserialize(element, typeof(T), place);
    }

    /// <summary>Reads an object of that kind.</summary>
    public static object Deserialize(JsonElement element, Type kind, string place)
    {
        if (OfOwn(element, kind, place) is { } own) return own;
        // Earlier versions of Keras registered their own classes with this prefix.
        const string registered = "Custom>";
        bool isOptimizer = kind == typeof(Optimizer);
        var (name, config) = ClassAndConfig(element, place, isOptimizer ? registered : null);
        if (isOptimizer && name.StartsWith(registered, StringComparison.Ordinal)) name = name[registered.Length..];
        object made = Create(KnownClasses.Find(kind, name, place), config, $"{place} ({name})");
        // Keras builds each layer as soon as it is read, before the seeds of the next one are drawn.
        bool isBuilt = element.TryGetProperty("build_config", out var build) && build.ValueKind != JsonValueKind.Null;
        if (made is Layer layer && isBuilt)
        {
            Draw(layer);
            layer.BuiltInputs ??= BuildConfig.One(build, $"{place} ({name}), build_config");
        }
        return made;
    }

    private static void Draw(Layer layer)
    {
        if (layer is SpectralNormalization drawing) drawing.Draw();
        foreach (var inner in layer.Inner) Draw(inner);
    }

    /// <summary>Creates a loss or a metric from a function of the program's own.</summary>
    private static T? OfFunction<T>(JsonElement element, string name) where T : class
    {
        if (CustomObjects.Find(Text(element, "registered_name"), name) is not { } own) return null;
        return own.Value is not Func<Tensor, Tensor, Tensor> function ? (own.Value as Type)?.IsSubclassOf(typeof(T)) == true
            ? (T)Create((Type)own.Value!, Empty, name) : null
            : typeof(T) == typeof(Losses.Loss) ? (T)(object)new Losses.Loss(function, name)
            : typeof(T) == typeof(Metric) ? (T)(object)new MeanMetric(function, Names.SnakeCase(name)) : null;
    }

    /// <summary>Reads an object of a class of the program's own; <c>null</c> if the element names none. It must be of the given kind.</summary>
    public static object? OfOwn(JsonElement element, Type kind, string place)
    {
        if (ClassOf(element) is not { } name) return null;
        // Keras writes its own classes with a module and without a registered name.
        string? registered = Text(element, "registered_name");
        bool isKeras = element.TryGetProperty("module", out var module) && IsOfKeras(module);
        if (isKeras && string.IsNullOrEmpty(registered)) return null;
        if (CustomObjects.Find(registered, name) is not { Value: Type type }) return null;
        if (!type.IsSubclassOf(kind))
            throw new ModelFormatException(place,
                $"expected a {Names.SnakeCase(kind).Replace('_', ' ')}, found class '{name}', which is another kind of custom object");
        return Create(type, Required(element, "config", JsonValueKind.Object, place), $"{place} ({name})");
    }

    private static string? Text(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out var value) ? Text(value) : null;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The class name and the configuration of an object; its module, if given, must be Keras' own.</summary>
    public static (string Name, JsonElement Config) ClassAndConfig(JsonElement element, string place, string? registeredAs = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw new ModelFormatException(place, $"expected an object with class_name and config, found {Quote(element)}");
        string name = Required(element, "class_name", JsonValueKind.String, place).GetString()!;
        if (element.TryGetProperty("module", out var module) && module.ValueKind != JsonValueKind.Null && !IsOfKeras(module))
            throw new ModelFormatException(place, $"class '{name}' of module {Quote(module)} is refused; only Keras' own are loaded", isUnsupported: true);
        if (element.TryGetProperty("registered_name", out var registered) && registered.ValueKind != JsonValueKind.Null
            && !(registered.ValueKind == JsonValueKind.String && registered.GetString() is { } text
                && (text.Length == 0 || text == name || (registeredAs is not null && text == registeredAs + name))))
            throw new ModelFormatException(place, $"class '{name}', registered as {Quote(registered)}, is refused; only Keras' own are loaded",
                isUnsupported: true);
        return (name, Required(element, "config", JsonValueKind.Object, place));
    }

    /// <summary>The class name of a serialized object; <c>null</c> for anything else.</summary>
    public static string? ClassOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("class_name", out var name) && name.ValueKind == JsonValueKind.String
            ? name.GetString() : null;

    /// <summary>A name, which may be written as the function of that name; <c>null</c> for anything else.</summary>
    public static string? NameOrFunction(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String) return element.GetString();
        if (ClassOf(element) != "function" || !element.TryGetProperty("config", out var name) || name.ValueKind != JsonValueKind.String) return null;
        bool isKeras = !element.TryGetProperty("module", out var module) || Is(module, "builtins") || IsOfKeras(module);
        return isKeras ? name.GetString() : null;
    }

    private static bool IsOfKeras(JsonElement module) =>
        Is(module, "keras") || (module.ValueKind == JsonValueKind.String && module.GetString()!.StartsWith("keras.", StringComparison.Ordinal));

    /// <summary>A property that must be there and of that kind.</summary>
    public static JsonElement Required(JsonElement element, string key, JsonValueKind kind, string place) =>
        !element.TryGetProperty(key, out var value) ? throw new ModelFormatException(place, $"expected '{key}', found none")
        : value.ValueKind != kind ? throw new ModelFormatException($"{place}, {key}", $"expected {kind.ToString().ToLowerInvariant()}, found {Quote(value)}")
        : value;

    /// <summary>Makes an object of a known class from its configuration.</summary>
    /// <exception cref="ModelFormatException">A setting is missing, unknown to the class, of another type, or out of range.</exception>
    public static object Create(Type type, JsonElement config, string place)
    {
        bool isOwn = KnownClasses.IsOwn(type);
        if (isOwn && type.GetMethod("from_config", BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly, [typeof(JsonObject)]) is { } from
            && from.ReturnType.IsAssignableTo(type))
            return Guarded(place, () => from.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [JsonNode.Parse(config.GetRawText())], null)
                ?? throw new ValueError($"`from_config` of '{type.Name}' gave None."));
        var settings = SettingsOf(type);
        var arguments = new object?[settings.All.Length];
        var read = new HashSet<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            var (parameter, property, nullable) = settings.All[i];
            string key = property?.Name ?? parameter.Name!;
            bool isInput = property is null && key == InputShapeName;
            if (!isInput && Find(config, type, key, read) is { } value)
            {
                // "auto" is Keras 2's name for the mean over a batch.
                if (key == "reduction" && Is(value, "auto"))
                {
                    arguments[i] = parameter.DefaultValue;
                    continue;
                }
                LayerSettings.Require(type, key, value, $"{place}, {key}");
                // Keras 2 wrote the axis of a normalization as a list of one.
                if (key == "axis" && parameter.ParameterType == typeof(int) && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1)
                    value = value[0];
                bool isNull = value.ValueKind == JsonValueKind.Null;
                // Python takes None for false where it asks for a flag.
                arguments[i] = isNull && parameter.ParameterType == typeof(bool) ? false
                    : isNull && parameter is { HasDefaultValue: true, ParameterType.IsPrimitive: true } ? parameter.DefaultValue
                    : value.ValueKind == JsonValueKind.Null && nullable ? null
                    : ConfigValue.Read(value, parameter.ParameterType, $"{place}, {key}");
            }
            else if (isInput) arguments[i] = InputShape(config, place) is { Rank: > 0 } input ? input[1..] : (Shape?)null;
            else if (parameter.HasDefaultValue) arguments[i] = parameter.DefaultValue;
            else if (!nullable) throw new ModelFormatException(place, $"expected '{parameter.Name}', found none");
        }
        // A Discretization that adapted is saved with num_bins and boundaries, of which its constructor takes one: the boundaries are set afterwards.
        double[]? found = type == typeof(Discretization) && config.TryGetProperty(NumBins, out var bins) && bins.ValueKind != JsonValueKind.Null
            ? arguments[0] as double[] : null;
        if (found is not null) arguments[0] = null;
        // Settings of the library's base class that the class' own constructor doesn't take.
        var left = new List<JsonProperty>();
        HashSet<string> inherited = isOwn && LibraryClassOf(type) is { } library
            ? [.. SettingsOf(library).All.Select(setting => setting.Property?.Name).OfType<string>()] : [];
        if (isOwn && type.IsSubclassOf(typeof(Layer))) inherited.Add(NameKey);
        bool trainable = true, isEncoding = type.IsSubclassOf(typeof(EncodingLayer));
        Regularizer? regularizer = null;
        foreach (var property in config.EnumerateObject())
        {
            if (isEncoding && property.Name is "dtype" or VocabularySize) continue;
            if (property.NameEquals(Trainable) && type.IsSubclassOf(typeof(Layer)))
                trainable = ConfigValue.Flag(property.Value, $"{place}, {Trainable}", otherwise: true);
            else if (property.NameEquals(ActivityRegularizer) && !read.Contains(ActivityRegularizer) && type.IsSubclassOf(typeof(Layer)))
                regularizer = ReadRegularizer(property.Value, place);
            else if (inherited.Contains(property.Name) && !read.Contains(property.Name)) left.Add(property);
            else if (!read.Contains(property.Name)) OnlySettings.Require(type, property, place);
        }
        object made = Guarded(place, () => settings.Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));
        if (left.Count > 0) Compare((Layer)made, left, place);
        // A file says of each layer in it, too, whether that is trainable.
        if (!trainable) ((Layer)made).SetOwnTrainable(false);
        if (regularizer is not null) ((Layer)made).activity_regularizer = regularizer;
        if (made is EncodingLayer encoding) Settle(encoding, config, found, place);
        return made;
    }

    /// <summary>Requires that settings which the constructor doesn't take have the values that the layer has anyway; only a name is set.</summary>
    private static void Compare(Layer made, List<JsonProperty> settings, string place)
    {
        var has = Get(made);
        foreach (var setting in settings)
        {
            if (setting.NameEquals(NameKey) && Text(setting.Value) is { } name)
                Guarded(place, () =>
                {
                    made.Rename(name);
                    return true;
                });
            else if (!JsonNode.DeepEquals(has[setting.Name], JsonNode.Parse(setting.Value.GetRawText())))
                throw new ModelFormatException($"{place}, {setting.Name}", $"{Quote(setting.Value)} is refused; the constructor of {made.GetType().Name} "
                    + $"doesn't take it, and makes it {has[setting.Name]?.ToJsonString() ?? "null"}", isUnsupported: true);
        }
    }

    /// <summary>Reads an activity regularizer.</summary>
    public static Regularizer? ReadRegularizer(JsonElement value, string place) =>
        value.ValueKind == JsonValueKind.Null ? null : Deserialize<Regularizer>(value, $"{place}, {ActivityRegularizer}", name => name);

    /// <summary>Sets what the constructor doesn't take: the dtype that follows from the settings, and what the layer has adapted to.</summary>
    private static void Settle(EncodingLayer layer, JsonElement config, double[]? boundaries, string place)
    {
        if (boundaries is not null) ((Discretization)layer).bin_boundaries = boundaries;
        foreach (var property in config.EnumerateObject())
        {
            if (property.NameEquals("dtype")) OnlySettings.Require(layer.GetType(), property, place, layer.SettingType);
            else if (property.NameEquals(VocabularySize) && layer is IVocabularyLayer words && property.Value.ValueKind != JsonValueKind.Null)
                words.Size = (int)ConfigValue.Read(property.Value, typeof(int), $"{place}, {VocabularySize}")! is > 0 and <= MostWords and var size ? size
                    : throw new ModelFormatException($"{place}, {VocabularySize}", $"expected a number of 1 to {MostWords}, found {Quote(property.Value)}");
        }
    }

    private static JsonObject Policy(DType type) => new()
    {
        ["module"] = "keras", ["class_name"] = "DTypePolicy", ["config"] = new JsonObject { ["name"] = type.name }, ["registered_name"] = null,
    };

    /// <summary>A setting by its present name or by the one that Keras 2 used.</summary>
    private static JsonElement? Find(JsonElement config, Type type, string key, HashSet<string> read)
    {
        string? older = key switch
        {
            "learning_rate" when type.IsSubclassOf(typeof(Optimizer)) => "lr",
            "negative_slope" when type == typeof(LeakyReLU) => "alpha",
            "batch_shape" when type == typeof(InputLayer) => "batch_input_shape",
            _ => null,
        };
        foreach (string? name in new[] { key, older })
        {
            if (name is null || !config.TryGetProperty(name, out var value)) continue;
            read.Add(name);
            return value;
        }
        return null;
    }

    /// <summary>A first layer's input shape in files of older versions, with the batch first; <c>null</c> where there is none.</summary>
    public static Shape? InputShape(JsonElement config, string place)
    {
        foreach (string key in new[] { "batch_input_shape", "batch_shape" })
            if (config.TryGetProperty(key, out var batch) && batch.ValueKind != JsonValueKind.Null) return ConfigValue.Shape(batch, $"{place}, {key}");
        foreach (string key in new[] { "input_shape", "input_dim" })
            if (config.TryGetProperty(key, out var sample) && sample.ValueKind != JsonValueKind.Null)
                return ConfigValue.Shape(sample, $"{place}, {key}").WithBatch(null);
        return null;
    }

    /// <summary>Makes an object of a class from a dictionary that a program made.</summary>
    public static T Create<T>(JsonObject config)
    {
        KnownClasses.ModuleOf(typeof(T));
        return (T)Create(typeof(T), JsonText.Element(config), typeof(T).Name);
    }

    /// <summary>A copy of an object: the same class and configuration.</summary>
    public static object Again(object of) => Create(of.GetType(), JsonText.Element(ConfigOf(of)), of.GetType().Name);

    /// <summary>Runs code that throws <see cref="ValueError"/>, and turns that into a <see cref="ModelFormatException"/> of the place.</summary>
    public static T Guarded<T>(string place, Func<T> make, bool isUnsupported = false)
    {
        try
        {
            return make();
        }
        catch (ValueError e)
        {
            throw new ModelFormatException(place, e.Message, e, isUnsupported: isUnsupported);
        }
        catch (OverflowException e)
        {
            throw new ModelFormatException(place, "shapes whose product is too large for an array are refused", e);
        }
    }

    /// <summary>The JSON as the file has it, for a message.</summary>
    public static string Quote(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 80 ? text : text[..77] + "…";
    }

    internal static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static Settings SettingsOf(Type type) => s_settings.GetValue(type, t =>
    {
        // A class of the program's own is created by its longest constructor; get_config may write parameters that have no property.
        var constructor = KnownClasses.IsOwn(t) ? t.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new ValueError($"'{t.Name}' has no public constructor, so that none can be made of a configuration.")
            : t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Single(c => c.GetParameters().All(p => p.Name == InputShapeName || t.GetProperty(p.Name!) is not null));
        var nullability = new NullabilityInfoContext();
        return new Settings(constructor,
            [.. constructor.GetParameters().Select(p => (
                p, p.Name == InputShapeName ? null : t.GetProperty(p.Name!), nullability.Create(p).WriteState == NullabilityState.Nullable))]);
    });
}

/// <summary>Marks a property that is mostly a whole number: if it is whole, it is written as an integer, as Python writes what programs pass there.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountsAttribute : Attribute
{
    public static object? Of(object? value) => value switch
    {
        double number when number == Math.Floor(number) && Math.Abs(number) < 1e15 => (long)number,
        double[] numbers when numbers.All(number => Of(number) is long) => Array.ConvertAll(numbers, number => (long)number),
        _ => value,
    };
}

/// <summary>Marks a property that shows more than its setting, and names the property that holds the setting.</summary>
/// <param name="property">The name of that property.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingLiesInAttribute(string property) : Attribute
{
    public PropertyInfo? In(Type type) => type.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic);
}

/// <summary>Marks a setting that is written only where it isn't the default.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnlyWhenGivenAttribute : Attribute;
