using System.Runtime.Intrinsics;
using KerasPort.Activations;
using KerasPort.Engines.Formulas;
using KerasPort.Engines.Managed;

namespace KerasPort.Tests.Engines.Formulas;

/// <summary>The errors that <see cref="Elementary{T, M}"/> states, checked with some millions of floats, or with all: <see cref="Figures"/>.</summary>
[Trait("Category", Figures.Category)]
public sealed class ElementaryErrorTests
{
    private const int Block = 1 << 14;

    // A prime, so that the last digits differ; for the figures every float is tried.
    private static readonly int s_step = Figures.Count(1009, 1009, 1);

    [Fact]
    public void Exp_is_within() => Within<Exp>(0.8, Math.Exp);

    [Fact]
    public void Expm1_is_within() => Within<Expm1>(1.2, DoubleMath.Expm1);

    [Fact]
    public void Log_is_within() => Within<Log>(0.9, Math.Log);

    [Fact]
    public void Log1p_is_within() => Within<Log1p>(1, DoubleMath.Log1p);

    [Fact]
    public void Tanh_is_within() => Within<Tanh>(1.4, Math.Tanh);

    [Fact]
    public void Erf_is_within() => Within<Erf>(1.3, ErrorFunction.Of);

    [Fact]
    public void Sigmoid_is_within() => Within<SigmoidFormula>(2.5, x => 1 / (1 + Math.Exp(-x)));

    [Fact]
    public void Softplus_is_within() => Within<Softplus>(1.8, x => x > 80 ? x : DoubleMath.Log1p(Math.Exp(x)));

    [Fact]
    public void Pow_is_within()
    {
        // Any bits, and half the time a power for which the result is neither 0 nor infinite.
        Measure("Pow", 1, Figures.Count(64, 64, 1 << 18), number =>
        {
            var random = new System.Random(number);
            float[] x = new float[Block], y = new float[Block], z = new float[Block];
            for (int i = 0; i < Block; i++)
            {
                x[i] = BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32));
                if (random.Next(4) == 0) x[i] = 1 + (random.NextSingle() - 0.5f) * MathF.Pow(2, -random.Next(22));
                y[i] = random.Next(2) == 0
                    ? BitConverter.Int32BitsToSingle((int)random.NextInt64(1L << 32))
                    : (float)((random.NextDouble() * 200 - 105) / Math.Log(Math.Abs(x[i])));
                if (random.Next(8) == 0) y[i] = MathF.Round(y[i]);
            }
            Over<Simd512, Vector512<float>>.Run<Pow>(x, y, z);
            var worst = new Worst();
            for (int i = 0; i < Block; i++) worst = worst.Or(new(Ulps(z[i], Math.Pow(x[i], y[i])), x[i], y[i], z[i]));
            return worst;
        });
    }

    private static void Within<F>(double most, Func<double, double> exact) where F : struct, IUnary =>
        Measure(typeof(F).Name, most, (int)((1L << 32) / Block / s_step), number =>
        {
            float[] x = new float[Block], y = new float[Block];
            for (int i = 0; i < Block; i++) x[i] = BitConverter.UInt32BitsToSingle((uint)((long)(number * Block + i) * s_step));
            Over<Simd512, Vector512<float>>.Run<F>(x, y);
            var worst = new Worst();
            for (int i = 0; i < Block; i++) worst = worst.Or(new(Ulps(y[i], exact(x[i])), x[i], 0, y[i]));
            return worst;
        });

    private static void Measure(string name, double most, int blocks, Func<int, Worst> block)
    {
        var worst = Enumerable.Range(0, blocks).AsParallel().Select(block).Aggregate((a, b) => a.Or(b));
        string found = FormattableString.Invariant($"{name}: {worst.Ulps:F3} ulp at {worst.X:R}, {worst.Y:R}, where it is {worst.Z:R}");
        Figures.Tell($"{found}");
        Assert.True(worst.Ulps <= most, found);
    }

    private readonly record struct Worst(double Ulps, float X, float Y, float Z)
    {
        public Worst Or(Worst other) => other.Ulps > Ulps ? other : this;
    }

    /// <summary>The distance of a float from a value in units of the last place. Values beyond all floats count as the first float beyond.</summary>
    private static double Ulps(float value, double exact)
    {
        const double beyond = 3.402823669209385e38;
        if (double.IsNaN(exact) || float.IsNaN(value)) return double.IsNaN(exact) == float.IsNaN(value) ? 0 : double.PositiveInfinity;
        exact = Math.Clamp(exact, -beyond, beyond);
        int exponent = Math.Max((int)(BitConverter.DoubleToUInt64Bits(exact) >> 52 & 0x7FF) - 1023, -126);
        double step = BitConverter.UInt64BitsToDouble((ulong)(Math.Min(exponent, 127) - 23 + 1023) << 52);
        if (exact == 0 && double.IsNegative(exact) != float.IsNegative(value)) return double.PositiveInfinity;
        return Math.Abs(Math.Clamp(value, -beyond, beyond) - exact) / step;
    }
}
