namespace KerasPort.Random;

/// <content>
/// Zipf's, the logarithmic and the hypergeometric distribution, and correlated normal numbers. Sources: Devroye, Non-uniform random
/// variate generation (1986), X.6; Kemp, Efficient generation of logarithmically distributed variables (1981).
/// </content>
public abstract partial class NumpyRandom
{
    /// <summary>A rank of Zipf's distribution of that exponent.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long zipf(double a) => (long)zipf(a, size: []);

    /// <summary>Ranks of Zipf's distribution of that exponent, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray zipf(NDArray a, Shape? size = null) => Each(Require(a, v => v > 1, "a"), 0.0, size, (a, _) => Zipf(a)).astype(DType.int64);

    /// <summary>A number of the logarithmic distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long logseries(double p) => (long)logseries(p, size: []);

    /// <summary>Numbers of the logarithmic distribution, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray logseries(NDArray p, Shape? size = null) =>
        Each(Require(p, v => v is >= 0 and < 1, "p"), 0.0, size, (p, _) => LogSeries(p)).astype(DType.int64);

    /// <summary>The number of good ones among <paramref name="nsample"/> drawn from good and bad ones without replacement.</summary>
    /// <exception cref="ValueError">There are fewer than are to be drawn, or a number is negative.</exception>
    [OverloadResolutionPriority(1)]
    public long hypergeometric(long ngood, long nbad, long nsample) => (long)hypergeometric(ngood, nbad, nsample, size: []);

    /// <summary>The numbers of good ones among <paramref name="nsample"/> drawn from good and bad ones without replacement, in int64.</summary>
    /// <exception cref="ValueError">There are fewer than are to be drawn, or a number is negative.</exception>
    public NDArray hypergeometric(NDArray ngood, NDArray nbad, NDArray nsample, Shape? size = null)
    {
        foreach (var (numbers, name) in new[] { (ngood, "ngood"), (nbad, "nbad"), (nsample, "nsample") }) Require(numbers, v => v >= 0, name);
        if ((nsample > ngood + nbad).any()) throw new ValueError($"ngood + nbad < nsample. Received: {ngood}, {nbad}, {nsample}");
        return Each(ngood, nbad, nsample, size, (good, bad, sample) => Hypergeometric((long)good, (long)bad, (long)sample)).astype(DType.int64);
    }

    /// <summary>Vectors of correlated normal numbers, in float64, along a last axis behind those of the size.</summary>
    /// <param name="mean">The mean of each.</param>
    /// <param name="cov">The covariance: a symmetric matrix without negative eigenvalues.</param>
    /// <param name="size">The shape of the result without its last axis.</param>
    /// <param name="check_valid">How to treat a matrix that isn't a covariance: "warn" and "ignore" accept it, "raise" throws.</param>
    /// <param name="tol">The tolerance of that check.</param>
    /// <exception cref="ValueError">The shapes don't fit, or the matrix isn't a covariance.</exception>
    public NDArray multivariate_normal(NDArray mean, NDArray cov, Shape? size = null, string check_valid = "warn", double tol = 1e-8)
    {
        if (check_valid is not ("warn" or "raise" or "ignore"))
            throw new ValueError($"check_valid must equal 'warn', 'raise', or 'ignore'. Received: {PythonText.Repr(check_valid)}");
        if (mean.ndim != 1) throw new ValueError($"mean must be 1 dimensional. Received: an array of shape {mean.shape}");
        if (cov.ndim != 2 || cov.shape[0] != cov.shape[1]) throw new ValueError($"cov must be 2 dimensional and square. Received: shape {cov.shape}");
        if (mean.Length != cov.shape[0]) throw new ValueError($"mean and cov must have same length. Received: shapes {mean.shape} and {cov.shape}");
        var np = Python.np;
        int[] shape = [.. Sized(size), mean.Length];
        var drawn = standard_normal(Shape.Of(shape)).reshape(-1, mean.Length);
        var (u, s, v) = np.linalg.svd(cov.astype(DType.float64));
        bool isOne = np.allclose(np.dot(v.T * s, v), cov, rtol: tol, atol: tol);
        if (!isOne && check_valid == "raise") throw new ValueError($"covariance is not symmetric positive-semidefinite. Received: cov={cov}");
        return (mean + Correlated(drawn, u, np.sqrt(s), v)).reshape(shape);
    }

    // One generator multiplies by U and the other by V of the singular value decomposition; the two differ in their rounding only.
    private protected abstract NDArray Correlated(NDArray drawn, NDArray u, NDArray roots, NDArray v);

    private protected abstract long Hypergeometric(long good, long bad, long sample);

    private double Zipf(double a)
    {
        const double onlyOne = 1025;        // from here on 2 to the a isn't finite
        if (a >= onlyOne) return 1;
        double less = a - 1, b = Math.Pow(2, less);
        while (true)
        {
            double u = 1 - Unit(), v = Unit(), x = Math.Floor(Math.Pow(u, -1 / less));
            if (x is > long.MaxValue or < 1) continue;
            double t = Math.Pow(1 + 1 / x, less);
            if (v * x * (t - 1) / (b - 1) <= t / b) return x;
        }
    }

    private double LogSeries(double p)
    {
        double r = LogOfLess(p);
        while (true)
        {
            double v = Unit();
            if (v >= p) return 1;
            double q = -ExpLessOne(r * Unit());
            if (v <= q * q)
            {
                double result = Math.Floor(1 + Math.Log(v) / Math.Log(q));
                if (result >= 1 && v != 0) return result;
            }
            else
            {
                return v >= q ? 1 : 2;
            }
        }
    }

    // log(1 - p).
    private protected abstract double LogOfLess(double p);

    // Draws as many as the size says, or as the broadcast parameters have elements.
    private NDArray Each(NDArray a, NDArray b, NDArray c, Shape? size, Func<double, double, double, double> draw)
    {
        var (x, y, z) = Python.np.broadcast_arrays(a, b, c);
        if (size is { } asked) (x, y, z) = (x.To(asked.ToArray()), y.To(asked.ToArray()), z.To(asked.ToArray()));
        double[] firsts = x.ToDoubles(), seconds = y.ToDoubles(), thirds = z.ToDoubles(), drawn = new double[firsts.Length];
        lock (Turn) for (int i = 0; i < drawn.Length; i++) drawn[i] = draw(firsts[i], seconds[i], thirds[i]);
        return new NDArray(drawn, x.shape);
    }
}
