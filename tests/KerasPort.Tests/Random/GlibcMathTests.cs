using System.Runtime.InteropServices;
using System.Security.Cryptography;
using KerasPort.Random;

namespace KerasPort.Tests.Random;

/// <summary>Every argument that random normals can have, compared by sums over the results of the GNU C library's functions.</summary>
public class GlibcMathTests
{
    private const int Count = 1 << 23;

    [Fact]
    public void Logarithms_are_those_of_glibc() =>
        Assert.Equal("207fef8ffa8c82caf82c478ee40c5bdbcc5d64d385cd8a1ce60d832fcf03b59b", Sum(i => GlibcMath.Log(MathF.Max(Philox.Unit((uint)i), 1e-7f))));

    [Fact]
    public void Sines_and_cosines_are_those_of_glibc()
    {
        Assert.Equal("c718616d24ba03d8eb34fe59f6febc3b383c7d947dec50bdf58c10fbf51946b5", Sum(i => GlibcMath.SinCos(Angle(i)).Sin));
        Assert.Equal("b085eb29bc0360f27b736db7ccc9c80d33b0e35e0b810174d45e42383540001c", Sum(i => GlibcMath.SinCos(Angle(i)).Cos));
    }

    private static float Angle(int i) => (float)(2 * Math.PI * Philox.Unit((uint)i));

    private static string Sum(Func<int, float> value)
    {
        var values = new float[Count];
        for (int i = 0; i < Count; i++) values[i] = value(i);
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan())));
    }
}
