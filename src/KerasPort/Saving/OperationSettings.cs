using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Graphs;

namespace KerasPort.Saving;

/// <summary>The settings of a function between layers in a file; a setting that isn't read is refused.</summary>
internal sealed class OperationSettings(JsonElement config, string place)
{
    // Settings that Keras always writes.
    private readonly HashSet<string> _asked = ["name"];

    private const int MostAdded = 1 << 16;

    /// <summary>The indices of a slice.</summary>
    public Slice[]? Key { get; init; }

    /// <summary>The number that is an argument by its name.</summary>
    public double? Value { get; init; }

    /// <summary>Whether each of the tensors that may be left out is given.</summary>
    public bool[] Given { get; init; } = [];

    /// <summary>A number, or <c>null</c> if it is missing.</summary>
    public double? Fraction(string key) => Setting(key) is null ? null : Required(key).Value;

    public string Text(string key) => Setting(key) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : throw Missing(key);

    /// <summary>A number or a text, or <c>null</c> if it is missing.</summary>
    public object? NumberOrText(string key) => Setting(key) is { ValueKind: JsonValueKind.String } text ? text.GetString() : Fraction(key);

    /// <summary>Pairs of numbers, limited so that no file asks for excessive padding.</summary>
    public int[][] Pairs(string key)
    {
        int[][] pairs = Lists(key) ?? throw Missing(key);
        return pairs.All(pair => pair is [>= 0 and <= MostAdded, >= 0 and <= MostAdded]) ? pairs
            : throw new ModelFormatException(At(key), $"expected pairs of numbers of 0 to {MostAdded}, found {ObjectConfig.Quote(config.GetProperty(key))}");
    }

    /// <summary>Lists of whole numbers; <c>null</c> for anything else.</summary>
    public int[][]? Lists(string key) => Setting(key) is { ValueKind: JsonValueKind.Array } lists && lists.GetArrayLength() <= 8
        ? [.. lists.EnumerateArray().Select(list => (int[])ConfigValue.Read(list, typeof(int[]), At(key))!)] : null;

    public void RequireFalse(string key)
    {
        if (Flag(key)) throw new ModelFormatException(At(key), "true is not supported; it must be false", isUnsupported: true);
    }

    public int? Number(string key) => Setting(key) is { } value ? (int)ConfigValue.Read(value, typeof(int), At(key))! : null;

    public bool Flag(string key) => Setting(key) is { } value && ConfigValue.Flag(value, At(key), otherwise: false);

    public Axes? Axes(string key) => Setting(key) is { } value ? (Axes)ConfigValue.Read(value, typeof(Axes), At(key))! : null;

    public Shape Shape(string key) => ConfigValue.Shape(Setting(key) ?? throw Missing(key), At(key));

    /// <summary>The sizes of a window, its steps or its gaps, limited so that no file asks for an excessive one; <c>null</c> if they are missing.</summary>
    public Shape? Sizes(string key, int most) => Setting(key) is null ? (Shape?)null : Shape(key) is { Rank: >= 1 and <= 3 } sizes
        && sizes.All(size => size >= 0 && size <= most) ? sizes
        : throw new ModelFormatException(At(key), $"expected one to three numbers of at most {most}, found {ObjectConfig.Quote(config.GetProperty(key))}");

    public int Repeats(string key) => OperationConfig.Repeats(Number(key) ?? throw Missing(key), At(key));

    /// <summary>A number that must be there.</summary>
    public PythonNumber Required(string key) => OperationArguments.Number(Setting(key) ?? throw Missing(key))
        ?? throw new ModelFormatException(At(key), $"expected a number, found {ObjectConfig.Quote(config.GetProperty(key))}");

    /// <summary>A floating-point type: values in a model can't be cast to another kind.</summary>
    public DType Float(string key) => Setting(key) is { ValueKind: JsonValueKind.String } name && name.GetString() is "float32" or "float64" ? (
        DType)name.GetString()!
        : throw new ModelFormatException(At(key), "what flows through a model is float32 and can't be cast to another type", isUnsupported: true);

    public void RequireNull(string key)
    {
        if (Setting(key) is { } value)
            throw new ModelFormatException(At(key), $"{ObjectConfig.Quote(value)} is not supported; it must be null", isUnsupported: true);
    }

    /// <summary>The activation that has these settings.</summary>
    public T Activation<T>() where T : ActivationFunction
    {
        var settings = JsonObject.Create(config)!;
        foreach (var (key, _) in settings) _asked.Add(key);
        settings.Remove("name");
        return (T)ObjectConfig.Create(typeof(T), JsonText.Element(settings), place);
    }

    /// <exception cref="ModelFormatException">The function has no such setting.</exception>
    public void RequireNothingElse()
    {
        foreach (var setting in config.EnumerateObject())
            if (!_asked.Contains(setting.Name) && !(setting.Name == "initial" && setting.Value.ValueKind == JsonValueKind.Null))
                throw new ModelFormatException(At(setting.Name), $"{ObjectConfig.Quote(setting.Value)} is not supported", isUnsupported: true);
    }

    private JsonElement? Setting(string key)
    {
        _asked.Add(key);
        return config.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private string At(string key) => $"{place}, {key}";

    private ModelFormatException Missing(string key) => new(place, $"expected '{key}', found none");
}
