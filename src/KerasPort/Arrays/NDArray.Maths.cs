using System.Numerics;
using System.Numerics.Tensors;

namespace KerasPort;

/// <content>
/// Elementwise functions. Where results are fractions, booleans and 8-bit integers give float16, 16-bit ones float32, wider ones float64.
/// </content>
public sealed partial class NDArray
{
    /// <summary>The remainder of every division, with the sign of <paramref name="b"/>, as in Python.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public static NDArray operator %(NDArray a, NDArray b) => Calculate<Each<Remainder>>(a, b);

    /// <summary>The elements rounded to <paramref name="decimals"/> decimals, halves to even.</summary>
    public NDArray round(int decimals = 0)
    {
        if (dtype == DType.@bool)
            return decimals == 0 ? astype(DType.float16) : throw new TypeError("booleans have no decimals: take them as numbers, x.astype(\"int64\")");
        if (dtype.IsInteger && decimals >= 0) return copy();
        double power = Math.Pow(10, Math.Abs(decimals));
        var scale = ((NDArray)power).astype(dtype.IsInexact ? dtype : DType.float64);
        if (dtype.IsInteger) return (astype(DType.float64) / scale).Mapped<ToEven>().astype(dtype) * ((NDArray)(long)power).astype(dtype);
        if (decimals == 0) return Mapped<ToEven>();
        return decimals > 0 ? (this * scale).Mapped<ToEven>() / scale : (this / scale).Mapped<ToEven>() * scale;
    }

    /// <summary>The elements limited to the range from <paramref name="min"/> to <paramref name="max"/>.</summary>
    /// <exception cref="ValueError">Neither limit is given, or the shapes cannot be broadcast.</exception>
    public NDArray clip(NDArray? min = null, NDArray? max = null)
    {
        if (min is null && max is null) throw new ValueError("One of max or min must be given");
        var raised = min is null ? this : Maximum(this, min);
        return max is null ? raised : Minimum(raised, max);
    }

    internal static NDArray Maximum(NDArray a, NDArray b) => Calculate<Larger>(a, b);

    internal static NDArray Minimum(NDArray a, NDArray b) => Calculate<Lesser>(a, b);

    internal static NDArray Floored(NDArray a, NDArray b) => Calculate<Each<FloorDivision>>(a, b);

    internal static NDArray Powered(NDArray a, NDArray b)
    {
        if (Common(a, b).Kind < 2 && a.size > 0 && b.size > 0 && b.dtype.Kind < 2
            && b.min() < 0) throw new ValueError("Integers to negative integer powers are not allowed.");
        return Calculate<Each<Power>>(a, b);
    }

    internal static NDArray Angle(NDArray a, NDArray b) => Fractions<ArcTangent>(a, b);

    internal static NDArray Hypotenuse(NDArray a, NDArray b) => Fractions<Length2>(a, b);

    internal static NDArray Signed(NDArray a, NDArray b) => Fractions<SignFrom>(a, b);

    internal static NDArray NumberMaximum(NDArray a, NDArray b) => AreBooleans(a, b) ? a | b : Calculate<Each<LargerNumber>>(a, b);

    internal static NDArray NumberMinimum(NDArray a, NDArray b) => AreBooleans(a, b) ? a & b : Calculate<Each<LesserNumber>>(a, b);

    internal static NDArray Left(NDArray a, NDArray b) => Calculate<Each<SignedRemainder>>(a, b);

    internal static NDArray Divisor(NDArray a, NDArray b) => Bits<CommonDivisor>(a, b);

    internal static NDArray ShiftedLeft(NDArray a, NDArray b) => Bits<LeftShift>(a, b);

    internal static NDArray ShiftedRight(NDArray a, NDArray b) => Bits<RightShift>(a, b);

    // A function of pairs, in the float type that belongs to their common type.
    private static NDArray Fractions<TPair>(NDArray a, NDArray b) where TPair : struct, IPair
    {
        var type = Common(a, b).Fraction;
        return Calculate<Each<TPair>>(a.astype(type), b.astype(type));
    }

    private static NDArray Bits<TPair>(NDArray a, NDArray b) where TPair : struct, IPair => Common(a, b).Kind < 2 ? Calculate<Each<TPair>>(a, b)
        : throw new TypeError($"&, |, ^, ~ and shifts are for whole numbers and booleans, such as (x > 0) & (x < 1); here they are of {a.dtype} and {b.dtype}");

    /// <summary>Every element under a function whose results are fractions.</summary>
    internal NDArray Mapped<TFunction>() where TFunction : struct, IFunction
    {
        if (_store.Table is not null) return Tabled(TFunction.Of, dtype);
        if (!dtype.IsInexact) return astype(dtype.Fraction).Mapped<TFunction>();
        if (dtype == DType.float16) return astype(DType.float32).Mapped<TFunction>().astype(dtype);
        if (dtype == DType.float32)
        {
            var single = NewElements.Of<float>(size);
            TFunction.Of<float>(Span<float>(), single);
            return new NDArray(single, _shape, 0);
        }
        var wide = NewElements.Of<double>(size);
        TFunction.Of<double>(Span<double>(), wide);
        return new NDArray(wide, _shape, 0);
    }

