using System.Numerics;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <summary>
/// Dense products whose left operand has many zeros, as images and what comes out of relu have: a row of C is a sum of rows of B, and those
/// that zeros stand for are left out, since a product with 0 adds nothing.
/// </summary>
/// <remarks>
/// A row of C in eight vectors: each product loads its vector of B, which the processor does as fast as it multiplies, so that half
/// the products take half the time. It pays while B's rows come from the first cache.
/// </remarks>
internal static unsafe class SparseProduct<S, V> where S : struct, ISimd<V> where V : struct
{
    /// <summary>Terms that one mask names.</summary>
    public const int Most = 64;

    /// <summary>C's columns that a sum takes at a time.</summary>
    public static int PanelWidth => 8 * S.Lanes;

    // Rows of so many columns are near each other: the panels of a block of them meet different places of the first cache, and the processor
    // foresees where the next ones lie.
    private const int NearColumns = 128;

    /// <summary>Cache lines of a panel's row that are worth fetching ahead; 0 where rows lie near each other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int LinesAhead(int columns) => columns > Math.Max(NearColumns, PanelWidth) ? PanelWidth / CacheLines.Floats : 0;

    /// <summary>
    /// Whether at least a quarter of some rows is 0: of some of the first ones' cache lines, which stand for all. Half of them lie in another core's cache.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool HasZeros(float* x, int rows, int columns)
    {
        // Lines so far apart are of other columns in every row, and of other channels.
        const int Looked = 4, Apart = 5 * CacheLines.Floats;
        int count = Math.Min(rows, Looked) * columns, zeros = 0, all = 0;
        for (int i = 0; i <= count - S.Lanes; i += Apart, all += S.Lanes) zeros += BitOperations.PopCount(S.Bits(S.Equal(S.Load(x + i), S.Splat(0))));
        return 4 * zeros >= all;
    }

    /// <summary>Copies rows of a panel, which lie so far apart, one behind the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(float* from, nint pitch, int rows, float* to)
    {
        for (int row = 0; row < rows; row++, from += pitch)
            for (int i = 0; i < 8; i++, to += S.Lanes) S.Store(S.Load(from + i * S.Lanes), to);
    }

    /// <summary>
    /// Gives start + Σ a[t · stepA] · b[t · stepB] over the terms t whose bit is set to an ending, the first column as that of index
    /// <paramref name="at"/>; start is 0 with null.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sum<T>(ulong terms, float* a, nint stepA, float* b, nint stepB, float* start, T ending, int at = 0)
        where T : struct, ISumEnding<V>
    {
        V c0, c1, c2, c3, c4, c5, c6, c7;
        c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = S.Splat(0);
        if (start != null)
        {
            (c0, c1, c2, c3) = (S.Load(start), S.Load(start + S.Lanes), S.Load(start + 2 * S.Lanes), S.Load(start + 3 * S.Lanes));
            (c4, c5, c6, c7) = (S.Load(start + 4 * S.Lanes), S.Load(start + 5 * S.Lanes), S.Load(start + 6 * S.Lanes), S.Load(start + 7 * S.Lanes));
        }
        for (; terms != 0; terms &= terms - 1)
        {
            nint t = BitOperations.TrailingZeroCount(terms);
            float* row = b + t * stepB;
            V value = S.Splat(a[t * stepA]);
            c0 = S.Fma(value, S.Load(row), c0);
            c1 = S.Fma(value, S.Load(row + S.Lanes), c1);
            c2 = S.Fma(value, S.Load(row + 2 * S.Lanes), c2);
            c3 = S.Fma(value, S.Load(row + 3 * S.Lanes), c3);
            c4 = S.Fma(value, S.Load(row + 4 * S.Lanes), c4);
            c5 = S.Fma(value, S.Load(row + 5 * S.Lanes), c5);
            c6 = S.Fma(value, S.Load(row + 6 * S.Lanes), c6);
            c7 = S.Fma(value, S.Load(row + 7 * S.Lanes), c7);
        }
        ending.Take(c0, at);
        ending.Take(c1, at + S.Lanes);
        ending.Take(c2, at + 2 * S.Lanes);
        ending.Take(c3, at + 3 * S.Lanes);
        ending.Take(c4, at + 4 * S.Lanes);
        ending.Take(c5, at + 5 * S.Lanes);
        ending.Take(c6, at + 6 * S.Lanes);
        ending.Take(c7, at + 7 * S.Lanes);
    }
}

