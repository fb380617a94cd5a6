using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>Gives a layer's weights their initial values.</summary>
public abstract class Initializer
{
    /// <summary>The initial values of a variable of this shape, row-major.</summary>
    public abstract float[] Values(int[] shape);

    /// <summary>The initial values of a variable of this shape, as an array.</summary>
    public NDArray Apply(Shape shape)
    {
        int[] dimensions = [.. shape.Select(d => d ?? throw new ValueError($"A shape to initialize is of numbers. Received: shape={shape}"))];
        return new(Values(dimensions), dimensions);
    }

    /// <summary>Makes the initial values of a variable whenever they are needed; draws from a seed generator are made at once.</summary>
    internal virtual Func<float[]> Drawn(int[] shape) => () => Values(shape);

    /// <summary>An array for the values of a variable of that shape.</summary>
    private protected static float[] Room(int[] shape) => new float[shape.Aggregate(1, (product, d) => product * d)];

    /// <summary>The values of a variable of that shape, all the same.</summary>
    private protected static float[] All(float value, int[] shape)
    {
        var values = Room(shape);
        Array.Fill(values, value);
        return values;
    }

    /// <summary>The settings, from which <see cref="from_config{T}"/> creates the same initializer.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>Creates an initializer from the configuration that <see cref="get_config"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T from_config<T>(JsonObject config) where T : Initializer => ObjectConfig.Create<T>(config);

    /// <summary>Converts the Keras name of an initializer.</summary>
    /// <exception cref="ValueError">There is no initializer of that name.</exception>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Initializer?(string? name) =>
        name is null ? null : Named.Make<Initializer>(name, "initializer", [Layers.Names.SnakeCase, type => type.Name]);

    /// <summary>Converts an initializer, or an explicit <c>null</c>, to a layer's argument.</summary>
    public static implicit operator InitialValues(Initializer? initializer) => new(initializer);
}
