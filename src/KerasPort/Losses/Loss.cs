using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Activations;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Losses;

/// <summary>What training makes small: a number for each sample, whose mean over the batch is the loss.</summary>
public abstract class Loss
{
    /// <summary>A loss of that name, or of the next free one of its class.</summary>
    protected Loss(string? name = null) => this.name = name ?? Layers.Names.Unique(GetType());

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
    protected internal abstract void Check(NDArray targets, Shape outputs);

    /// <summary>What is worth a warning about this loss behind that activation; <c>null</c> for nothing.</summary>
    internal virtual string? Oddity(ActivationFunction last) => null;

    /// <summary>The loss of each sample, and of each inner position where there are some, as nodes.</summary>
    /// <param name="g">The list that they are added to.</param>
    /// <param name="y_true">The targets, with the shape of the array that was given.</param>
    /// <param name="y_pred">The model's outputs.</param>
    protected internal abstract Tensor Call(Graph g, Tensor y_true, Tensor y_pred);

    /// <summary>The losses by their Keras names.</summary>
    internal static Dictionary<string, Func<Loss>> Known { get; } = new()
    {
        ["sparse_categorical_crossentropy"] = () => new SparseCategoricalCrossentropy(),
        ["SparseCategoricalCrossentropy"] = () => new SparseCategoricalCrossentropy(),
    };

    /// <summary>The loss of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Loss?(string? name)
    {
        if (name is null) return null;
        var loss = Named.Get(name, "loss", Known);
        loss.Identifier = name;
        return loss;
    }
}