    /// <summary>The same by a function that .NET doesn't vectorize: computed in double, and rounded.</summary>
    internal NDArray Mapped(Func<double, double> of)
    {
        if (_store.Table is not null) return Tabled(of, dtype);
        if (!dtype.IsInexact) return astype(dtype.Fraction).Mapped(of);
        if (dtype == DType.float16) return astype(DType.float32).Mapped(of).astype(dtype);
        return dtype == DType.float32 ? OneByOne<float>(of) : OneByOne<double>(of);
    }

    private NDArray OneByOne<T>(Func<double, double> of) where T : unmanaged, IFloatingPointIeee754<T>
    {
        var x = Span<T>();
        var y = NewElements.Of<T>(x.Length);
        for (int i = 0; i < y.Length; i++) y[i] = T.CreateTruncating(of(double.CreateTruncating(x[i])));
        return new NDArray(y, _shape, 0);
    }

    /// <summary>Every element under a function that keeps the type.</summary>
    internal NDArray Kept<TFunction>() where TFunction : struct, IScalarFunction
    {
        if (_store.Table is not null) return Tabled(TFunction.Of, dtype);
        var kept = dtype.Run<KeptOf<TFunction>, NDArray, NDArray>(this);
        return dtype == DType.@bool ? kept.astype(dtype) : kept;
    }

    private readonly struct KeptOf<TFunction> : IOfNumbers<NDArray, NDArray> where TFunction : struct, IScalarFunction
    {
        public static NDArray Of<T>(NDArray a) where T : unmanaged, INumber<T>, IMinMaxValue<T> => a.Kept<TFunction, T>();
    }

    private NDArray Kept<TFunction, T>() where TFunction : struct, IScalarFunction where T : unmanaged, INumber<T>
    {
        var x = Span<T>();
        var y = NewElements.Of<T>(x.Length);
        for (int i = 0; i < y.Length; i++) y[i] = TFunction.Of(x[i]);
        return new NDArray(y, _shape, 0);
    }

    /// <summary>Whether a condition holds, for each element.</summary>
    internal NDArray Holds(Func<double, bool> of)
    {
        if (!dtype.IsInexact)
        {
            // The conditions (finite, infinite, NaN) hold for all whole numbers or for none.
            var all = new bool[size];
            Array.Fill(all, of(0));
            return new NDArray(all, _shape, 0);
        }
        return new NDArray(Array.ConvertAll(Values<double>(), v => of(v)), _shape, 0);
    }

    /// <summary>A function whose results are fractions, on a number and on a vector.</summary>
    internal interface IFunction
    {
        static abstract double Of(double x);

        static abstract void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T>;
    }

    internal interface IScalarFunction
    {
        static abstract T Of<T>(T x) where T : INumber<T>;
    }

    internal readonly struct ToEven : IFunction
    {
        public static double Of(double x) => Math.Round(x, MidpointRounding.ToEven);

        public static void Of<T>(ReadOnlySpan<T> x, Span<T> y) where T : unmanaged, IFloatingPointIeee754<T> =>
            TensorPrimitives.Round(x, MidpointRounding.ToEven, y);
    }

    internal readonly struct Magnitude : IScalarFunction
    {
        // The smallest number of a signed type has no magnitude in that type and stays, as in numpy.
        public static T Of<T>(T x) where T : INumber<T> => x < T.Zero || T.IsNegative(x) ? unchecked(T.Zero - x) : x;
    }

    internal readonly struct Square : IScalarFunction
    {
        public static T Of<T>(T x) where T : INumber<T> => unchecked(x * x);
    }

    internal readonly struct SignOf : IScalarFunction
    {
        public static T Of<T>(T x) where T : INumber<T> => x > T.Zero ? T.One : x < T.Zero ? T.Zero - T.One : T.IsNaN(x) ? x : T.Zero;
    }

