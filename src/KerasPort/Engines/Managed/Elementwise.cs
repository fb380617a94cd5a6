using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void MapCore<F>(in F formula, in Operands on)
    {
        var piece = new FormulaPiece<S, V, F>(formula, on);
        if ((on.OneRow | on.OneColumn) != 0 && on.Rows > 1)
        {
            // Whole rows are computed at a time: an operand of a single row or value stays in registers and cache.
            piece.Each = Math.Max(1, FloatsPerPiece / on.Columns);
            workers.Run(piece, Cut(on.Rows, piece.Each));
            return;
        }
        (piece.Rows, piece.Columns) = (1, on.Count);
        // The pieces divide evenly among threads: each thread then updates the weights whose gradients it computed, which are in its cache.
        int pieces = on.Count <= FloatsPerPiece ? 1 : Cut(Cut(on.Count, FloatsPerPiece), 4) * 4;
        piece.Each = Cut(Cut(on.Count, pieces), S.Lanes) * S.Lanes;
        workers.Run(piece, Cut(on.Count, piece.Each));
    }
}

/// <summary>What becomes of the values of a formula whose results are summed over rows.</summary>
internal interface IRowSums
{
    /// <summary>Whether the results are stored too.</summary>
    static abstract bool Store { get; }

    /// <summary>Whether the second buffer's values are summed too.</summary>
    static abstract bool AddSecond { get; }
}

/// <summary>Only the results' sums are kept.</summary>
internal struct SumsAlone : IRowSums
{
    public static bool Store => false;

    public static bool AddSecond => false;
}

/// <summary>The results are stored too.</summary>
internal struct SumsOfStored : IRowSums
{
    public static bool Store => true;

    public static bool AddSecond => false;
}

/// <summary>The second buffer's values are summed too.</summary>
internal struct SumsOfBoth : IRowSums
{
    public static bool Store => false;

    public static bool AddSecond => true;
}

/// <summary>A formula over vectors. A piece is a run of rows, or of places in a single row.</summary>
internal unsafe struct FormulaPiece<S, V, F>(F formula, in Operands on) : IPieces where S : struct, ISimd<V> where V : struct where F : unmanaged, IFormula
{
    /// <summary>Lanes of the widest vector.</summary>
    private const int Widest = 16;

    private readonly F _formula = formula;
    private readonly float* _a = At(on[0]), _b = At(on[1]), _c = At(on[2]), _d = At(on[3]), _e = At(on[4]), _f = At(on[5]);
    private readonly int _oneRow = on.OneRow, _oneColumn = on.OneColumn;

    public int Rows = on.Rows, Columns = on.Columns, Each = 0;

    /// <remarks>
    /// This is a method of its own: if it were inlined into its caller, the compiler's budget for inlining would be used up before the formula,
    /// and each of the formula's operations would be a call.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public readonly void Run(int piece)
    {
        if (Rows == 1)
        {
            Run(0, piece * Each, Math.Min((piece + 1) * Each, Columns));
            return;
        }
        int last = Math.Min((piece + 1) * Each, Rows);
        for (int row = piece * Each; row < last; row++) Run(row, 0, Columns);
    }

