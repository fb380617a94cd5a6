using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

/// <summary>Special functions, and the rarer elementwise ones.</summary>
internal static partial class KerasOps
{
    /// <summary>The angle of real numbers: 0, or π for those below 0.</summary>
    public static Function Angle { get; } = new("Angle", (g, t) => g.Scale(g.Greater(g.Lift(0), t[0]), MathF.PI)) { Gives = DTypes.Fraction };

    public static Function Cbrt { get; } = ByHost("Cbrt", Math.Cbrt, x => 1 / (3 * Math.Cbrt(x) * Math.Cbrt(x)));

    public static Function Erfinv { get; } = ByHost("Erfinv", SpecialFunctions.InverseError, x =>
    {
        double y = SpecialFunctions.InverseError(x);
        return Math.Sqrt(Math.PI) / 2 * Math.Exp(y * y);
    });

    public static Function Fmax { get; } = new("Fmax", (g, t) => Numbers(g, t, g.Maximum));

    public static Function Fmin { get; } = new("Fmin", (g, t) => Numbers(g, t, g.Minimum));

    /// <summary>The remainder with the sign of x1. The gradient takes the truncated quotient as a constant.</summary>
    public static Function Fmod { get; } = new("Fmod", (g, t) => Graph.Known(PairByHost(g, t[0], t[1], static (x, y) => x % y, (g, node, dz) =>
    {
        var quotient = Stepwise(g, default(Truncated), g.Divide(node.Inputs[0], node.Inputs[1]));
        return [dz, g.Scale(g.Multiply(dz, quotient), -1)];
    }), new("Mod")));

    public static Function Gcd { get; } = new("Gcd", (g, t) => PairByHost(g, t[0], t[1], SpecialFunctions.Divisor, null));

    public static Function Heaviside { get; } = new("Heaviside", (g, t) =>
    {
        var (x, zero) = (t[0], g.Lift(0));
        var shape = Broadcast.Shape(x.shape, t[1].shape);
        var (signs, rest) = (g.Repeat(g.Greater(x, zero), shape), g.Repeat(t[1], shape));
        return g.Where(g.Repeat(g.Greater(zero, x), shape), g.Like(rest, 0), g.Where(signs, g.Like(rest, 1), rest));
    })
    { Gives = DTypes.Fraction };

    public static Function I0 { get; } = ByHost("I0", x => SpecialFunctions.Bessel(x, 0), x => SpecialFunctions.Bessel(x, 1));

    public static Function Imag { get; } = new("Imag", (g, t) => g.Like(t[0], 0));

    public static Function Isreal { get; } = new("Isreal", (g, t) => g.Like(t[0], 1)) { Gives = Truth };

    public static Function Lcm { get; } = new("Lcm", (g, t) => PairByHost(g, t[0], t[1],
        static (x, y) => SpecialFunctions.Divisor(x, y) is not 0 and var divisor ? (float)(Math.Abs((double)x) * (Math.Abs((double)y) / divisor)) : 0, null));

    /// <summary>x1 · 2 to the power of the integer x2, which has no gradient.</summary>
    public static Function Ldexp { get; } = new("Ldexp", (g, t) => PairByHost(g, t[0], t[1], static (x, n) => MathF.ScaleB(x, (int)n), (g, node, dz) =>
        [PairByHost(g, dz, node.Inputs[1], static (d, n) => MathF.ScaleB(d, (int)n), null), null]))
    { Gives = DTypes.Fraction };

    public static Function Logaddexp2 { get; } = new("Logaddexp2", (g, t) =>
    {
        float log2 = MathF.Log(2);
        var apart = g.Abs(g.Subtract(t[0], t[1]));
        return g.Add(g.Maximum(t[0], t[1]), g.Scale(LogOfOneMore(g, g.Exp(g.Scale(apart, -log2))), 1 / log2));
    })
    { Gives = DTypes.Fraction };

    public static Function Nextafter { get; } = new("Nextafter", (g, t) => PairByHost(g, t[0], t[1],
        static (x, y) => float.IsNaN(x) || float.IsNaN(y) ? float.NaN : x < y ? MathF.BitIncrement(x) : x > y ? MathF.BitDecrement(x) : y, null))
    { Gives = DTypes.Fraction };

    public static Function Real { get; } = new("Real", (g, t) => t[0]);

    public static Function Signbit { get; } = new("Signbit", (g, t) => g.OnHost(t[0].shape, static (x, y) =>
    {
        for (int i = 0; i < y.Length; i++) y[i] = float.IsNegative(x[0][i]) ? 1 : 0;
    }, null, t[0]))
    { Gives = Truth };

    public static Function Sinc { get; } = ByHost("Sinc", SpecialFunctions.Sinc,
        x => x == 0 ? 0 : (Math.Cos(Math.PI * x) - SpecialFunctions.Sinc(x)) / x);

    /// <summary>A function of two numbers, elementwise on the processor.</summary>
    private static Tensor PairByHost(Graph g, Tensor x, Tensor y, Func<float, float, float> function, GradientsOf? gradients)
    {
        var shape = Broadcast.Shape(x.shape, y.shape);
        return g.OnHost(shape, (given, z) =>
        {
            for (int i = 0; i < z.Length; i++) z[i] = function(given[0][i], given[1][i]);
        }, gradients, g.Repeat(x, shape), g.Repeat(y, shape));
    }

    /// <summary>A function of two tensors where both are numbers, else the one that isn't NaN.</summary>
    private static Tensor Numbers(Graph g, Tensor[] t, Func<Tensor, Tensor, Tensor> function)
    {
        var shape = Broadcast.Shape(t[0].shape, t[1].shape);
        Tensor x = g.Repeat(t[0], shape), y = g.Repeat(t[1], shape);
        return g.Where(IsNaN(g, x), y, g.Where(IsNaN(g, y), x, function(x, y)));
    }
}
