using KerasPort.Graphs;

namespace KerasPort;

// Elementwise functions.
public sealed partial class OpsModule
{
    /// <summary>|x|.</summary>
    public Tensor absolute(Tensor x) => KerasOps.Absolute.Of(x);

    /// <summary>The angle whose cosine is x, in radians.</summary>
    public Tensor arccos(Tensor x) => KerasOps.Arccos.Of(x);

    /// <summary>The number whose hyperbolic cosine is x.</summary>
    public Tensor arccosh(Tensor x) => KerasOps.Arccosh.Of(x);

    /// <summary>The angle whose sine is x, in radians.</summary>
    public Tensor arcsin(Tensor x) => KerasOps.Arcsin.Of(x);

    /// <summary>The number whose hyperbolic sine is x.</summary>
    public Tensor arcsinh(Tensor x) => KerasOps.Arcsinh.Of(x);

    /// <summary>The angle whose tangent is x, in radians.</summary>
    public Tensor arctan(Tensor x) => KerasOps.Arctan.Of(x);

    /// <summary>The angle of the point (x2, x1), in radians.</summary>
    public Tensor arctan2(Tensor x1, Tensor x2) => KerasOps.Arctan2.Of(x1, x2);

    /// <summary>The number whose hyperbolic tangent is x.</summary>
    public Tensor arctanh(Tensor x) => KerasOps.Arctanh.Of(x);

    /// <summary>The smallest integer that isn't below x. It has no gradient.</summary>
    public Tensor ceil(Tensor x) => KerasOps.Ceil.Of(x);

    /// <summary>The cosine.</summary>
    public Tensor cos(Tensor x) => KerasOps.Cos.Of(x);

    /// <summary>The hyperbolic cosine.</summary>
    public Tensor cosh(Tensor x) => KerasOps.Cosh.Of(x);

    /// <summary>Converts degrees to radians.</summary>
    public Tensor deg2rad(Tensor x) => KerasOps.Deg2rad.Of(x);

    /// <summary>x1 / x2, or 0 where x2 is 0.</summary>
    public Tensor divide_no_nan(Tensor x1, Tensor x2) => KerasOps.DivideNoNan.Of(x1, x2);

    /// <summary>The error function.</summary>
    public Tensor erf(Tensor x) => KerasOps.Erf.Of(x);

    /// <summary>1 - erf(x).</summary>
    public Tensor erfc(Tensor x) => KerasOps.Erfc.Of(x);

    /// <summary>2 to the power of x.</summary>
    public Tensor exp2(Tensor x) => KerasOps.Exp2.Of(x);

    /// <summary>eˣ - 1.</summary>
    public Tensor expm1(Tensor x) => KerasOps.Expm1.Of(x);

    /// <summary>|x|, as a floating-point number.</summary>
    public Tensor fabs(Tensor x) => KerasOps.Fabs.Of(x);

    /// <summary>The largest integer that isn't above x. It has no gradient.</summary>
    public Tensor floor(Tensor x) => KerasOps.Floor.Of(x);

    /// <summary>The largest integer that isn't above x1 / x2. It has no gradient.</summary>
    public Tensor floor_divide(Tensor x1, Tensor x2) => KerasOps.FloorDivide.Of(x1, x2);

    /// <summary>√(x1² + x2²).</summary>
    public Tensor hypot(Tensor x1, Tensor x2) => KerasOps.Hypot.Of(x1, x2);

    /// <summary>1 where x1 is close to x2, within atol + rtol · |x2|, else 0.</summary>
    public Tensor isclose(Tensor x1, Tensor x2, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false) =>
        KerasOps.Isclose(equal_nan).Of(x1, x2, rtol, atol);

    /// <summary>1 where x is finite, else 0.</summary>
    public Tensor isfinite(Tensor x) => KerasOps.Isfinite.Of(x);

    /// <summary>1 where x is infinite, else 0.</summary>
    public Tensor isinf(Tensor x) => KerasOps.Isinf.Of(x);

    /// <summary>1 where x is NaN, else 0.</summary>
    public Tensor isnan(Tensor x) => KerasOps.Isnan.Of(x);