/// <summary>Sums of few of many rows, as <see cref="SparseProduct{S, V}"/> has them, and the products of another row with each of these.</summary>
internal static unsafe class SparseDots<S, V> where S : struct, ISimd<V> where V : struct
{
    /// <summary>
    /// Gives Σ a[t · stepA] · b[t · stepB] over the terms t whose bit is set to an ending, and dots[t] (+)= row · b[t · stepB], lane by lane over a panel's
    /// columns: <see cref="ISimd{V}.Sums"/> adds up the lanes. Each vector of b is loaded once for both.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Sum<T>(ulong terms, float* a, nint stepA, float* b, nint stepB, float* row, float* dots, bool add, T ending, int at)
        where T : struct, ISumEnding<V>
    {
        V r0 = S.Load(row), r1 = S.Load(row + S.Lanes), r2 = S.Load(row + 2 * S.Lanes), r3 = S.Load(row + 3 * S.Lanes);
        V r4 = S.Load(row + 4 * S.Lanes), r5 = S.Load(row + 5 * S.Lanes), r6 = S.Load(row + 6 * S.Lanes), r7 = S.Load(row + 7 * S.Lanes);
        V c0, c1, c2, c3, c4, c5, c6, c7;
        c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = S.Splat(0);
        for (; terms != 0; terms &= terms - 1)
        {
            nint t = BitOperations.TrailingZeroCount(terms);
            float* from = b + t * stepB, dot = dots + t * S.Lanes;
            V value = S.Splat(a[t * stepA]), other = S.Load(from), even = S.Fma(r0, other, add ? S.Load(dot) : S.Splat(0));
            c0 = S.Fma(value, other, c0);
            other = S.Load(from + S.Lanes);
            V odd = S.Multiply(r1, other);
            c1 = S.Fma(value, other, c1);
            other = S.Load(from + 2 * S.Lanes);
            (even, c2) = (S.Fma(r2, other, even), S.Fma(value, other, c2));
            other = S.Load(from + 3 * S.Lanes);
            (odd, c3) = (S.Fma(r3, other, odd), S.Fma(value, other, c3));
            other = S.Load(from + 4 * S.Lanes);
            (even, c4) = (S.Fma(r4, other, even), S.Fma(value, other, c4));
            other = S.Load(from + 5 * S.Lanes);
            (odd, c5) = (S.Fma(r5, other, odd), S.Fma(value, other, c5));
            other = S.Load(from + 6 * S.Lanes);
            (even, c6) = (S.Fma(r6, other, even), S.Fma(value, other, c6));
            other = S.Load(from + 7 * S.Lanes);
            (odd, c7) = (S.Fma(r7, other, odd), S.Fma(value, other, c7));
            S.Store(S.Add(even, odd), dot);
        }
        ending.Take(c0, at);
        ending.Take(c1, at + S.Lanes);
        ending.Take(c2, at + 2 * S.Lanes);
        ending.Take(c3, at + 3 * S.Lanes);
        ending.Take(c4, at + 4 * S.Lanes);
        ending.Take(c5, at + 5 * S.Lanes);
        ending.Take(c6, at + 6 * S.Lanes);
        ending.Take(c7, at + 7 * S.Lanes);
    }
}

/// <summary>Takes the sums of a panel's columns: stores them, adds them to others, or makes an optimizer's step of them.</summary>
internal interface ISumEnding<V>
{
    /// <param name="sums">The sums of a vector of columns.</param>
    /// <param name="at">The first one's index among all sums.</param>
    void Take(V sums, int at);

    /// <summary>Prefetches the memory that a later panel's sums go to, from the index of its first column among all sums on.</summary>
    void Fetch(int at, int lines);
}

/// <summary>The sums are stored.</summary>
internal unsafe struct StoredSums<S, V> : ISumEnding<V> where S : struct, ISimd<V> where V : struct
{
    public float* To;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V sums, int at) => S.Store(sums, To + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(int at, int lines) => Prefetch.Fetch(To + at, lines);
}

