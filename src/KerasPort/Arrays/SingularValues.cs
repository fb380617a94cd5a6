namespace KerasPort;

/// <summary>
/// A = U · diag(s) · Vᵀ as LAPACK computes it for numpy, with its signs: reflections make the matrix bidiagonal, QR sweeps of rotations make it diagonal.
/// Sources: LAPACK's dgesdd, dgebd2, dbdsqr, dlasv2, dlas2 and dlartg; Demmel and Kahan, Accurate singular values of bidiagonal matrices (1990).
/// </summary>
internal static class SingularValues
{
    private const double Epsilon = 1.1102230246251565e-16, Smallest = 2.2250738585072014e-308;
    private const int MostSweeps = 6;

    /// <summary>The singular values, largest first, of a matrix of m ≥ n: A becomes U, m × n. Returns s and Vᵀ, n × n.</summary>
    public static (double[] Singular, double[] V) Decompose(double[] a, int m, int n)
    {
        double[] vt = Identity(n);
        if (n == 0) return ([], vt);
        if (m >= n * 11 / 6)
        {
            // LAPACK decomposes Q · R first where rows are many; the signs of the result depend on that.
            double[] q = LinearAlgebra.Qr(a, m, n), r = a[..(n * n)];
            var (values, v) = OfFew(r, n, n);
            for (int i = 0; i < m; i++)
                for (int j = 0; j < n; j++)
                {
                    double sum = 0;
                    for (int k = 0; k < n; k++) sum += q[i * m + k] * r[k * n + j];
                    a[i * n + j] = sum;
                }
            return (values, v);
        }
        return OfFew(a, m, n);
    }

