using System.Numerics.Tensors;

namespace KerasPort;

/// <content>Counting instead of sorting, for whole numbers of a narrow range such as class numbers.</content>
public sealed partial class NDArray
{
    /// <summary>The counts of the numbers from smallest to largest; <c>null</c> for fractions, an empty array, or a range wider than the array.</summary>
    internal (long Least, int[] Counts)? Counted()
    {
        const int few = 1024;
        if (dtype.IsInexact || dtype == DType.uint64 || size == 0) return null;
        var numbers = Span<long>();
        long least = TensorPrimitives.Min(numbers), range = TensorPrimitives.Max(numbers) - least;
        if (range < 0 || range >= Math.Max(few, size)) return null;
        var counts = new int[range + 1];
        if (range >= few) foreach (long number in numbers) counts[number - least]++;
        else CountFew(numbers, least, counts);
        return (least, counts);
    }

    // Four tables of counts in turn: a store to a count and the next load of it would wait for each other.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountFew(ReadOnlySpan<long> numbers, long least, int[] counts)
    {
        var (second, third, fourth) = (new int[counts.Length], new int[counts.Length], new int[counts.Length]);
        int i = 0;
        for (; i <= numbers.Length - 4; i += 4)
        {
            counts[numbers[i] - least]++;
            second[numbers[i + 1] - least]++;
            third[numbers[i + 2] - least]++;
            fourth[numbers[i + 3] - least]++;
        }
        for (; i < numbers.Length; i++) counts[numbers[i] - least]++;
        for (int n = 0; n < counts.Length; n++) counts[n] += second[n] + third[n] + fourth[n];
    }
}
