namespace KerasPort.Engines.Formulas;

/// <summary>The layout of a float's bits, for code that takes floats apart.</summary>
internal static class FloatBits
{
    /// <summary>Bits of the fraction; the exponent lies above them.</summary>
    public const int Fraction = 23, FractionMask = (1 << Fraction) - 1;

    /// <summary>The bits of 2/3, from which a number's exponent is counted, so that its fraction lies in [2/3, 4/3).</summary>
    public const int TwoThirds = 0x3F2AAAAB;

    /// <summary>The sign, the exponent and the upper half of the digits.</summary>
    public const int High = ~0xFFF;

    /// <summary>1.5 · 2²³ + 127: added to a small whole number, it leaves that number with an exponent's bias in the lowest bits.</summary>
    public const float Biased = 12582912 + 127;
}
