using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort;

// Special functions, integers and their bits, and windows.
public sealed partial class OpsModule
{
    /// <summary>The angle of a real number: 0, or π below 0.</summary>
    public Tensor angle(Tensor x) => KerasOps.Angle.Of(x);

    /// <summary>The Bartlett window, a triangle, of x values.</summary>
    public Tensor bartlett(int x) => Window(x, place => 1 - Math.Abs(2 * place - 1));

    /// <summary>The bitwise and of integers; only for arrays.</summary>
    public Tensor bitwise_and(NDArray x, NDArray y) => x & y;

    /// <summary>The bitwise complement of integers; only for an array.</summary>
    public Tensor bitwise_invert(NDArray x) => ~x;

    /// <summary>Shifts integers to the left: x · 2 to the power of y; only for arrays.</summary>
    public Tensor bitwise_left_shift(NDArray x, NDArray y) => Python.np.left_shift(x, y);

    /// <inheritdoc cref="bitwise_invert"/>
    public Tensor bitwise_not(NDArray x) => ~x;

    /// <summary>The bitwise or of integers; only for arrays.</summary>
    public Tensor bitwise_or(NDArray x, NDArray y) => x | y;

    /// <summary>Shifts integers to the right: x / 2 to the power of y, rounded down; only for arrays.</summary>
    public Tensor bitwise_right_shift(NDArray x, NDArray y) => Python.np.right_shift(x, y);

    /// <summary>The bitwise exclusive or of integers; only for arrays.</summary>
    public Tensor bitwise_xor(NDArray x, NDArray y) => x ^ y;

    /// <summary>The Blackman window of x values: 0.42 - 0.5 · cos(2πt) + 0.08 · cos(4πt) for t from 0 to 1.</summary>
    public Tensor blackman(int x) => Window(x, place => 0.42 - 0.5 * Math.Cos(2 * Math.PI * place) + 0.08 * Math.Cos(4 * Math.PI * place));

    /// <summary>The cube root.</summary>
    public Tensor cbrt(Tensor x) => KerasOps.Cbrt.Of(x);

    /// <summary>The complex conjugate: the number itself, since all are real.</summary>
    public Tensor conj(Tensor x) => KerasOps.Real.Of(x);

    /// <inheritdoc cref="conj"/>
    public Tensor conjugate(Tensor x) => KerasOps.Real.Of(x);

    /// <summary>The inverse error function.</summary>
    public Tensor erfinv(Tensor x) => KerasOps.Erfinv.Of(x);

    /// <summary>The larger of both, or the other one where one is NaN.</summary>
    public Tensor fmax(Tensor x1, Tensor x2) => KerasOps.Fmax.Of(x1, x2);

    /// <summary>The smaller of both, or the other one where one is NaN.</summary>
    public Tensor fmin(Tensor x1, Tensor x2) => KerasOps.Fmin.Of(x1, x2);

    /// <summary>The remainder of x1 / x2, with the sign of x1.</summary>
    public Tensor fmod(Tensor x1, Tensor x2) => KerasOps.Fmod.Of(x1, x2);

    /// <summary>The greatest common divisor.</summary>
    public Tensor gcd(Tensor x1, Tensor x2) => KerasOps.Gcd.Whole(DType.int32, x1, x2);

    /// <summary>Numbers from start to stop in a geometric progression.</summary>
    public Tensor geomspace(double start, double stop, int num = 50, bool endpoint = true, DType? dtype = null) =>
        Python.np.geomspace(start, stop, num, endpoint).astype(dtype ?? DType.float32);

    /// <summary>The Hamming window of x values: 0.54 - 0.46 · cos(2πt) for t from 0 to 1.</summary>
    public Tensor hamming(int x) => Window(x, place => 0.54 - 0.46 * Math.Cos(2 * Math.PI * place));

    /// <summary>The Hann window of x values: (1 - cos(2πt)) / 2 for t from 0 to 1.</summary>
    public Tensor hanning(int x) => Window(x, place => 0.5 - 0.5 * Math.Cos(2 * Math.PI * place));

    /// <summary>0 below 0, 1 above 0, and x2 where x1 is 0.</summary>
    public Tensor heaviside(Tensor x1, Tensor x2) => KerasOps.Heaviside.Of(x1, x2);

    /// <summary>The modified Bessel function of order 0.</summary>
    public Tensor i0(Tensor x) => KerasOps.I0.Of(x);

    /// <summary>The imaginary part: 0, since all numbers are real.</summary>
    public Tensor imag(Tensor x) => KerasOps.Imag.Of(x);

    /// <summary>1, since all numbers are real.</summary>
    public Tensor isreal(Tensor x) => KerasOps.Isreal.Of(x);

    /// <summary>The Kaiser window of x values, which is the narrower the larger beta is.</summary>
    public Tensor kaiser(int x, double beta) => Window(x, place =>
        SpecialFunctions.Bessel(beta * Math.Sqrt(Math.Max(0, 1 - (2 * place - 1) * (2 * place - 1))), 0) / SpecialFunctions.Bessel(beta, 0));

    /// <summary>The least common multiple.</summary>
    public Tensor lcm(Tensor x1, Tensor x2) => KerasOps.Lcm.Whole(DType.int32, x1, x2);

    /// <summary>x1 · 2 to the power of the integer x2.</summary>
    public Tensor ldexp(Tensor x1, Tensor x2) => KerasOps.Ldexp.Of(x1, x2);

    /// <inheritdoc cref="bitwise_left_shift"/>
    public Tensor left_shift(NDArray x, NDArray y) => Python.np.left_shift(x, y);

    /// <summary>log₂ of (2 to the power of x1 + 2 to the power of x2).</summary>
    public Tensor logaddexp2(Tensor x1, Tensor x2) => KerasOps.Logaddexp2.Of(x1, x2);

    /// <summary>The next representable number after x1 in the direction of x2.</summary>
    public Tensor nextafter(Tensor x1, Tensor x2) => KerasOps.Nextafter.Of(x1, x2);

    /// <summary>The real part: the number itself, since all are real.</summary>
    public Tensor real(Tensor x) => KerasOps.Real.Of(x);

    /// <inheritdoc cref="bitwise_right_shift"/>
    public Tensor right_shift(NDArray x, NDArray y) => Python.np.right_shift(x, y);

    /// <summary>Casts an array to a type; elements out of its range become its smallest or largest number.</summary>
    public Tensor saturate_cast(NDArray x, DType dtype)
    {
        if (Python.keras.backend.is_float_dtype(dtype)) return x.astype(dtype);
        if (dtype == DType.@bool) return x.clip(0, 1).astype(dtype);
        var (least, most) = dtype.Limits;
        var held = Array.ConvertAll(x.ToDoubles(), value => value <= (double)least ? least : value >= (double)most ? most : (Int128)value);
        NDArray all = dtype == DType.uint64 ? Array.ConvertAll(held, value => (ulong)value) : Array.ConvertAll(held, value => (long)value);
        return all.reshape(x.shape).astype(dtype);
    }

    /// <summary>1 where a number has a minus sign, -0 included, else 0.</summary>
    public Tensor signbit(Tensor x) => KerasOps.Signbit.Of(x);

    /// <summary>sin(πx) / (πx), and 1 at 0.</summary>
    public Tensor sinc(Tensor x) => KerasOps.Sinc.Of(x);

    /// <summary>Values of a function at equidistant points from 0 to 1; a single value is 1.</summary>
    private static Tensor Window(int length, Func<double, double> weight) =>
        new NDArray([.. Enumerable.Range(0, length).Select(i => length == 1 ? 1 : (float)weight(i / (length - 1.0)))], length);
}