/// <summary>The sums are added to those that are there.</summary>
internal unsafe struct AddedSums<S, V> : ISumEnding<V> where S : struct, ISimd<V> where V : struct
{
    public float* To;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V sums, int at) => S.Store(S.Add(S.Load(To + at), sums), To + at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(int at, int lines) => Prefetch.Fetch(To + at, lines);
}

/// <summary>The sums are gradients with which an optimizer's formula updates the weights.</summary>
internal struct UpdatingSums<S, V, F> : ISumEnding<V> where S : struct, ISimd<V> where V : struct where F : unmanaged, IFormula
{
    public FormulaPiece<S, V, F> Update;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V sums, int at) => Update.Take(sums, at);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Fetch(int at, int lines) => Update.Fetch(at, lines);
}

/// <summary>
/// y = x · kernel, whose parts are the sums over runs of the inputs, the first with the bias. A piece is a run, for a band of the columns: that much of its
/// part stays in cache while the sums of the run's blocks are added up in it.
/// </summary>
internal unsafe struct SparseDense<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    // So many rows of x that use a row of the kernel make its copy worth while.
    private const int Often = 8;

    public float* X, Kernel, Bias;
    public SumTree<S, V> Tree;
    public int Rows, Inputs, Outputs, Bands;
    public CacheLines Runs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int run = piece / Bands, band = piece % Bands;
        int first = Runs.First(run), inputs = Runs.First(run + 1) - first, blocks = (inputs + SparseProduct<S, V>.Most - 1) / SparseProduct<S, V>.Most;
        // Whole lines, as the run: the rest of a block's last vector would be of another thread's run.
        int most = (int)CacheLines.RoundUp((inputs + blocks - 1) / blocks);
        float* part = Tree.Parts + (long)run * Tree.Size, bias = run == 0 ? Bias : null;
        // Rounding errors grow with the length of a chain of additions: a short run's blocks go on with one sum, a long one's are sums of their own.
        bool isShort = inputs <= 2 * SparseProduct<S, V>.Most;
        // The block's rows of the kernel stay in the first cache while all of x's rows go by. Those of the next panel are a whole row apart,
        // which no processor foresees: each row of x has some fetched.
        int width = SparseProduct<S, V>.PanelWidth, lines = SparseProduct<S, V>.LinesAhead(Outputs), panels = Outputs / width;
        int begin = panels * band / Bands * width, end = panels * (band + 1) / Bands * width;
        float* stack = stackalloc float[SparseProduct<S, V>.Most * width + CacheLines.Floats], near = CacheLines.Aligned(stack);
        ulong* live = stackalloc ulong[SparseProduct<S, V>.Most];
        var sums = stackalloc SumTree<S, V>.Sum[2];
        for (int done = 0; done < inputs; done += most)
        {
            int input = first + done, count = Math.Min(most, inputs - done), soon = (count + Rows - 1) / Rows, products = 0;
            for (int row = 0; row < Rows; row++) products += BitOperations.PopCount(live[row] = NotZero(X + (long)row * Inputs + input, count));
            // Rows of the kernel that lie a power of two apart all want the same few places of the cache: where they are used often they are copied.
            bool copies = lines > 0 && products >= Often * count;
            int pitch = copies ? width : Outputs;
            for (int column = begin; column < end; column += width)
            {
                float* panel = Kernel + (long)input * Outputs + column;
                float* next = column + width < end ? panel + width : Kernel + (long)(input + count) * Outputs + begin;
                if (copies)
                {
                    SparseProduct<S, V>.Copy(panel, Outputs, count, near);
                    panel = near;
                }
                for (int turn = 0; turn < 2; turn++)
                {
                    var half = Tree.Half(run, turn, Rows, begin, end, band);
                    var sum = sums + turn;
                    if (column == begin)
                    {
                        *sum = new() { Part = run };
                        if (done > 0 && !isShort) sum->Of[sum->Terms++] = (long)part;
                        if (done + count == inputs) Tree.Extend(ref *sum, half.Number);
                    }
                    float* start = done == 0 ? bias == null ? null : bias + column : isShort ? part + column : null;
                    var rows = new RowsOfPanel
                    {
                        First = half.Row, End = half.EndRow, Live = live, Factors = X + input, Inputs = Inputs, Panel = panel, Pitch = pitch,
                        Start = start, PitchStart = start == null || done == 0 ? 0 : Outputs, Column = column, Outputs = Outputs,
                        Lines = lines, Soon = soon, Next = next,
                    };
                    if (sum->Terms == 0) rows.Sum(new StoredSums<S, V> { To = part });
                    else if (done + count < inputs) rows.Sum(new AddedSums<S, V> { To = part });
                    else rows.Sum(new SumsInTree<S, V>(Tree, *sum, sum->Of));
                    if (done + count == inputs && column + width == end) Tree.Complete(ref *sum, half);
                }
            }
        }
    }

    /// <summary>The sums of some rows of x in a panel.</summary>
    private struct RowsOfPanel
    {
        public int First, End, Inputs, Outputs, Column, Lines, Soon;
        public ulong* Live;
        public float* Factors, Panel, Start, Next;
        public nint Pitch, PitchStart;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public readonly void Sum<T>(T ending) where T : struct, ISumEnding<V>
        {
            nint pitch = Pitch;
            float* panel = Panel, factors = Factors + (long)First * Inputs, start = Start == null ? null : Start + First * PitchStart;
            ulong* live = Live;
            for (int row = First, at = First * Outputs + Column; row < End; row++, at += Outputs, factors += Inputs, start += PitchStart)
            {
                for (int ahead = 0; ahead < Soon && Lines > 0; ahead++) Prefetch.Fetch(Next + (long)(row * Soon + ahead) * Outputs, Lines);
                SparseProduct<S, V>.Sum(live[row], factors, 1, panel, pitch, start, ending, at);
            }
        }
    }

    /// <summary>A bit for each of up to 64 values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong NotZero(float* values, int count)
    {
        ulong zeros = 0;
        for (int i = 0; i < count; i += S.Lanes) zeros |= (ulong)S.Bits(S.Equal(S.Load(values + i), S.Splat(0))) << i;
        return ~zeros & (ulong.MaxValue >> (SparseProduct<S, V>.Most - count));
    }
}