    /// <summary>1 where x is minus infinity, else 0.</summary>
    public Tensor isneginf(Tensor x) => KerasOps.Isneginf.Of(x);

    /// <summary>1 where x is infinity, else 0.</summary>
    public Tensor isposinf(Tensor x) => KerasOps.Isposinf.Of(x);

    /// <summary>The logarithm to base 10.</summary>
    public Tensor log10(Tensor x) => KerasOps.Log10.Of(x);

    /// <summary>log(1 + x).</summary>
    public Tensor log1p(Tensor x) => KerasOps.Log1p.Of(x);

    /// <summary>The logarithm to base 2.</summary>
    public Tensor log2(Tensor x) => KerasOps.Log2.Of(x);

    /// <summary>log(exp(x1) + exp(x2)).</summary>
    public Tensor logaddexp(Tensor x1, Tensor x2) => KerasOps.Logaddexp.Of(x1, x2);

    /// <summary>1 where neither is 0, else 0.</summary>
    public Tensor logical_and(Tensor x1, Tensor x2) => KerasOps.LogicalAnd.Of(x1, x2);

    /// <summary>1 where x is 0, else 0.</summary>
    public Tensor logical_not(Tensor x) => KerasOps.LogicalNot.Of(x);

    /// <summary>1 where one isn't 0, else 0.</summary>
    public Tensor logical_or(Tensor x1, Tensor x2) => KerasOps.LogicalOr.Of(x1, x2);

    /// <summary>1 where one is 0 and the other isn't, else 0.</summary>
    public Tensor logical_xor(Tensor x1, Tensor x2) => KerasOps.LogicalXor.Of(x1, x2);

    /// <summary>The remainder of x1 / x2, with the sign of x2.</summary>
    public Tensor mod(Tensor x1, Tensor x2) => KerasOps.Mod.Of(x1, x2);

    /// <summary>Replaces NaN and infinities by numbers; infinities by default by the largest and the smallest float.</summary>
    public Tensor nan_to_num(Tensor x, double nan = 0.0, double? posinf = null, double? neginf = null) => KerasOps.NanToNum(nan, posinf, neginf).Of(x);

    /// <summary>1 where x1 differs from x2, else 0.</summary>
    public Tensor not_equal(Tensor x1, Tensor x2) => KerasOps.NotEqual.Of(x1, x2);

    /// <summary>Converts radians to degrees.</summary>
    public Tensor rad2deg(Tensor x) => KerasOps.Rad2deg.Of(x);

    /// <summary>1 / x.</summary>
    public Tensor reciprocal(Tensor x) => KerasOps.Reciprocal.Of(x);

    /// <summary>Rounded to <paramref name="decimals"/> decimals, ties to even. Has no gradient.</summary>
    public Tensor round(Tensor x, int decimals = 0) => KerasOps.Round(decimals).Of(x);

    /// <summary>1 / √x.</summary>
    public Tensor rsqrt(Tensor x) => KerasOps.Rsqrt.Of(x);

    /// <summary>1 above 0, -1 below 0, else 0. It has no gradient.</summary>
    public Tensor sign(Tensor x) => KerasOps.Sign.Of(x);

    /// <summary>The sine.</summary>
    public Tensor sin(Tensor x) => KerasOps.Sin.Of(x);

    /// <summary>The hyperbolic sine.</summary>
    public Tensor sinh(Tensor x) => KerasOps.Sinh.Of(x);

    /// <summary>The same values, without a gradient.</summary>
    public Tensor stop_gradient(Tensor variable) => KerasOps.StopGradient.Of(variable);

    /// <summary>The tangent.</summary>
    public Tensor tan(Tensor x) => KerasOps.Tan.Of(x);

    /// <summary>x1 / x2.</summary>
    public Tensor true_divide(Tensor x1, Tensor x2) => KerasOps.TrueDivide.Of(x1, x2);

    /// <summary>x truncated to an integer.</summary>
    public Tensor trunc(Tensor x) => KerasOps.Trunc.Of(x);
}
