namespace KerasPort.Engines.Managed;

/// <summary>
/// Adds up the parts of a sum that pieces of work compute: ((0 + 1) + (2 + 3)) + … for eight parts, whatever the threads. Of two parts that are to be added,
/// the thread that completes its own last adds the other one. Nobody waits for that, and most pairs are in the cache of one thread, which computed both.
/// </summary>
internal unsafe struct SumTree<S, V> where S : struct, ISimd<V> where V : struct
{
    /// <summary>Blocks that a part may consist of.</summary>
    public const int MostBlocks = 2 * CacheLines.Floats;

    /// <summary>
    /// The parts, of so many floats each, and the floats from a row to the next. There must be room for a row's last vector. A sum of several parts
    /// takes the place of the first.
    /// </summary>
    public float* Parts;
    public int Count, Size, Pitch;

    /// <summary>The sum of all, max(0, it) with <see cref="Relu"/>.</summary>
    public float* To;
    public int PitchTo;
    public bool Relu;

    /// <summary>A number for each block of each part: odd where one of the two that this part ends the sum of is complete, else even, as at first.</summary>
    public int* Completed;

    /// <summary>
    /// A half of a part's rows, of some columns. The halves of the sum's first parts come in one order, those of its last parts in the other: of two threads
    /// that complete these at the same time, each finds a half that it can add up.
    /// </summary>
    public readonly Block Half(int part, int turn, int rows, int column, int endColumn, int band)
    {
        bool isSecond = turn == 0 == part < Count / 2;
        return new()
        {
            Number = 2 * band + (isSecond ? 1 : 0), Row = isSecond ? rows / 2 : 0, EndRow = isSecond ? rows : rows / 2, Column = column, EndColumn = endColumn,
        };
    }

    /// <summary>Whether a sum is that of all parts.</summary>
    private readonly bool IsAll(in Sum sum) => sum.Step >= Count;

    /// <summary>Where a sum goes.</summary>
    public readonly float* At(in Sum sum) => IsAll(sum) ? To : Parts + (long)sum.Part * Size;

    /// <summary>What is below this stays so much.</summary>
    public readonly V Floor(in Sum sum) => S.Splat(IsAll(sum) && Relu ? 0 : float.NegativeInfinity);

    /// <summary>Extends a sum, which is a part's block, by all those that are complete and wait only for this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Extend(ref Sum sum, int block)
    {
        for (; sum.Step < Count; sum.Step *= 2)
        {
            int last = sum.Part | sum.Step;
            if (last >= Count) continue;
            if ((Volatile.Read(ref Completed[last * MostBlocks + block]) & 1) == 0) return;
            Completed[last * MostBlocks + block]++;
            Take(ref sum);
        }
    }

    private readonly void Take(ref Sum sum)
    {
        sum.Of[sum.Terms++] = (long)(Parts + (long)(sum.Part ^ sum.Step) * Size);
        sum.Part &= ~sum.Step;
    }

    /// <summary>Adds a block of a part, which is complete, to others.</summary>
    public readonly void Add(int part, in Block block)
    {
        var sum = new Sum { Part = part };
        sum.Of[sum.Terms++] = (long)At(sum);
        Extend(ref sum, block.Number);
        if (sum.Terms > 1) AddUp(sum, block);
        Complete(ref sum, block);
    }

    /// <summary>Takes note that a sum is complete, and goes on with it where another one waits for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Complete(ref Sum sum, in Block block)
    {
        while (!IsAll(sum) && (Interlocked.Increment(ref Completed[(sum.Part | sum.Step) * MostBlocks + block.Number]) & 1) == 0)
        {
            (sum.Of[0], sum.Terms) = ((long)At(sum), 1);
            Take(ref sum);
            sum.Step *= 2;
            Extend(ref sum, block.Number);
            AddUp(sum, block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void AddUp(in Sum sum, in Block block)
    {
        float* last = stackalloc float[S.Lanes], to = At(sum);
        int pitch = IsAll(sum) ? PitchTo : Pitch;
        V floor = Floor(sum);
        for (int row = block.Row; row < block.EndRow; row++)
            for (int column = block.Column; column < block.EndColumn; column += S.Lanes)
            {
                long from = (long)row * Pitch + column;
                V value = S.Load((float*)sum.Of[0] + from);
                for (int i = 1; i < sum.Terms; i++) value = S.Add(value, S.Load((float*)sum.Of[i] + from));
                bool isWhole = column + S.Lanes <= block.EndColumn;
                S.Store(S.Max(floor, value), isWhole ? to + (long)row * pitch + column : last);
                for (int i = column; i < block.EndColumn && !isWhole; i++) to[(long)row * pitch + i] = last[i - column];
            }
    }

    /// <summary>A sum of so many parts up to a whole one, and what it is the sum of.</summary>
    public struct Sum()
    {
        private const int MostTerms = 32;
        public int Part, Step = 1, Terms;
        public fixed long Of[MostTerms];
    }

    /// <summary>Some rows and columns of a part.</summary>
    public struct Block
    {
        public int Number, Row, EndRow, Column, EndColumn;
    }
}

/// <summary>The sums of a part's last block are added to what a <see cref="SumTree{S, V}.Sum"/> consists of.</summary>
internal unsafe struct SumsInTree<S, V>(in SumTree<S, V> tree, in SumTree<S, V>.Sum sum, long* others) : ISumEnding<V>
    where S : struct, ISimd<V> where V : struct
{
    private readonly float* _to = tree.At(sum);
    private readonly V _floor = tree.Floor(sum);
    private readonly int _others = sum.Terms;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V sums, int at)
    {
        for (int i = 0; i < _others; i++) sums = S.Add(sums, S.Load((float*)others[i] + at));
        S.Store(S.Max(_floor, sums), _to + at);
    }

    public readonly void Fetch(int at, int lines) => Prefetch.Fetch(_to + at, lines);
}
