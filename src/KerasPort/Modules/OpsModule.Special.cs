using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort;

// Special functions, whole numbers and their bits, and windows.
public sealed partial class OpsModule
{
    /// <summary>The angle of a number: 0, or π below 0.</summary>
    public Tensor angle(Tensor x) => KerasOps.Angle.Of(x);

    /// <summary>So many weights that rise from 0 to 1 and fall again, along lines.</summary>
    public Tensor bartlett(int x) => Window(x, place => 1 - Math.Abs(2 * place - 1));

    /// <summary>The bits that both whole numbers have; of arrays.</summary>
    public Tensor bitwise_and(NDArray x, NDArray y) => x & y;

    /// <summary>The bits that a whole number hasn't; of an array.</summary>
    public Tensor bitwise_invert(NDArray x) => ~x;

    /// <summary>A whole number times 2 to the power of another; of arrays.</summary>
    public Tensor bitwise_left_shift(NDArray x, NDArray y) => Python.np.left_shift(x, y);

    /// <inheritdoc cref="bitwise_invert"/>
    public Tensor bitwise_not(NDArray x) => ~x;

    /// <summary>The bits that one of both whole numbers has; of arrays.</summary>
    public Tensor bitwise_or(NDArray x, NDArray y) => x | y;

    /// <summary>A whole number by 2 to the power of another, without the rest; of arrays.</summary>
    public Tensor bitwise_right_shift(NDArray x, NDArray y) => Python.np.right_shift(x, y);

    /// <summary>The bits that just one of both whole numbers has; of arrays.</summary>
    public Tensor bitwise_xor(NDArray x, NDArray y) => x ^ y;

    /// <summary>So many weights, 0.42 - 0.5 · cos(2πt) + 0.08 · cos(4πt) for t from 0 to 1.</summary>
    public Tensor blackman(int x) => Window(x, place => 0.42 - 0.5 * Math.Cos(2 * Math.PI * place) + 0.08 * Math.Cos(4 * Math.PI * place));

    /// <summary>The cube root.</summary>
    public Tensor cbrt(Tensor x) => KerasOps.Cbrt.Of(x);

    /// <summary>The same number: there are none but real ones.</summary>
    public Tensor conj(Tensor x) => KerasOps.Real.Of(x);

    /// <inheritdoc cref="conj"/>
    public Tensor conjugate(Tensor x) => KerasOps.Real.Of(x);

    /// <summary>The number whose error function x is.</summary>
    public Tensor erfinv(Tensor x) => KerasOps.Erfinv.Of(x);

    /// <summary>The larger of both, or the one that is a number.</summary>
    public Tensor fmax(Tensor x1, Tensor x2) => KerasOps.Fmax.Of(x1, x2);

    /// <summary>The smaller of both, or the one that is a number.</summary>
    public Tensor fmin(Tensor x1, Tensor x2) => KerasOps.Fmin.Of(x1, x2);

    /// <summary>What x1 leaves when x2 is taken from it as often as it goes, with the sign of x1.</summary>
    public Tensor fmod(Tensor x1, Tensor x2) => KerasOps.Fmod.Of(x1, x2);

    /// <summary>The greatest whole number that divides both.</summary>
    public Tensor gcd(Tensor x1, Tensor x2) => KerasOps.Gcd.Whole(DType.int32, x1, x2);

    /// <summary>So many numbers whose quotients are equal.</summary>
    public Tensor geomspace(double start, double stop, int num = 50, bool endpoint = true, DType? dtype = null) =>
        Python.np.geomspace(start, stop, num, endpoint).astype(dtype ?? DType.float32);

    /// <summary>So many weights, 0.54 - 0.46 · cos(2πt) for t from 0 to 1.</summary>
    public Tensor hamming(int x) => Window(x, place => 0.54 - 0.46 * Math.Cos(2 * Math.PI * place));

