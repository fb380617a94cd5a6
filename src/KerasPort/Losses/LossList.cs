using System.Diagnostics.CodeAnalysis;

namespace KerasPort.Losses;

/// <summary>
/// The loss that <c>compile</c> takes: a name or an object; for a model of several outputs also a list, <c>["mse", "mae"]</c>, or
/// <c>new() { ["a"] = "mse", ["b"] = "mae" }</c>; null for an output that isn't trained for.
/// </summary>
[CollectionBuilder(typeof(LossList), nameof(Create))]
public sealed class LossList : PerOutput<Loss?>, IPythonText
{
    /// <summary>Losses by the names of a model's outputs, which are set one by one.</summary>
    public LossList() { }

    private LossList(bool isOne, params IEnumerable<Loss?> losses) : base(isOne, losses) { }

    double? IPythonText.Number => null;

    /// <summary>The text with which Python shows it: a name or a list of names; for objects their classes.</summary>
    public override string ToString() => IsOne ? this.First()?.Identifier ?? this.First()!.GetType().Name
        : $"[{string.Join(", ", this.Select(loss => loss is null ? "None" : loss.Identifier is { } name ? $"'{name}'" : loss.GetType().Name))}]";

    /// <summary>A list from a collection expression.</summary>
    public static LossList Create(ReadOnlySpan<Loss?> losses) => new(isOne: false, losses.ToArray());

    /// <summary>One loss by its Keras name.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator LossList?(string? name) => (Loss?)name;

    /// <summary>One loss.</summary>
    [return: NotNullIfNotNull(nameof(loss))]
    public static implicit operator LossList?(Loss? loss) => loss is null ? null : new(isOne: true, loss);

    /// <summary>An array of losses.</summary>
    [return: NotNullIfNotNull(nameof(losses))]
    public static implicit operator LossList?(Loss?[]? losses) => losses is null ? null : new(isOne: false, losses);

    /// <summary>An array of Keras names.</summary>
    [return: NotNullIfNotNull(nameof(names))]
    public static implicit operator LossList?(string[]? names) => names is null ? null : new(isOne: false, names.Select(name => (Loss?)name));

    /// <summary>Two Keras names.</summary>
    public static implicit operator LossList((string, string) names) => (string[])[names.Item1, names.Item2];

    /// <summary>Three Keras names.</summary>
    public static implicit operator LossList((string, string, string) names) => (string[])[names.Item1, names.Item2, names.Item3];

    /// <summary>A list of losses.</summary>
    [return: NotNullIfNotNull(nameof(losses))]
    public static implicit operator LossList?(List<Loss>? losses) => losses is null ? null : new(isOne: false, losses);

    /// <summary>Losses by the names of outputs.</summary>
    [return: NotNullIfNotNull(nameof(losses))]
    public static implicit operator LossList?(Dictionary<string, Loss>? losses)
    {
        if (losses is null) return null;
        var list = new LossList();
        foreach (var (output, loss) in losses) list[output] = loss;
        return list;
    }
}

/// <summary>The weight of each output's loss: a number, a list, or <c>new() { ["a"] = 1.0, ["b"] = 0.5 }</c>.</summary>
[CollectionBuilder(typeof(LossWeights), nameof(Create))]
public sealed class LossWeights : PerOutput<double>
{
    /// <summary>Weights by the names of a model's outputs, which are set one by one.</summary>
    public LossWeights() { }

    private LossWeights(bool isOne, params IEnumerable<double> weights) : base(isOne, weights) { }

    /// <summary>A list from a collection expression.</summary>
    public static LossWeights Create(ReadOnlySpan<double> weights) => new(isOne: false, weights.ToArray());

    /// <summary>The weight of the only output's loss.</summary>
    public static implicit operator LossWeights(double weight) => new(isOne: true, weight);

    /// <summary>Two weights.</summary>
    public static implicit operator LossWeights((double, double) weights) => new(isOne: false, weights.Item1, weights.Item2);

    /// <summary>Three weights.</summary>
    public static implicit operator LossWeights((double, double, double) weights) => new(isOne: false, weights.Item1, weights.Item2, weights.Item3);

    /// <summary>An array of weights.</summary>
    [return: NotNullIfNotNull(nameof(weights))]
    public static implicit operator LossWeights?(double[]? weights) => weights is null ? null : new(isOne: false, weights);
}