/// <summary>
/// dkernel[input] = Σ over up to 64 rows of x[row][input] · dy[row]. The gradient is stored, or goes straight into an optimizer's step on the kernel;
/// the step's divisions and roots then overlap with the next input's products. If x is the output of a relu, and the gradient dx of that relu's input is
/// needed too, each row of the kernel is used for dx just before its step: it is then read from memory once, while the step's other operands are fetched.
/// A piece is a run of inputs.
/// </summary>
internal unsafe struct SparseDenseKernelGradient<S, V, E> : IPieces where S : struct, ISimd<V> where V : struct where E : unmanaged, ISumEnding<V>
{
    private const int Half = SparseProduct<S, V>.Most / 2;

    /// <summary>x, and dy: where its rows lie far apart, as <see cref="DensePanels{S, V}"/> lays them out.</summary>
    public float* X, DY;

    /// <summary>The kernel, and dx = dy · kernelᵀ where x is above 0; null where that isn't wanted.</summary>
    public float* Kernel, DX;
    public int Rows, Inputs, Outputs;
    public E Ending;
    public CacheLines Runs;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        uint* live = stackalloc uint[2 * 16];
        float* turned = stackalloc float[SparseProduct<S, V>.Most * S.Lanes];
        int end = Runs.First(piece + 1), width = SparseProduct<S, V>.PanelWidth, lines = SparseProduct<S, V>.LinesAhead(Outputs);
        // The products of a kernel's row with those of dy: a vector for each, whose lanes are added up behind the last panel.
        int perInput = (Rows + S.Lanes - 1) / S.Lanes * S.Lanes * S.Lanes, inputsApart = lines > 0 ? perInput : 0;
        float* stack = stackalloc float[DX == null ? 0 : Math.Max(perInput, inputsApart * S.Lanes) + CacheLines.Floats];
        float* dots = CacheLines.Aligned(stack), totals = stackalloc float[DX == null ? 0 : SparseProduct<S, V>.Most * S.Lanes];
        int pitch = lines > 0 ? width : Outputs, perColumn = lines > 0 ? Rows : 1;
        for (int first = Runs.First(piece); first < end; first += S.Lanes)
        {
            NotZero(X + first, Math.Min(Rows, Half), live);
            NotZero(X + first + (long)Half * Inputs, Rows - Half, live + 16);
            int count = Math.Min(S.Lanes, end - first);
            // x's values, which all panels want, one behind the other too.
            for (int row = 0; row < Rows && lines > 0; row++)
                for (int i = 0; i < count; i++) turned[i * SparseProduct<S, V>.Most + row] = X[(long)row * Inputs + first + i];
            // Where rows of dy are wide, a panel of it stays in the first cache for all of these inputs; else all of dy does.
            int wide = lines > 0 ? width : Outputs;
            for (int begin = 0; begin < Outputs; begin += wide)
                for (int input = first; input < first + count; input++)
                {
                    ulong rows = live[input - first] | (ulong)live[input - first + 16] << Half;
                    float* x = lines > 0 ? turned + (input - first) * SparseProduct<S, V>.Most : X + input;
                    float* sums = dots + (input - first) * inputsApart, total = totals + (input - first) * SparseProduct<S, V>.Most;
                    int step = lines > 0 ? 1 : Inputs, at = input * Outputs + begin;
                    if (lines > 0) Ending.Fetch(at + (begin + width < Outputs ? width : S.Lanes * Outputs - begin), lines);
                    for (int column = begin; column < begin + wide; column += width, at += width)
                    {
                        float* panel = DY + (long)column * perColumn;
                        if (DX == null) SparseProduct<S, V>.Sum(rows, x, step, panel, pitch, null, Ending, at);
                        else SparseDots<S, V>.Sum(rows, x, step, panel, pitch, Kernel + at, sums, column > 0, Ending, at);
                    }
                    if (DX == null || begin + wide < Outputs) continue;
                    for (int row = 0; row < Rows; row += S.Lanes) S.Store(S.Sums(sums + row * S.Lanes), total + row);
                }
            if (DX != null) InputGradient(first, count, totals);
        }
    }

    /// <summary>Stores dx for up to a vector of inputs, from [input][row]. Rows where x isn't above 0 may have anything there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private readonly void InputGradient(int first, int count, float* totals)
    {
        float* turned = stackalloc float[SparseProduct<S, V>.Most * S.Lanes];
        for (int i = 0; i < S.Lanes; i += Simd128.Lanes)
            for (int row = 0; row < Rows; row += Simd128.Lanes)
                Simd128.Transpose(totals + i * SparseProduct<S, V>.Most + row, SparseProduct<S, V>.Most, turned + row * S.Lanes + i, S.Lanes);
        for (int row = 0; row < Rows; row++, turned += S.Lanes)
        {
            float* x = X + (long)row * Inputs + first, dx = DX + (long)row * Inputs + first;
            if (count == S.Lanes) S.Store(S.Select(S.Greater(S.Load(x), S.Splat(0)), S.Load(turned), S.Splat(0)), dx);
            else for (int i = 0; i < count; i++) dx[i] = x[i] > 0 ? turned[i] : 0;
        }
    }

    /// <summary>For each of a vector's columns a bit for each of up to 32 rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void NotZero(float* x, int rows, uint* live)
    {
        V bits = S.SplatBits(0);
        for (int row = 0; row < rows; row++, x += Inputs) bits = S.Or(bits, S.AndNot(S.SplatBits(1 << row), S.Equal(S.Load(x), S.Splat(0))));
        S.Store(bits, (float*)live);
    }
}

/// <summary>Panels of dy one behind the other, [panel][row][column]: rows a power of two apart would all want the same few places of a cache.</summary>
internal unsafe struct DensePanels<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    public float* From, To;
    public int Rows, Columns;

    public readonly int Pieces => Columns / SparseProduct<S, V>.PanelWidth;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int panel)
    {
        int column = panel * SparseProduct<S, V>.PanelWidth;
        SparseProduct<S, V>.Copy(From + column, Columns, Rows, To + (long)column * Rows);
    }
}
