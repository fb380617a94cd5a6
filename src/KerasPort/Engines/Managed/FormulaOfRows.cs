using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>
/// A formula of x[rows, columns] whose other operands are a single row each. A kernel computes its results where it reads x, instead of reading results
/// that were stored.
/// </summary>
internal readonly unsafe struct FormulaOfRows<S, V, F>(F formula, in Operands on) where S : struct, ISimd<V> where V : struct where F : unmanaged, IFormula
{
    private readonly F _formula = formula;
    private readonly float* _c = At(on[2]), _d = At(on[3]), _e = At(on[4]), _f = At(on[5]);

    /// <summary>x.</summary>
    public readonly float* X = At(on[1]);

    /// <summary>Whether a formula is such a one.</summary>
    public static bool Is(in Operands on) =>
        (F.Reads & Operands.Second) != 0 && (F.Reads & on.OneColumn) == 0 && (F.Reads & on.OneRow) == (F.Reads & ~Operands.Second);

    /// <summary>The operands other than x for a vector of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Load(int column, out V c, out V d, out V e, out V f)
    {
        c = (F.Reads >> 2 & 1) == 0 ? default : S.Load(_c + column);
        d = (F.Reads >> 3 & 1) == 0 ? default : S.Load(_d + column);
        e = (F.Reads >> 4 & 1) == 0 ? default : S.Load(_e + column);
        f = (F.Reads >> 5 & 1) == 0 ? default : S.Load(_f + column);
    }

    /// <summary>A vector of results.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public V Of(float* x, V c, V d, V e, V f)
    {
        V a = default, b = S.Load(x);
        _formula.At<V, S>(ref a, ref b, ref c, ref d, ref e, ref f);
        return a;
    }

    /// <summary>One result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Of(float* x, int column)
    {
        float a = 0, b = *x, c = LoadOne(2, _c, column), d = LoadOne(3, _d, column), e = LoadOne(4, _e, column), f = LoadOne(5, _f, column);
        _formula.At<float, FloatMath>(ref a, ref b, ref c, ref d, ref e, ref f);
        return a;
    }

    private static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float LoadOne(int place, float* row, int column) => (F.Reads >> place & 1) == 0 ? 0 : row[column];
}
