using KerasPort.Graphs;

namespace KerasPort.Random;

/// <summary>Random tensors: values when called directly; while a plan is being made, a node that draws anew in each run of the plan.</summary>
internal static class Drawn
{
    /// <summary>Floats.</summary>
    /// <exception cref="ValueError">A dimension is open or negative.</exception>
    public static Tensor Filled(Shape shape, Action<float[]> fill)
    {
        int size = SizeOf(shape);
        if (Graph.Making is { } g) return g.Drawn(shape, fill);
        var values = new float[size];
        fill(values);
        return new NDArray(values, ArrayShape.Create(shape.ToArray()));
    }

    /// <summary>Whole numbers in [min, max): a word modulo the range, two words for int64.</summary>
    /// <exception cref="ValueError">The range is empty, or a dimension is open or negative.</exception>
    public static Tensor Whole(Func<Philox> words, Shape shape, long min, long max, DType type)
    {
        if (min >= max) throw new ValueError($"Need minval < maxval, got {min} >= {max}");
        int size = SizeOf(shape);
        if (Graph.Making is { } g) return g.Drawn(shape, values => Draw(value => (float)value).CopyTo(values, 0));
        return new NDArray(Draw(value => value), ArrayShape.Create(shape.ToArray())).astype(type);

        T[] Draw<T>(Func<long, T> made)
        {
            var (values, from, range) = (new T[size], words(), (ulong)(max - min));
            for (int i = 0; i < values.Length; i++)
            {
                ulong word = from.NextUInt32();
                if (type == DType.int64) word |= (ulong)from.NextUInt32() << 32;
                values[i] = made(min + (long)(word % range));
            }
            return values;
        }
    }

    /// <summary>A parameter for each value that is drawn, given singly or for each.</summary>
    /// <exception cref="ValueError">The shapes don't fit.</exception>
    public static float[] Each(NDArray numbers, Shape shape) => numbers.ndim == 0 ? numbers.ToFloats() : Spread(numbers, [.. shape.Select(d => d ?? 0)]);

    /// <summary>Two parameters of several distributions, broadcast together; the last axes of the result are theirs.</summary>
    /// <exception cref="ValueError">The shapes can't be broadcast, or the shape of the result has other last axes.</exception>
    public static (float[] First, float[] Second) Distributions(NDArray first, NDArray second, Shape shape)
    {
        int[] all = Broadcast.Shape([.. first.shape], [.. second.shape])
            ?? throw new ValueError($"Numbers of distributions don't go together. Received: shapes {first.shape} and {second.shape}");
        if (all.Length > shape.Rank || !shape[(shape.Rank - all.Length)..].Select(d => d ?? 0).SequenceEqual(all))
            throw new ValueError("Shape passed in must end with broadcasted shape. "
                + $"Received: shape={shape}, for distributions of shape {ArrayShape.Create(all)}");
        return (Spread(first, all), Spread(second, all));
    }

    private static float[] Spread(NDArray numbers, int[] shape) => numbers.astype(DType.float32).To(shape).ToFloats();

    /// <summary>Refuses types other than float32, the only one that is drawn.</summary>
    /// <exception cref="ValueError">The type is another one.</exception>
    public static void RequireFloat32(DType? type, string function)
    {
        if (type is { } asked && asked != DType.float32)
            throw new ValueError($"`{function}` draws float32. Received: dtype={asked}. Draw without one and use `.astype`.");
    }

    private static int SizeOf(Shape shape) => shape.All(d => d >= 0) ? shape.Aggregate(1, (size, d) => checked(size * d!.Value))
        : throw new ValueError($"What is drawn has a shape of numbers of 0 or more. Received: shape={shape}");
}
