namespace KerasPort;

/// <content>Functions of vectors as curves, polynomials and samples.</content>
public sealed partial class NumpyModule
{
    /// <summary>Linear interpolation between the points of a curve; outside of it, the values of its ends.</summary>
    /// <param name="x">The x coordinates at which to interpolate.</param>
    /// <param name="xp">The x coordinates of the curve's points, ascending.</param>
    /// <param name="fp">The y coordinates of the curve's points.</param>
    /// <param name="left">The value before the first point; by default that of the first.</param>
    /// <param name="right">The value behind the last point; by default that of the last.</param>
    /// <exception cref="ValueError">There is no point, or the numbers of coordinates differ.</exception>
    public NDArray interp(NDArray x, NDArray xp, NDArray fp, double? left = null, double? right = null)
    {
        double[] places = xp.ToDoubles(), values = fp.ToDoubles();
        if (places.Length == 0) throw new ValueError("array of sample points is empty");
        if (places.Length != values.Length) throw new ValueError($"fp and xp are not of the same length: {values.Length} and {places.Length}");
        return new NDArray(Array.ConvertAll(x.ToDoubles(), v =>
        {
            if (double.IsNaN(v)) return v;
            if (v < places[0]) return left ?? values[0];
            if (v > places[^1]) return right ?? values[^1];
            int at = Math.Min(Place(places, v, isRight: true) - 1, places.Length - 1);
            if (at == places.Length - 1 || places[at] == v) return values[at];
            return (values[at + 1] - values[at]) / (places[at + 1] - places[at]) * (v - places[at]) + values[at];
        }), x.shape);
    }

    /// <summary>The integral along an axis by the trapezoidal rule.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public NDArray trapz(NDArray y, NDArray? x = null, double dx = 1.0, int axis = -1)
    {
        int at = y.At(axis), length = y.shape[at];
        NDArray next = y.Along(at, [.. Enumerable.Range(1, Math.Max(length - 1, 0))]), before = y.Along(at, [.. Enumerable.Range(0, Math.Max(length - 1, 0))]);
        NDArray width = dx;
        if (x is not null) width = x.ndim == 1 ? diff(x).reshape([.. y.shape.Select((_, i) => i == at ? length - 1 : 1)]) : diff(x, axis: at);
        return (width * (next + before) / 2.0).sum(at);
    }

    /// <summary>The gradient of a vector: central differences, and one-sided ones at both ends.</summary>
    /// <exception cref="ValueError">The array isn't a vector of at least two elements.</exception>
    public NDArray gradient(NDArray f, double varargs = 1.0)
    {
        if (f.ndim != 1 || f.size < 2)
            throw new ValueError($"Shape of array too small to calculate a numerical gradient, at least 2 elements are required. Received: {f.shape}");
        var y = IsInexact(f) ? f : f.astype(float64);
        return concatenate([(y[1..2] - y[..1]) / varargs, (y[2..] - y[..^2]) / (2 * varargs), (y[^1..] - y[^2..^1]) / varargs]);
    }

    /// <summary>The differences of successive elements in row-major order.</summary>
    /// <exception cref="ValueError">The elements are booleans.</exception>
    public NDArray ediff1d(NDArray ary) => ary.ravel()[1..] - ary.ravel()[..^1];

    /// <summary>The convolution of two vectors.</summary>
    /// <param name="a">The first vector.</param>
    /// <param name="v">The second vector.</param>
    /// <param name="mode">"full": all overlaps; "same": as many as the longer vector has elements; "valid": full overlaps only.</param>
    /// <exception cref="ValueError">A vector is empty, or the mode is unknown.</exception>
    public NDArray convolve(NDArray a, NDArray v, string mode = "full")
    {
        if (a.size == 0 || v.size == 0) throw new ValueError($"{(a.size == 0 ? "a" : "v")} cannot be empty");
        if (mode is not ("full" or "same" or "valid")) throw new ValueError($"mode must be one of 'valid', 'same', or 'full' (got '{mode}')");
        if (v.size > a.size) (a, v) = (v, a);
        int n = a.size, m = v.size;
        var full = zeros(n + m - 1, NDArray.Common([a, v]));
        for (int i = 0; i < m; i++) full[i..(i + n)] = full[i..(i + n)] + a.ravel() * v.ravel()[i];
        return mode switch { "full" => full, "same" => full[((m - 1) / 2)..((m - 1) / 2 + n)], _ => full[(m - 1)..n] };
    }

    /// <summary>The cross-correlation of two vectors: as <see cref="convolve"/>, but without reversing the second.</summary>
    /// <inheritdoc cref="convolve"/>
    public NDArray correlate(NDArray a, NDArray v, string mode = "valid")
    {
        // Where v is longer, numpy swaps the operands and reverses the result.
        var sums = convolve(a, flip(v), mode);
        return mode == "same" && v.size > a.size ? flip(convolve(flip(a), v, mode)) : sums;
    }

    /// <summary>The polynomial with these coefficients, highest power first, as a function: <c>var p = np.poly1d(c); p(x)</c>.</summary>
    public Func<NDArray, NDArray> poly1d(NDArray c_or_r) => x => polyval(c_or_r, x);

    /// <summary>The sum of two polynomials.</summary>
    public NDArray polyadd(NDArray a1, NDArray a2)
    {
        int length = Math.Max(a1.size, a2.size);
        NDArray Filled(NDArray a) => concatenate([zeros(length - a.size, a.dtype), atleast_1d(a)]);
        return Filled(a1) + Filled(a2);
    }

