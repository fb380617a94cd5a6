namespace KerasPort.Pictures;

/// <summary>
/// A basis spline through equally spaced values (M. Unser, Splines: a perfect fit for signal and image processing, 1999). The values are at 0, 1, 2 …;
/// beyond both ends they are mirrored.
/// </summary>
/// <param name="order">The order, from 0 to 5.</param>
/// <param name="isMirrored">
/// Whether the mirrors are at the first and last values, which occur once; otherwise half a step outside, so that those occur twice.
/// </param>
internal sealed class Spline(int order, bool isMirrored)
{
    // The poles: roots within the unit circle of the polynomials whose coefficients are the basis spline's values at integers.
    private readonly double[] _poles = order switch
    {
        2 => [Math.Sqrt(8) - 3],
        3 => [Math.Sqrt(3) - 2],
        4 => [Math.Sqrt(664 - Math.Sqrt(438976)) + Math.Sqrt(304) - 19, Math.Sqrt(664 + Math.Sqrt(438976)) - Math.Sqrt(304) - 19],
        5 => [Math.Sqrt(67.5 - Math.Sqrt(4436.25)) + Math.Sqrt(26.25) - 6.5, Math.Sqrt(67.5 + Math.Sqrt(4436.25)) - Math.Sqrt(26.25) - 6.5],
        _ => [],
    };

    /// <summary>Converts values to coefficients, so that the spline interpolates them: a forward and a backward recursion for each pole.</summary>
    /// <param name="values">The values, then the coefficients.</param>
    /// <param name="start">The index of the first value.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="step">The distance from one value to the next.</param>
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

        // The initial value of the forward recursion: the infinite sum over the mirrored values before the first.
        double First(double pole)
        {
            double whole = Math.Pow(pole, isMirrored ? count - 1 : count), power = pole, sum = At(0) + whole * At(count - 1);
            for (int i = 1; i < (isMirrored ? count - 1 : count); i++, power *= pole)
            {
                // scipy accumulates the sum in the first value's place, and at the end of the loop reads it as the value: Keras' results include that.
                double mirrored = i == count - 1 ? sum : At(count - 1 - i);
                sum += power * (At(i) + whole * mirrored);
            }
            return isMirrored ? sum / (1 - whole * whole) : At(0) + sum * pole / (1 - whole * whole);
        }
    }

    /// <summary>The weights of the coefficients around a point, by the recursion of basis splines; returns the index of the first coefficient.</summary>
    /// <param name="at">The point.</param>
    /// <param name="weights">Receives order + 1 weights.</param>
    public int Weigh(double at, Span<double> weights)
    {
        // The pieces of a spline of even order begin halfway between two values.
        double shifted = order % 2 == 0 ? at + 0.5 : at, below = Math.Floor(shifted), y = shifted - below;
        weights[0] = 1;
        for (int p = 1; p <= order; p++)
            for (int r = p; r >= 0; r--)
                weights[r] = ((r > 0 ? (y + p - r) * weights[r - 1] : 0) + (r < p ? (r + 1 - y) * weights[r] : 0)) / p;
        return (int)below - order / 2;
    }

    /// <summary>The index of the value that an index outside stands for.</summary>
    public int Within(int at, int count)
    {
        if (count == 1) return 0;
        int period = isMirrored ? 2 * count - 2 : 2 * count, within = (at % period + period) % period;
        return within < count ? within : isMirrored ? period - within : period - 1 - within;
    }
}
