using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Constraints;

/// <summary>A projection of a weight after each training step, so that it stays within bounds. Programs may derive their own classes.</summary>
public abstract class Constraint
{
    /// <summary>Adds the nodes that compute the new value of w.</summary>
    protected internal virtual Tensor Call(Graph g, Tensor w) => call(w);

    /// <summary>The new value of w, by functions of tensors, in a derived class.</summary>
    public virtual Tensor call(Tensor w) => throw new ValueError($"Constraint {GetType().Name} does not have a `call()` method implemented.");

    /// <summary>The new value of an array or a tensor, as <c>constraint(w)</c> in Python.</summary>
    public Tensor Apply(Tensor w) => new Function(GetType().Name, (g, t) => Call(g, t[0])).Of(w);

    /// <summary>The settings, from which <see cref="from_config{T}"/> creates the same constraint.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>Creates a constraint from the configuration that <see cref="get_config"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T from_config<T>(JsonObject config) where T : Constraint => ObjectConfig.Create<T>(config);

    /// <summary>Converts the Keras name of a constraint, with its defaults.</summary>
    /// <exception cref="ValueError">There is no constraint of that name.</exception>
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
