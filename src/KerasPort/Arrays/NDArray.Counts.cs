using System.Numerics.Tensors;
using System.Runtime.CompilerServices;

namespace KerasPort;

/// <content>Whole numbers of a narrow range, class numbers above all, are counted rather than sorted.</content>
public sealed partial class NDArray
{
    /// <summary>How often each number from the least to the largest is there; <c>null</c> where these are fractions, none, or more than elements.</summary>
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

    // Four counts of each, since one that was just written isn't there to be read at once.
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
