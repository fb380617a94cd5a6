namespace KerasPort.Random;

/// <content>
/// Distributions besides the uniform and the normal one, by numpy's methods and with its numbers. Sources: Marsaglia and Tsang, A simple method
/// for generating gamma variables (2000); Johnk's method of beta numbers (1964); the others by inversion.
/// </content>
public abstract partial class NumpyRandom
{
    // A number of the exponential distribution of mean 1.
    private protected abstract double Exponential();

    private protected abstract double Rayleigh();

    private protected abstract double ExpLessOne(double x);

    private protected abstract double Geometric(double p);

    /// <summary>A number of the exponential distribution of mean 1.</summary>
    public double standard_exponential()
    {
        lock (Turn) return Exponential();
    }

    /// <summary>Numbers of the exponential distribution of mean 1, in float64.</summary>
    public NDArray standard_exponential(Shape size) => Each(0.0, 0.0, size, (_, _) => Exponential());

    /// <summary>A number of the exponential distribution of that mean.</summary>
    /// <exception cref="ValueError">The mean is negative.</exception>
    [OverloadResolutionPriority(1)]
    public double exponential(double scale = 1.0) => exponential(scale, size: []).item();

    /// <summary>Numbers of the exponential distribution of that mean, in float64.</summary>
    /// <param name="scale">The mean; 1 by default.</param>
    /// <param name="size">The shape of the result; by default the broadcast shape of the other arguments.</param>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution, or the shapes don't fit.</exception>
    public NDArray exponential(NDArray? scale = null, Shape? size = null) =>
        Each(Require(scale ?? 1.0, v => v >= 0, "scale"), 0.0, size, (scale, _) => scale * Exponential());

    /// <summary>A number of the gamma distribution of that shape.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double standard_gamma(double shape) => standard_gamma(shape, size: []).item();

    /// <summary>Numbers of the gamma distribution of that shape, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray standard_gamma(NDArray shape, Shape? size = null) => Each(Require(shape, v => v >= 0, "shape"), 0.0, size, (shape, _) => Gamma(shape));

    /// <summary>A number of the gamma distribution of that shape and scale.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double gamma(double shape, double scale = 1.0) => gamma(shape, scale, size: []).item();

    /// <summary>Numbers of the gamma distribution of that shape and scale, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray gamma(NDArray shape, NDArray? scale = null, Shape? size = null) =>
        Each(Require(shape, v => v >= 0, "shape"), Require(scale ?? 1.0, v => v >= 0, "scale"), size, (shape, scale) => scale * Gamma(shape));

    /// <summary>A number of the chi-square distribution with that many degrees of freedom.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double chisquare(double df) => chisquare(df, size: []).item();

    /// <summary>Numbers of the chi-square distribution with that many degrees of freedom, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray chisquare(NDArray df, Shape? size = null) => Each(Require(df, v => v > 0, "df"), 0.0, size, (df, _) => 2 * Gamma(df / 2));

    /// <summary>A number of Student's distribution with that many degrees of freedom.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double standard_t(double df) => standard_t(df, size: []).item();

    /// <summary>Numbers of Student's distribution with that many degrees of freedom, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray standard_t(NDArray df, Shape? size = null) => Each(Require(df, v => v > 0, "df"), 0.0, size, (df, _) => StudentsT(df));

    /// <summary>A number of the F distribution with that many degrees of freedom above and below.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double f(double dfnum, double dfden) => f(dfnum, dfden, size: []).item();

    /// <summary>Numbers of the F distribution with that many degrees of freedom above and below, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray f(NDArray dfnum, NDArray dfden, Shape? size = null) =>
        Each(Require(dfnum, v => v > 0, "dfnum"), Require(dfden, v => v > 0, "dfden"), size, (dfnum, dfden) =>
            2 * Gamma(dfnum / 2) * dfden / (2 * Gamma(dfden / 2) * dfnum));

    /// <summary>A number of the beta distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double beta(double a, double b) => beta(a, b, size: []).item();

    /// <summary>Numbers of the beta distribution, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray beta(NDArray a, NDArray b, Shape? size = null) =>
        Each(Require(a, v => v > 0, "a"), Require(b, v => v > 0, "b"), size, (a, b) => Beta(a, b));

