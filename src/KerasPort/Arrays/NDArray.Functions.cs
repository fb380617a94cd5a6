using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>The functions whose results are fractions and that .NET vectorizes; <see cref="Mapped(Func{double, double})"/> has the others.</content>
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

    // Kahan's log1p: the rounding error of 1 + x divides out.
    internal static class Near0
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
