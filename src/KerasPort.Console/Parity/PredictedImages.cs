using System.Runtime.InteropServices;

namespace KerasPort.Console.Parity;

/// <summary>Compares two programs' probabilities of ten classes per image, little-endian float32.</summary>
internal static class PredictedImages
{
    /// <summary>The mean absolute difference over all images and classes.</summary>
    public static double MeanDifference(byte[] a, byte[] b)
    {
        ReadOnlySpan<float> p = MemoryMarshal.Cast<byte, float>(a), q = MemoryMarshal.Cast<byte, float>(b);
        double sum = 0;
        for (int i = 0; i < p.Length; i++) sum += Math.Abs(p[i] - q[i]);
        return sum / p.Length;
    }

    /// <summary>The number of images whose class differs.</summary>
    public static int OtherClasses(byte[] a, byte[] b)
    {
        ReadOnlySpan<float> p = MemoryMarshal.Cast<byte, float>(a), q = MemoryMarshal.Cast<byte, float>(b);
        int count = 0;
        for (int row = 0; row < p.Length; row += 10)
            if (Largest(p.Slice(row, 10)) != Largest(q.Slice(row, 10))) count++;
        return count;
    }

    private static int Largest(ReadOnlySpan<float> row)
    {
        int largest = 0;
        for (int i = 1; i < row.Length; i++) if (row[i] > row[largest]) largest = i;
        return largest;
    }
}
