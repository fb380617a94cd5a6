using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>The rank, the shape and the type of input that a layer of one's own accepts; others are refused (<see cref="Layer.input_spec"/>).</summary>
public sealed class InputSpec
{
    private readonly string? _name;

    /// <summary>A specification of inputs; what isn't given is open.</summary>
    /// <param name="dtype">The type of its elements.</param>
    /// <param name="shape">Its shape, batch first; <c>null</c> for an open dimension.</param>
    /// <param name="ndim">The number of axes.</param>
    /// <param name="max_ndim">The largest number of axes.</param>
    /// <param name="min_ndim">The smallest number of axes.</param>
    /// <param name="axes">The lengths of some axes.</param>
    /// <param name="allow_last_axis_squeeze">Whether a last axis of length 1 may be there or not.</param>
    /// <param name="name">The name of the input.</param>
    /// <exception cref="ValueError">An axis isn't there.</exception>
    public InputSpec(DType? dtype = null, Shape? shape = null, int? ndim = null, int? max_ndim = null, int? min_ndim = null, Dictionary<int, int>? axes = null,
        bool allow_last_axis_squeeze = false, string? name = null)
    {
        (this.dtype, this.shape, this.ndim, this.max_ndim, this.min_ndim) = (dtype, shape, shape?.Rank ?? ndim, max_ndim, min_ndim);
        (this.axes, this.allow_last_axis_squeeze, _name) = (new(axes ?? []), allow_last_axis_squeeze, name);
        if ((this.ndim ?? max_ndim) is { } most && this.axes.Count > 0 && this.axes.Keys.Max() is var last && last > most - 1)
            throw new ValueError($"Axis {last} is greater than the maximum allowed value: {most - 1}");
    }

    /// <summary>The type of its elements.</summary>
    public DType? dtype { get; }

    /// <summary>Its shape, batch first.</summary>
    public Shape? shape { get; }

    /// <summary>The number of axes.</summary>
    public int? ndim { get; }

    /// <summary>The largest number of axes.</summary>
    public int? max_ndim { get; }

    /// <summary>The smallest number of axes.</summary>
    public int? min_ndim { get; }

    /// <summary>The lengths of some axes.</summary>
    public Dictionary<int, int> axes { get; }

    /// <summary>Whether a last axis of length 1 may be there or not.</summary>
    public bool allow_last_axis_squeeze { get; }

    /// <summary>The input's name.</summary>
    public string? name => _name;

    /// <summary>The settings, as Keras writes them.</summary>
    public JsonObject get_config() => new()
    {
        ["dtype"] = dtype?.name,
        ["shape"] = ConfigValue.Write(shape),
        ["ndim"] = ndim,
        ["max_ndim"] = max_ndim,
        ["min_ndim"] = min_ndim,
        ["axes"] = new JsonObject(axes.Select(axis => KeyValuePair.Create($"{axis.Key}", (JsonNode?)axis.Value))),
        ["optional"] = false,
    };

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"InputSpec({string.Join(", ", new[]
    {
        dtype is { } type ? $"dtype={type}" : "", shape is { } dimensions ? $"shape={dimensions}" : "", ndim is > 0 ? $"ndim={ndim}" : "",
        max_ndim is > 0 ? $"max_ndim={max_ndim}" : "", min_ndim is > 0 ? $"min_ndim={min_ndim}" : "",
        axes.Count > 0 ? $"axes={{{string.Join(", ", axes.Select(axis => $"{axis.Key}: {axis.Value}"))}}}" : "",
    }.Where(text => text.Length > 0))})";

    /// <summary>Refuses an input that doesn't meet the specification, in Keras' words.</summary>
    internal void Require(Shape input, DType? type, string layer)
    {
        ValueError Other(string expected, string found) =>
            new($"Input 0 with name '{_name ?? "None"}' of layer '{layer}' is incompatible with the layer: expected {expected}, {found}");
        string full = $"Full shape received: {input}";
        if (ndim is { } rank && !allow_last_axis_squeeze && input.Rank != rank) throw Other($"ndim={rank}", $"found ndim={input.Rank}. {full}");
        if (input.Rank > max_ndim) throw Other($"max_ndim={max_ndim}", $"found ndim={input.Rank}");
        if (input.Rank < min_ndim) throw Other($"min_ndim={min_ndim}", $"found ndim={input.Rank}. {full}");
        if (dtype is { } wanted && type is { } given && given != wanted) throw Other($"dtype={wanted}", $"found dtype={given}");
        foreach (var (axis, length) in axes)
        {
            if (axis >= input.Rank || axis < -input.Rank) throw Other($"an axis {axis} of length {length}", $"found shape={input}");
            if (input[axis < 0 ? axis + input.Rank : axis] is { } found && found != length)
                throw Other($"axis {axis} of input shape to have value {length}", $"but received input with shape {input}");
        }
        if (shape is not { } all) return;
        var (mine, theirs) = allow_last_axis_squeeze ? (WithoutLastOne(all), WithoutLastOne(input)) : (all, input);
        if (mine.Zip(theirs).Any(pair => pair.First is { } one && pair.Second is { } other && one != other))
            throw Other($"shape={all}", $"found shape={input}");
    }

    private static Shape WithoutLastOne(Shape shape) => shape.Rank > 0 && shape[^1] == 1 ? shape[..^1] : shape;
}