    /// <summary>The difference of two polynomials.</summary>
    public NDArray polysub(NDArray a1, NDArray a2) => polyadd(a1, -a2);

    /// <summary>The product of two polynomials.</summary>
    public NDArray polymul(NDArray a1, NDArray a2) => convolve(trim_zeros(atleast_1d(a1), "f"), trim_zeros(atleast_1d(a2), "f"));

    /// <summary>The derivative of a polynomial.</summary>
    public NDArray polyder(NDArray p, int m = 1)
    {
        for (; m > 0; m--) p = p[..^1] * arange(p.size - 1, 0, -1);
        return p;
    }

    /// <summary>The integral of a polynomial, with an integration constant.</summary>
    public NDArray polyint(NDArray p, int m = 1, double k = 0)
    {
        for (; m > 0; m--) p = append(p / arange(p.size, 0, -1), k);
        return p;
    }

    /// <summary>Angles, with multiples of the period added so that successive ones differ by at most half of it.</summary>
    public NDArray unwrap(NDArray p, double? discont = null, int axis = -1, double period = 2 * Math.PI)
    {
        var steps = diff(p, axis: axis);
        var turned = (steps + period / 2) % period - period / 2;
        turned = where((turned == -period / 2) & (steps > 0), period / 2, turned);
        var correction = where(abs(steps) < Math.Max(discont ?? 0, period / 2), 0.0, turned - steps);
        int[] first = [.. p.shape];
        first[p.At(axis)] = 1;
        return p + concatenate([zeros(first), correction.cumsum(p.At(axis))], axis);
    }

    /// <summary>The coefficients, highest power first, of the polynomial of that degree that fits points with least squares.</summary>
    /// <exception cref="ValueError">The arguments aren't vectors of the same length.</exception>
    public NDArray polyfit(NDArray x, NDArray y, int deg)
    {
        if (deg < 0) throw new ValueError($"expected deg >= 0. Received: deg={deg}");
        if (x.ndim != 1 || x.size == 0 || y.ndim is < 1 or > 2 || y.shape[0] != x.size)
            throw new ValueError($"expected x and y to have same length: {x.shape} and {y.shape}");
        var powers = vander(x.astype(float64), deg + 1);
        var scale = sqrt((powers * powers).sum(axis: 0));
        var found = matmul(linalg.pinv(powers / scale), y.astype(float64));
        return found.ndim == 1 ? found / scale : found / scale.reshape(-1, 1);
    }

    /// <summary>The values of a polynomial with these coefficients, highest power first, at each element.</summary>
    public NDArray polyval(NDArray p, NDArray x)
    {
        NDArray sum = zeros_like(x);
        foreach (var coefficient in p) sum = sum * x + coefficient;
        return sum;
    }

    /// <summary>The Vandermonde matrix: for each element a row of its powers, highest first.</summary>
    public NDArray vander(NDArray x, int? N = null) => power(x.reshape(-1, 1), arange((N ?? x.size) - 1, -1, -1).reshape(1, -1));

    /// <summary>The covariance matrix of variables.</summary>
    /// <param name="m">Variables by observations.</param>
    /// <param name="rowvar">Whether rows are variables; else columns are.</param>
    /// <param name="ddof">Subtracted from the number of observations; 1 by default.</param>
    /// <exception cref="ValueError">The array has more than two axes.</exception>
    public NDArray cov(NDArray m, bool rowvar = true, int ddof = 1)
    {
        if (m.ndim > 2) throw new ValueError($"m has more than 2 dimensions: {m.shape}");
        var x = atleast_2d(m.dtype == float32 ? m.astype(float64) : IsInexact(m) ? m : m.astype(float64));
        if (!rowvar && m.ndim == 2) x = x.T;
        x = x - x.mean(axis: 1, keepdims: true);
        var all = matmul(x, x.T) / (double)Math.Max(x.shape[1] - ddof, 0);
        return m.ndim == 1 ? all.reshape([]) : all;
    }

    /// <summary>The covariance matrix of the variables of two arrays together.</summary>
    /// <inheritdoc cref="cov(NDArray, bool, int)"/>
    public NDArray cov(NDArray m, NDArray y, bool rowvar = true, int ddof = 1) => cov(Together(m, y, rowvar), rowvar, ddof);

    /// <summary>The correlation matrix of the variables of two arrays together.</summary>
    /// <exception cref="ValueError">An array has more than two axes.</exception>
    public NDArray corrcoef(NDArray x, NDArray y, bool rowvar = true) => corrcoef(Together(x, y, rowvar), rowvar);

    private NDArray Together(NDArray x, NDArray y, bool rowvar) =>
        rowvar || x.ndim < 2 ? concatenate([atleast_2d(x), atleast_2d(y)]) : concatenate([x, y], axis: 1);

    /// <summary>The correlation matrix of variables: their covariances divided by their standard deviations.</summary>
    /// <exception cref="ValueError">The array has more than two axes.</exception>
    public NDArray corrcoef(NDArray x, bool rowvar = true)
    {
        var c = cov(x, rowvar);
        if (c.ndim == 0) return c / c;
        var deviations = sqrt(diag(c));
        return clip(c / deviations.reshape(-1, 1) / deviations, -1, 1);
    }
}
