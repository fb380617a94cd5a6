using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Constraints;
using KerasPort.Graphs;
using KerasPort.Initializers;
using KerasPort.Layers;
using KerasPort.Metrics;
using KerasPort.Optimizers;
using KerasPort.Random;
using KerasPort.Regularizers;
using KerasPort.Schedules;

namespace KerasPort.Saving;

/// <summary>A setting in a configuration: numbers, shapes, names, arrays and objects, as Keras writes each and as a constructor's parameter takes it.</summary>
internal static class ConfigValue
{
    private const int MostNumbers = 1 << 16;

    /// <summary>Reads a flag: true, false, or null for <paramref name="otherwise"/>.</summary>
    public static bool Flag(JsonElement value, string place, bool otherwise) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Null => otherwise,
        _ => throw new ModelFormatException(place, $"expected true or false, found {ObjectConfig.Quote(value)}"),
    };

    /// <summary>The value as a parameter of that type takes it.</summary>
    /// <exception cref="ModelFormatException">The value is of another type, or out of range.</exception>
    public static object? Read(JsonElement value, Type parameter, string place)
    {
        ModelFormatException Expected(string what) => new(place, $"expected {what}, found {ObjectConfig.Quote(value)}");
        var type = Nullable.GetUnderlyingType(parameter) ?? parameter;
        bool isNumber = value.ValueKind == JsonValueKind.Number;
        if (type == typeof(int)) return isNumber && value.TryGetInt32(out int whole) ? whole : throw Expected("a whole number");
        if (type == typeof(long)) return isNumber && value.TryGetInt64(out long large) ? large : throw Expected("a whole number");
        if (type == typeof(LearningRate) && ObjectConfig.ClassOf(value) is not null)
            return (LearningRate)ObjectConfig.Deserialize<LearningRateSchedule>(value, place);
        if (type == typeof(LearningRate)) return (LearningRate)(double)Read(value, typeof(double), place)!;
        if (type == typeof(double)) return isNumber && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Expected("a number");
        if (type == typeof(bool))
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
                // Programs in Python pass 0 and 1 for flags, too.
                : isNumber && value.TryGetInt32(out int flag) && flag is 0 or 1 ? flag == 1 : throw Expected("true or false");
        if (type == typeof(string)) return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Expected("a string");
        if (type == typeof(Shape)) return Shape(value, place);
        if (type == typeof(Thresholds))
            return isNumber ? (Thresholds)value.GetDouble()
                : ObjectConfig.Guarded(place, () => Thresholds.Create([.. Numbers(value, Expected).Select(n => n.GetDouble())]));
        if (type == typeof(double[])) return Numbers(value, Expected).Select(n => (double)Read(n, typeof(double), place)!).ToArray();
        if (type == typeof(int[])) return Numbers(value, Expected).Select(n => n.TryGetInt32(out int at) ? at : throw Expected("whole numbers")).ToArray();
        if (type == typeof(ActivationFunction) && ObjectConfig.ClassOf(value) is { } called && called != "function")
            return ObjectConfig.Guarded(place, () => (ActivationFunction)ObjectConfig.Deserialize<Layer>(value, place), isUnsupported: true);
        if (type == typeof(ActivationFunction) && ObjectConfig.NameOrFunction(value) is { } own && CustomObjects.Find(own)?.Value is TensorFunction function)
            return (ActivationFunction)function;
        if (type == typeof(ActivationFunction))
            return ObjectConfig.NameOrFunction(value) is { } name ? ObjectConfig.Guarded(place, () => (ActivationFunction)name)
                : throw Expected("the name of an activation function");
        if (type == typeof(Seed)) return ObjectConfig.ClassOf(value) is null ? (Seed?)(long)Read(value, typeof(long), place)! : Generator(value, place);
        if (type == typeof(Factor)) return Factor(isNumber ? [value] : [.. Numbers(value, Expected)], place) ?? throw Expected("one number or two");
        if (type == typeof(Axes))
            return isNumber ? (Axes)(int)Read(value, typeof(int), place)! : Axes.Create((int[])Read(value, typeof(int[]), place)!);
        if (type == typeof(Padding2D)) return Padding(value, place);
        if (type == typeof(Padding3D)) return OfVolumes(value, place);
        if (type == typeof(NDArray))
            return ObjectConfig.ClassOf(value) == AnyConfig.Array ? AnyConfig.Numbers(value, place) : Numbers(value, place, MostNumbers);
        if (type == typeof(Constraint)) return ObjectConfig.Deserialize<Constraint>(value, place, name => name);
        if (type == typeof(Regularizer)) return ObjectConfig.Deserialize<Regularizer>(value, place, name => name);
        if (type == typeof(Optimizer)) return ObjectConfig.Deserialize<Optimizer>(value, place, name => name);
        if (type == typeof(OptimizerMap)) return Map(value, place);
        if (type == typeof(InitialValues))
            return new InitialValues(value.ValueKind == JsonValueKind.Null ? null : (Initializer)Read(value, typeof(Initializer), place)!);
        if (type == typeof(Initializer)) return ObjectConfig.Deserialize<Initializer>(value, place, name => name);
        if (type == typeof(float)) return (float)(double)Read(value, typeof(double), place)!;
        if (type == typeof(DType))
            return OnlySettings.DataType(value) is { } dtype and not "string" ? ObjectConfig.Guarded(place, () => (DType)dtype, isUnsupported: true)
            : throw new ModelFormatException(place,
                $"{ObjectConfig.Quote(value)} is not supported: numbers flow through a model, and strings are looked up before it", isUnsupported: true);
        if (type == typeof(long[])) return Numbers(value, Expected).Select(n => (long)Read(n, typeof(long), place)!).ToArray();
        if (type == typeof(Token)) return isNumber ? (Token)(long)Read(value, typeof(long), place)! : (Token)(string)Read(value, typeof(string), place)!;
        if (type == typeof(Salt))
            return isNumber ? (Salt)(long)Read(value, typeof(long), place)! : (long[])Read(value, typeof(long[]), place)! is [var one, var other]
                ? new Salt(one, other)
                : throw Expected("a whole number or two");
        if (type == typeof(string[]))
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(text => (string)Read(text, typeof(string), place)!).ToArray()
                : throw Expected("a list of strings");
        if (type == typeof(Layer[]))
            return value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Select(layer => (Layer)Read(layer, typeof(Layer), place)!).ToArray()
                : throw Expected("a list of layers");
        if (type.IsAssignableTo(typeof(Layer)))
            return ObjectConfig.Guarded(place, () => new ModelReader().Layer(value, place) is var layer && layer.GetType().IsAssignableTo(type)
            ? layer : throw Expected($"a {type.Name}"));
        throw new ValueError($"A constructor's parameter of type {type.Name} can't be in a configuration, at {place}: give the class a static `from_config`.");
    }

    /// <summary>An OptimizerMap: optimizers by the paths of weights.</summary>
    private static OptimizerMap Map(JsonElement value, string place)
    {
        Optimizer One(JsonElement optimizer, string key) => ObjectConfig.Deserialize<Optimizer>(optimizer, $"{place}, {key}", name => name);
        var (name, config) = ObjectConfig.ClassAndConfig(value, place);
        if (name != nameof(OptimizerMap)) throw new ModelFormatException(place, $"expected an OptimizerMap, found {ObjectConfig.Quote(value)}");
        const string first = "default_optimizer", others = "optimizer_map";
        var map = new OptimizerMap(One(ObjectConfig.Required(config, first, JsonValueKind.Object, place), first));
        foreach (var entry in ObjectConfig.Required(config, others, JsonValueKind.Object, place).EnumerateObject())
            ObjectConfig.Guarded(place, () => map[entry.Name] = One(entry.Value, entry.Name));
        return map;
    }

    /// <summary>One number, two, or two pairs.</summary>
    private static Padding2D Padding(JsonElement value, string place) => value.ValueKind == JsonValueKind.Number ? (int)Read(value, typeof(int), place)!
        : Sides(value, 2, place) is [var height, var width] ? (height, width) : default;

    /// <summary>One number, three, or three pairs.</summary>
    private static Padding3D OfVolumes(JsonElement value, string place) => value.ValueKind == JsonValueKind.Number ? (int)Read(value, typeof(int), place)!
        : Sides(value, 3, place) is [var depth, var height, var width] ? (depth, height, width) : default;

    /// <summary>Pairs of numbers for both ends of each axis; a single number stands for both.</summary>
    private static (int, int)[] Sides(JsonElement value, int axes, string place)
    {
        ModelFormatException Expected(JsonElement of) => new(place, $"expected a whole number or a list of two, found {ObjectConfig.Quote(of)}");
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() != axes) throw Expected(value);
        return [.. value.EnumerateArray().Select(side =>
            {
                if (side.ValueKind == JsonValueKind.Number) return ((int)Read(side, typeof(int), place)!, (int)Read(side, typeof(int), place)!);
                return Shape(side, place) is { Rank: 2 } both && both.All(d => d is not null) ? (both[0]!.Value, both[1]!.Value) : throw Expected(side);
            })];
    }

    /// <summary>A number or nested lists of equal lengths, of at most <paramref name="most"/> numbers.</summary>
    /// <exception cref="ModelFormatException">The value is something else.</exception>
    public static NDArray Numbers(JsonElement value, string place, int most)
    {
        ModelFormatException Expected(string what) => new(place, $"expected {what}, found {ObjectConfig.Quote(value)}");
        var (shape, numbers) = (new List<int>(), new List<JsonElement> { value });
        while (numbers.Count > 0 && numbers[0].ValueKind == JsonValueKind.Array)
        {
            int length = numbers[0].GetArrayLength();
            if (shape.Count == 8 || length == 0 || length > most / numbers.Count
                || !numbers.All(list => list.ValueKind == JsonValueKind.Array && list.GetArrayLength() == length))
                throw Expected($"lists of one length of at most {most} numbers in all");
            shape.Add(length);
            numbers = [.. numbers.SelectMany(list => list.EnumerateArray())];
        }
        if (numbers.All(n => n.ValueKind is JsonValueKind.True or JsonValueKind.False))
            return new NDArray([.. numbers.Select(n => n.GetBoolean())], new ArrayShape(shape.ToArray()));
        if (!numbers.All(n => n.ValueKind == JsonValueKind.Number && n.TryGetDouble(out double number) && double.IsFinite(number)))
            throw Expected("a number, or lists of them");
        long[] whole = [.. numbers.Select(n => n.TryGetInt64(out long number) ? (long?)number : null).OfType<long>()];
        if (whole.Length == numbers.Count)
            return whole.All(number => number == (int)number) ? new NDArray([.. whole.Select(number => (int)number)], new ArrayShape(shape.ToArray()))
                : new NDArray(whole, new ArrayShape(shape.ToArray()));
        return new NDArray([.. numbers.Select(n => n.GetDouble())], new ArrayShape(shape.ToArray()));
    }

    /// <summary>Reads a seed generator. Objects that shared one each get a copy, as in Keras.</summary>
    private static Seed? Generator(JsonElement value, string place)
    {
        var (name, config) = ObjectConfig.ClassAndConfig(value, place);
        if (name != nameof(SeedGenerator))
            throw new ModelFormatException(place, $"class '{name}' is refused; a seed is a whole number or a SeedGenerator", isUnsupported: true);
        string? called = config.TryGetProperty("name", out var text) ? Read(text, typeof(string), $"{place}, name") as string : null;
        return new SeedGenerator((long)Read(ObjectConfig.Required(config, "seed", JsonValueKind.Number, place), typeof(long), $"{place}, seed")!, called);
    }

    private static IEnumerable<JsonElement> Numbers(JsonElement list, Func<string, Exception> expected) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MostNumbers && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
            ? list.EnumerateArray() : throw expected($"a list of at most {MostNumbers} numbers");

    /// <summary>Reads a shape: a number, or a list of numbers and nulls.</summary>
    public static Shape Shape(JsonElement value, string place)
    {
        ModelFormatException Expected() => new(place, $"expected a list of at most 8 whole numbers, found {ObjectConfig.Quote(value)}");
        int? Dimension(JsonElement d) => d.ValueKind == JsonValueKind.Null ? null : d.ValueKind == JsonValueKind.Number && d.TryGetInt32(out int size) ? size
            : throw Expected();
        if (value.ValueKind == JsonValueKind.Number) return new Shape(Dimension(value));
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 8) throw Expected();
        return new Shape([.. value.EnumerateArray().Select(Dimension)]);
    }

    private static Factor? Factor(JsonElement[] numbers, string place)
    {
        if (numbers.All(n => n.TryGetInt32(out _)))
            return numbers is [var whole] ? whole.GetInt32() : numbers is [var from, var to] ? (from.GetInt32(), to.GetInt32()) : null;
        double[] all = [.. numbers.Select(n => (double)Read(n, typeof(double), place)!)];
        return all is [var one] ? one : all is [var least, var most] ? (least, most) : null;
    }

    /// <summary>The value as Keras writes it.</summary>
    public static JsonNode? Write(object? value) => value switch
    {
        null => null,
        int v => v,
        long v => v,
        double v => JsonNode.Parse(PythonText.Str(v)),     // 1.0 and 1e-07, as Python writes them
        LearningRate v => v.Schedule is { } schedule ? ObjectConfig.Serialize(schedule) : Write(v.Value),
        bool v => v,
        string v => v,
        (int a, int b) => new JsonArray(a, b),
        Padding2D v => new JsonArray(Write(v.Height), Write(v.Width)),
        Padding3D v => new JsonArray(Write(v.Depth), Write(v.Height), Write(v.Width)),
        NDArray { ndim: 0 } v => v.dtype == "bool" ? v.item() != 0 : v.dtype == "float32" || v.dtype == "float64" ? Write(v.item()) : Write((long)v),
        NDArray v => new JsonArray([.. Enumerable.Range(0, v.shape[0]).Select(i => Write(v[i]))]),
        Shape v => Array(v),
        int[][] v => new JsonArray([.. v.Select(Write)]),
        int[] v => new JsonArray([.. v.Select(n => JsonValue.Create(n))]),
        float v => Write((double)v),
        long[] v => new JsonArray([.. v.Select(n => JsonValue.Create(n))]),
        DType v => v.name,
        Salt v => new JsonArray(v.First, v.Second),
        Token v => v.Text is { } text ? text : v.Number,
        string[] v => new JsonArray([.. v.Select(text => JsonValue.Create(text))]),
        Layer v => ModelConfig.Layer(v, legacy: false),
        OptimizerMap { IsFunction: true } => throw new ValueError("A MultiOptimizer of a function can't be written: give it an OptimizerMap."),
        OptimizerMap v => new JsonObject
        {
            ["module"] = "keras.optimizers",
            ["class_name"] = nameof(OptimizerMap),
            ["config"] = new JsonObject
            {
                ["default_optimizer"] = ObjectConfig.Serialize(v.default_optimizer),
                ["optimizer_map"] = new JsonObject(v.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)ObjectConfig.Serialize(entry.Value)))),
            },
            ["registered_name"] = null,
        },
        Layer[] v => new JsonArray([.. v.Select(layer => ModelConfig.Layer(layer, legacy: false))]),
        Seed { Number: { } number } => number,
        Seed { Generator: { } generator } => new JsonObject
        {
            ["module"] = "keras.random",
            ["class_name"] = nameof(SeedGenerator),
            ["config"] = new JsonObject { ["seed"] = generator.seed, ["name"] = generator.name },
            ["registered_name"] = null,
        },
        Factor v => v.IsOne ? JsonNode.Parse(v.Shown(v.First)) : new JsonArray(JsonNode.Parse(v.Shown(v.First)), JsonNode.Parse(v.Shown(v.Second))),
        Axes v => v.IsOne ? v[0] : new JsonArray([.. v.Select(n => JsonValue.Create(n))]),
        double[] v => new JsonArray([.. v.Select(n => Write(n))]),
        Thresholds { IsOne: true } v => Write(v.Values[0]),
        Thresholds v => new JsonArray([.. v.Values.Select(n => Write(n))]),
        LayerFunction v => ObjectConfig.Serialize(v.Layer),
        OwnFunction v => ObjectConfig.Function(v.Function),
        ActivationFunction { HasArguments: true } v => throw new ValueError($"Activation {Names.SnakeCase(v.GetType())} with arguments can't be written: "
            + "files name functions, without arguments. Use a layer, such as layers.ReLU(max_value: 6), as the activation or behind it."),
        ActivationFunction v => v.KerasName ?? throw KnownClasses.NotKnown(v.GetType()),
        PythonNumber v => Write(v.Boxed),
        _ => ObjectConfig.Serialize(value),
    };

    /// <summary>A shape as a JSON array, with null for an open dimension.</summary>
    public static JsonArray Array(Shape shape) => [.. shape.Select(d => d is { } size ? JsonValue.Create(size) : null)];
}
