using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>x · scale + offset.</summary>
/// <example><code>
/// var layer = keras.layers.Rescaling(1.0 / 127.5, offset: -1);
/// print(layer.Apply(np.array([0.0, 127.5, 255.0])).numpy());    // [-1.  0.  1.]
/// </code></example>
public class Rescaling : Layer
{
    /// <summary>A layer that rescales.</summary>
    /// <param name="scale">A number, such as 1.0 / 255, or one for each place of the last axes.</param>
    /// <param name="offset">A number, or one for each place of the last axes; 0 by default.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    public Rescaling(NDArray scale, NDArray? offset = null, Shape? input_shape = null, string? name = null) : base(name, input_shape) =>
        (this.scale, this.offset) = (scale ?? throw new ValueError("None values not supported: `scale` must be a number or an array."), offset ?? 0.0);

    /// <summary>The factor of each value.</summary>
    public NDArray scale { get; }

    /// <summary>The number that is added to each value.</summary>
    public NDArray offset { get; }

    /// <inheritdoc/>
    public override Shape compute_output_shape(Shape input_shape) => input_shape;

    internal override bool PassesMask => true;

    internal override bool IsByElement => scale.ndim == 0 && offset.ndim == 0;

    /// <inheritdoc/>
    protected internal override Tensor Call(Graph g, Tensor x)
    {
        if (IsByElement) return g.MapByInput(new Rescaled((float)scale, (float)offset), new RescaledGradient((float)scale), x);
        return g.Add(g.Multiply(x, g.Lift(scale)), g.Lift(offset));
    }
}

/// <summary>x · scale + offset.</summary>
internal readonly record struct Rescaled(float Scale, float Offset) : IUnary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x) where M : struct, IMath<T> => M.Add(M.Multiply(x, M.Splat(Scale)), M.Splat(Offset));
}

/// <summary>dx = dy · scale.</summary>
internal readonly record struct RescaledGradient(float Scale) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T dy) where M : struct, IMath<T> => M.Multiply(dy, M.Splat(Scale));
}
