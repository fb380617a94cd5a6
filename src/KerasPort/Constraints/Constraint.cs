using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Constraints;

/// <summary>What a weight becomes after each step of training, so that it stays within bounds. One's own derive from it.</summary>
public abstract class Constraint
{
    /// <summary>What becomes of w, as nodes.</summary>
    protected internal virtual Tensor Call(Graph g, Tensor w) => call(w);

    /// <summary>What becomes of w, written over functions of tensors, in a class of your own.</summary>
    public virtual Tensor call(Tensor w) => throw new ValueError($"Constraint {GetType().Name} does not have a `call()` method implemented.");

    /// <summary>What becomes of an array or a tensor, as <c>constraint(w)</c> in Python.</summary>
    public Tensor Apply(Tensor w) => new Function(GetType().Name, (g, t) => Call(g, t[0])).Of(w);

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same constraint.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The constraint that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Constraint => ObjectConfig.Create<T>(config);

    /// <summary>The constraint of that Keras name, with its defaults.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Constraint?(string? name) =>
        name is null ? null : Named.Make<Constraint>(name, "constraint", [Layers.Names.SnakeCase, type => type.Name]);
}

/// <summary>max(w, 0).</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor w) => g.MapByOutput(default(Activations.ReluFormula), default(Activations.ReluGradient), w);
}
