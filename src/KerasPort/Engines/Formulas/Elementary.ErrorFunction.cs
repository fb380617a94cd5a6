namespace KerasPort.Engines.Formulas;

public static partial class Elementary<T, M>
{
    /// <summary>The error function of x, 2/√π ∫₀ˣ exp(-t²) dt, within 1.3 ulp.</summary>
    public static T Erf(T x)
    {
        const float end = 1, one = 4;       // where the first polynomial ends; where the result is 1
        T a = M.Abs(x), square = M.Multiply(a, a);
        T near = Polynomial(square, 0.128379166f, -0.376126289f, 0.112836182f, -0.026855126f, 0.00519073382f, -0.000803076313f, 7.92038627e-05f);
        near = M.Add(a, M.Multiply(a, near));

        // 1 - erf a = e to the -a + a P(a).
        T t = Most(a, one), power = Polynomial(t, -0.128480032f, -0.635831475f, -0.105116181f, 0.0227985196f, -0.00318697491f, 0.00021064785f);
        T far = M.Subtract(M.Splat(1), Exponential(M.Subtract(M.Multiply(t, power), t), false));
        return M.CopySign(M.Select(M.Greater(a, M.Splat(end)), far, near), x);
    }

    /// <summary>a + b x + c x² + …, by Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, float b, float c, float d) => Polynomial(x, a, Polynomial(x, b, Polynomial(x, c, M.Splat(d))));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, float b, float c, float d, float e) => Polynomial(x, a, Polynomial(x, b, c, d, e));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, float b, float c, float d, float e, float f) => Polynomial(x, a, Polynomial(x, b, c, d, e, f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, float b, float c, float d, float e, float f, float g) => Polynomial(x, a, Polynomial(x, b, c, d, e, f, g));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, float b, float c, float d, float e, float f, float g, float h) =>
        Polynomial(x, a, Polynomial(x, b, c, d, e, f, g, h));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial(T x, float a, T rest) => M.Add(M.Splat(a), M.Multiply(x, rest));
}
