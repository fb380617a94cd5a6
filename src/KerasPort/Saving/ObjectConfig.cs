using System.Reflection;
using System.Runtime.CompilerServices;
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
/// <c>get_config</c> and <c>from_config</c> for every class at once: a configuration holds the constructor's parameters, each with the value
/// of the property of that name, and the settings that have one value here. Objects inside are written as Keras' <c>serialize_keras_object</c> does.
/// </summary>
internal static class ObjectConfig
{
    private const string Trainable = "trainable", InputShapeName = "input_shape";

    private static readonly JsonElement Empty = JsonText.Element([]);
    private const int MostNumbers = 1 << 16;

    private static readonly ConditionalWeakTable<Type, Settings> s_settings = [];

    /// <summary>A class' constructor and, for each parameter, its property (none for a layer's <c>input_shape</c>, which goes into the model's input).</summary>
    private sealed record Settings(ConstructorInfo Constructor, (ParameterInfo Parameter, PropertyInfo? Property, bool Nullable)[] All);

    /// <summary>What <c>get_config()</c> gives.</summary>
    public static JsonObject Get(object of)
    {
        var config = new JsonObject();
        foreach (var (parameter, property, _) in SettingsOf(of.GetType()).All)
        {
            if (property is null && parameter.Name != InputShapeName && KnownClasses.IsOwn(of.GetType()) && !HasConfigOfItsOwn(of.GetType()))
                throw new ValueError($"'{of.GetType().Name}' takes '{parameter.Name}' and has no property of that name, so that a file can't hold it: "
                    + "add the property, or override `get_config`.");
            object? value = (property?.GetCustomAttribute<SettingLiesInAttribute>()?.In(of.GetType()) ?? property)?.GetValue(of);
            if (property is null || (property.IsDefined(typeof(OnlyWhenGivenAttribute)) && Equals(value, parameter.DefaultValue))) continue;
            config[property.Name] = ToJson(value);
        }
        foreach (var (key, value) in OnlySettings.Of(of.GetType())) config.TryAdd(key, value?.DeepClone());
        if (of is Layer layer && config.ContainsKey(Trainable)) config[Trainable] = layer.trainable;
        return config;
    }

    /// <summary>The configuration with the class name and, but for the legacy format, the module around it.</summary>
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

    /// <summary>A function of one's own, by its name.</summary>
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

    /// <summary>What the object's <c>get_config()</c> gives, which a class of one's own may override.</summary>
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

    /// <summary>The object that <see cref="Serialize(object, bool)"/> wrote, or its name.</summary>
    /// <exception cref="ModelFormatException">It's no such object, or one that is refused.</exception>
    public static T Deserialize<T>(JsonElement element, string place, Func<string, T>? byName = null) where T : class
    {
        if (byName is not null && NameOrFunction(element) is { } called)
            return Guarded(place, () => OfFunction<T>(element, called) ?? byName(called), isUnsupported: true);
        if (OfOwn(element, typeof(T), place) is { } own) return (T)own;
        // What was registered by this name was once Keras' own.
        const string registered = "Custom>";
        bool isOptimizer = typeof(T) == typeof(Optimizer);
        var (name, config) = ClassAndConfig(element, place, isOptimizer ? registered : null);
        if (isOptimizer && name.StartsWith(registered, StringComparison.Ordinal)) name = name[registered.Length..];
        return (T)Create(KnownClasses.Find(typeof(T), name, place), config, $"{place} ({name})");
    }

    /// <summary>A loss or a metric of a function of the program's own.</summary>
    private static T? OfFunction<T>(JsonElement element, string name) where T : class
    {
        if (CustomObjects.Find(Text(element, "registered_name"), name) is not { } own) return null;
        return own.Value is not Func<Tensor, Tensor, Tensor> function ? (own.Value as Type)?.IsSubclassOf(typeof(T)) == true ? (T)Create((Type)own.Value!, Empty, name) : null
            : typeof(T) == typeof(Losses.Loss) ? (T)(object)new Losses.Loss(function, name)
            : typeof(T) == typeof(Metric) ? (T)(object)new MeanMetric(function, name) : null;
    }

