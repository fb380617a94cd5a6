using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>What training makes small: a number for each sample, whose mean over the batch is the loss.</summary>
[OnlySetting("reduction", "sum_over_batch_size")]
public class Loss
{
    private readonly Func<Tensor, Tensor, Tensor>? _function;

    /// <summary>A loss of that name, or of the next free one of its class.</summary>
    protected Loss(string? name = null) => this.name = name ?? Layers.Names.Unique(GetType());

    /// <summary>A function of one's own as a loss: of targets and outputs, the loss of each sample.</summary>
    public Loss(Func<Tensor, Tensor, Tensor> function, string? name = null)
    {
        _function = function ?? throw new ValueError("None values not supported: a loss needs a function of targets and outputs.");
        this.name = name ?? Named.Function(function);
    }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>What <c>compile</c> was given in its place, such as "sparse_categorical_crossentropy"; files hold it.</summary>
    internal string? Identifier { get; private set; }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same loss.</summary>
    public JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The loss that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Loss => ObjectConfig.Create<T>(config);

    /// <summary>Refuses targets that can't be compared with outputs of that shape (batch first), in Keras' words.</summary>
    /// <exception cref="ValueError">They can't.</exception>
    protected internal virtual void Check(NDArray targets, Shape outputs) { }

    /// <summary>Refuses targets that can't be compared with the outputs element by element: see <see cref="SameRank"/>.</summary>
    /// <exception cref="ValueError">They can't.</exception>
    private protected void RequireSameElements(NDArray targets, Shape outputs)
    {
        Shape given = ((Shape)targets.shape)[1..], expected = outputs[1..];
        if (given.Rank == expected.Rank + 1 && given[^1] == 1) given = given[..^1];
        else if (expected.Rank == given.Rank + 1 && expected[^1] == 1) expected = expected[..^1];
        bool fits = given == expected || (given.Rank == expected.Rank && given.Rank > 0 && given[..^1] == expected[..^1] && (given[^1] == 1 || expected[^1] == 1));
        if (!fits)
            throw new ValueError($"Loss '{name}' compares targets with outputs element by element, so that their shapes must be the same; a last axis of 1 may be missing or stand for all columns. "
                + $"Received: target.shape={((Shape)targets.shape)[1..].WithBatch(null)}, output.shape={outputs[1..].WithBatch(null)}");
    }

    /// <summary>Both with as many axes: as in Keras a last axis of 1 that one of them has more is left out, or, where no other but the batch is left, put to the other.</summary>
    private protected static (Tensor True, Tensor Predicted) SameRank(Graph g, Tensor y_true, Tensor y_pred)
    {
        Tensor Like(Tensor x, Tensor other) => other.shape.Rank == x.shape.Rank + 1 && x.shape.Rank == 1 ? g.Reshape(x, new Shape(x.shape[0], 1))
            : x.shape.Rank == other.shape.Rank + 1 && other.shape.Rank > 1 ? g.Reshape(x, x.shape[..^1]) : x;
        return (Like(y_true, y_pred), Like(y_pred, y_true));
    }

    /// <summary>What is worth a warning about this loss behind that activation; <c>null</c> for nothing.</summary>
    internal virtual string? Oddity(ActivationFunction last) => null;

    /// <summary>The loss of each sample, and of each inner position where there are some, as nodes.</summary>
    /// <param name="g">The list that they are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    protected internal virtual Tensor Call(Graph g, Tensor y_true, Tensor y_pred) =>
        _function?.Invoke(y_true, y_pred) ?? throw new NotSupportedException($"{GetType().Name} has no `Call`: override it.");

    /// <summary>The losses times how much each sample counts: their mean stays one over their number, as in Keras.</summary>
    internal Tensor Call(Graph g, Tensor y_true, Tensor y_pred, Tensor? sample_weight)
    {
        var losses = Call(g, y_true, y_pred);
        return sample_weight is null ? losses : g.Multiply(losses, g.WeightsOf(losses, sample_weight));
    }

    /// <summary>The loss of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Loss?(string? name)
    {
        if (name is null) return null;
        var loss = Named.Make<Loss>(name, "loss", [Layers.Names.SnakeCase, type => type.Name]);
        loss.Identifier = name;
        return loss;
    }
}
