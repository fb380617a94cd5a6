namespace KerasPort.Random;

/// <content>
/// Noncentral distributions, and those of angles and of first passages. Sources: Best and Fisher, Efficient simulation of the von
/// Mises distribution (1979); Michael, Schucany and Haas, Generating random variates using transformations with multiple roots (1976).
/// </content>
public abstract partial class NumpyRandom
{
    /// <summary>A number of the Cauchy distribution.</summary>
    public double standard_cauchy() => standard_cauchy(size: []).item();

    /// <summary>Numbers of the Cauchy distribution, in float64.</summary>
    public NDArray standard_cauchy(Shape size) => Each(0.0, 0.0, size, (_, _) =>
    {
        double above = Gauss();
        return above / Gauss();
    });

    /// <summary>A number of the chi-square distribution with that many degrees of freedom, noncentral.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double noncentral_chisquare(double df, double nonc) => noncentral_chisquare(df, nonc, size: []).item();

    /// <summary>Numbers of the chi-square distribution with that many degrees of freedom, noncentral, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray noncentral_chisquare(NDArray df, NDArray nonc, Shape? size = null) =>
        Each(Require(df, v => v > 0, "df"), Require(nonc, v => v >= 0, "nonc"), size, NoncentralChiSquare);

    /// <summary>A number of the F distribution with that many degrees of freedom above and below, noncentral.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double noncentral_f(double dfnum, double dfden, double nonc) => noncentral_f(dfnum, dfden, nonc, size: []).item();

    /// <summary>Numbers of the F distribution with that many degrees of freedom above and below, noncentral, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray noncentral_f(NDArray dfnum, NDArray dfden, NDArray nonc, Shape? size = null) =>
        Each(Require(dfnum, v => v > 0, "dfnum"), Require(dfden, v => v > 0, "dfden"), Require(nonc, v => v >= 0, "nonc"), size, (dfnum, dfden, nonc) =>
        {
            double above = NoncentralChiSquare(dfnum, nonc) * dfden;
            return above / (2 * Gamma(dfden / 2) * dfnum);
        });

    /// <summary>An angle, in radians, of the von Mises distribution of mean mu and concentration kappa.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double vonmises(double mu, double kappa) => vonmises(mu, kappa, size: []).item();

    /// <summary>Angles, in radians, of the von Mises distribution of mean mu and concentration kappa, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray vonmises(NDArray mu, NDArray kappa, Shape? size = null) => Each(mu, Require(kappa, v => v >= 0, "kappa"), size, VonMises);

    /// <summary>A number of the Wald distribution of that mean.</summary>
    /// <exception cref="ValueError">A parameter is outside of the range of the distribution.</exception>
    [OverloadResolutionPriority(1)]
    public double wald(double mean, double scale) => wald(mean, scale, size: []).item();

    /// <summary>Numbers of the Wald distribution of that mean, in float64.</summary>
    /// <inheritdoc cref="exponential(NDArray?, Shape?)"/>
    public NDArray wald(NDArray mean, NDArray scale, Shape? size = null) =>
        Each(Require(mean, v => v > 0, "mean"), Require(scale, v => v > 0, "scale"), size, (mean, scale) =>
        {
            double y = Gauss();
            y = mean * y * y;
            double x = mean + mean / (2 * scale) * (y - Math.Sqrt(4 * scale * y + y * y));
            return Unit() <= mean / (mean + x) ? x : mean * mean / x;
        });

    // numpy's Generator replaces a very concentrated von Mises distribution by a normal one; RandomState doesn't.
    private protected abstract bool IsAllButNormal(double kappa);

    private double NoncentralChiSquare(double df, double nonc)
    {
        if (nonc == 0) return 2 * Gamma(df / 2);
        if (df <= 1) return 2 * Gamma((df + 2 * Counts.Poisson(nonc / 2, Unit)) / 2);
        double central = 2 * Gamma((df - 1) / 2), n = Gauss() + Math.Sqrt(nonc);
        return central + n * n;
    }

    private double VonMises(double mu, double kappa)
    {
        const double uniform = 1e-8, series = 1e-5;
        if (kappa < uniform) return Math.PI * (2 * Unit() - 1);
        if (IsAllButNormal(kappa))
        {
            double angle = mu + Math.Sqrt(1 / kappa) * Gauss();
            if (angle < -Math.PI) angle += 2 * Math.PI;
            return angle > Math.PI ? angle - 2 * Math.PI : angle;
        }
        double r = 1 + Math.Sqrt(1 + 4 * kappa * kappa), rho = (r - Math.Sqrt(2 * r)) / (2 * kappa);
        double s = kappa < series ? 1 / kappa + kappa : (1 + rho * rho) / (2 * rho), w;
        while (true)
        {
            double z = Math.Cos(Math.PI * Unit());
            w = (1 + s * z) / (s + z);
            double y = kappa * (s - w), v = Unit();
            if (y * (2 - y) - v >= 0 || Math.Log(y / v) + 1 - y >= 0) break;
        }
        double turned = (Unit() < 0.5 ? -Math.Acos(w) : Math.Acos(w)) + mu, around = Math.Abs(turned);
        around = (around + Math.PI) % (2 * Math.PI) - Math.PI;
        return turned < 0 ? -around : around;
    }
}
