namespace KerasPort.Engines.Formulas;

/// <summary>
/// An elementwise formula over up to six buffers, written once for every engine and every width of vector: a struct of its constants.
/// <see cref="Kernels"/> runs it.
/// </summary>
public interface IFormula
{
    /// <summary>A bit for each buffer that is read, the first one's lowest.</summary>
    static abstract int Reads { get; }

    /// <summary>A bit for each buffer that is written.</summary>
    static abstract int Writes { get; }

    /// <summary>Computes the elements at one place. Those of buffers that aren't read begin as zeros.</summary>
    /// <typeparam name="T">The number: a float, a double or a vector.</typeparam>
    /// <typeparam name="M">Its operations.</typeparam>
    void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T>;
}

/// <summary>y = f(x).</summary>
public interface IUnary
{
    /// <summary>The value of the function.</summary>
    T Of<T, M>(T x) where M : struct, IMath<T>;
}

/// <summary>z = f(x, y).</summary>
public interface IBinary
{
    /// <summary>The value of the function.</summary>
    T Of<T, M>(T x, T y) where M : struct, IMath<T>;
}

/// <summary>A function of one number as a formula: the first buffer from the second.</summary>
public readonly struct Unary<F>(F function) : IFormula where F : unmanaged, IUnary
{
    private readonly F _function = function;

    /// <inheritdoc/>
    public static int Reads => 0b10;

    /// <inheritdoc/>
    public static int Writes => 0b01;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = _function.Of<T, M>(b);
}

/// <summary>A function of two numbers as a formula: the first buffer from the second and the third.</summary>
public readonly struct Binary<F>(F function) : IFormula where F : unmanaged, IBinary
{
    private readonly F _function = function;

    /// <inheritdoc/>
    public static int Reads => 0b110;

    /// <inheritdoc/>
    public static int Writes => 0b001;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void At<T, M>(ref T a, ref T b, ref T c, ref T d, ref T e, ref T f) where M : struct, IMath<T> => a = _function.Of<T, M>(b, c);
}
