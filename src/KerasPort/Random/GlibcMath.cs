namespace KerasPort.Random;

/// <summary>
/// The float functions of the GNU C library, on which random normals depend to the last bit: those of other systems sometimes round differently.
/// Source: Arm's Optimized Routines (logf, sincosf), whose polynomials these are; all in double, rounded once.
/// </summary>
internal static class GlibcMath
{
    private const int Intervals = 16;
    private const double Ln2 = 0.6931471805599453, HalfPi = 1.5707963267948966, TwoOverPi24 = 10680707.430881744;

    // 1 / c and log c for a number c near the middle of each interval.
    private static readonly double[] s_inverse =
    [
        1.398907162146528, 1.3403141896637998, 1.286432210124115, 1.2367150214269895,
        1.1906977166711752, 1.1479821020556429, 1.1082251448272158, 1.0711297413057381,
        1.036437278977283, 1.0, 0.9492859795739057, 0.8951049428609004,
        0.8476821620351103, 0.8050314851692001, 0.7664671008843108, 0.731428603316328,
    ];

    private static readonly double[] s_logarithm =
    [
        -0.33569133332882284, -0.2929040563774074, -0.2518726580937369, -0.21245868807117255,
        -0.17453945183745634, -0.1380057072319758, -0.10275976698545139, -0.06871392447020525,
        -0.0357891387398228, 0.0, 0.05204517742929496, 0.11081431298787942,
        0.1652495223695143, 0.21687389031699977, 0.2659635028121397, 0.3127556664073557,
    ];

    /// <summary>The natural logarithm of a positive number that isn't denormal.</summary>
    public static float Log(float x)
    {
        // x = 2^k z, where z lies in one of the intervals around 1; log x = k ln 2 + log c + log(z / c).
        const uint middle = 0x3f330000, exponent = 0xff800000;
        uint bits = BitConverter.SingleToUInt32Bits(x), above = bits - middle;
        int interval = (int)(above >> 19) % Intervals, k = (int)above >> 23;
        double z = BitConverter.UInt32BitsToSingle(bits - (above & exponent)), r = z * s_inverse[interval] - 1, square = r * r;
        double y = 0.333456765744066 * r + -0.4999997485802103;
        y = -0.25089342214237154 * square + y;
        return (float)(y * square + (s_logarithm[interval] + k * Ln2 + r));
    }

    /// <summary>Sine and cosine of an angle below 120 in size.</summary>
    public static (float Sin, float Cos) SinCos(float angle)
    {
        const float small = 1 / 4096f;
        const uint aboutQuarterPi = 0x3f4;
        double x = angle;
        int n = (BitConverter.SingleToUInt32Bits(angle) >> 20 & 0x7ff) < aboutQuarterPi ? 0 : ((int)(x * TwoOverPi24) + 0x800000) >> 24;
        double r = x - n * HalfPi, x2 = r * r, sign = (n & 2) != 0 ? -1 : 1;
        if ((n & 3) is 1 or 2) r = -r;
        double x4 = x2 * x2, x3 = x2 * r;
        double c2 = sign * -0.001388676379437604 + x2 * (sign * 2.4390450703564542e-05);
        double s1 = 0.008332178146138854 + x2 * -0.00019517298981385725;
        double c1 = sign + x2 * (sign * -0.49999999725108224);
        double s = r + x3 * -0.16666654943701084, c = c1 + x4 * (sign * 0.041666623324344516);
        float sin = (float)(s + x3 * x2 * s1), cos = (float)(c + x4 * x2 * c2);
        if (Math.Abs(angle) < small) (sin, cos) = (angle, 1);
        return (n & 1) != 0 ? (cos, sin) : (sin, cos);
    }
}
