namespace KerasPort.Engines;

/// <summary>What a loss and the metrics work on for the batch at hand.</summary>
public sealed class LossBuffers
{
    internal LossBuffers() { }

    /// <summary>Samples (times inner positions): rows of <see cref="Outputs"/>.</summary>
    public int Rows { get; internal set; }

    /// <summary>Outputs a row.</summary>
    public int Columns { get; internal set; }

    /// <summary>The model's outputs, or its logits when <see cref="OutputsAreLogits"/>.</summary>
    public DeviceBuffer Outputs { get; internal set; } = null!;

    /// <summary>Whether <see cref="Outputs"/> still waits for the last layer's softmax.</summary>
    public bool OutputsAreLogits { get; internal set; }

    /// <summary>The targets, rows as wide as those of y: class numbers as floats, or whatever the loss compares outputs with.</summary>
    public DeviceBuffer Targets { get; internal set; } = null!;

    /// <summary>Loss of each row.</summary>
    public DeviceBuffer Losses { get; internal set; } = null!;

    /// <summary>The gradient of the mean loss by <see cref="Outputs"/>; <c>null</c> when it isn't needed.</summary>
    public DeviceBuffer? Gradient { get; internal set; }
}