    // The larger of two, NaN where one is NaN.
    private readonly struct Larger : IOperation
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.Max(a, b);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Max(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Max(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Max(b, a, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => a | b;
    }

    // The smaller of two, NaN where one is NaN.
    private readonly struct Lesser : IOperation
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.Min(a, b);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Min(a, b, y);

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T> => TensorPrimitives.Min(a, b, y);

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T> => TensorPrimitives.Min(b, a, y);

        public static NDArray OfBooleans(NDArray a, NDArray b) => a & b;
    }

    private interface IPair
    {
        static abstract T Of<T>(T a, T b) where T : INumber<T>;
    }

    // A function of two numbers as an operation, without vectors.
    private readonly struct Each<TPair> : IOperation where TPair : struct, IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => TPair.Of(a, b);

        public static void Of<T>(ReadOnlySpan<T> a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>
        {
            for (int i = 0; i < y.Length; i++) y[i] = TPair.Of(a[i], b[i]);
        }

        public static void Of<T>(ReadOnlySpan<T> a, T b, Span<T> y) where T : INumber<T>
        {
            for (int i = 0; i < y.Length; i++) y[i] = TPair.Of(a[i], b);
        }

        public static void Of<T>(T a, ReadOnlySpan<T> b, Span<T> y) where T : INumber<T>
        {
            for (int i = 0; i < y.Length; i++) y[i] = TPair.Of(a, b[i]);
        }

        // Booleans are calculated with as int8, numpy's smallest whole numbers.
        public static NDArray OfBooleans(NDArray a, NDArray b) => Calculate<Each<TPair>, sbyte>(a, b);
    }

    private readonly struct Remainder : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            if (a is Half) return T.CreateTruncating(Of(float.CreateTruncating(a), float.CreateTruncating(b)));
            bool isWhole = T.IsInteger(T.One / (T.One + T.One));
            if (T.IsZero(b)) return isWhole ? T.Zero : a % b;
            // The smallest integer divided by -1 overflows, which the processor traps.
            if (isWhole && T.IsNegative(b) && b == T.Zero - T.One) return T.Zero;
            var left = a % b;
            if (!T.IsZero(left)) return T.IsNegative(left) != T.IsNegative(b) ? left + b : left;
            return T.IsNegative(b) && !isWhole ? -T.Zero : T.Abs(left);
        }
    }

    private readonly struct FloorDivision : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            if (a is Half) return T.CreateTruncating(Of(float.CreateTruncating(a), float.CreateTruncating(b)));
            if (T.IsZero(b)) return T.IsInteger(T.One / (T.One + T.One)) ? T.Zero : a / b;
            if (b is double or float)
            {
                // The remainder is subtracted first, so that the quotient is whole up to rounding.
                T left = a % b, quotient = (a - left) / b;
                if (!T.IsZero(left) && T.IsNegative(left) != T.IsNegative(b)) quotient -= T.One;
                if (T.IsZero(quotient)) return T.CopySign(T.Zero, a / b);
                var floor = T.CreateTruncating(Math.Floor(double.CreateTruncating(quotient)));
                return quotient - floor > T.One / (T.One + T.One) ? floor + T.One : floor;
            }
            if (T.IsNegative(b) && b == T.Zero - T.One) return unchecked(T.Zero - a);
            var whole = a / b;
            return T.IsNegative(a) != T.IsNegative(b) && whole * b != a ? whole - T.One : whole;
        }
    }

    private readonly struct Power : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            if (b is float or Half) return T.CreateTruncating(MathF.Pow(float.CreateTruncating(a), float.CreateTruncating(b)));
            if (b is double) return T.CreateTruncating(Math.Pow(double.CreateTruncating(a), double.CreateTruncating(b)));
            var power = T.One;
            for (ulong left = ulong.CreateTruncating(b); left > 0; left >>= 1)
            {
                if ((left & 1) != 0) power = unchecked(power * a);
                a = unchecked(a * a);
            }
            return power;
        }
    }

    // The remainder with the sign of a, as C's.
    private readonly struct SignedRemainder : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            if (T.IsZero(b) && !IsFraction<T>()) return T.Zero;
            return !IsFraction<T>() && T.IsNegative(b) && b == T.Zero - T.One ? T.Zero : a % b;
        }
    }

    private readonly struct CommonDivisor : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            while (!T.IsZero(b)) (a, b) = (b, SignedRemainder.Of(a, b));
            return Magnitude.Of(a);
        }
    }

    private readonly struct Length2 : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CreateTruncating(double.Hypot(double.CreateTruncating(a), double.CreateTruncating(b)));
    }

    private readonly struct SignFrom : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CopySign(a, b);
    }

    private readonly struct LargerNumber : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.IsNaN(a) ? b : T.IsNaN(b) ? a : a >= b ? a : b;
    }

    private readonly struct LesserNumber : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.IsNaN(a) ? b : T.IsNaN(b) ? a : a <= b ? a : b;
    }

    private readonly struct And : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CreateTruncating(long.CreateTruncating(a) & long.CreateTruncating(b));
    }

    private readonly struct Or : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CreateTruncating(long.CreateTruncating(a) | long.CreateTruncating(b));
    }

    private readonly struct Xor : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CreateTruncating(long.CreateTruncating(a) ^ long.CreateTruncating(b));
    }

    // A shift by all bits or more gives 0, to the right of a negative number -1.
    private readonly struct LeftShift : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> =>
            ulong.CreateTruncating(b) is < 64 and var by ? T.CreateTruncating(ulong.CreateTruncating(a) << (int)by) : T.Zero;
    }

    private readonly struct RightShift : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T>
        {
            ulong by = ulong.CreateTruncating(b);
            return a is ulong word ? T.CreateTruncating(by < 64 ? word >> (int)by : 0) : T.CreateTruncating(long.CreateTruncating(a) >> (by < 64
                ? (int)by : 63));
        }
    }

    internal readonly struct Inverse : IScalarFunction
    {
        public static T Of<T>(T x) where T : INumber<T> => T.CreateTruncating(~long.CreateTruncating(x));
    }

    private readonly struct ArcTangent : IPair
    {
        public static T Of<T>(T a, T b) where T : INumber<T> => T.CreateTruncating(Math.Atan2(double.CreateTruncating(a), double.CreateTruncating(b)));
    }
}
