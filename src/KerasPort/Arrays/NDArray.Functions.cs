using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>The functions whose results are fractions. Those that .NET doesn't vectorize are computed in double and rounded.</content>
public sealed partial class NDArray
{
    internal readonly struct Exp : IFunction
    {
        public static double Of(double x) => Math.Exp(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Exp(x, y);
    }

    internal readonly struct Log : IFunction
    {
        public static double Of(double x) => Math.Log(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Log(x, y);
    }

    internal readonly struct Log2 : IFunction
    {
        public static double Of(double x) => Math.Log2(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Log2(x, y);
    }

    internal readonly struct Log10 : IFunction
    {
        public static double Of(double x) => Math.Log10(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<Log10, T>(x, y);
    }

    internal readonly struct SquareRoot : IFunction
    {
        public static double Of(double x) => Math.Sqrt(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sqrt(x, y);
    }

    internal readonly struct Sine : IFunction
    {
        public static double Of(double x) => Math.Sin(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Sin(x, y);
    }

    internal readonly struct Cosine : IFunction
    {
        public static double Of(double x) => Math.Cos(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Cos(x, y);
    }

    internal readonly struct Tangent : IFunction
    {
        public static double Of(double x) => Math.Tan(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<Tangent, T>(x, y);
    }

    internal readonly struct ArcSine : IFunction
    {
        public static double Of(double x) => Math.Asin(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<ArcSine, T>(x, y);
    }

    internal readonly struct ArcCosine : IFunction
    {
        public static double Of(double x) => Math.Acos(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<ArcCosine, T>(x, y);
    }

    internal readonly struct ArcTangentOf : IFunction
    {
        public static double Of(double x) => Math.Atan(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<ArcTangentOf, T>(x, y);
    }

    internal readonly struct HyperbolicSine : IFunction
    {
        public static double Of(double x) => Math.Sinh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<HyperbolicSine, T>(x, y);
    }

    internal readonly struct HyperbolicCosine : IFunction
    {
        public static double Of(double x) => Math.Cosh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<HyperbolicCosine, T>(x, y);
    }

    internal readonly struct HyperbolicTangent : IFunction
    {
        public static double Of(double x) => Math.Tanh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<HyperbolicTangent, T>(x, y);
    }

    internal readonly struct Floor : IFunction
    {
        public static double Of(double x) => Math.Floor(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Floor(x, y);
    }

    internal readonly struct Ceiling : IFunction
    {
        public static double Of(double x) => Math.Ceiling(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Ceiling(x, y);
    }

    internal readonly struct Truncation : IFunction
    {
        public static double Of(double x) => Math.Truncate(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => TensorPrimitives.Truncate(x, y);
    }

    internal readonly struct CubeRoot : IFunction
    {
        public static double Of(double x) => Math.Cbrt(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<CubeRoot, T>(x, y);
    }

    internal readonly struct ExpLessOne : IFunction
    {
        public static double Of(double x) => Near0.ExpLessOne(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<ExpLessOne, T>(x, y);
    }

    internal readonly struct LogOfOnePlus : IFunction
    {
        public static double Of(double x) => Near0.LogOfOnePlus(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<LogOfOnePlus, T>(x, y);
    }

    internal readonly struct AreaSine : IFunction
    {
        public static double Of(double x) => Math.Asinh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<AreaSine, T>(x, y);
    }

    internal readonly struct AreaCosine : IFunction
    {
        public static double Of(double x) => Math.Acosh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<AreaCosine, T>(x, y);
    }

    internal readonly struct AreaTangent : IFunction
    {
        public static double Of(double x) => Math.Atanh(x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<AreaTangent, T>(x, y);
    }

    internal readonly struct PowerOfTwo : IFunction
    {
        public static double Of(double x) => Math.Pow(2, x);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> => OneByOne<PowerOfTwo, T>(x, y);
    }

    private static void OneByOne<TFunction, T>(ReadOnlySpan<T> x, Span<T> y)
        where TFunction : struct, IFunction where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(TFunction.Of(double.CreateTruncating(x[i])));
    }

    // Kahan's log1p: the rounding error of 1 + x divides out.
    private static class Near0
    {
        public static double LogOfOnePlus(double x)
        {
            double u = 1 + x;
            return u == 1 || double.IsPositiveInfinity(x) ? x : Math.Log(u) * (x / (u - 1));
        }

        public static double ExpLessOne(double x)
        {
            double u = Math.Exp(x);
            return u == 1 ? x : u - 1 == -1 ? -1 : double.IsPositiveInfinity(u) ? u : (u - 1) * (x / Math.Log(u));
        }
    }
}