    /// <summary>An object of a class of the program's own, if the element names one; it must be of the kind that is looked for.</summary>
    public static object? OfOwn(JsonElement element, Type kind, string place)
    {
        if (ClassOf(element) is not { } name) return null;
        // What Keras wrote of its own classes says a module and no registered name.
        string? registered = Text(element, "registered_name");
        bool isKeras = element.TryGetProperty("module", out var module) && IsOfKeras(module);
        if (isKeras && string.IsNullOrEmpty(registered)) return null;
        if (CustomObjects.Find(registered, name) is not { Value: Type type }) return null;
        if (!type.IsSubclassOf(kind))
            throw new ModelFormatException(place, $"expected a {Names.SnakeCase(kind).Replace('_', ' ')}, found class '{name}', which is another kind of custom object");
        return Create(type, Required(element, "config", JsonValueKind.Object, place), $"{place} ({name})");
    }

    private static string? Text(JsonElement of, string key) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The class name and the configuration of an object, whose module is Keras' own if it says one.</summary>
    public static (string Name, JsonElement Config) ClassAndConfig(JsonElement element, string place, string? registeredAs = null)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new ModelFormatException(place, $"expected an object with class_name and config, found {Quote(element)}");
        string name = Required(element, "class_name", JsonValueKind.String, place).GetString()!;
        if (element.TryGetProperty("module", out var module) && module.ValueKind != JsonValueKind.Null && !IsOfKeras(module))
            throw new ModelFormatException(place, $"class '{name}' of module {Quote(module)} is refused; only Keras' own are loaded", isUnsupported: true);
        if (element.TryGetProperty("registered_name", out var registered) && registered.ValueKind != JsonValueKind.Null
            && !(registered.ValueKind == JsonValueKind.String && registered.GetString() is { } text && (text.Length == 0 || text == name || (registeredAs is not null && text == registeredAs + name))))
            throw new ModelFormatException(place, $"class '{name}', registered as {Quote(registered)}, is refused; only Keras' own are loaded", isUnsupported: true);
        return (name, Required(element, "config", JsonValueKind.Object, place));
    }

    /// <summary>The class name of a serialized object; <c>null</c> for anything else.</summary>
    public static string? ClassOf(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("class_name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

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

    /// <summary>A setting that is true, false, or null for what it is otherwise.</summary>
    public static bool Flag(JsonElement value, string place, bool otherwise) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Null => otherwise,
        _ => throw new ModelFormatException(place, $"expected true or false, found {Quote(value)}"),
    };

    /// <summary>Makes an object of a known class from its configuration.</summary>
    /// <exception cref="ModelFormatException">A setting is missing, of another type, out of range, or one that the class hasn't.</exception>
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
                // Keras 2's word for the mean over a batch.
                if (key == "reduction" && Is(value, "auto"))
                {
                    arguments[i] = parameter.DefaultValue;
                    continue;
                }
                // Keras 2 wrote the axis of a normalization as a list of one.
                if (key == "axis" && value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1) value = value[0];
                bool isDefault = value.ValueKind == JsonValueKind.Null && parameter is { HasDefaultValue: true, ParameterType.IsPrimitive: true };
                arguments[i] = isDefault ? parameter.DefaultValue
                    : value.ValueKind == JsonValueKind.Null && nullable ? null
                    : FromJson(value, parameter.ParameterType, $"{place}, {key}");
            }
            else if (isInput) arguments[i] = InputShape(config, place) is { Rank: > 0 } input ? input[1..] : (Shape?)null;
            else if (parameter.HasDefaultValue) arguments[i] = parameter.DefaultValue;
            else if (!nullable) throw new ModelFormatException(place, $"expected '{parameter.Name}', found none");
        }
        bool trainable = true;
        foreach (var property in config.EnumerateObject())
        {
            if (property.NameEquals(Trainable) && type.IsSubclassOf(typeof(Layer))) trainable = Flag(property.Value, $"{place}, {Trainable}", otherwise: true);
            else if (!read.Contains(property.Name)) OnlySettings.Require(type, property, place);
        }
        object made = Guarded(place, () => settings.Constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null));
        if (!trainable) ((Layer)made).trainable = false;
        return made;
    }

    /// <summary>A setting by its name or by the one that Keras 2 had for it.</summary>
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

    /// <summary>What older versions say of a first layer's input, batch first; <c>null</c> for nothing.</summary>
    public static Shape? InputShape(JsonElement config, string place)
    {
        foreach (string key in new[] { "batch_input_shape", "batch_shape" })
            if (config.TryGetProperty(key, out var batch) && batch.ValueKind != JsonValueKind.Null) return Shape(batch, $"{place}, {key}");
        foreach (string key in new[] { "input_shape", "input_dim" })
            if (config.TryGetProperty(key, out var sample) && sample.ValueKind != JsonValueKind.Null) return Shape(sample, $"{place}, {key}").WithBatch(null);
        return null;
    }

    /// <summary>Makes an object of a class from a dictionary that a program made.</summary>
    public static T Create<T>(JsonObject config)
    {
        KnownClasses.ModuleOf(typeof(T));
        return (T)Create(typeof(T), JsonText.Element(config), typeof(T).Name);
    }

    /// <summary>Another object of the same class and configuration.</summary>
    public static object Again(object of) => Create(of.GetType(), JsonText.Element(ConfigOf(of)), of.GetType().Name);

    /// <summary>Runs what checks its arguments itself.</summary>
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

    /// <summary>JSON as it stands in the file, for a message.</summary>
    public static string Quote(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 80 ? text : text[..77] + "…";
    }

    private static bool Is(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static object? FromJson(JsonElement value, Type parameter, string place)
    {
        ModelFormatException Expected(string what) => new(place, $"expected {what}, found {Quote(value)}");
        var type = Nullable.GetUnderlyingType(parameter) ?? parameter;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        if (type == typeof(int)) return isNumber && value.TryGetInt32(out int whole) ? whole : throw Expected("a whole number");
        if (type == typeof(long)) return isNumber && value.TryGetInt64(out long large) ? large : throw Expected("a whole number");
        if (type == typeof(LearningRate) && ClassOf(value) is not null) return (LearningRate)Deserialize<LearningRateSchedule>(value, place);
        if (type == typeof(LearningRate)) return (LearningRate)(double)FromJson(value, typeof(double), place)!;
        if (type == typeof(double)) return isNumber && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Expected("a number");
        if (type == typeof(bool)) return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Expected("true or false");
        if (type == typeof(string)) return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Expected("a string");
        if (type == typeof(Shape)) return Shape(value, place);
        if (type == typeof(Thresholds))
            return isNumber ? (Thresholds)value.GetDouble() : Guarded(place, () => Thresholds.Create([.. Numbers(value, Expected).Select(n => n.GetDouble())]));
        if (type == typeof(double[])) return Numbers(value, Expected).Select(n => (double)FromJson(n, typeof(double), place)!).ToArray();
        if (type == typeof(int[])) return Numbers(value, Expected).Select(n => n.TryGetInt32(out int at) ? at : throw Expected("whole numbers")).ToArray();
        if (type == typeof(ActivationFunction) && ClassOf(value) is { } called && called != "function")
            return Guarded(place, () => (ActivationFunction)Deserialize<Layer>(value, place), isUnsupported: true);
        if (type == typeof(ActivationFunction)) return NameOrFunction(value) is { } name ? Guarded(place, () => (ActivationFunction)name) : throw Expected("the name of an activation function");
        if (type == typeof(Seed)) return ClassOf(value) is null ? (Seed?)(long)FromJson(value, typeof(long), place)! : Generator(value, place);
        if (type == typeof(Factor) && isNumber) return (Factor)(double)FromJson(value, typeof(double), place)!;
        if (type == typeof(Factor))
            return Numbers(value, Expected).Select(n => (double)FromJson(n, typeof(double), place)!).ToArray() is [var least, var most]
                ? (Factor)(least, most) : throw Expected("one number or two");
        if (type == typeof(Axes))
            return isNumber ? (Axes)(int)FromJson(value, typeof(int), place)! : Axes.Create((int[])FromJson(value, typeof(int[]), place)!);
        if (type == typeof(Padding2D)) return Padding(value, place);
        if (type == typeof(NDArray)) return Guarded(place, () => NumberOrNumbers(value, Expected));
        if (type == typeof(Constraint)) return Deserialize<Constraint>(value, place, name => name);
        if (type == typeof(Regularizer)) return Deserialize<Regularizer>(value, place, name => name);
        if (type == typeof(Initializer)) return Deserialize<Initializer>(value, place, name => name);
        if (type == typeof(float)) return (float)(double)FromJson(value, typeof(double), place)!;
        if (type == typeof(string[]))
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(text => (string)FromJson(text, typeof(string), place)!).ToArray()
                : throw Expected("a list of strings");
        if (type.IsAssignableTo(typeof(Layer))) return Guarded(place, () => new ModelReader().Layer(value, place) is var layer && layer.GetType().IsAssignableTo(type)
            ? layer : throw Expected($"a {type.Name}"));
        throw new ValueError($"A constructor's parameter of type {type.Name} can't be in a configuration, at {place}: give the class a static `from_config`.");
    }

    /// <summary>One number, two, or two pairs.</summary>
    private static Padding2D Padding(JsonElement value, string place)
    {
        (int, int) Pair(JsonElement pair) => Shape(pair, place) is { Rank: 2 } both && both.ToArray() is [var one, var other] ? (one, other)
            : throw new ModelFormatException(place, $"expected a whole number or a list of two, found {Quote(pair)}");
        return value.ValueKind == JsonValueKind.Number ? (int)FromJson(value, typeof(int), place)!
            : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 2 && value[0].ValueKind == JsonValueKind.Array ? (Pair(value[0]), Pair(value[1]))
            : Pair(value);
    }

    /// <summary>A number, or lists of numbers in lists that are as long as one another.</summary>
    private static NDArray NumberOrNumbers(JsonElement value, Func<string, Exception> expected)
    {
        var (shape, numbers) = (new List<int>(), new List<JsonElement> { value });
        while (numbers.Count > 0 && numbers[0].ValueKind == JsonValueKind.Array)
        {
            int length = numbers[0].GetArrayLength();
            if (shape.Count == 8 || length == 0 || length > MostNumbers / numbers.Count
                || !numbers.All(list => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == length))
                throw expected($"lists of one length of at most {MostNumbers} numbers in all");
            shape.Add(length);
            numbers = [.. numbers.SelectMany(list => list.EnumerateArray())];
        }
        if (!numbers.All(n => n.ValueKind == JsonValueKind.Number && n.TryGetDouble(out double number) && double.IsFinite(number)))
            throw expected("a number, or lists of them");
        int[] whole = [.. numbers.Select(n => n.TryGetInt32(out int number) ? (int?)number : null).OfType<int>()];
        return whole.Length == numbers.Count ? new NDArray(whole, new ArrayShape(shape.ToArray())) : new NDArray([.. numbers.Select(n => n.GetDouble())], new ArrayShape(shape.ToArray()));
    }

    /// <summary>A random state that several objects may have shared; each gets one of its own, as in Keras.</summary>
    private static Seed? Generator(JsonElement value, string place)
    {
        var (name, config) = ClassAndConfig(value, place);
        if (name != nameof(SeedGenerator))
            throw new ModelFormatException(place, $"class '{name}' is refused; a seed is a whole number or a SeedGenerator", isUnsupported: true);
        string? called = config.TryGetProperty("name", out var text) ? FromJson(text, typeof(string), $"{place}, name") as string : null;
        return new SeedGenerator((long)FromJson(Required(config, "seed", JsonValueKind.Number, place), typeof(long), $"{place}, seed")!, called);
    }

    private static IEnumerable<JsonElement> Numbers(JsonElement list, Func<string, Exception> expected) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostNumbers && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? list.EnumerateArray() : throw expected($"a list of at most {MostNumbers} numbers");

    /// <summary>A number, or a list of numbers and nulls.</summary>
    public static Shape Shape(JsonElement value, string place)
    {
        ModelFormatException Expected() => new(place, $"expected a list of at most 8 whole numbers, found {Quote(value)}");
        int? Dimension(JsonElement d) => d.ValueKind == JsonValueKind.Null ? null : d.ValueKind == JsonValueKind.Number && d.TryGetInt32(out int size) ? size : throw Expected();
        if (value.ValueKind == JsonValueKind.Number) return new Shape(Dimension(value));
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 8) throw Expected();
        return new Shape([.. value.EnumerateArray().Select(Dimension)]);
    }

    public static JsonNode? ToJson(object? value) => value switch
    {
        null => null,
        int v => v,
        long v => v,
        double v => JsonNode.Parse(PythonText.Str(v)),     // 1.0 and 1e-07, as Python writes them
        LearningRate v => v.Schedule is { } schedule ? Serialize(schedule) : ToJson(v.Value),
        bool v => v,
        string v => v,
        (int a, int b) => new JsonArray(a, b),
        Padding2D v => new JsonArray(ToJson(v.Height), ToJson(v.Width)),
        NDArray { ndim: 0 } v => v.dtype == "float32" || v.dtype == "float64" ? ToJson(v.item()) : ToJson((long)v),
        NDArray v => new JsonArray([.. Enumerable.Range(0, v.shape[0]).Select(i => ToJson(v[i]))]),
        Shape v => Array(v),
        int[] v => new JsonArray([.. v.Select(n => JsonValue.Create(n))]),
        float v => ToJson((double)v),
        string[] v => new JsonArray([.. v.Select(text => JsonValue.Create(text))]),
        Layer v => ModelConfig.Layer(v, legacy: false),
        Seed { Number: { } number } => number,
        Seed { Generator: { } generator } => new JsonObject
        {
            ["module"] = "keras.random",
            ["class_name"] = nameof(SeedGenerator),
            ["config"] = new JsonObject { ["seed"] = generator.seed, ["name"] = generator.name },
            ["registered_name"] = null,
        },
        Factor v => v.IsOne ? ToJson(v.First) : new JsonArray(ToJson(v.First), ToJson(v.Second)),
        Axes v => v.IsOne ? v[0] : new JsonArray([.. v.Select(n => JsonValue.Create(n))]),
        double[] v => new JsonArray([.. v.Select(n => ToJson(n))]),
        Thresholds { IsOne: true } v => ToJson(v.Values[0]),
        Thresholds v => new JsonArray([.. v.Values.Select(n => ToJson(n))]),
        LayerFunction v => Serialize(v.Layer),
        ActivationFunction { HasArguments: true } v => throw new ValueError($"Activation {Names.SnakeCase(v.GetType())} with arguments can't be written: "
            + "files name functions, without arguments. Use a layer, such as layers.ReLU(max_value: 6), as the activation or behind it."),
        ActivationFunction v => v.KerasName ?? throw KnownClasses.NotKnown(v.GetType()),
        _ => Serialize(value),
    };

    /// <summary>A shape as JSON has it.</summary>
    public static JsonArray Array(Shape shape) => [.. shape.Select(d => d is { } size ? JsonValue.Create(size) : null)];

    private static Settings SettingsOf(Type type) => s_settings.GetValue(type, t =>
    {
        // What a class of one's own takes is what its longest constructor does: `get_config` may have it without a property.
        var constructor = KnownClasses.IsOwn(t) ? t.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new ValueError($"'{t.Name}' has no public constructor, so that none can be made of a configuration.")
            : t.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Single(c => c.GetParameters().All(p => p.Name == InputShapeName || t.GetProperty(p.Name!) is not null));
        var nullability = new NullabilityInfoContext();
        return new Settings(constructor, [.. constructor.GetParameters().Select(p => (p, p.Name == InputShapeName ? null : t.GetProperty(p.Name!), nullability.Create(p).WriteState == NullabilityState.Nullable))]);
    });
}

/// <summary>On a property that shows more than its setting: the one that holds what was given.</summary>
/// <param name="property">Its name.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingLiesInAttribute(string property) : Attribute
{
    public PropertyInfo? In(Type type) => type.GetProperty(property, BindingFlags.Instance | BindingFlags.NonPublic);
}

/// <summary>A setting that is written only where it isn't the default.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OnlyWhenGivenAttribute : Attribute;
