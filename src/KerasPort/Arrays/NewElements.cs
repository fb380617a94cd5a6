using System.Numerics;
using System.Runtime.InteropServices;

namespace KerasPort;

/// <summary>New memory for elements.</summary>
/// <remarks>
/// The first write to each page of memory costs more than the arithmetic: 80 ms for 47 million floats in pages of 4 KiB on Linux, where dividing
/// them takes 10. So Linux is asked for pages of 2 MiB where an array fills some, as numpy asks it (madvise, numpy/core/src/multiarray/alloc.c).
/// </remarks>
internal static unsafe partial class NewElements
{
    private const nuint HugePage = 2 << 20;
    private const long Fewest = 4 << 20;
    private const int HugePages = 14;  // MADV_HUGEPAGE of linux/mman.h

    private static bool s_canAdvise = OperatingSystem.IsLinux();

    /// <summary>An array with arbitrary elements, all of which the caller writes.</summary>
    public static T[] Of<T>(int length) where T : unmanaged
    {
        var elements = GC.AllocateUninitializedArray<T>(length);
        if (s_canAdvise && (long)length * Unsafe.SizeOf<T>() >= Fewest) Advise(elements, (nuint)length * (nuint)Unsafe.SizeOf<T>());
        return elements;
    }

    /// <summary>Zeros that never move, for an engine. Large pages count here, too: each row of a wide dense kernel is on another page of 4 KiB.</summary>
    public static float[] Pinned(int length)
    {
        float[] zeros = GC.AllocateArray<float>(length, pinned: true);
        if (s_canAdvise && (long)length * sizeof(float) >= Fewest) Advise(zeros, (nuint)length * sizeof(float));
        return zeros;
    }

    /// <summary>The same, of the type of those elements.</summary>
    public static Array Like(Array elements, int length) => Of(DType.Of(elements), length);

    /// <summary>The same, of that type.</summary>
    public static Array Of(DType type, int length) => type == DType.@bool ? Of<bool>(length) : type.Run<Any, int, Array>(length);

    /// <summary>Zeros of that type.</summary>
    public static Array Zeros(DType type, int length)
    {
        var zeros = type == DType.@bool ? new bool[length] : type.Run<Zero, int, Array>(length);
        if (s_canAdvise && (long)length * type.itemsize >= Fewest) Advise(zeros, (nuint)length * (nuint)type.itemsize);
        return zeros;
    }

    private readonly struct Any : IOfNumbers<int, Array>
    {
        public static Array Of<T>(int length) where T : unmanaged, INumber<T>, IMinMaxValue<T> => NewElements.Of<T>(length);
    }

    private readonly struct Zero : IOfNumbers<int, Array>
    {
        public static Array Of<T>(int length) where T : unmanaged, INumber<T>, IMinMaxValue<T> => new T[length];
    }

    private static void Advise(Array elements, nuint length)
    {
        fixed (byte* first = &MemoryMarshal.GetArrayDataReference(elements))
        {
            nuint begin = ((nuint)first + HugePage - 1) & ~(HugePage - 1), end = (nuint)(first + length) & ~(HugePage - 1);
            try
            {
                // Only advice: a refusal costs nothing but time.
                if (end > begin) _ = Advise((void*)begin, end - begin, HugePages);
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                s_canAdvise = false;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);
}