    /// <summary>Adds up the formula's results over these rows, for one, two or four vectors of columns.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="last">The row behind the last one.</param>
    /// <param name="at">The first column.</param>
    /// <param name="sums">What the results are added to.</param>
    /// <param name="ofSecond">What the second buffer's values are added to, where they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void AddRows<E, N>(int first, int last, int at, float* sums, float* ofSecond) where E : struct, IRowSums where N : struct, INumber
    {
        V zero = S.Splat(0), sum0 = S.Load(sums), sum1 = N.Value > 1 ? S.Load(sums + S.Lanes) : zero;
        V sum2 = N.Value > 2 ? S.Load(sums + 2 * S.Lanes) : zero, sum3 = N.Value > 2 ? S.Load(sums + 3 * S.Lanes) : zero;
        V also0 = E.AddSecond ? S.Load(ofSecond) : zero, also1 = E.AddSecond && N.Value > 1 ? S.Load(ofSecond + S.Lanes) : zero;
        V also2 = E.AddSecond && N.Value > 2 ? S.Load(ofSecond + 2 * S.Lanes) : zero;
        V also3 = E.AddSecond && N.Value > 2 ? S.Load(ofSecond + 3 * S.Lanes) : zero;
        float* pa = _a + (long)first * Columns, pb = Row(1, _b, first), pc = Row(2, _c, first);
        float* pd = Row(3, _d, first), pe = Row(4, _e, first), pf = Row(5, _f, first);
        nint stepA = Columns, stepB = Step(1), stepC = Step(2), stepD = Step(3), stepE = Step(4), stepF = Step(5);
        for (int row = first; row < last; row++)
        {
            sum0 = S.Add(sum0, Of<E>(pa, pb, pc, pd, pe, pf, at, ref also0));
            if (N.Value > 1) sum1 = S.Add(sum1, Of<E>(pa, pb, pc, pd, pe, pf, at + S.Lanes, ref also1));
            if (N.Value > 2) sum2 = S.Add(sum2, Of<E>(pa, pb, pc, pd, pe, pf, at + 2 * S.Lanes, ref also2));
            if (N.Value > 2) sum3 = S.Add(sum3, Of<E>(pa, pb, pc, pd, pe, pf, at + 3 * S.Lanes, ref also3));
            if (E.Store) pa += stepA;
            if ((F.Reads >> 1 & 1) != 0) pb += stepB;
            if ((F.Reads >> 2 & 1) != 0) pc += stepC;
            if ((F.Reads >> 3 & 1) != 0) pd += stepD;
            if ((F.Reads >> 4 & 1) != 0) pe += stepE;
            if ((F.Reads >> 5 & 1) != 0) pf += stepF;
        }
        S.Store(sum0, sums);
        if (N.Value > 1) S.Store(sum1, sums + S.Lanes);
        if (N.Value > 2) S.Store(sum2, sums + 2 * S.Lanes);
        if (N.Value > 2) S.Store(sum3, sums + 3 * S.Lanes);
        if (!E.AddSecond) return;
        S.Store(also0, ofSecond);
        if (N.Value > 1) S.Store(also1, ofSecond + S.Lanes);
        if (N.Value > 2) S.Store(also2, ofSecond + 2 * S.Lanes);
        if (N.Value > 2) S.Store(also3, ofSecond + 3 * S.Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V Of<E>(float* pa, float* pb, float* pc, float* pd, float* pe, float* pf, int at, ref V also) where E : struct, IRowSums
    {
        V a = E.Store ? Load(0, pa, at) : default, b = Load(1, pb, at), c = Load(2, pc, at), d = Load(3, pd, at), e = Load(4, pe, at), f = Load(5, pf, at);
        if (E.AddSecond) also = S.Add(also, b);
        _formula.At<V, S>(ref a, ref b, ref c, ref d, ref e, ref f);
        if (E.Store) S.Store(a, pa + at);
        return a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly int Step(int place) => (_oneRow >> place & 1) != 0 ? 0 : (_oneColumn >> place & 1) != 0 ? 1 : Columns;

    /// <summary>Runs the formula on gradients in registers, which replace the second buffer. The other buffers are read at that place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V b, int at)
    {
        V a = LoadEach(0, _a, at), c = LoadEach(2, _c, at), d = LoadEach(3, _d, at), e = LoadEach(4, _e, at), f = LoadEach(5, _f, at);
        _formula.At<V, S>(ref a, ref b, ref c, ref d, ref e, ref f);
        Store(0, a, _a, at);
        Store(2, c, _c, at);
        Store(3, d, _d, at);
        Store(4, e, _e, at);
        Store(5, f, _f, at);
    }

    /// <summary>Prefetches the formula's operands other than the given values, from a place on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(int at, int lines)
    {
        if ((F.Reads & 1) != 0) Prefetch.Fetch(_a + at, lines);
        if ((F.Reads >> 2 & 1) != 0) Prefetch.Fetch(_c + at, lines);
        if ((F.Reads >> 3 & 1) != 0) Prefetch.Fetch(_d + at, lines);
        if ((F.Reads >> 4 & 1) != 0) Prefetch.Fetch(_e + at, lines);
        if ((F.Reads >> 5 & 1) != 0) Prefetch.Fetch(_f + at, lines);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void Run(int row, int first, int last)
    {
        float* pa = Row(0, _a, row), pb = Row(1, _b, row), pc = Row(2, _c, row), pd = Row(3, _d, row), pe = Row(4, _e, row), pf = Row(5, _f, row);
        int i = first;
        for (; i <= last - S.Lanes; i += S.Lanes)
        {
            V a = Load(0, pa, i), b = Load(1, pb, i), c = Load(2, pc, i), d = Load(3, pd, i), e = Load(4, pe, i), f = Load(5, pf, i);
            _formula.At<V, S>(ref a, ref b, ref c, ref d, ref e, ref f);
            Store(0, a, pa, i);
            Store(1, b, pb, i);
            Store(2, c, pc, i);
            Store(3, d, pd, i);
            Store(4, e, pe, i);
            Store(5, f, pf, i);
        }
        if (i < last) RunRest(pa, pb, pc, pd, pe, pf, i, last - i);
    }

    /// <summary>Runs the last places, fewer than a vector's lanes, as one vector. No memory behind them is read or written.</summary>
    private readonly void RunRest(float* pa, float* pb, float* pc, float* pd, float* pe, float* pf, int at, int count)
    {
        float* rest = stackalloc float[Operands.Most * Widest];
        float** from = stackalloc float*[Operands.Most] { pa, pb, pc, pd, pe, pf };
        for (int place = 0; place < Operands.Most; place++)
        {
            if ((F.Reads >> place & 1) == 0) continue;
            bool one = (_oneColumn >> place & 1) != 0;
            for (int i = 0; i < count; i++) rest[place * Widest + i] = from[place][one ? 0 : at + i];
        }
        V a = S.Load(rest), b = S.Load(rest + Widest), c = S.Load(rest + 2 * Widest);
        V d = S.Load(rest + 3 * Widest), e = S.Load(rest + 4 * Widest), f = S.Load(rest + 5 * Widest);
        _formula.At<V, S>(ref a, ref b, ref c, ref d, ref e, ref f);
        S.Store(a, rest);
        S.Store(b, rest + Widest);
        S.Store(c, rest + 2 * Widest);
        S.Store(d, rest + 3 * Widest);
        S.Store(e, rest + 4 * Widest);
        S.Store(f, rest + 5 * Widest);
        for (int place = 0; place < Operands.Most; place++)
        {
            if ((F.Writes >> place & 1) == 0) continue;
            for (int i = 0; i < count; i++) from[place][at + i] = rest[place * Widest + i];
        }
    }

    private static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    /// <summary>Where a buffer's values for a row begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly float* Row(int place, float* all, int row) =>
        (_oneRow >> place & 1) != 0 ? all : (_oneColumn >> place & 1) != 0 ? all + row : all + (long)row * Columns;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly V Load(int place, float* from, int at) =>
        (F.Reads >> place & 1) == 0 ? default : (_oneColumn >> place & 1) != 0 ? S.Splat(*from) : S.Load(from + at);

    /// <summary>The same where each place has a value of its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LoadEach(int place, float* from, int at) => (F.Reads >> place & 1) == 0 ? default : S.Load(from + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int place, V value, float* to, int at)
    {
        if ((F.Writes >> place & 1) != 0) S.Store(value, to + at);
    }
}
