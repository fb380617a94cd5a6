using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Initializers;

/// <summary>All zeros, the default of biases.</summary>
[Alias("zero")]
public sealed class Zeros : Initializer
{
    /// <inheritdoc/>
    public override float[] Values(int[] shape) => All(0, shape);
}

/// <summary>All ones.</summary>
[Alias("one")]
public sealed class Ones : Initializer
{
    /// <inheritdoc/>
    public override float[] Values(int[] shape) => All(1, shape);
}

/// <summary>The same value everywhere, or the values of an array, repeated to the variable's shape as in numpy.</summary>
/// <param name="value">A number or an array; 0 by default.</param>
public sealed class Constant(NDArray? value = null) : Initializer
{
    /// <summary>The number or the array.</summary>
    public NDArray value { get; } = value ?? 0.0;

    /// <inheritdoc/>
    /// <exception cref="ValueError">The array can't be repeated to that shape.</exception>
    public override float[] Values(int[] shape)
    {
        try
        {
            return value.To(shape).ToFloats();
        }
        catch (ValueError)
        {
            throw new ValueError($"`Constant` fills a variable of shape {new Shape([.. shape])} with one number, or with an array that can be repeated to "
                + $"that shape. Received: an array of shape {value.shape}");
        }
    }

    /// <inheritdoc/>
    public override JsonObject get_config() => new() { ["value"] = value.ndim == 0 ? ConfigValue.Write(value) : AnyConfig.Write(value) };
}

/// <summary>A matrix with gain on its diagonal and zeros elsewhere; it needn't be square.</summary>
/// <param name="gain">The value on the diagonal.</param>
[Alias("IdentityInitializer")]
public sealed class Identity(double gain = 1.0) : Initializer
{
    /// <summary>The value on the diagonal.</summary>
    [OnlyWhenGiven]
    public double gain { get; } = gain;

    /// <inheritdoc/>
    public override float[] Values(int[] shape)
    {
        if (shape.Length != 2)
            throw new ValueError(
                $"Identity matrix initializer can only be used for 2D matrices. Received: shape={new Shape([.. shape])} of rank {shape.Length}.");
        var values = All(0, shape);
        for (int i = 0; i < Math.Min(shape[0], shape[1]); i++) values[i * shape[1] + i] = (float)gain;
        return values;
    }
}
