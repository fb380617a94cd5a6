namespace KerasPort.Engines.Formulas;

/// <summary>
/// The operations of a number in formulas: a float, a double, or a vector of floats whose lanes all do the same.
/// Every operation rounds once; none is fused with another, so that a formula gives the same bits at every width of vector.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
public interface IMath<T>
{
    /// <summary>A constant.</summary>
    static abstract T Splat(float value);

    /// <summary>a + b.</summary>
    static abstract T Add(T a, T b);

    /// <summary>a - b.</summary>
    static abstract T Subtract(T a, T b);

    /// <summary>a · b.</summary>
    static abstract T Multiply(T a, T b);

    /// <summary>a / b.</summary>
    static abstract T Divide(T a, T b);

    /// <summary>√a.</summary>
    static abstract T Sqrt(T a);

    /// <summary>|a|.</summary>
    static abstract T Abs(T a);

    /// <summary>|a| with the sign of the other; -0 has one.</summary>
    static abstract T CopySign(T a, T sign);

    /// <summary>A mask: true where a is above b, so never where one of them is NaN.</summary>
    static abstract T Greater(T a, T b);

    /// <summary>A mask: true where both are the same number.</summary>
    static abstract T Equal(T a, T b);

    /// <summary>a where the mask is true, else b.</summary>
    static abstract T Select(T mask, T a, T b);

    /// <summary>The whole number nearest to a; of two that are equally near, the even one.</summary>
    static abstract T Round(T a);

    /// <summary>a · 2ⁿ, rounded once, for a whole number n from -252 to 252, where a · √2ⁿ is neither denormal nor infinite.</summary>
    static abstract T Scale(T a, T n);

    /// <summary>The whole number n with 2/3 ≤ a / 2ⁿ &lt; 4/3, for a positive number that isn't denormal.</summary>
    static abstract T Exponent(T a);

    /// <summary>a / 2ⁿ, from 2/3 to 4/3, with n from <see cref="Exponent"/>.</summary>
    static abstract T Fraction(T a);

    /// <summary>a with the lower half of its digits cut off. Both what is cut off, a - High(a), and the product High(a) · High(b) are exact.</summary>
    static abstract T High(T a);

    /// <summary>e to the a; see <see cref="Elementary{T, M}"/> for the error.</summary>
    static abstract T Exp(T a);

    /// <summary>e to the a, less 1.</summary>
    static abstract T Expm1(T a);

    /// <summary>The natural logarithm of a.</summary>
    static abstract T Log(T a);

    /// <summary>The natural logarithm of 1 + a.</summary>
    static abstract T Log1p(T a);

    /// <summary>The hyperbolic tangent of a.</summary>
    static abstract T Tanh(T a);

    /// <summary>The error function of a, 2/√π ∫₀ᵃ exp(-t²) dt.</summary>
    static abstract T Erf(T a);

    /// <summary>a to the b.</summary>
    static abstract T Pow(T a, T b);
}
