using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Sequences [steps, channels] with steps of zeros before and behind them.</summary>
[OnlySetting("data_format", "channels_last")]
public sealed class ZeroPadding1D : Layer
{
    /// <summary>A layer that pads.</summary>
    /// <param name="padding">Steps at the beginning and at the end, or one number for both; 1 by default.</param>
    /// <param name="input_shape">Shape of a sequence, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">A number is negative.</exception>
    public ZeroPadding1D(Shape? padding = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        this.padding = WindowArguments.Pair(WindowArguments.Of(2, "padding", padding ?? 1, allowsZero: true));

    /// <summary>Steps at the beginning and at the end.</summary>
    public (int, int) padding { get; }

    /// <inheritdoc/>
    protected internal override void CheckInput(Shape input_shape) => RequireRank(input_shape, 3);

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape)
    {
        RequireRank(input_shape, 3);
        return new Shape(input_shape[0], checked(input_shape[1] + padding.Item1 + padding.Item2), input_shape[2]);
    }

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Cut(x, 1, -padding.Item1, compute_output_shape(x.shape)[1]!.Value);
}
