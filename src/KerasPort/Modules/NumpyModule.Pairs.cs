namespace KerasPort;

/// <content>More functions of two arrays, bits, and the properties of types.</content>
public sealed partial class NumpyModule
{
    /// <summary>The square root of the sum of two squares.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray hypot(NDArray a, NDArray b) => NDArray.Hypotenuse(a, b);

    /// <summary>The magnitude of a with the sign of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray copysign(NDArray a, NDArray b) => NDArray.Signed(a, b);

    /// <summary>The larger of two; the other one where one is NaN.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray fmax(NDArray a, NDArray b) => NDArray.NumberMaximum(a, b);

    /// <summary>The smaller of two; the other one where one is NaN.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray fmin(NDArray a, NDArray b) => NDArray.NumberMinimum(a, b);

    /// <summary>The remainder of a divided by b, with the sign of a.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray fmod(NDArray a, NDArray b) => NDArray.Left(a, b);

    /// <summary>a to the power of b; integers are computed in float64.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray float_power(NDArray a, NDArray b) => power(a.astype(float64), b.astype(float64));

    /// <summary>The greatest common divisor.</summary>
    /// <exception cref="TypeError">The elements aren't integers.</exception>
    public NDArray gcd(NDArray a, NDArray b) => NDArray.Divisor(a, b);

    /// <summary>The least common multiple.</summary>
    /// <exception cref="TypeError">The elements aren't integers.</exception>
    public NDArray lcm(NDArray a, NDArray b) => where(gcd(a, b) == 0, 0, abs(a * floor_divide(b, maximum(gcd(a, b), 1))));

    /// <summary>0 below 0, 1 above it, and b at 0.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray heaviside(NDArray a, NDArray b) => where(isnan(a), nan, where(a == 0, b, where(a > 0, 1.0, 0.0))).astype(NDArray.Common([a, b]).Fraction);

    /// <summary>The logarithm of exp(a) + exp(b).</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray logaddexp(NDArray a, NDArray b)
    {
        NDArray high = maximum(a, b), apart = -abs(a - b);
        return where(a == b, high + Math.Log(2), high + log1p(exp(apart)));
    }

    /// <summary>The logarithm to the base 2 of 2ᵃ + 2ᵇ.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray logaddexp2(NDArray a, NDArray b)
    {
        NDArray high = maximum(a, b), apart = -abs(a - b);
        return where(a == b, high + 1.0, high + log1p(exp2(apart)) * (1 / Math.Log(2)));
    }

    /// <summary>a times 2 to the power of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray ldexp(NDArray a, NDArray b) => a * exp2(b.astype(a.dtype.Fraction));

    /// <summary>The fractional and the integral part of each.</summary>
    public (NDArray fractional, NDArray integral) modf(NDArray x)
    {
        var whole = trunc(x);
        return (copysign(where(isinf(x), zeros(1, whole.dtype), x - whole), x), whole);
    }

    /// <summary>The absolute value of each; of integers as floats.</summary>
    public NDArray fabs(NDArray x) => abs(Typed(x, x.dtype.Fraction));

    /// <summary>sin(πx) / πx, 1 at 0.</summary>
    public NDArray sinc(NDArray x)
    {
        var y = pi * where(x == 0, Typed(1e-20, x.dtype.Fraction), x);
        return sin(y) / y;
    }

    /// <summary>Where an element is infinite and positive.</summary>
    public NDArray isposinf(NDArray x) => isinf(x) & ~signbit(x);

    /// <summary>Where an element is infinite and negative.</summary>
    public NDArray isneginf(NDArray x) => isinf(x) & signbit(x);

    /// <summary>Where an element has a minus sign, -0 and -NaN included.</summary>
    public NDArray signbit(NDArray x) => IsInexact(x) ? x.Holds(double.IsNegative) : x < 0;

    /// <summary>A copy.</summary>
    /// <exception cref="ValueError">The elements are booleans.</exception>
    public NDArray positive(NDArray x) => x.dtype != DType.@bool ? x.copy()
        : throw new ValueError("ufunc 'positive' did not contain a loop with signature matching types: booleans have no sign");

    /// <summary>Each, truncated to an integer.</summary>
    public NDArray fix(NDArray x) => trunc(x);

    /// <summary>The bitwise and.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray bitwise_and(NDArray a, NDArray b) => a & b;

    /// <summary>The bitwise or.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray bitwise_or(NDArray a, NDArray b) => a | b;

    /// <summary>The bitwise exclusive or.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray bitwise_xor(NDArray a, NDArray b) => a ^ b;

    /// <summary>The bitwise complement.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray invert(NDArray x) => ~x;

    /// <summary>Shifts bits to the left.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray left_shift(NDArray a, NDArray b) => NDArray.ShiftedLeft(a, b);

    /// <summary>Shifts bits to the right.</summary>
    /// <exception cref="TypeError">The elements are floats.</exception>
    public NDArray right_shift(NDArray a, NDArray b) => NDArray.ShiftedRight(a, b);

    /// <summary>The quotients, rounded down, and the remainders.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public (NDArray quotient, NDArray remainder) divmod(NDArray a, NDArray b) => (floor_divide(a, b), a % b);

    /// <summary>Numbers from start to stop in a geometric progression.</summary>
    /// <exception cref="ValueError">The count is negative, start or stop is 0, or they differ in sign.</exception>
    public NDArray geomspace(double start, double stop, int num = 50, bool endpoint = true)
    {
        if (!(start * stop > 0)) throw new ValueError($"Geometric sequence cannot include zero, nor change its sign. Received: start={start}, stop={stop}");
        var all = logspace(Math.Log10(Math.Abs(start)), Math.Log10(Math.Abs(stop)), num, endpoint) * Math.Sign(start);
        if (num > 0) all[0] = start;
        if (num > 1 && endpoint) all[-1] = stop;
        return all;
    }

    /// <summary>The number of axes.</summary>
    public int ndim(NDArray a) => a.ndim;

    /// <summary>The dimensions.</summary>
    public ArrayShape shape(NDArray a) => a.shape;

    /// <summary>The number of elements, or the length of an axis.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public int size(NDArray a, int? axis = null) => axis is { } at ? a.shape[a.At(at)] : a.size;

    /// <summary>
    /// The limits of a floating-point type: <c>eps</c>, the step from 1 to the next number, <c>max</c>, <c>min</c>, and <c>tiny</c>, the smallest number of
    /// full precision.
    /// </summary>
    /// <exception cref="ValueError">It is an integer type.</exception>
    public FloatInfo finfo(DType dtype) => new(dtype);

    /// <summary>The smallest and the largest number of an integer type.</summary>
    /// <exception cref="ValueError">It is a floating-point type, or bool.</exception>
    public IntegerInfo iinfo(DType dtype) => new(dtype);
}
