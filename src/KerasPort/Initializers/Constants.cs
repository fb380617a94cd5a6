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

/// <summary>The same value everywhere.</summary>
/// <param name="value">The value.</param>
public sealed class Constant(double value = 0.0) : Initializer
{
    /// <summary>The value.</summary>
    public double value { get; } = value;

    /// <inheritdoc/>
    public override float[] Values(int[] shape) => All((float)value, shape);
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
