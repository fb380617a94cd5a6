using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>Gives a layer's weights their first values.</summary>
public abstract class Initializer
{
    /// <summary>The first values of a variable of this shape, row-major.</summary>
    public abstract float[] Values(int[] shape);

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same initializer.</summary>
    public JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The initializer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Initializer => ObjectConfig.Create<T>(config);

    /// <summary>The initializer of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Initializer?(string? name) => name is null ? null : Named.Make<Initializer>(name, "initializer", [Layers.Names.SnakeCase, type => type.Name]);
}

/// <summary>All zeros, the default of biases.</summary>
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override float[] Values(int[] shape) => new float[shape.Aggregate(1, (product, d) => product * d)];
}

/// <summary>All ones.</summary>
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override float[] Values(int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, d) => product * d)];
        Array.Fill(values, 1);
        return values;
    }
}
