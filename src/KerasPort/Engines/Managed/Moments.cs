using KerasPort.Graphs;

namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    // The rows that a node is about to write and where their moments go, while such a node runs.
    private WrittenRows _awaited;
    private float* _sum, _squares;
    private bool _areTaken;

    /// <remarks>The first job that writes these rows takes their moments with it. A convolution may write them by no such job.</remarks>
    internal override void Run(Node producer, MomentsNode moments)
    {
        var rows = producer.Output;
        _awaited = new() { At = At(rows.Buffer), Rows = rows.Rows, Columns = rows.Columns };
        _sum = At(moments.Output.Buffer);
        _squares = At(moments.Squares.Buffer);
        _areTaken = false;
        try
        {
            producer.Run(this);
        }
        finally
        {
            _awaited = default;
        }
        if (!_areTaken) moments.Run(this);
    }

    /// <summary>Runs pieces that write rows, and takes the moments of these rows if a node waits for them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRows<P>(in P job, int pieces, [CallerMemberName] string kernel = "") where P : unmanaged, IRowPieces
    {
        var rows = job.Written;
        if (_awaited.At == null || rows.At != _awaited.At || rows.Rows != _awaited.Rows || rows.Columns != _awaited.Columns)
        {
            workers.Run(job, pieces, kernel);
            return;
        }
        TakeMoments(job, pieces, _sum, _squares, kernel);
        _areTaken = true;
    }

    protected override void MomentsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer sum, DeviceBuffer squares)
    {
        int each = Math.Max(64, Cut(rows, 64));
        var written = new WrittenRows { At = At(x), Rows = rows, Columns = columns, Parts = Math.Max(1, Cut(rows, each)) };
        TakeMoments(new StoredRows { Written = written, RowsPerPiece = each }, written.Parts, At(sum), At(squares), nameof(MomentsCore));
    }

    private void TakeMoments<P>(in P job, int pieces, float* sum, float* squares, string kernel) where P : unmanaged, IRowPieces
    {
        var rows = job.Written;
        var moments = new MomentsOf<S, V, P> { Pieces = job };
        moments.Parts = Scratch(4, rows.Parts * moments.Pitch);
        workers.Run(moments, pieces, kernel);
        moments.Join();
        new ReadOnlySpan<float>(moments.Parts, rows.Columns).CopyTo(new(sum, rows.Columns));
        new ReadOnlySpan<float>(moments.Parts + moments.ToSquares, rows.Columns).CopyTo(new(squares, rows.Columns));
    }

    /// <summary>Rows that are there already. A piece is a part.</summary>
    private struct StoredRows : IRowPieces
    {
        public int RowsPerPiece;

        public WrittenRows Written { readonly get; init; }

        public readonly void Run(int piece) { }

        public readonly WrittenPanel PanelOf(int piece)
        {
            int row = piece * RowsPerPiece;
            return new() { Part = piece, Row = row, Rows = Math.Min(RowsPerPiece, Written.Rows - row), Columns = Written.Columns };
        }
    }
}

/// <summary>
/// Pieces of work, each followed by the sums over the rows that it has just written, and over the squares of their distances from their mean. Some rows
/// at a time are summed around their own mean, and then joined with those before them. Parts, and so the order, follow from shapes alone.
/// </summary>
/// <remarks>Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances (1979).</remarks>
internal unsafe struct MomentsOf<S, V, P> : IPieces, IWork where S : struct, ISimd<V> where V : struct where P : unmanaged, IRowPieces
{
    // These rows are read twice; they stay in the first-level cache.
    private const int FloatsAtATime = 4096, FewestRows = 16;
    private const int Line = 16;

    public P Pieces;

    /// <summary>Each part's sums, at whole vectors behind them the sums of squares, and behind those the number of rows.</summary>
    public float* Parts;

    public readonly int ToSquares => Product<S, V>.Padded(Pieces.Written.Columns);

    /// <summary>Floats from a part to the next.</summary>
    public readonly long Pitch => 2 * ToSquares + Line;

