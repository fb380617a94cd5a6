namespace KerasPort.Engines.Managed;

/// <summary>
/// Sums that pieces of work add to, in an order that follows from their number alone: pieces form groups, a group's sums are added in the order of its
/// pieces, then the groups' sums. Each piece has a place of its own. A thread that has run a group from its first piece on adds to the place of that one
/// instead, so that few places are written by one core and read by another.
/// </summary>
internal unsafe struct PieceSums
{
    private readonly int* _runs, _joins;
    private readonly long* _places;
    private readonly float* _sums;
    private readonly int _size;
    private int _pieces, _groups;

    public PieceSums(float* room, int pieces, int size, int threads)
    {
        _size = size;
        _runs = (int*)room;
        _joins = _runs + threads * CacheLines.Floats;
        _places = (long*)(_joins + CacheLines.RoundUp(pieces));
        _sums = (float*)_places + CacheLines.RoundUp(4 * pieces);
    }

    /// <summary>Floats of memory for so many pieces. A piece's sums should be whole cache lines.</summary>
    public static long Room(int pieces, int size, int threads) =>
        threads * CacheLines.Floats + CacheLines.RoundUp(pieces) + CacheLines.RoundUp(4 * pieces) + (long)pieces * size;

    /// <summary>The same for so many pieces, which form at most so many groups.</summary>
    public readonly PieceSums For(int pieces, int groups) => this with { _pieces = pieces, _groups = Math.Min(pieces, groups) };

    private readonly int First(int group) => (int)((long)_pieces * group / _groups);

    /// <summary>Where a piece's sums belong.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="isFirst">Whether this is the thread's first piece of a run.</param>
    /// <param name="add">Whether they are added to what is there.</param>
    public readonly float* Place(int piece, bool isFirst, out bool add)
    {
        // The last piece of the group's beginning that this thread has run alone.
        ref int run = ref _runs[Workers.CurrentThread * CacheLines.Floats];
        int first = First((int)(((long)_groups * (piece + 1) - 1) / _pieces));
        add = piece > first && !isFirst && run == piece - 1;
        run = piece == first || add ? piece : -1;
        _joins[piece] = add ? 1 : 0;
        return _sums + (long)(add ? first : piece) * _size;
    }

    /// <summary>Places in which there are sums, known once these are closed.</summary>
    public int Places { get; private set; }

    /// <summary>Lists each group's places, behind their number, once all pieces are done.</summary>
    public void Close()
    {
        long* next = _places;
        for (int group = 0; group < _groups; group++)
        {
            long* count = next++;
            for (int piece = First(group); piece < First(group + 1); piece++) if (_joins[piece] == 0) *next++ = (long)piece * _size;
            *count = next - count - 1;
        }
        Places = (int)(next - _places) - _groups;
    }

    /// <summary>
    /// Stores the sums of N vectors, one or four. Their lines come from afar, and a processor asks for as many at a time as it sees instructions ahead.
    /// </summary>
    /// <param name="at">Where the first vector's values lie behind each place's beginning.</param>
    /// <param name="next">Floats from a vector to the next.</param>
    /// <param name="to">Where the first sums are stored.</param>
    /// <param name="nextTo">Floats from a vector's sums to the next one's.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Sum<S, V, N>(nint at, nint next, float* to, nint nextTo) where S : struct, ISimd<V> where V : struct where N : struct, INumber
    {
        long* place = _places;
        V sum0, sum1, sum2, sum3;
        sum0 = sum1 = sum2 = sum3 = S.Splat(0);
        for (int group = 0; group < _groups; group++)
        {
            float* from = _sums + at + place[1];
            V s0 = S.Load(from), s1 = sum1, s2 = sum2, s3 = sum3;
            if (N.Value == 4) (s1, s2, s3) = (S.Load(from + next), S.Load(from + 2 * next), S.Load(from + 3 * next));
            long* end = place + *place;
            for (place += 2; place <= end; place++)
            {
                from = _sums + at + *place;
                s0 = S.Add(s0, S.Load(from));
                if (N.Value == 4) (s1, s2, s3) = (S.Add(s1, S.Load(from + next)), S.Add(s2, S.Load(from + 2 * next)), S.Add(s3, S.Load(from + 3 * next)));
            }
            (sum0, sum1, sum2, sum3) = group == 0 ? (s0, s1, s2, s3) : (S.Add(sum0, s0), S.Add(sum1, s1), S.Add(sum2, s2), S.Add(sum3, s3));
        }
        S.Store(sum0, to);
        if (N.Value == 1) return;
        S.Store(sum1, to + nextTo);
        S.Store(sum2, to + 2 * nextTo);
        S.Store(sum3, to + 3 * nextTo);
    }
}

/// <summary>To[i] = the sum of values at a place behind that of the first. A piece is a run of values.</summary>
internal unsafe struct SumOfPieces<S, V> : IPieces where S : struct, ISimd<V> where V : struct
{
    // So few numbers are added up sooner than another thread would start.
    private const int Few = 1 << 14, PerPiece = 256;

    public PieceSums From;
    public float* To;
    public int At, Count;

    public readonly int Pieces => (long)From.Places * Count <= Few ? 1 : (Count + PerPiece - 1) / PerPiece;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        int pieces = Pieces, first = (int)((long)Count * piece / pieces) / S.Lanes * S.Lanes;
        int end = (int)((long)Count * (piece + 1) / pieces) / S.Lanes * S.Lanes;
        for (int i = first; i < end; i += S.Lanes) From.Sum<S, V, One>(At + i, 0, To + i, 0);
    }
}
