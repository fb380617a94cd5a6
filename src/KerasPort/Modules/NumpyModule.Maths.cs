using System.Numerics;

namespace KerasPort;

/// <content>Elementwise functions, which give a number for a number.</content>
public sealed partial class NumpyModule
{
    /// <summary>e to the power of each.</summary>
    public NDArray exp(NDArray x) => x.Mapped<NDArray.Exp>();

    /// <inheritdoc cref="exp(NDArray)"/>
    public NumpyScalar exp(NumpyScalar x) => new(exp((NDArray)x));

    /// <inheritdoc cref="exp(NDArray)"/>
    public double exp(double x) => Math.Exp(x);

    /// <summary>e to the power of each, minus 1, accurate near 0, too.</summary>
    public NDArray expm1(NDArray x) => x.Mapped(NDArray.Near0.ExpLessOne);

    /// <inheritdoc cref="expm1(NDArray)"/>
    public NumpyScalar expm1(NumpyScalar x) => new(expm1((NDArray)x));

    /// <inheritdoc cref="expm1(NDArray)"/>
    public double expm1(double x) => expm1((NDArray)x).item();

    /// <summary>The natural logarithm of each.</summary>
    public NDArray log(NDArray x) => x.Mapped<NDArray.Log>();

    /// <inheritdoc cref="log(NDArray)"/>
    public NumpyScalar log(NumpyScalar x) => new(log((NDArray)x));

    /// <inheritdoc cref="log(NDArray)"/>
    public double log(double x) => Math.Log(x);

    /// <summary>The logarithm of each to the base of 2.</summary>
    public NDArray log2(NDArray x) => x.Mapped<NDArray.Log2>();

    /// <inheritdoc cref="log2(NDArray)"/>
    public NumpyScalar log2(NumpyScalar x) => new(log2((NDArray)x));

    /// <inheritdoc cref="log2(NDArray)"/>
    public double log2(double x) => Math.Log2(x);

    /// <summary>The logarithm of each to the base of 10.</summary>
    public NDArray log10(NDArray x) => x.Mapped(Math.Log10);

    /// <inheritdoc cref="log10(NDArray)"/>
    public NumpyScalar log10(NumpyScalar x) => new(log10((NDArray)x));

    /// <inheritdoc cref="log10(NDArray)"/>
    public double log10(double x) => Math.Log10(x);

    /// <summary>The natural logarithm of 1 + each, accurate near 0, too.</summary>
    public NDArray log1p(NDArray x) => x.Mapped(NDArray.Near0.LogOfOnePlus);

    /// <inheritdoc cref="log1p(NDArray)"/>
    public NumpyScalar log1p(NumpyScalar x) => new(log1p((NDArray)x));

    /// <inheritdoc cref="log1p(NDArray)"/>
    public double log1p(double x) => log1p((NDArray)x).item();

    /// <summary>The square root of each.</summary>
    public NDArray sqrt(NDArray x) => x.Mapped<NDArray.SquareRoot>();

    /// <inheritdoc cref="sqrt(NDArray)"/>
    public NumpyScalar sqrt(NumpyScalar x) => new(sqrt((NDArray)x));

    /// <inheritdoc cref="sqrt(NDArray)"/>
    public double sqrt(double x) => Math.Sqrt(x);

    /// <summary>The cube root of each.</summary>
    public NDArray cbrt(NDArray x) => x.Mapped(Math.Cbrt);

    /// <inheritdoc cref="cbrt(NDArray)"/>
    public NumpyScalar cbrt(NumpyScalar x) => new(cbrt((NDArray)x));

    /// <inheritdoc cref="cbrt(NDArray)"/>
    public double cbrt(double x) => Math.Cbrt(x);

    /// <summary>The sine of each.</summary>
    public NDArray sin(NDArray x) => x.Mapped<NDArray.Sine>();

    /// <inheritdoc cref="sin(NDArray)"/>
    public NumpyScalar sin(NumpyScalar x) => new(sin((NDArray)x));

    /// <inheritdoc cref="sin(NDArray)"/>
    public double sin(double x) => Math.Sin(x);

    /// <summary>The cosine of each.</summary>
    public NDArray cos(NDArray x) => x.Mapped<NDArray.Cosine>();

    /// <inheritdoc cref="cos(NDArray)"/>
    public NumpyScalar cos(NumpyScalar x) => new(cos((NDArray)x));

    /// <inheritdoc cref="cos(NDArray)"/>
    public double cos(double x) => Math.Cos(x);

    /// <summary>The tangent of each.</summary>
    public NDArray tan(NDArray x) => x.Mapped(Math.Tan);

