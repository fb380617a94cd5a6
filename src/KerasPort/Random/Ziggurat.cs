using System.Globalization;

namespace KerasPort.Random;

/// <summary>
/// Normals by the ziggurat: 256 layers of equal area under the bell curve, of which most draws need one word and a comparison. Source: Marsaglia
/// and Tsang (2000) with Doornik's layers; the tables are numpy's to the bit.
/// </summary>
internal static class Ziggurat
{
    private const int Layers = 256;
    private const double Last = 3.6541528853610088, Area = 0.004928673233974652, Steps = 1L << 52;

    // For each layer: the number of steps (of 2^52) below which a draw surely lies under the curve, the width of a step, and the height of the curve.
    private static readonly ulong[] s_sure = new ulong[Layers];
    private static readonly double[] s_step = new double[Layers], s_height = new double[Layers];

    static Ziggurat()
    {
        // numpy's table has one bit more for this layer than the formula gives.
        const int odd = 38;
        const double oddHeight = 0.6773880362187735;
        s_height[Layers - 1] = Math.Exp(-0.5 * Last * Last);
        s_step[Layers - 1] = Last / Steps;
        s_step[0] = Area / s_height[Layers - 1] / Steps;
        s_sure[0] = (ulong)Math.Round(Last * s_height[Layers - 1] / Area * Steps);
        s_height[0] = 1;
        double outer = Last;
        for (int i = Layers - 2; i > 0; i--)
        {
            double x = Math.Sqrt(-2 * Math.Log(Area / outer + s_height[i + 1]));
            s_sure[i + 1] = (ulong)Math.Round(x / outer * Steps);
            s_step[i] = x / Steps;
            s_height[i] = i == odd ? oddHeight : Math.Exp(-0.5 * x * x);
            outer = x;
        }
    }

    /// <summary>The tables, for tests.</summary>
    internal static (ulong[] Sure, double[] Step, double[] Height) Tables => (s_sure, s_step, s_height);

    /// <summary>A number of the standard normal distribution, out of words of 64 bits and numbers in [0, 1).</summary>
    public static double Normal(Func<ulong> word, Func<double> unit)
    {
        while (true)
        {
            ulong bits = word();
            int layer = (int)(bits & 0xff);
            bool negative = (bits >> 8 & 1) != 0;
            ulong steps = bits >> 9 & (1UL << 52) - 1;
            double x = steps * s_step[layer];
            if (negative) x = -x;
            if (steps < s_sure[layer]) return x;
            if (layer == 0) return Tail(unit, (steps >> 8 & 1) != 0);
            if ((s_height[layer - 1] - s_height[layer]) * unit() + s_height[layer] < Math.Exp(-0.5 * x * x)) return x;
        }
    }

    /// <summary>A number of the exponential distribution of mean 1, out of words of 64 bits and numbers in [0, 1).</summary>
    public static double Exponential(Func<ulong> word, Func<double> unit)
    {
        while (true)
        {
            ulong bits = word() >> 3;
            int layer = (int)(bits & 0xff);
            ulong steps = bits >> 8;
            double x = steps * Falling.Step[layer];
            if (steps < Falling.Sure[layer]) return x;
            if (layer == 0) return Falling.Last - Math.Log(1 - unit());
            if ((Falling.Height[layer - 1] - Falling.Height[layer]) * unit() + Falling.Height[layer] < Math.Exp(-x)) return x;
        }
    }

    // The same layers under the exponential distribution. numpy's tables are correctly rounded; decimal's 28 digits reproduce them to the last bit.
    private static class Falling
    {
        public const double Last = 7.69711747013104972;
        private const decimal Exactly = 7.6971174701310497140446280480m;
        private const double Steps = 1L << 53;

        public static readonly ulong[] Sure = new ulong[Layers];
        public static readonly double[] Step = new double[Layers], Height = new double[Layers];

        static Falling()
        {
            decimal outer = Exactly, height = 1 / Exponential(outer), area = (outer + 1) * height;
            Height[Layers - 1] = Rounded(height);
            Step[Layers - 1] = Rounded(outer) / Steps;
            Step[0] = Rounded(area / height) / Steps;
            Sure[0] = (ulong)(Rounded(outer * height / area) * Steps);
            Height[0] = 1;
            for (int i = Layers - 2; i > 0; i--)
            {
                decimal x = -Logarithm(area / outer + height);
                height = 1 / Exponential(x);
                Sure[i + 1] = (ulong)(Rounded(x / outer) * Steps);
                (Step[i], Height[i]) = (Rounded(x) / Steps, Rounded(height));
                outer = x;
            }
        }

        // e to the x: a short series for a small fraction of x, raised to a power.
        private static decimal Exponential(decimal x)
        {
            const int halvings = 7, terms = 16;
            decimal part = x / (1 << halvings), sum = 1, term = 1;
            for (int i = 1; i <= terms; i++) sum += term *= part / i;
            for (int i = 0; i < halvings; i++) sum *= sum;
            return sum;
        }

        // One step of Newton's method doubles the digits of a double.
        private static decimal Logarithm(decimal y)
        {
            var near = (decimal)Math.Log((double)y);
            return near + y * Exponential(-near) - 1;
        }

        private static double Rounded(decimal x) => double.Parse(x.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    // A draw beyond the last layer. 1 - u is exact, so that its logarithm needs no log1p.
    private static double Tail(Func<double> unit, bool negative)
    {
        const double inverse = 0.27366123732975828;
        while (true)
        {
            double beyond = -inverse * Math.Log(1 - unit()), y = -Math.Log(1 - unit());
            if (y + y > beyond * beyond) return negative ? -(Last + beyond) : Last + beyond;
        }
    }
}