    /// <summary>
    /// Likewise for a matrix of many more columns than rows, which LAPACK decomposes as L · Q first. The argument is its transpose of m ≥ n, which becomes
    /// V, m × n. Returns s and U, n × n.
    /// </summary>
    public static (double[] Singular, double[] U) DecomposeWide(double[] a, int m, int n)
    {
        double[] q = LinearAlgebra.Qr(a, m, n), lower = new double[n * n];
        for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) lower[i * n + j] = a[j * n + i];
        var (values, vt) = OfFew(lower, n, n);
        for (int i = 0; i < m; i++)
            for (int j = 0; j < n; j++)
            {
                double sum = 0;
                for (int k = 0; k < n; k++) sum += q[i * m + k] * vt[j * n + k];
                a[i * n + j] = sum;
            }
        return (values, lower);
    }

    private static (double[] Singular, double[] V) OfFew(double[] a, int m, int n)
    {
        double[] d = new double[n], e = new double[Math.Max(n - 1, 0)];
        var (left, right) = (new double[n], new double[n]);
        for (int i = 0; i < n; i++)
        {
            left[i] = Reflection(a, i * n + i, n, m - i, out d[i]);
            Reflect(a, i * n + i, n, m - i, left[i], a, i * n + i + 1, n, 1, n - i - 1);
            if (i == n - 1) continue;
            right[i] = Reflection(a, i * n + i + 1, 1, n - i - 1, out e[i]);
            Reflect(a, i * n + i + 1, 1, n - i - 1, right[i], a, (i + 1) * n + i + 1, 1, n, m - i - 1);
        }
        double[] u = Identity(n), vt = Identity(n);
        Diagonalize(d, e, u, vt, n);
        // Back through the reflections, the last one first.
        var all = new double[m * n];
        for (int i = 0; i < n; i++) u.AsSpan(i * n, n).CopyTo(all.AsSpan(i * n));
        for (int i = n - 1; i >= 0; i--) Reflect(a, i * n + i, n, m - i, left[i], all, i * n, n, 1, n);
        for (int i = n - 2; i >= 0; i--) Reflect(a, i * n + i + 1, 1, n - i - 1, right[i], vt, i + 1, 1, n, n);
        all.CopyTo(a, 0);
        return (d, vt);
    }

    // Householder's reflection I - tau · v · vᵀ, which maps x to (length, 0, …). v overwrites x, but for its first element, 1, which isn't stored.
    private static double Reflection(double[] x, int at, int step, int count, out double length)
    {
        double square = 0;
        for (int i = 1; i < count; i++) square += x[at + i * step] * x[at + i * step];
        length = x[at];
        if (square == 0) return 0;
        double first = x[at], beta = -Math.CopySign(Math.Sqrt(first * first + square), first);
        for (int i = 1; i < count; i++) x[at + i * step] /= first - beta;
        length = beta;
        return (beta - first) / beta;
    }

    // Reflects lines of y, given the steps between the elements of a line and between lines.
    private static void Reflect(double[] v, int at, int vStep, int count, double tau, double[] y, int from, int step, int next, int lines)
    {
        if (tau == 0) return;
        for (int line = 0; line < lines; line++)
        {
            int start = from + line * next;
            double dot = y[start];
            for (int i = 1; i < count; i++) dot += v[at + i * vStep] * y[start + i * step];
            dot *= tau;
            y[start] -= dot;
            for (int i = 1; i < count; i++) y[start + i * step] -= dot * v[at + i * vStep];
        }
    }

    // dbdsqr: d becomes the values, the rows of vt and the columns of u turn along.
    private static void Diagonalize(double[] d, double[] e, double[] u, double[] vt, int n)
    {
        double tolerance = Math.Max(10, Math.Min(100, Math.Pow(Epsilon, -0.125))) * Epsilon, least = Math.Abs(d[0]), mu = least;
        for (int i = 1; i < n && least != 0; i++)
        {
            mu = Math.Abs(d[i]) * (mu / (mu + Math.Abs(e[i - 1])));
            least = Math.Min(least, mu);
        }
        double nothing = Math.Max(tolerance * (least / Math.Sqrt(n)), MostSweeps * (n * (n * Smallest)));
        int last = n - 1, oldFirst = -1, oldLast = -1;
        bool isDown = true;
        for (long sweeps = 0, most = (long)MostSweeps * n * n; last > 0;)
        {
            double largest = Math.Abs(d[last]);
            int first = last - 1;
            for (; first >= 0 && Math.Abs(e[first]) > nothing; first--) largest = Math.Max(largest, Math.Max(Math.Abs(d[first]), Math.Abs(e[first])));
            if (first >= 0) e[first] = 0;
            if (++first == last)
            {
                last--;
                continue;
            }
            if (first == last - 1)
            {
                var (low, high, sinR, cosR, sinL, cosL) = OfTwo(d[first], e[first], d[last]);
                (d[first], e[first], d[last]) = (high, 0, low);
                Rotate(vt, first * n, last * n, 1, n, cosR, sinR);
                Rotate(u, first, last, n, n, cosL, sinL);
                last -= 2;
                continue;
            }
            if (first > oldLast || last < oldFirst) isDown = Math.Abs(d[first]) >= Math.Abs(d[last]);
            if (Converged(d, e, first, last, isDown, tolerance, out double small)) continue;
            if (sweeps > most) throw new LinAlgError("SVD did not converge");
            (oldFirst, oldLast) = (first, last);
            double shift = 0;
            if (n * tolerance * (small / largest) > Math.Max(Epsilon, 0.01 * tolerance))
            {
                double start = Math.Abs(d[isDown ? first : last]);
                shift = isDown ? Least(d[last - 1], e[last - 1], d[last]) : Least(d[first], e[first], d[first + 1]);
                if (start > 0 && shift / start * (shift / start) < Epsilon) shift = 0;
            }
            sweeps += last - first;
            Sweep(d, e, u, vt, n, first, last, shift, isDown);
            int end = isDown ? last - 1 : first;
            if (Math.Abs(e[end]) <= nothing) e[end] = 0;
        }
        for (int i = 0; i < n; i++)
        {
            // Negative values, -0 too, change sign together with their row of Vᵀ.
            if (d[i] > 0 || (d[i] == 0 && !double.IsNegative(d[i]))) continue;
            d[i] = -d[i];
            for (int k = 0; k < n; k++) vt[i * n + k] = -vt[i * n + k];
        }
        for (int end = n - 1; end > 0; end--)
        {
            int smallest = 0;
            for (int i = 1; i <= end; i++) if (d[i] <= d[smallest]) smallest = i;
            if (smallest == end) continue;
            (d[smallest], d[end]) = (d[end], d[smallest]);
            for (int k = 0; k < n; k++)
            {
                (vt[smallest * n + k], vt[end * n + k]) = (vt[end * n + k], vt[smallest * n + k]);
                (u[k * n + smallest], u[k * n + end]) = (u[k * n + end], u[k * n + smallest]);
            }
        }
    }

    private static bool Converged(double[] d, double[] e, int first, int last, bool isDown, double tolerance, out double small)
    {
        int end = isDown ? last - 1 : first, begin = isDown ? first : last;
        double mu = small = Math.Abs(d[begin]);
        if (Math.Abs(e[end]) <= tolerance * Math.Abs(d[isDown ? last : first]))
        {
            e[end] = 0;
            return true;
        }
        for (int step = 0; step < last - first; step++)
        {
            int at = isDown ? first + step : last - 1 - step;
            if (Math.Abs(e[at]) <= tolerance * mu)
            {
                e[at] = 0;
                return true;
            }
            mu = Math.Abs(d[isDown ? at + 1 : at]) * (mu / (mu + Math.Abs(e[at])));
            small = Math.Min(small, mu);
        }
        return false;
    }

    // One QR sweep, down or up; a shift of 0 takes the variant that keeps the relative accuracy of small values.
    private static void Sweep(double[] d, double[] e, double[] u, double[] vt, int n, int first, int last, double shift, bool isDown)
    {
        int count = last - first, to = isDown ? 1 : -1, from = isDown ? first : last;
        double f = shift == 0 ? 0 : (Math.Abs(d[from]) - shift) * (Math.CopySign(1, d[from]) + shift / d[from]), g = shift == 0 ? 0 : E(0);
        double cos = 1, sin = 0, oldCos = 1, oldSin = 0;
        for (int k = 0; k < count; k++)
        {
            int at = from + k * to;
            double r;
            if (shift == 0)
            {
                (cos, sin, r) = Rotation(d[at] * cos, E(k));
                if (k > 0) E(k - 1) = oldSin * r;
                (oldCos, oldSin, d[at]) = Rotation(oldCos * r, d[at + to] * sin);
            }
            else
            {
                (cos, sin, r) = Rotation(f, g);
                if (k > 0) E(k - 1) = r;
                f = cos * d[at] + sin * E(k);
                E(k) = cos * E(k) - sin * d[at];
                g = sin * d[at + to];
                d[at + to] *= cos;
                (oldCos, oldSin, d[at]) = Rotation(f, g);
                f = oldCos * E(k) + oldSin * d[at + to];
                d[at + to] = oldCos * d[at + to] - oldSin * E(k);
                if (k < count - 1)
                {
                    g = oldSin * E(k + 1);
                    E(k + 1) *= oldCos;
                }
            }
            if (isDown)
            {
                Rotate(vt, at * n, (at + 1) * n, 1, n, cos, sin);
                Rotate(u, at, at + 1, n, n, oldCos, oldSin);
            }
            else
            {
                Rotate(vt, (at - 1) * n, at * n, 1, n, oldCos, -oldSin);
                Rotate(u, at - 1, at, n, n, cos, -sin);
            }
        }
        if (shift == 0)
        {
            int end = from + count * to;
            double h = d[end] * cos;
            d[end] = h * oldCos;
            E(count - 1) = h * oldSin;
        }
        else
        {
            E(count - 1) = f;
        }

        ref double E(int k) => ref e[isDown ? first + k : last - 1 - k];
    }

    private static (double Cos, double Sin, double R) Rotation(double f, double g)
    {
        if (g == 0) return (1, 0, f);
        if (f == 0) return (0, Math.CopySign(1, g), Math.Abs(g));
        double length = Math.Sqrt(f * f + g * g), r = Math.CopySign(length, f);
        return (Math.Abs(f) / length, g / r, r);
    }

    private static void Rotate(double[] x, int a, int b, int step, int count, double cos, double sin)
    {
        for (int i = 0; i < count; i++, a += step, b += step) (x[a], x[b]) = (cos * x[a] + sin * x[b], cos * x[b] - sin * x[a]);
    }

    // dlas2: the smaller singular value of [f g; 0 h].
    private static double Least(double f, double g, double h)
    {
        double low = Math.Min(Math.Abs(f), Math.Abs(h)), high = Math.Max(Math.Abs(f), Math.Abs(h)), across = Math.Abs(g);
        if (low == 0) return 0;
        double a = 1 + low / high, b = (high - low) / high;
        if (across < high)
        {
            double c = across / high * (across / high);
            return low * (2 / (Math.Sqrt(a * a + c) + Math.Sqrt(b * b + c)));
        }
        double share = high / across;
        if (share == 0) return low * high / across;
        return 2 * (low * (1 / (Math.Sqrt(1 + a * share * (a * share)) + Math.Sqrt(1 + b * share * (b * share)))) * share);
    }

    // dlasv2: both singular values of [f g; 0 h], with signs, and the rotations.
    private static (double Low, double High, double SinR, double CosR, double SinL, double CosL) OfTwo(double f, double g, double h)
    {
        bool isSwapped = Math.Abs(h) > Math.Abs(f);
        var (ft, ht) = isSwapped ? (h, f) : (f, h);
        double fa = Math.Abs(ft), ha = Math.Abs(ht), ga = Math.Abs(g), low = ha, high = fa, cosL = 1, cosR = 1, sinL = 0, sinR = 0;
        bool isAcross = ga > fa;
        if (ga != 0 && isAcross && fa / ga < Epsilon)
        {
            (high, low) = (ga, ha > 1 ? fa / (ga / ha) : fa / ga * ha);
            (sinL, sinR, cosR) = (ht / g, 1, ft / g);
        }
        else if (ga != 0)
        {
            double apart = fa - ha, l = apart == fa ? 1 : apart / fa, m = g / ft, t = 2 - l, mm = m * m, s = Math.Sqrt(t * t + mm);
            double r = l == 0 ? Math.Abs(m) : Math.Sqrt(l * l + mm), a = 0.5 * (s + r);
            (low, high) = (ha / a, fa * a);
            t = mm != 0 ? (m / (s + t) + m / (r + l)) * (1 + a)
                : l == 0 ? Math.CopySign(2, ft) * Math.CopySign(1, g) : g / Math.CopySign(apart, ft) + m / t;
            l = Math.Sqrt(t * t + 4);
            (cosR, sinR) = (2 / l, t / l);
            (cosL, sinL) = ((cosR + sinR * m) / a, ht / ft * sinR / a);
        }
        if (isSwapped) (cosL, sinL, cosR, sinR) = (sinR, cosR, sinL, cosL);
        double sign = isAcross && ga != 0 ? Sign(sinR) * Sign(cosL) * Sign(g)
            : isSwapped ? Sign(sinR) * Sign(sinL) * Sign(h) : Sign(cosR) * Sign(cosL) * Sign(f);
        return (Math.CopySign(low, sign * Sign(f) * Sign(h)), Math.CopySign(high, sign), sinR, cosR, sinL, cosL);

        static double Sign(double x) => Math.CopySign(1, x);
    }

    private static double[] Identity(int n)
    {
        var one = new double[n * n];
        for (int i = 0; i < n; i++) one[i * n + i] = 1;
        return one;
    }
}