    /// <inheritdoc cref="tan(NDArray)"/>
    public NumpyScalar tan(NumpyScalar x) => new(tan((NDArray)x));

    /// <inheritdoc cref="tan(NDArray)"/>
    public double tan(double x) => Math.Tan(x);

    /// <summary>The inverse sine of each.</summary>
    public NDArray arcsin(NDArray x) => x.Mapped(Math.Asin);

    /// <inheritdoc cref="arcsin(NDArray)"/>
    public NumpyScalar arcsin(NumpyScalar x) => new(arcsin((NDArray)x));

    /// <inheritdoc cref="arcsin(NDArray)"/>
    public double arcsin(double x) => Math.Asin(x);

    /// <summary>The inverse cosine of each.</summary>
    public NDArray arccos(NDArray x) => x.Mapped(Math.Acos);

    /// <inheritdoc cref="arccos(NDArray)"/>
    public NumpyScalar arccos(NumpyScalar x) => new(arccos((NDArray)x));

    /// <inheritdoc cref="arccos(NDArray)"/>
    public double arccos(double x) => Math.Acos(x);

    /// <summary>The inverse tangent of each.</summary>
    public NDArray arctan(NDArray x) => x.Mapped(Math.Atan);

    /// <inheritdoc cref="arctan(NDArray)"/>
    public NumpyScalar arctan(NumpyScalar x) => new(arctan((NDArray)x));

    /// <inheritdoc cref="arctan(NDArray)"/>
    public double arctan(double x) => Math.Atan(x);

    /// <summary>The hyperbolic sine of each.</summary>
    public NDArray sinh(NDArray x) => x.Mapped(Math.Sinh);

    /// <inheritdoc cref="sinh(NDArray)"/>
    public NumpyScalar sinh(NumpyScalar x) => new(sinh((NDArray)x));

    /// <inheritdoc cref="sinh(NDArray)"/>
    public double sinh(double x) => Math.Sinh(x);

    /// <summary>The hyperbolic cosine of each.</summary>
    public NDArray cosh(NDArray x) => x.Mapped(Math.Cosh);

    /// <inheritdoc cref="cosh(NDArray)"/>
    public NumpyScalar cosh(NumpyScalar x) => new(cosh((NDArray)x));

    /// <inheritdoc cref="cosh(NDArray)"/>
    public double cosh(double x) => Math.Cosh(x);

    /// <summary>The hyperbolic tangent of each.</summary>
    public NDArray tanh(NDArray x) => x.Mapped(Math.Tanh);

    /// <inheritdoc cref="tanh(NDArray)"/>
    public NumpyScalar tanh(NumpyScalar x) => new(tanh((NDArray)x));

    /// <inheritdoc cref="tanh(NDArray)"/>
    public double tanh(double x) => Math.Tanh(x);

    /// <summary>The inverse hyperbolic sine of each.</summary>
    public NDArray arcsinh(NDArray x) => x.Mapped(Math.Asinh);

    /// <inheritdoc cref="arcsinh(NDArray)"/>
    public NumpyScalar arcsinh(NumpyScalar x) => new(arcsinh((NDArray)x));

    /// <inheritdoc cref="arcsinh(NDArray)"/>
    public double arcsinh(double x) => Math.Asinh(x);

    /// <summary>The inverse hyperbolic cosine of each.</summary>
    public NDArray arccosh(NDArray x) => x.Mapped(Math.Acosh);

    /// <inheritdoc cref="arccosh(NDArray)"/>
    public NumpyScalar arccosh(NumpyScalar x) => new(arccosh((NDArray)x));

    /// <inheritdoc cref="arccosh(NDArray)"/>
    public double arccosh(double x) => Math.Acosh(x);

    /// <summary>The inverse hyperbolic tangent of each.</summary>
    public NDArray arctanh(NDArray x) => x.Mapped(Math.Atanh);

    /// <inheritdoc cref="arctanh(NDArray)"/>
    public NumpyScalar arctanh(NumpyScalar x) => new(arctanh((NDArray)x));

    /// <inheritdoc cref="arctanh(NDArray)"/>
    public double arctanh(double x) => Math.Atanh(x);

    /// <summary>2 to the power of each.</summary>
    public NDArray exp2(NDArray x) => x.Mapped(y => Math.Pow(2, y));

    /// <inheritdoc cref="exp2(NDArray)"/>
    public NumpyScalar exp2(NumpyScalar x) => new(exp2((NDArray)x));

    /// <inheritdoc cref="exp2(NDArray)"/>
    public double exp2(double x) => Math.Pow(2, x);

