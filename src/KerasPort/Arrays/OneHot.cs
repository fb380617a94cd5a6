using System.Numerics.Tensors;

namespace KerasPort;

/// <summary>One-hot encoding: class numbers as rows that are 1 at their class and 0 elsewhere.</summary>
internal static class OneHot
{
    /// <inheritdoc cref="UtilsModule.to_categorical(NDArray, int?)"/>
    public static NDArray Of(NDArray x, int? classes)
    {
        if (x is null) throw new ValueError("None values not supported: `x` must be an array of class numbers. Received: x=None");
        int[] shape = [.. x.shape];
        if (shape is [_, .., 1]) shape = shape[..^1];
        if (x.size == 0 && classes is null or 0) throw new ValueError("`num_classes` must be given where `x` is empty. Received: num_classes=None");
        var numbers = x.Longs();
        int count = classes is null or 0 ? checked((int)(TensorPrimitives.Max(numbers) + 1)) : classes.Value;
        if (count <= 0) throw new ValueError($"`num_classes` must be a positive integer. Received: num_classes={count}");
        if ((long)count * numbers.Length > Array.MaxLength)
            throw new ValueError($"{numbers.Length} rows of {count} classes are more numbers than an array holds: "
                + "use a sparse loss, which takes the class numbers.");
        // Bytes with a table of doubles take an eighth of the memory, and writing memory takes most of the time.
        var rows = new byte[numbers.Length * count];
        for (int row = 0; row < numbers.Length; row++)
        {
            long number = numbers[row];
            if (number >= count || number < -count)
                throw new ValueError($"`x` must hold class numbers from 0 to {count - 1}, since num_classes={count}. Received: {number}");
            rows[row * count + (number < 0 ? number + count : number)] = 1;
        }
        return new NDArray(rows, [.. shape, count]).astype(DType.float64);
    }
}