    /// <summary>A number of the Laplace distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double laplace(double loc = 0.0, double scale = 1.0) => laplace(loc, scale, size: []).item();

    /// <summary>Numbers of the Laplace distribution, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray laplace(NDArray? loc = null, NDArray? scale = null, Shape? size = null) =>
        Each(loc ?? 0.0, Require(scale ?? 1.0, v => v >= 0, "scale"), size, (loc, scale) => loc + scale * Laplace());

    /// <summary>A number of the Gumbel distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double gumbel(double loc = 0.0, double scale = 1.0) => gumbel(loc, scale, size: []).item();

    /// <summary>Numbers of the Gumbel distribution, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray gumbel(NDArray? loc = null, NDArray? scale = null, Shape? size = null) =>
        Each(loc ?? 0.0, Require(scale ?? 1.0, v => v >= 0, "scale"), size, (loc, scale) => loc + scale * Gumbel());

    /// <summary>A number of the logistic distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double logistic(double loc = 0.0, double scale = 1.0) => logistic(loc, scale, size: []).item();

    /// <summary>Numbers of the logistic distribution, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray logistic(NDArray? loc = null, NDArray? scale = null, Shape? size = null) =>
        Each(loc ?? 0.0, Require(scale ?? 1.0, v => v >= 0, "scale"), size, (loc, scale) => loc + scale * Logistic());

    /// <summary>A number whose logarithm is normally distributed.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double lognormal(double mean = 0.0, double sigma = 1.0) => lognormal(mean, sigma, size: []).item();

    /// <summary>Numbers whose logarithms are normally distributed, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray lognormal(NDArray? mean = null, NDArray? sigma = null, Shape? size = null) =>
        Each(mean ?? 0.0, Require(sigma ?? 1.0, v => v >= 0, "sigma"), size, (mean, sigma) => Math.Exp(mean + sigma * Gauss()));

    /// <summary>A number of the Rayleigh distribution.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double rayleigh(double scale = 1.0) => rayleigh(scale, size: []).item();