    /// <summary>The largest integer not above each.</summary>
    public NDArray floor(NDArray x) => x.Mapped<NDArray.Floor>();

    /// <inheritdoc cref="floor(NDArray)"/>
    public NumpyScalar floor(NumpyScalar x) => new(floor((NDArray)x));

    /// <inheritdoc cref="floor(NDArray)"/>
    public double floor(double x) => Math.Floor(x);

    /// <summary>The smallest integer not below each.</summary>
    public NDArray ceil(NDArray x) => x.Mapped<NDArray.Ceiling>();

    /// <inheritdoc cref="ceil(NDArray)"/>
    public NumpyScalar ceil(NumpyScalar x) => new(ceil((NDArray)x));

    /// <inheritdoc cref="ceil(NDArray)"/>
    public double ceil(double x) => Math.Ceiling(x);

    /// <summary>Each, truncated to an integer.</summary>
    public NDArray trunc(NDArray x) => x.Mapped<NDArray.Truncation>();

    /// <inheritdoc cref="trunc(NDArray)"/>
    public NumpyScalar trunc(NumpyScalar x) => new(trunc((NDArray)x));

    /// <inheritdoc cref="trunc(NDArray)"/>
    public double trunc(double x) => Math.Truncate(x);

    /// <summary>The nearest integer to each, halves to even.</summary>
    public NDArray rint(NDArray x) => x.Mapped<NDArray.ToEven>();

    /// <inheritdoc cref="rint(NDArray)"/>
    public NumpyScalar rint(NumpyScalar x) => new(rint((NDArray)x));

    /// <inheritdoc cref="rint(NDArray)"/>
    public double rint(double x) => Math.Round(x, MidpointRounding.ToEven);

    /// <summary>The absolute value of each.</summary>
    public NDArray abs(NDArray x) => x.Kept<NDArray.Magnitude>();

    /// <inheritdoc cref="abs(NDArray)"/>
    public NumpyScalar abs(NumpyScalar x) => new(abs((NDArray)x));

    /// <inheritdoc cref="abs(NDArray)"/>
    public double abs(double x) => abs((NDArray)x).item();

    /// <summary>The absolute value of each.</summary>
    public NDArray absolute(NDArray x) => x.Kept<NDArray.Magnitude>();

    /// <inheritdoc cref="absolute(NDArray)"/>
    public NumpyScalar absolute(NumpyScalar x) => new(absolute((NDArray)x));

    /// <inheritdoc cref="absolute(NDArray)"/>
    public double absolute(double x) => absolute((NDArray)x).item();

    /// <summary>The square of each.</summary>
    public NDArray square(NDArray x) => (x.dtype == DType.@bool ? x.astype(DType.int8) : x).Kept<NDArray.Square>();

    /// <inheritdoc cref="square(NDArray)"/>
    public NumpyScalar square(NumpyScalar x) => new(square((NDArray)x));

    /// <inheritdoc cref="square(NDArray)"/>
    public double square(double x) => square((NDArray)x).item();

    /// <summary>The sign of each: 1, 0 or -1.</summary>
    /// <exception cref="TypeError">The elements are booleans.</exception>
    public NDArray sign(NDArray x) => x.dtype != DType.@bool ? x.Kept<NDArray.SignOf>()
        : throw new TypeError("booleans have no sign: take them as numbers, x.astype(\"int64\")");

    /// <inheritdoc cref="sign(NDArray)"/>
    public NumpyScalar sign(NumpyScalar x) => new(sign((NDArray)x));

    /// <inheritdoc cref="sign(NDArray)"/>
    public double sign(double x) => sign((NDArray)x).item();

    /// <summary>The elementwise sums.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray add(NDArray a, NDArray b) => a + b;

    /// <summary>The elementwise differences.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray subtract(NDArray a, NDArray b) => a - b;

    /// <summary>The elementwise products.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray multiply(NDArray a, NDArray b) => a * b;

    /// <summary>The elementwise quotients.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray divide(NDArray a, NDArray b) => a / b;

    /// <summary>The elementwise quotients.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray true_divide(NDArray a, NDArray b) => a / b;

    /// <summary>The remainder of a divided by b, with the sign of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray mod(NDArray a, NDArray b) => a % b;

    /// <summary>The remainder of a divided by b, with the sign of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray remainder(NDArray a, NDArray b) => a % b;

    /// <summary>The quotients, rounded down: Python's <c>a // b</c>.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray floor_divide(NDArray a, NDArray b) => NDArray.Floored(a, b);

