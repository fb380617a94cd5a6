using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>Gives a layer's weights their first values.</summary>
public abstract class Initializer
{
    /// <summary>The first values of a variable of this shape, row-major.</summary>
    public abstract float[] Values(int[] shape);

    /// <summary>The same as an array.</summary>
    public NDArray Apply(Shape shape)
    {
        int[] dimensions = [.. shape.Select(d => d ?? throw new ValueError($"A shape to initialize is of numbers. Received: shape={shape}"))];
        return new(Values(dimensions), dimensions);
    }

    /// <summary>What makes the first values of a variable, whenever they are asked for; what a generator gives for them is taken now.</summary>
    internal virtual Func<float[]> Drawn(int[] shape) => () => Values(shape);

    /// <summary>Room for the values of a variable of that shape.</summary>
    private protected static float[] Room(int[] shape) => new float[shape.Aggregate(1, (product, d) => product * d)];

    /// <summary>All one value.</summary>
    private protected static float[] All(float value, int[] shape)
    {
        var values = Room(shape);
        Array.Fill(values, value);
        return values;
    }

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same initializer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The initializer that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : Initializer => ObjectConfig.Create<T>(config);

    /// <summary>The initializer of that Keras name.</summary>
    /// <exception cref="ValueError">There is none.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Initializer?(string? name) =>
        name is null ? null : Named.Make<Initializer>(name, "initializer", [Layers.Names.SnakeCase, type => type.Name]);

    /// <summary>The initializer, or that it is to be none, as what a layer takes.</summary>
    public static implicit operator InitialValues(Initializer? initializer) => new(initializer);
}
