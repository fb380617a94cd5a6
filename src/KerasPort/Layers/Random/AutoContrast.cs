using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Stretches the values of each channel of each image over the whole value range. As in Keras, it does so outside of training too.</summary>
public sealed class AutoContrast : RandomImageLayer
{
    /// <summary>A layer of contrast.</summary>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">The range isn't two numbers.</exception>
    public AutoContrast(Factor? value_range = null, Shape? input_shape = null, string? name = null) : base(null, name, input_shape, draws: false) =>
        this.value_range = Sorted(value_range);

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    internal override bool ChangesAlways => true;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds) => new(x => Spread(g, x));

    private Tensor Spread(Graph g, Tensor x)
    {
        var y = g.InRange(x, value_range, (0, 255));
        Tensor low = g.Min(y, [1, 2], keepdims: true), range = g.Subtract(g.Max(y, [1, 2], keepdims: true), low);
        var scale = g.Divide(g.Like(range, 255), range);
        y = g.InRange(g.Within(g.Add(g.Multiply(y, scale), g.Multiply(g.Scale(low, -1), scale)), (0, 255)), (0, 255), value_range);
        // A channel with one value only has no contrast: the result is NaN there, and the channel stays as it was.
        return g.Choose(g.Equal(y, y), y, x);
    }
}
