using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>A layer that changes its input at random, in training only.</summary>
public abstract class TrainingOnlyLayer : Layer
{
    private protected TrainingOnlyLayer(long? seed, bool draws, string? name, Shape? input_shape)
        : this(seed, draws ? new SeedGenerator(seed) : null, name, input_shape) { }

    private protected TrainingOnlyLayer(long? seed, SeedGenerator? seeds, string? name, Shape? input_shape) : base(name, input_shape) =>
        (this.seed, Seeds) = (seed, seeds);

    /// <summary>The seed that was given, if one was.</summary>
    public long? seed { get; }

    /// <summary>The random state; <c>null</c> if the layer draws nothing.</summary>
    private protected SeedGenerator? Seeds { get; }

    internal override bool PassesMask => true;

    internal override SeedGenerator? SeedGenerator => Seeds;

    internal override bool? TrainingArgument => TrainsByDefault;

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x) => g.Training || (TrainsByDefault && g.IsTrainingOpen) ? Changed(g, x) : x;

    /// <summary>The output in training.</summary>
    private protected abstract Tensor Changed(Graph g, Tensor x);

    /// <summary>A share that Keras accepts.</summary>
    /// <exception cref="ValueError">The number isn't from 0 to 1.</exception>
    private protected static double Share(double value, string argument) => value is >= 0 and <= 1 ? value
        : throw new ValueError($"Invalid value received for argument `{argument}`. Expected a float value between 0 and 1. "
            + $"Received: {argument}={PythonText.Str(value)}");

    /// <summary>The shape of a mask over an input: the input's own, or the given one, whose open axes are as long as the input's.</summary>
    private protected Shape MaskShape(Shape input, Shape? noise_shape)
    {
        if (noise_shape is not { } noise) return input;
        if (noise.Rank != input.Rank)
            throw new ValueError(
                $"Argument `noise_shape` of layer '{name}' must have as many dimensions as the input. Received: noise_shape={noise}, input_shape={input}");
        return new Shape([.. noise.Select((d, axis) => d ?? input[axis])]);
    }
}
