namespace KerasPort;

/// <summary>Class numbers as rows that are 1 at their class and 0 elsewhere.</summary>
internal static class OneHot
{
    /// <summary>The rows, in float64 as numpy makes them; a last axis of 1 is left out. As with numpy's indices, -1 is the last class.</summary>
    /// <param name="x">Class numbers, of any shape; fractions are cut off.</param>
    /// <param name="classes">How many there are; one more than the largest without.</param>
    /// <exception cref="ValueError">There is no such class, or no number to tell how many there are.</exception>
    public static NDArray Of(NDArray x, int? classes)
    {
        if (x is null) throw new ValueError("None values not supported: `x` must be an array of class numbers. Received: x=None");
        int[] shape = [.. x.shape];
        if (shape is [_, .., 1]) shape = shape[..^1];
        if (x.size == 0 && classes is null or 0) throw new ValueError("`num_classes` must be given where `x` is empty. Received: num_classes=None");
        long[] numbers = x.ToLongs();
        int count = classes is null or 0 ? checked((int)(numbers.Max() + 1)) : classes.Value;
        if (count <= 0) throw new ValueError($"`num_classes` must be a positive integer. Received: num_classes={count}");
        if ((long)count * numbers.Length > Array.MaxLength)
            throw new ValueError($"{numbers.Length} rows of {count} classes are more numbers than an array holds: "
                + "use a sparse loss, which takes the class numbers.");
        var rows = new double[numbers.Length * count];
        for (int row = 0; row < numbers.Length; row++)
        {
            long number = numbers[row];
            if (number >= count || number < -count)
                throw new ValueError($"`x` must hold class numbers from 0 to {count - 1}, since num_classes={count}. Received: {number}");
            rows[row * count + (number < 0 ? number + count : number)] = 1;
        }
        return new NDArray(rows, [.. shape, count]);
    }
}