    public readonly long Work => Pieces is IWork counted ? counted.Work : 0;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        Pieces.Run(piece);
        var (rows, panel) = (Pieces.Written, Pieces.PanelOf(piece));
        float* x = rows.At + panel.Column, sums = Parts + panel.Part * Pitch, squares = sums + ToSquares;
        int each = Math.Max(FloatsAtATime / panel.Columns, FewestRows), before = 0;
        do
        {
            int some = Math.Min(each, panel.Rows - before);
            Add(x + ((long)panel.Row + before) * rows.Columns, rows.Columns, some, panel.Columns, before, sums + panel.Column, squares + panel.Column);
            before += some;
        }
        while (before < panel.Rows);
        if (panel.Column == 0) *(int*)(squares + ToSquares) = before;
    }

    /// <summary>Joins the parts' moments, in their order, in the first part's place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Join()
    {
        int before = *(int*)(Parts + 2 * ToSquares);
        for (int part = 1; part < Pieces.Written.Parts; part++)
        {
            float* sums = Parts + part * Pitch, squares = sums + ToSquares;
            int rows = *(int*)(squares + ToSquares);
            var joined = new Joined(before, rows);
            for (int column = 0; column < ToSquares; column += S.Lanes)
                joined.Add(S.Load(sums + column), S.Load(squares + column), Parts + column, Parts + ToSquares + column);
            before += rows;
        }
    }

    /// <remarks>Lanes behind the last column read the next row, and are never looked at.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(float* x, nint pitch, int rows, int columns, int before, float* sums, float* squares)
    {
        var joined = new Joined(before, rows);
        V share = S.Splat(1f / Math.Max(rows, 1));
        for (int column = 0, vectors; column < columns; column += vectors * S.Lanes)
        {
            vectors = ((columns - column + S.Lanes - 1) / S.Lanes) switch { >= 4 => 4, >= 2 => 2, _ => 1 };
            if (vectors == 4) Add<Four>(x + column, pitch, rows, share, joined, sums + column, squares + column);
            else if (vectors == 2) Add<Two>(x + column, pitch, rows, share, joined, sums + column, squares + column);
            else Add<One>(x + column, pitch, rows, share, joined, sums + column, squares + column);
        }
    }

    /// <summary>Adds rows of a few vectors: four vectors at a time, of one row or of several.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add<N>(float* x, nint pitch, int rows, V share, in Joined joined, float* sums, float* squares) where N : struct, INumber
    {
        int each = 4 / N.Value, whole = rows / each * each;
        nint second = N.Value > 1 ? S.Lanes : pitch, third = N.Value > 2 ? 2 * S.Lanes : N.Value > 1 ? pitch : 2 * pitch, fourth = third + second;
        V zero = S.Splat(0), s0 = zero, s1 = zero, s2 = zero, s3 = zero, q0 = zero, q1 = zero, q2 = zero, q3 = zero;
        float* from = x;
        for (int row = 0; row < whole; row += each, from += each * pitch)
        {
            s0 = S.Add(s0, S.Load(from));
            s1 = S.Add(s1, S.Load(from + second));
            s2 = S.Add(s2, S.Load(from + third));
            s3 = S.Add(s3, S.Load(from + fourth));
        }
        for (int row = whole; row < rows; row++, from += pitch)
        {
            s0 = S.Add(s0, S.Load(from));
            if (N.Value > 1) s1 = S.Add(s1, S.Load(from + second));
        }
        Fold<N>(ref s0, ref s1, ref s2, ref s3);
        V m0 = S.Multiply(s0, share), m1 = S.Multiply(s1, share), m2 = S.Multiply(s2, share), m3 = S.Multiply(s3, share);
        from = x;
        for (int row = 0; row < whole; row += each, from += each * pitch)
        {
            q0 = AddSquare(S.Subtract(S.Load(from), m0), q0);
            q1 = AddSquare(S.Subtract(S.Load(from + second), m1), q1);
            q2 = AddSquare(S.Subtract(S.Load(from + third), m2), q2);
            q3 = AddSquare(S.Subtract(S.Load(from + fourth), m3), q3);
        }
        for (int row = whole; row < rows; row++, from += pitch)
        {
            q0 = AddSquare(S.Subtract(S.Load(from), m0), q0);
            if (N.Value > 1) q1 = AddSquare(S.Subtract(S.Load(from + second), m1), q1);
        }
        Fold<N>(ref q0, ref q1, ref q2, ref q3);
        joined.Add(s0, q0, sums, squares);
        if (N.Value > 1) joined.Add(s1, q1, sums + S.Lanes, squares + S.Lanes);
        if (N.Value <= 2) return;
        joined.Add(s2, q2, sums + 2 * S.Lanes, squares + 2 * S.Lanes);
        joined.Add(s3, q3, sums + 3 * S.Lanes, squares + 3 * S.Lanes);
    }

    /// <summary>Adds up what the rows of four vectors gave. Each row's vectors then have their columns' sums.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fold<N>(ref V v0, ref V v1, ref V v2, ref V v3) where N : struct, INumber
    {
        if (N.Value == 2) (v0, v1) = (S.Add(v0, v2), S.Add(v1, v3));
        if (N.Value == 1) v0 = S.Add(S.Add(v0, v1), S.Add(v2, v3));
        if (N.Value == 2) (v2, v3) = (v0, v1);
        if (N.Value == 1) v1 = v2 = v3 = v0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AddSquare(V x, V to) => S.Fma(x, x, to);

    /// <summary>
    /// The moments of two sets of rows together: the squares are those of both, and of the distance between their means as often as
    /// before · rows / (before + rows).
    /// </summary>
    private readonly struct Joined(int before, int rows)
    {
        private readonly V _ofBefore = S.Splat(1f / Math.Max(before, 1)), _ofRows = S.Splat(1f / Math.Max(rows, 1));
        private readonly V _weight = S.Splat((float)((double)before * rows / Math.Max(before + rows, 1)));
        private readonly bool _isFirst = before == 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(V sum, V square, float* sums, float* squares)
        {
            if (!_isFirst)
            {
                V known = S.Load(sums), apart = S.Subtract(S.Multiply(known, _ofBefore), S.Multiply(sum, _ofRows));
                square = S.Add(S.Load(squares), S.Fma(S.Multiply(apart, apart), _weight, square));
                sum = S.Add(known, sum);
            }
            S.Store(sum, sums);
            S.Store(square, squares);
        }
    }
}