    /// <summary>So many weights, (1 - cos(2πt)) / 2 for t from 0 to 1.</summary>
    public Tensor hanning(int x) => Window(x, place => 0.5 - 0.5 * Math.Cos(2 * Math.PI * place));

    /// <summary>0 below 0, 1 above it, and x2 where x1 is 0.</summary>
    public Tensor heaviside(Tensor x1, Tensor x2) => KerasOps.Heaviside.Of(x1, x2);

    /// <summary>The modified Bessel function of order 0.</summary>
    public Tensor i0(Tensor x) => KerasOps.I0.Of(x);

    /// <summary>What isn't real of numbers: 0, as all are.</summary>
    public Tensor imag(Tensor x) => KerasOps.Imag.Of(x);

    /// <summary>1, as all numbers are real.</summary>
    public Tensor isreal(Tensor x) => KerasOps.Isreal.Of(x);

    /// <summary>So many weights by the modified Bessel function, the steeper the larger beta is.</summary>
    public Tensor kaiser(int x, double beta) => Window(x, place =>
        SpecialFunctions.Bessel(beta * Math.Sqrt(Math.Max(0, 1 - (2 * place - 1) * (2 * place - 1))), 0) / SpecialFunctions.Bessel(beta, 0));

    /// <summary>The least whole number that both divide.</summary>
    public Tensor lcm(Tensor x1, Tensor x2) => KerasOps.Lcm.Whole(DType.int32, x1, x2);

    /// <summary>x1 · 2 to the power of x2, a whole number.</summary>
    public Tensor ldexp(Tensor x1, Tensor x2) => KerasOps.Ldexp.Of(x1, x2);

    /// <inheritdoc cref="bitwise_left_shift"/>
    public Tensor left_shift(NDArray x, NDArray y) => Python.np.left_shift(x, y);

    /// <summary>log₂(2 to the x1 + 2 to the x2).</summary>
    public Tensor logaddexp2(Tensor x1, Tensor x2) => KerasOps.Logaddexp2.Of(x1, x2);

    /// <summary>The number next to x1 on the way to x2.</summary>
    public Tensor nextafter(Tensor x1, Tensor x2) => KerasOps.Nextafter.Of(x1, x2);

    /// <summary>The same number: there are none but real ones.</summary>
    public Tensor real(Tensor x) => KerasOps.Real.Of(x);

    /// <inheritdoc cref="bitwise_right_shift"/>
    public Tensor right_shift(NDArray x, NDArray y) => Python.np.right_shift(x, y);

    /// <summary>An array's elements as that type, those outside of what it holds as its least or its largest.</summary>
    public Tensor saturate_cast(NDArray x, DType dtype)
    {
        if (Python.keras.backend.is_float_dtype(dtype)) return x.astype(dtype);
        if (dtype == DType.@bool) return x.clip(0, 1).astype(dtype);
        var (least, most) = dtype.Limits;
        var held = Array.ConvertAll(x.ToDoubles(), value => value <= (double)least ? least : value >= (double)most ? most : (Int128)value);
        NDArray all = dtype == DType.uint64 ? Array.ConvertAll(held, value => (ulong)value) : Array.ConvertAll(held, value => (long)value);
        return all.reshape(x.shape).astype(dtype);
    }

    /// <summary>1 where a number has the sign of those below 0, -0 among them, else 0.</summary>
    public Tensor signbit(Tensor x) => KerasOps.Signbit.Of(x);

    /// <summary>sin(πx) / (πx), and 1 at 0.</summary>
    public Tensor sinc(Tensor x) => KerasOps.Sinc.Of(x);

    /// <summary>So many weights at equal distances from 0 to 1; of one it is 1.</summary>
    private static Tensor Window(int length, Func<double, double> weight) =>
        new NDArray([.. Enumerable.Range(0, length).Select(i => length == 1 ? 1 : (float)weight(i / (length - 1.0)))], length);
}
