namespace KerasPort.Random;

/// <summary>Arrays of what is drawn.</summary>
internal static class Drawn
{
    /// <summary>An array of floats.</summary>
    /// <exception cref="ValueError">A dimension is open or negative.</exception>
    public static NDArray Filled(Shape shape, Action<float[]> fill)
    {
        var values = new float[SizeOf(shape)];
        fill(values);
        return new NDArray(values, ArrayShape.Create(shape.ToArray()));
    }

    /// <summary>An array of whole numbers from one on, below another: a word each modulo the range, two words of int64.</summary>
    /// <exception cref="ValueError">There is none between them, or a dimension is open or negative.</exception>
    public static NDArray Whole(Philox words, Shape shape, long min, long max, DType type)
    {
        if (min >= max) throw new ValueError($"Need minval < maxval, got {min} >= {max}");
        var values = new long[SizeOf(shape)];
        ulong range = (ulong)(max - min);
        for (int i = 0; i < values.Length; i++)
        {
            ulong word = words.NextUInt32();
            if (type == DType.int64) word |= (ulong)words.NextUInt32() << 32;
            values[i] = min + (long)(word % range);
        }
        return new NDArray(values, ArrayShape.Create(shape.ToArray())).astype(type);
    }

    /// <summary>Refuses other types than what is drawn.</summary>
    /// <exception cref="ValueError">It is another one.</exception>
    public static void RequireFloat32(DType? type, string function)
    {
        if (type is { } asked && asked != DType.float32)
            throw new ValueError($"`{function}` draws float32. Received: dtype={asked}. Draw without one and use `.astype`.");
    }

    private static int SizeOf(Shape shape) => shape.All(d => d >= 0) ? shape.Aggregate(1, (size, d) => checked(size * d!.Value))
        : throw new ValueError($"What is drawn has a shape of numbers of 0 or more. Received: shape={shape}");
}
