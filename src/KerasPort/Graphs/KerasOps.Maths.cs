namespace KerasPort.Graphs;

/// <summary>Elementwise functions.</summary>
internal static partial class KerasOps
{
    public static Function Arccos { get; } = ByHost("Arccos", Math.Acos, x => -1 / Math.Sqrt(1 - x * x));

    public static Function Arccosh { get; } = ByHost("Arccosh", Math.Acosh, x => 1 / Math.Sqrt(x * x - 1));

    public static Function Arcsin { get; } = ByHost("Arcsin", Math.Asin, x => 1 / Math.Sqrt(1 - x * x));

    public static Function Arcsinh { get; } = ByHost("Arcsinh", Math.Asinh, x => 1 / Math.Sqrt(x * x + 1));

    public static Function Arctan { get; } = ByHost("Arctan", Math.Atan, x => 1 / (1 + x * x));

    public static Function Arctan2 { get; } = new("Arctan2", (g, t) =>
    {
        var shape = Broadcast.Shape(t[0].shape, t[1].shape);
        return g.OnHost(shape, (x, y) =>
        {
            for (int i = 0; i < y.Length; i++) y[i] = MathF.Atan2(x[0][i], x[1][i]);
        }, (g, node, dz) =>
        {
            var (y, x) = (node.Inputs[0], node.Inputs[1]);
            var share = g.Divide(dz, g.Add(g.Square(x), g.Square(y)));
            return [g.Multiply(share, x), g.Scale(g.Multiply(share, y), -1)];
        }, g.Repeat(t[0], shape), g.Repeat(t[1], shape));
    })
    { Gives = DTypes.Fraction };

    public static Function Arctanh { get; } = ByHost("Arctanh", Math.Atanh, x => 1 / (1 - x * x));

    public static Function Ceil { get; } = new("Ceil", (g, t) => g.Scale(Stepwise(g, default(Floored), g.Scale(t[0], -1)), -1)) { Gives = DTypes.Fraction };

    public static Function Cos { get; } = ByHost("Cos", Math.Cos, x => -Math.Sin(x));

    public static Function Cosh { get; } = ByHost("Cosh", Math.Cosh, Math.Sinh);

    public static Function Deg2rad { get; } = new("Deg2rad", (g, t) => g.Scale(t[0], Math.PI / 180)) { Gives = DTypes.Fraction };

    public static Function DivideNoNan { get; } = new("DivideNoNan", (g, t) => QuotientOr0(g, t[0], t[1])) { Gives = DTypes.Fraction };

    public static Function Erf { get; } = new(
        "Erf", (g, t) => g.MapByInput(default(ErrorFunction), default(ErrorFunctionGradient), t[0]))
    { Gives = DTypes.Fraction };

    public static Function Erfc { get; } = new("Erfc", (g, t) => g.Shift(g.Scale(Erf.Nodes(g, t), -1), 1)) { Gives = DTypes.Fraction };

    public static Function Exp2 { get; } = new("Exp2", (g, t) => g.Exp(g.Scale(t[0], Math.Log(2)))) { Gives = DTypes.Fraction };

    public static Function Expm1 { get; } = new(
        "Expm1", (g, t) => g.MapByOutput(default(ExponentialLess1), default(ExponentialLess1Gradient), t[0]))
    { Gives = DTypes.Fraction };

    public static Function Fabs { get; } = new("Fabs", (g, t) => g.Abs(t[0])) { Gives = DTypes.Fraction };

    public static Function Floor { get; } = new("Floor", (g, t) => Stepwise(g, default(Floored), t[0])) { Gives = DTypes.Fraction };

    public static Function FloorDivide { get; } = new("FloorDivide", (g, t) => Stepwise(g, default(Floored), g.Divide(t[0], t[1])));

    public static Function Hypot { get; } = new("Hypot", (g, t) => g.Sqrt(g.Add(g.Square(t[0]), g.Square(t[1])))) { Gives = DTypes.Fraction };

    public static Function Isclose(bool equalNan) => new("Isclose", (g, t) =>
    {
        var (x, y) = (t[0], t[1]);
        // The distance of equal infinities is NaN: such pairs don't count as close here.
        var apart = g.Abs(g.Subtract(x, y));
        var near = g.Multiply(g.AtLeast(g.Add(t[3], g.Multiply(t[2], g.Abs(y))), apart), g.Equal(apart, apart));
        return equalNan ? g.Maximum(near, g.Multiply(IsNaN(g, x), IsNaN(g, y))) : near;
    }, ("equal_nan", equalNan))
    { Gives = Truth };

    public static Function Isfinite { get; } = new("Isfinite", (g, t) => Finite(g, t[0])) { Gives = Truth };

    public static Function Isinf { get; } = new("Isinf", (g, t) => g.Equal(g.Abs(t[0]), g.Lift(double.PositiveInfinity))) { Gives = Truth };

    public static Function Isnan { get; } = new("Isnan", (g, t) => IsNaN(g, t[0])) { Gives = Truth };

    public static Function Isneginf { get; } = new("Isneginf", (g, t) => g.Equal(t[0], g.Lift(double.NegativeInfinity))) { Gives = Truth };

    public static Function Isposinf { get; } = new("Isposinf", (g, t) => g.Equal(t[0], g.Lift(double.PositiveInfinity))) { Gives = Truth };

    public static Function Log10 { get; } = new("Log10", (g, t) => g.Scale(g.Log(t[0]), 1 / Math.Log(10))) { Gives = DTypes.Fraction };

    public static Function Log1p { get; } = new("Log1p", (g, t) => LogOfOneMore(g, t[0])) { Gives = DTypes.Fraction };

    public static Function Log2 { get; } = new("Log2", (g, t) => g.Scale(g.Log(t[0]), 1 / Math.Log(2))) { Gives = DTypes.Fraction };

