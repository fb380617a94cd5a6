namespace KerasPort.Pictures;

/// <summary>
/// A spline of basis splines through equally spaced values (M. Unser, Splines: a perfect fit for signal and image processing, 1999). The values lie
/// at 0, 1, 2 …; what lies outside mirrors them.
/// </summary>
/// <param name="order">From 0 to 5.</param>
/// <param name="isMirrored">Whether they are mirrored at the first and the last value, which come once; else half a step further, and these come twice.</param>
internal sealed class Spline(int order, bool isMirrored)
{
    // Roots within the unit circle of the polynomials whose coefficients are the basis spline's values at whole numbers.
    private readonly double[] _poles = order switch
    {
        2 => [Math.Sqrt(8) - 3],
        3 => [Math.Sqrt(3) - 2],
        4 => [Math.Sqrt(664 - Math.Sqrt(438976)) + Math.Sqrt(304) - 19, Math.Sqrt(664 + Math.Sqrt(438976)) - Math.Sqrt(304) - 19],
        5 => [Math.Sqrt(67.5 - Math.Sqrt(4436.25)) + Math.Sqrt(26.25) - 6.5, Math.Sqrt(67.5 + Math.Sqrt(4436.25)) - Math.Sqrt(26.25) - 6.5],
        _ => [],
    };

    /// <summary>Makes coefficients of values, so that the spline goes through these: forth and back for each root.</summary>
    /// <param name="values">The values, then the coefficients.</param>
    /// <param name="start">The first one's place.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="step">From one to the next.</param>
    public void Prepare(double[] values, int start, int count, int step)
    {
        if (count == 1) return;
        ref double At(int i) => ref values[start + i * step];
        foreach (double pole in _poles)
        {
            double gain = (1 - pole) * (1 - 1 / pole);
            for (int i = 0; i < count; i++) At(i) *= gain;
            At(0) = First(pole);
            for (int i = 1; i < count; i++) At(i) += pole * At(i - 1);
            At(count - 1) *= isMirrored ? pole / (pole * pole - 1) : pole / (pole - 1);
            if (isMirrored) At(count - 1) += pole * pole / (pole * pole - 1) * At(count - 2);
            for (int i = count - 2; i >= 0; i--) At(i) = pole * (At(i + 1) - At(i));
        }

        // All that lies before the first value, whose mirrored run comes again and again.
        double First(double pole)
        {
            double whole = Math.Pow(pole, isMirrored ? count - 1 : count), power = pole, sum = At(0) + whole * At(count - 1);
            for (int i = 1; i < (isMirrored ? count - 1 : count); i++, power *= pole)
            {
                // scipy sums where the first value lies, and at the end of the run takes that sum for the value: its numbers are Keras'.
                double mirrored = i == count - 1 ? sum : At(count - 1 - i);
                sum += power * (At(i) + whole * mirrored);
            }
            return isMirrored ? sum / (1 - whole * whole) : At(0) + sum * pole / (1 - whole * whole);
        }
    }

    /// <summary>The shares of the coefficients around a place, by the recursion of basis splines; gives which is the first of them.</summary>
    /// <param name="at">The place.</param>
    /// <param name="weights">order + 1 shares.</param>
    public int Weigh(double at, Span<double> weights)
    {
        // The pieces of an even order begin halfway between two values.
        double shifted = order % 2 == 0 ? at + 0.5 : at, below = Math.Floor(shifted), y = shifted - below;
        weights[0] = 1;
        for (int p = 1; p <= order; p++)
            for (int r = p; r >= 0; r--)
                weights[r] = ((r > 0 ? (y + p - r) * weights[r - 1] : 0) + (r < p ? (r + 1 - y) * weights[r] : 0)) / p;
        return (int)below - order / 2;
    }

    /// <summary>The value that stands at a place outside.</summary>
    public int Within(int at, int count)
    {
        if (count == 1) return 0;
        int period = isMirrored ? 2 * count - 2 : 2 * count, within = (at % period + period) % period;
        return within < count ? within : isMirrored ? period - within : period - 1 - within;
    }
}
