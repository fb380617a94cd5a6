using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Blurs each image with a probability that is itself drawn; all images of a batch are blurred equally.</summary>
public sealed class RandomGaussianBlur : RandomImageLayer
{
    /// <summary>A random blur.</summary>
    /// <param name="factor">The probability: a maximum, or a range, within 0 to 1.</param>
    /// <param name="kernel_size">The size of the kernel, across and down: odd numbers; 3 by default.</param>
    /// <param name="sigma">The standard deviation of the Gaussian in pixels: a maximum, or a range, within 0 to 1.</param>
    /// <param name="value_range">The limits of the output's values; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same blur. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range.</exception>
    public RandomGaussianBlur(Factor? factor = null, Factor? kernel_size = null, Factor? sigma = null, Factor? value_range = null, long? seed = null,
        Shape? input_shape = null, string? name = null) : base(seed, name, input_shape)
    {
        kernel_size ??= 3;
        if (!kernel_size.IsWhole || kernel_size.First < 1 || kernel_size.Second < 1 || kernel_size.First % 2 == 0 || kernel_size.Second % 2 == 0)
            throw new ValueError($"kernel_size must be an odd number. Received: kernel_size={kernel_size}");
        (this.factor, this.sigma) = (Bounded(factor ?? 1.0, 0), Bounded(sigma ?? 1.0, 0, argument: nameof(sigma)));
        (this.kernel_size, this.value_range) = (((int)kernel_size.First, (int)kernel_size.Second), AsGiven(value_range));
    }

    /// <summary>The probability, as a range.</summary>
    public Factor factor { get; }

    /// <summary>The size of the kernel, across and down.</summary>
    public Factor kernel_size { get; }

    /// <summary>The standard deviation of the Gaussian, as a range.</summary>
    public Factor sigma { get; }

    /// <summary>The limits of the output's values.</summary>
    public Factor value_range { get; }

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        int channels = images[3]!.Value, across = (int)kernel_size.First, down = (int)kernel_size.Second;
        var isBlurred = g.DrawnChance(seeds, images[0]!.Value, factor);
        float[] widths = new float[2], bellAcross = new float[across], bellDown = new float[down];
        // The products are filled in row by row, `across` in each, although the kernel's shape is (across, down).
        var kernel = g.Drawn(seeds, (across, down, channels, 1), (state, values) =>
        {
            Stateless.Uniform(state.Next(), sigma.First, sigma.Second, widths);
            Bell.Fill(bellAcross, widths[0] + 1e-6f);
            Bell.Fill(bellDown, widths[1] + 1e-6f);
            for (int i = 0; i < values.Length; i++) values[i] = bellDown[i / channels / across] * bellAcross[i / channels % across];
        });
        return new(x => g.Reshape(g.Within(g.Choose(isBlurred, g.ImageRows(g.Smoothed(x, kernel)), g.ImageRows(x)), value_range), x.shape));
    }
}
