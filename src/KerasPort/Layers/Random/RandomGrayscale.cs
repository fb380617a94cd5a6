using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Makes each image grey with a probability; the number of channels, three or one, stays.</summary>
[NoSetting("seed")]
public sealed class RandomGrayscale : RandomImageLayer
{
    /// <summary>Random shades of grey.</summary>
    /// <param name="factor">The probability: from 0 to 1.</param>
    /// <param name="seed">The seed. As in Keras, files don't hold it. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The probability isn't from 0 to 1.</exception>
    public RandomGrayscale(double factor = 0.5, long? seed = null, Shape? input_shape = null, string? name = null) : base(seed, name, input_shape) =>
        this.factor = factor is >= 0 and <= 1 ? factor
            : throw new ValueError($"`factor` should be between 0 and 1. Received: factor={PythonText.Str(factor)}");

    /// <summary>The probability.</summary>
    public double factor { get; }

    private protected override int DrawsAnyway => 1;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var isGray = g.Drawn(seeds, (images[0], 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), 0, 1, values);
            for (int i = 0; i < values.Length; i++) values[i] = values[i] < (float)factor ? 1 : 0;
        });
        return new(x => g.Reshape(g.Choose(isGray, g.ImageRows(g.Repeat(g.Grayscale(x), x.shape)), g.ImageRows(x)), x.shape));
    }
}