    /// <summary>a to the power of b.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast, or an integer is raised to a negative power.</exception>
    public NDArray power(NDArray a, NDArray b) => NDArray.Powered(a, b);

    /// <summary>a to the power of b.</summary>
    public T power<T>(T a, T b) where T : IPowerFunctions<T> => T.Pow(a, b);

    /// <summary>The larger of two, or NaN where one is NaN.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray maximum(NDArray a, NDArray b) => NDArray.Maximum(a, b);

    /// <summary>The larger of two numbers, or NaN if one is NaN.</summary>
    public T maximum<T>(T a, T b) where T : INumber<T> => T.Max(a, b);

    /// <summary>The smaller of two, or NaN where one is NaN.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray minimum(NDArray a, NDArray b) => NDArray.Minimum(a, b);

    /// <summary>The smaller of two numbers, or NaN if one is NaN.</summary>
    public T minimum<T>(T a, T b) where T : INumber<T> => T.Min(a, b);

    /// <summary>The angle of the point (b, a), in radians.</summary>
    /// <exception cref="ValueError">The shapes cannot be broadcast.</exception>
    public NDArray arctan2(NDArray a, NDArray b) => NDArray.Angle(a, b);

    /// <summary>The negative of each.</summary>
    /// <exception cref="ValueError">The elements are booleans.</exception>
    public NDArray negative(NDArray x) => -x;

    /// <summary>1 divided by each; truncated for integers.</summary>
    public NDArray reciprocal(NDArray x) => IsInexact(x) ? 1 / x : x.dtype == DType.@bool ? x.astype(DType.int8) : (1.0 / x).astype(x.dtype);

    /// <summary>Converts degrees to radians.</summary>
    public NDArray radians(NDArray x) => Scaled(x, Math.PI / 180);

    /// <inheritdoc cref="radians"/>
    public NDArray deg2rad(NDArray x) => radians(x);

    /// <summary>Converts radians to degrees.</summary>
    public NDArray degrees(NDArray x) => Scaled(x, 180 / Math.PI);

    /// <inheritdoc cref="degrees"/>
    public NDArray rad2deg(NDArray x) => degrees(x);

    /// <inheritdoc cref="NDArray.round"/>
    public NDArray round(NDArray a, int decimals = 0) => a.round(decimals);

    /// <inheritdoc cref="NDArray.round"/>
    public NumpyScalar round(NumpyScalar a, int decimals = 0) => new(((NDArray)a).round(decimals));

    /// <inheritdoc cref="NDArray.round"/>
    public double round(double a, int decimals = 0) => ((NDArray)a).round(decimals).item();

    /// <inheritdoc cref="NDArray.round"/>
    public NDArray around(NDArray a, int decimals = 0) => a.round(decimals);

    /// <inheritdoc cref="NDArray.clip"/>
    public NDArray clip(NDArray a, NDArray? a_min, NDArray? a_max) => a.clip(a_min, a_max);

    /// <summary>Where an element is NaN.</summary>
    public NDArray isnan(NDArray x) => x.Holds(double.IsNaN);

    /// <inheritdoc cref="isnan(NDArray)"/>
    public bool isnan(double x) => double.IsNaN(x);

    /// <summary>Where an element is infinite.</summary>
    public NDArray isinf(NDArray x) => x.Holds(double.IsInfinity);

    /// <inheritdoc cref="isinf(NDArray)"/>
    public bool isinf(double x) => double.IsInfinity(x);

    /// <summary>Where an element is finite.</summary>
    public NDArray isfinite(NDArray x) => x.Holds(double.IsFinite);

    /// <inheritdoc cref="isfinite(NDArray)"/>
    public bool isfinite(double x) => double.IsFinite(x);

    /// <summary>The elements, with NaN replaced by 0, and infinities by the largest numbers, or by given values.</summary>
    public NDArray nan_to_num(NDArray x, double nan = 0.0, double? posinf = null, double? neginf = null)
    {
        if (!IsInexact(x)) return x.copy();
        double largest = finfo(x.dtype).max;
        var numbers = Array.ConvertAll(x.ToDoubles(), v => double.IsNaN(v) ? nan
            : double.IsPositiveInfinity(v) ? posinf ?? largest : double.IsNegativeInfinity(v) ? neginf ?? -largest : v);
        return new NDArray(numbers, x.shape).astype(x.dtype);
    }

    private static NDArray Scaled(NDArray x, double by) => Fractions(x) * ((NDArray)by).astype(Fractions(x).dtype);

    private static NDArray Fractions(NDArray x) => Typed(x, x.dtype.Fraction);
}