    public static Function Logaddexp { get; } = new("Logaddexp", (g, t) =>
        g.Add(g.Maximum(t[0], t[1]), LogOfOneMore(g, g.Exp(g.Scale(g.Abs(g.Subtract(t[0], t[1])), -1)))))
    { Gives = DTypes.Fraction };

    public static Function LogicalAnd { get; } = new("LogicalAnd", (g, t) => g.Multiply(IsTrue(g, t[0]), IsTrue(g, t[1]))) { Gives = Truth };

    public static Function LogicalNot { get; } = new("LogicalNot", (g, t) => g.Equal(t[0], g.Lift(0))) { Gives = Truth };

    public static Function LogicalOr { get; } = new("LogicalOr", (g, t) => g.Maximum(IsTrue(g, t[0]), IsTrue(g, t[1]))) { Gives = Truth };

    public static Function LogicalXor { get; } = new("LogicalXor", (g, t) => Not(g, g.Equal(IsTrue(g, t[0]), IsTrue(g, t[1])))) { Gives = Truth };

    public static Function Mod { get; } = new("Mod", (g, t) => g.Map(default(Modulo), t[0], t[1], (g, node, dz) =>
        [dz, g.Scale(g.Multiply(dz, Stepwise(g, default(Floored), g.Divide(node.Inputs[0], node.Inputs[1]))), -1)]));

    public static Function NanToNum(double nan, double? posinf, double? neginf) => new("NanToNum", (g, t) =>
    {
        Tensor Replaced(Tensor x, Tensor where, double by) => g.Where(where, g.Like(x, (float)by), x);
        var x = Replaced(t[0], IsNaN(g, t[0]), nan);
        x = Replaced(x, g.Equal(x, g.Lift(double.PositiveInfinity)), posinf ?? float.MaxValue);
        return Replaced(x, g.Equal(x, g.Lift(double.NegativeInfinity)), neginf ?? float.MinValue);
    }, ("nan", nan), ("posinf", posinf), ("neginf", neginf));

    public static Function NotEqual { get; } = new("NotEqual", (g, t) => Not(g, g.Equal(t[0], t[1]))) { Gives = Truth };

    public static Function Rad2deg { get; } = new("Rad2deg", (g, t) => g.Scale(t[0], 180 / Math.PI)) { Gives = DTypes.Fraction };

    public static Function Reciprocal { get; } = new("Reciprocal", (g, t) => g.Divide(g.Like(t[0], 1), t[0]));

    public static Function Round(int decimals) => new("Round", (g, t) =>
    {
        float scale = MathF.Pow(10, Math.Abs(decimals));
        return decimals == 0 ? Stepwise(g, default(Rounded), t[0])
            : decimals > 0 ? g.Scale(Stepwise(g, default(Rounded), g.Scale(t[0], scale)), 1 / scale)
            : g.Scale(Stepwise(g, default(Rounded), g.Scale(t[0], 1 / scale)), scale);
    }, ("decimals", decimals));

    public static Function Rsqrt { get; } = new("Rsqrt", (g, t) => g.InverseRoot(t[0], 0)) { Gives = DTypes.Fraction };

    public static Function Sign { get; } = new("Sign", (g, t) => Stepwise(g, default(SignOf), t[0]));

    public static Function Sin { get; } = ByHost("Sin", Math.Sin, Math.Cos);

    public static Function Sinh { get; } = ByHost("Sinh", Math.Sinh, Math.Cosh);

    public static Function StopGradient { get; } = new("StopGradient", (g, t) => g.Constantly(t[0]));

    public static Function Tan { get; } = ByHost("Tan", Math.Tan, x => 1 / (Math.Cos(x) * Math.Cos(x)));

    public static Function Trunc { get; } = new("Trunc", (g, t) => Stepwise(g, default(Truncated), t[0]));

    /// <summary>A piecewise constant function, which has no gradient.</summary>
    private static Tensor Stepwise<F>(Graph g, F function, Tensor x) where F : unmanaged, Engines.Formulas.IUnary =>
        g.MapByInput(function, default(NoGradient), x);

    private static Function ByHost(string name, Func<double, double> f, Func<double, double> slope) => new(name, (g, t) => g.IsExact ? g.Exactly(t[0], f)
        : g.OnHost(t[0].shape, (x, y) =>
    {
        for (int i = 0; i < y.Length; i++) y[i] = (float)f(x[0][i]);
    }, (g, node, dy) => [g.OnHost(dy.shape, (x, dx) =>
    {
        for (int i = 0; i < dx.Length; i++) dx[i] = (float)(x[1][i] * slope(x[0][i]));
    }, null, node.Inputs[0], dy)], t[0]))
    { Gives = DTypes.Fraction };

    private static Tensor QuotientOr0(Graph g, Tensor x, Tensor y) => g.Map(default(QuotientUnless0), x, y, (g, _, dz) =>
        [QuotientOr0(g, dz, y), g.Scale(g.Multiply(dz, QuotientOr0(g, QuotientOr0(g, x, y), y)), -1)]);

    private static Tensor LogOfOneMore(Graph g, Tensor x) => g.MapByInput(default(LogarithmOf1More), default(LogarithmOf1MoreGradient), x);

    private static Tensor Not(Graph g, Tensor x) => g.Equal(x, g.Lift(0));

    private static Tensor IsTrue(Graph g, Tensor x) => Not(g, Not(g, x));

    private static Tensor IsNaN(Graph g, Tensor x) => Not(g, g.Equal(x, x));

    // x - x is 0, or NaN where x isn't finite.
    private static Tensor Finite(Graph g, Tensor x) => g.Equal(g.Subtract(x, x), g.Like(x, 0));
}
