using System.Diagnostics;
using System.Runtime.Intrinsics;
using KerasPort.Activations;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines.Formulas;

/// <summary>A function has the same bits at every width of vector and of single floats, whatever instructions the machine has.</summary>
public sealed class WidthTests
{
    private const int Count = 1 << 17;

    [Fact]
    [Slow]
    public void Every_width_gives_the_same_bits()
    {
        var random = new System.Random(3);
        float[] x = Inputs(random), y = Inputs(random);
        Same<Exp>(x);
        Same<Expm1>(x);
        Same<Log>(x);
        Same<Log1p>(x);
        Same<Tanh>(x);
        Same<Erf>(x);
        Same<SigmoidFormula>(x);
        Same<Softplus>(x);
        float[] wide = new float[Count], middle = new float[Count], narrow = new float[Count];
        Over<Simd512, Vector512<float>>.Run<Pow>(x, y, wide);
        Over<Simd256, Vector256<float>>.Run<Pow>(x, y, middle);
        Over<Simd128, Vector128<float>>.Run<Pow>(x, y, narrow);
        Same("Pow", x, y, wide, middle, narrow, [.. x.Zip(y, FloatMath.Pow)]);
    }

    /// <summary>The same on a machine that lacks instructions: this test itself, in a process where they are disabled.</summary>
    [Theory]
    [Slow]
    [InlineData("DOTNET_EnableAVX512", "DOTNET_EnableAVX512F")]
    [InlineData("DOTNET_EnableAVX2", "DOTNET_EnableFMA")]
    [InlineData("DOTNET_EnableHWIntrinsic", "DOTNET_EnableHWIntrinsic")]
    public void Fewer_instructions_give_the_same_bits(string switchedOff, string another)
    {
        string Sums(bool switches)
        {
            var start = new ProcessStartInfo("dotnet", [typeof(WidthTests).Assembly.Location, Command]) { RedirectStandardOutput = true };
            if (switches) (start.Environment[switchedOff], start.Environment[another]) = ("0", "0");
            using var process = Process.Start(start)!;
            string sums = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
            return sums;
        }
        string all = Sums(false);
        Assert.Equal(10, all.Split('\n').Length);
        Assert.Equal(all, Sums(true));
    }

    /// <summary>The output of this program when it is asked for <see cref="PrintSums"/>.</summary>
    internal const string Command = "function-sums";

    /// <summary>One line per function with a sum over the bits of its results.</summary>
    internal static int PrintSums()
    {
        var random = new System.Random(4);
        float[] x = Inputs(random), y = Inputs(random), z = new float[Count];
        Print<Exp>();
        Print<Expm1>();
        Print<Log>();
        Print<Log1p>();
        Print<Tanh>();
        Print<Erf>();
        Print<SigmoidFormula>();
        Print<Softplus>();
        Over<Simd512, Vector512<float>>.Run<Pow>(x, y, z);
        PrintSum("Pow");
        return 0;

        void Print<F>() where F : struct, IUnary
        {
            Over<Simd512, Vector512<float>>.Run<F>(x, z);
            PrintSum(typeof(F).Name);
        }

        void PrintSum(string name) => System.Console.Write($"{name} {z.Aggregate(0UL, (sum, v) => sum * 31 + (uint)Bits(v))}\n");
    }

    private static void Same<F>(float[] x) where F : struct, IUnary
    {
        float[] wide = new float[Count], middle = new float[Count], narrow = new float[Count];
        Over<Simd512, Vector512<float>>.Run<F>(x, wide);
        Over<Simd256, Vector256<float>>.Run<F>(x, middle);
        Over<Simd128, Vector128<float>>.Run<F>(x, narrow);
        Same(typeof(F).Name, x, x, wide, middle, narrow, [.. x.Select(default(F).Of<float, FloatMath>)]);
    }

    private static void Same(string name, float[] x, float[] y, float[] wide, params float[][] others)
    {
        foreach (var other in others)
            for (int i = 0; i < Count; i++)
                Assert.True(Bits(wide[i]) == Bits(other[i]), $"{name}({x[i]:R}, {y[i]:R}) is {wide[i]:R} and {other[i]:R}.");
    }

    // All NaNs are equal.
    private static int Bits(float value) => BitConverter.SingleToInt32Bits(float.IsNaN(value) ? float.NaN : value);

    /// <summary>All sorts of floats: special values, any bits, and the limits at which functions change their method.</summary>
    private static float[] Inputs(System.Random random)
    {
        float[] special = [0, -0f, 1, -1, 2, -2, 3, -3, 0.5f, -0.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue,
            float.Epsilon, -float.Epsilon, 1.17549435e-38f, 16777215, 8388607.5f];
        return [.. Enumerable.Range(0, Count).Select(i => random.Next(16) == 0 ? special[random.Next(special.Length)]
            : i % 2 == 0 ? BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32)) : (random.NextSingle() - 0.5f) * MathF.Pow(2, random.Next(-12, 9)))];
    }
}