    /// <summary>Numbers of the Rayleigh distribution, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray rayleigh(NDArray? scale = null, Shape? size = null) => Each(Require(scale ?? 1.0, v => v >= 0, "scale"), 0.0, size, (scale, _) =>
        scale * Rayleigh());

    /// <summary>A number of the Weibull distribution of that shape.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double weibull(double a) => weibull(a, size: []).item();

    /// <summary>Numbers of the Weibull distribution of that shape, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray weibull(NDArray a, Shape? size = null) => Each(Require(a, v => v >= 0, "a"), 0.0, size, (a, _) =>
        a == 0 ? 0 : Math.Pow(Exponential(), 1 / a));

    /// <summary>A number of the Pareto distribution of that shape, from 0 on.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double pareto(double a) => pareto(a, size: []).item();

    /// <summary>Numbers of the Pareto distribution of that shape, from 0 on, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray pareto(NDArray a, Shape? size = null) => Each(Require(a, v => v > 0, "a"), 0.0, size, (a, _) => ExpLessOne(Exponential() / a));

    /// <summary>A number of the power distribution of that exponent.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double power(double a) => power(a, size: []).item();

    /// <summary>Numbers of the power distribution of that exponent, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray power(NDArray a, Shape? size = null) => Each(Require(a, v => v > 0, "a"), 0.0, size, (a, _) => Math.Pow(-ExpLessOne(-Exponential()), 1 / a));

    /// <summary>A number of the Poisson distribution of that mean.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long poisson(double lam = 1.0) => (long)poisson(lam, size: []);

    /// <summary>Numbers of the Poisson distribution of that mean, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray poisson(NDArray? lam = null, Shape? size = null) => Each(Require(lam ?? 1.0, v => v >= 0, "lam"), 0.0, size, (lam, _) =>
        Counts.Poisson(lam, Unit)).astype(DType.int64);

    /// <summary>The number of successes in n trials of probability p.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long binomial(double n, double p) => (long)binomial(n, p, size: []);

    /// <summary>Numbers of successes in n trials of probability p, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray binomial(NDArray n, NDArray p, Shape? size = null) =>
        Each(Require(n, v => v >= 0, "n"), Require(p, v => v is >= 0 and <= 1, "p"), size, (n, p) => Counts.Binomial((long)n, p, Unit)).astype(DType.int64);

    /// <summary>The number of trials up to the first success of probability p.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long geometric(double p) => (long)geometric(p, size: []);

    /// <summary>Numbers of trials up to the first success of probability p, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray geometric(NDArray p, Shape? size = null) => Each(Require(p, v => v is > 0 and <= 1, "p"), 0.0, size, (p, _) =>
        Geometric(p)).astype(DType.int64);

    /// <summary>The number of failures before n successes of probability p.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public long negative_binomial(double n, double p) => (long)negative_binomial(n, p, size: []);

    /// <summary>Numbers of failures before n successes of probability p, in int64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray negative_binomial(NDArray n, NDArray p, Shape? size = null) =>
        Each(Require(n, v => v > 0, "n"), Require(p, v => v is > 0 and <= 1, "p"), size, (n, p) =>
            Counts.Poisson(Gamma(n) * ((1 - p) / p), Unit)).astype(DType.int64);

    /// <summary>A number of the triangular distribution from left to right.</summary>
    /// <exception cref="ValueError">The mode isn't between left and right, or these are equal.</exception>
    [OverloadResolutionPriority(1)]
    public double triangular(double left, double mode, double right) => triangular(left, mode, right, size: []).item();

    /// <summary>Numbers of the triangular distribution from left to right, in float64.</summary>
    /// <exception cref="ValueError">The mode isn't between left and right, or these are equal.</exception>
    public NDArray triangular(double left, double mode, double right, Shape? size)
    {
        if (!(left <= mode && mode <= right && left < right)) throw new ValueError($"left <= mode <= right is expected. Received: {left}, {mode}, {right}");
        double width = right - left, before = mode - left;
        return Each(0.0, 0.0, size, (_, _) =>
        {
            double u = Unit();
            return u <= before / width ? left + Math.Sqrt(u * (before * width)) : right - Math.Sqrt((1 - u) * ((right - mode) * width));
        });
    }

    /// <summary>The counts of several outcomes in n trials, in int64, along a last axis behind those of the size.</summary>
    /// <param name="n">The number of trials.</param>
    /// <param name="pvals">The probability of each outcome.</param>
    /// <param name="size">The shape of the result without its last axis.</param>
    /// <exception cref="ValueError">The probabilities are invalid, or their sum exceeds 1.</exception>
    public NDArray multinomial(int n, NDArray pvals, Shape? size = null)
    {
        const double tolerance = 1e-12;
        double[] p = pvals.ToDoubles();
        if (n < 0) throw new ValueError($"n < 0. Received: n={n}");
        if (p.Any(v => v is not (>= 0 and <= 1))) throw new ValueError($"pvals < 0, pvals > 1 or pvals contains NaNs. Received: {pvals}");
        if (p.SkipLast(1).Sum() > 1 + tolerance) throw new ValueError("sum(pvals[:-1]) > 1.0");
        int[] shape = Sized(size);
        var counts = new long[checked(Shape.Of(shape).Size * p.Length)];
        lock (Turn)
        {
            for (int at = 0; at < counts.Length; at += p.Length)
            {
                double rest = 1;
                long left = n;
                for (int i = 0; i < p.Length - 1 && left > 0; i++)
                {
                    counts[at + i] = Counts.Binomial(left, p[i] / rest, Unit);
                    left -= counts[at + i];
                    rest -= p[i];
                }
                if (left > 0) counts[at + p.Length - 1] = left;
            }
        }
        return new NDArray(counts, [.. shape, p.Length]);
    }

    /// <summary>Shares that add up to 1, in float64, along a last axis behind those of the size.</summary>
    /// <exception cref="ValueError">One of the weights isn't positive.</exception>
    public NDArray dirichlet(NDArray alpha, Shape? size = null)
    {
        double[] weights = Require(alpha, v => v > 0, "alpha").ToDoubles();
        int[] shape = Sized(size);
        var shares = new double[checked(Shape.Of(shape).Size * weights.Length)];
        lock (Turn)
        {
            for (int at = 0; at < shares.Length; at += weights.Length)
            {
                double sum = 0;
                for (int i = 0; i < weights.Length; i++) sum += shares[at + i] = Gamma(weights[i]);
                for (int i = 0; i < weights.Length; i++) shares[at + i] *= 1 / sum;
            }
        }
        return new NDArray(shares, [.. shape, weights.Length]);
    }

    /// <summary>Random bytes.</summary>
    public byte[] bytes(int length)
    {
        var all = new byte[length];
        lock (Turn)
        {
            for (int i = 0; i < length; i += 4)
            {
                uint word = NextUInt32();
                for (int k = i; k < Math.Min(i + 4, length); k++) all[k] = (byte)(word >> 8 * (k - i));
            }
        }
        return all;
    }

    private double Gamma(double shape)
    {
        if (shape == 1) return Exponential();
        if (shape == 0) return 0;
        if (shape < 1)
        {
            while (true)
            {
                double u = Unit(), v = Exponential();
                if (u <= 1 - shape)
                {
                    double x = Math.Pow(u, 1 / shape);
                    if (x <= v) return x;
                }
                else
                {
                    double y = -Math.Log((1 - u) / shape), x = Math.Pow(1 - shape + shape * y, 1 / shape);
                    if (x <= v + y) return x;
                }
            }
        }
        double b = shape - 1.0 / 3, c = 1 / Math.Sqrt(9 * b);
        while (true)
        {
            double x, v;
            do
            {
                x = Gauss();
                v = 1 + c * x;
            }
            while (v <= 0);
            v = v * v * v;
            double u = Unit();
            if (u < 1 - 0.0331 * (x * x) * (x * x)) return b * v;
            if (Math.Log(u) < 0.5 * x * x + b * (1 - v + Math.Log(v))) return b * v;
        }
    }

    private double Beta(double a, double b)
    {
        if (a > 1 || b > 1)
        {
            double first = Gamma(a), second = Gamma(b);
            return first / (first + second);
        }
        while (true)
        {
            double u = Unit(), v = Unit(), x = Math.Pow(u, 1 / a), y = Math.Pow(v, 1 / b);
            if (!(x + y <= 1 && u + v > 0)) continue;
            if (x + y > 0) return x / (x + y);
            double logX = Math.Log(u) / a, logY = Math.Log(v) / b, most = Math.Max(logX, logY);
            return Math.Exp(logX - most - Math.Log(Math.Exp(logX - most) + Math.Exp(logY - most)));
        }
    }

    private double StudentsT(double df)
    {
        double above = Gauss(), below = Gamma(df / 2);
        return Math.Sqrt(df / 2) * above / Math.Sqrt(below);
    }

    private protected double Searched(double p)
    {
        double sum = p, each = p, u = Unit();
        long count = 1;
        for (; u > sum; count++)
        {
            each *= 1 - p;
            sum += each;
        }
        return count;
    }

    private double Laplace()
    {
        while (true)
        {
            double u = Unit();
            if (u >= 0.5) return -Math.Log(2 - u - u);
            if (u > 0) return Math.Log(u + u);
        }
    }

    private double Gumbel()
    {
        double u;
        do u = 1 - Unit(); while (u >= 1);
        return -Math.Log(-Math.Log(u));
    }

    private double Logistic()
    {
        double u;
        do u = Unit(); while (u <= 0);
        return Math.Log(u / (1 - u));
    }

    // Draws as many as the size says, or as the broadcast parameters have elements.
    private NDArray Each(NDArray a, NDArray b, Shape? size, Func<double, double, double> draw)
    {
        if (a.ndim + b.ndim == 0)
        {
            double first = a.item(), second = b.item();
            return Filled(size, values =>
            {
                foreach (ref double value in values) value = draw(first, second);
            });
        }
        var (x, y) = Python.np.broadcast_arrays(a, b);
        if (size is { } asked) (x, y) = (x.To(asked.ToArray()), y.To(asked.ToArray()));
        double[] firsts = x.ToDoubles(), seconds = y.ToDoubles(), drawn = new double[firsts.Length];
        lock (Turn) for (int i = 0; i < drawn.Length; i++) drawn[i] = draw(firsts[i], seconds[i]);
        return new NDArray(drawn, x.shape);
    }

    private static NDArray Require(NDArray values, Predicate<double> holds, string name) => Array.TrueForAll(values.ToDoubles(), holds) ? values
        : throw new ValueError($"{name} lies outside of what the distribution has. Received: {name}={values}");
}
