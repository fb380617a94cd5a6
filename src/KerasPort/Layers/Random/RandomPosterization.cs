using KerasPort.Engines.Formulas;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Layers;

/// <summary>Keeps a drawn number of each value's eight bits, from the highest on; the others become 0. It has no gradient.</summary>
public sealed class RandomPosterization : RandomImageLayer
{
    private const int Bits = 8;

    /// <summary>A random number of bits.</summary>
    /// <param name="factor">The number of bits: from 1 to below a number, or from the first to below the second of two; two equal ones fix it.</param>
    /// <param name="value_range">The least and the largest value of images; 0 and 255 by default.</param>
    /// <param name="seed">The seed: the same seed gives the same numbers. Without one it's drawn now from Python's generator, as in Keras.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">An argument is out of range, or bits aren't whole.</exception>
    public RandomPosterization(Factor factor, Factor? value_range = null, long? seed = null, Shape? input_shape = null, string? name = null)
        : base(seed, name, input_shape)
    {
        if (!factor.IsWhole)
            throw new ValueError($"The `factor` argument of RandomPosterization is a number of bits, which is whole. Received: factor={factor}");
        (this.factor, this.value_range) = (Bounded(factor, 1, Bits), Sorted(value_range));
    }

    /// <summary>The range of bits, without its end.</summary>
    public Factor factor { get; }

    /// <summary>The least and the largest value of images.</summary>
    public Factor value_range { get; }

    private bool IsDrawn => factor.First != factor.Second;

    private protected override int DrawsAnyway => IsDrawn ? 1 : 0;

    internal override ImageChange Change(Graph g, Shape images, SeedGenerator seeds)
    {
        var steps = Steps(g, images[0]!.Value, seeds);
        return new(x =>
        {
            var y = g.Map(default(Multiple), g.InRange(g.ImageRows(x), value_range, (0, 255)), steps, (_, _, _) => [null, null]);
            return g.Reshape(g.InRange(y, (0, 255), value_range), x.shape);
        });
    }

    private Tensor Steps(Graph g, int images, SeedGenerator seeds)
    {
        int least = (int)factor.First, count = (int)factor.Second - least;
        if (!IsDrawn) return g.Lift(new NDArray(Enumerable.Repeat(Step(least), images).ToArray(), images, 1));
        return g.Drawn(seeds, (images, 1), (state, values) =>
        {
            var words = state.Next();
            for (int i = 0; i < values.Length; i++)
            {
                ulong low = words.NextUInt32(), word = low | (ulong)words.NextUInt32() << 32;
                values[i] = Step(least + (int)(word % (ulong)count));
            }
        });
    }

    /// <summary>The step whose multiples the values become.</summary>
    private static float Step(int bits) => 1 << (Bits - bits);

    /// <summary>The largest multiple of a step that isn't above x.</summary>
    internal readonly struct Multiple : IBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Of<T, M>(T x, T step) where M : struct, IMath<T>
        {
            T steps = M.Divide(x, step), near = M.Round(steps);
            return M.Multiply(M.Select(M.Greater(near, steps), M.Subtract(near, M.Splat(1)), near), step);
        }
    }
}
