namespace KerasPort.Engines.Managed;

/// <summary>
/// Rows of a matrix that need not lie evenly: N0 neighbours S0 apart, N1 groups of them S1 apart, and those S2 apart.
/// The pixels of a batch of images, the taps of a kernel and the rows of a plain matrix are all of this form.
/// </summary>
internal struct RowGrid
{
    public int N0, N1;
    public nint S0, S1, S2;

    /// <summary>Rows that lie evenly.</summary>
    public static RowGrid Even(nint step) => new() { N0 = int.MaxValue, N1 = 1, S0 = step };
}

/// <summary>
/// C[row][column] = start[column] + Σ A[row][t] · B[t][column], cut into pieces by rows and columns. Each element's sum is computed in
/// one piece in one order, whatever the number of threads.
/// </summary>
/// <remarks>
/// Long sums are cut into <see cref="Chunks"/>, each summed from 0 and then added to C. That keeps rounding errors small (they grow with the
/// length of a chain of additions), and a chunk is finished for all tiles of a piece before the next, so that its part of B stays in cache.
/// </remarks>
internal unsafe struct Product<S, V>() : IRowPieces, IWork where S : struct, ISimd<V> where V : struct
{
    public float* A, B, C, Start;
    public RowGrid Grid;
    public Terms Terms;
    public int Rows, Columns;

    /// <summary>
    /// C's strides, one for each level of <see cref="Grid"/>: from a row to its neighbour, from a group of neighbours to the next, and from a group of
    /// groups to the next. Rows that lie evenly need the first alone.
    /// </summary>
    public nint PitchC, LineC, ImageC;
    public bool Relu;

    /// <summary>Parts of the sum, and how far A and B move from one to the next.</summary>
    public int Chunks = 1;
    public nint ChunkA, ChunkB;

    /// <summary>The number of A's chunks at equal distances; from such a group to the next A moves by <see cref="GroupA"/>.</summary>
    public int ChunksPerGroup = int.MaxValue;
    public nint GroupA;

    /// <summary>Terms in the innermost loop of the last chunk, where they are fewer; else 0.</summary>
    public int LastN2;

    /// <summary>
    /// Whether a chunk's tiles prefetch the next chunk, for sums that read far more than they give. The chunks of A and of B then lie without gaps.
    /// </summary>
    public bool FetchesNext;

    /// <summary>Rows of C in one piece.</summary>
    public int RowsPerPiece;

    /// <summary>Whether a piece has all columns of its rows, not a panel of them.</summary>
    public bool HasWholeRows;

    /// <summary>The number of pieces.</summary>
    public readonly int Pieces => RowPieces * Panels;

    /// <summary>Rows of the largest tiles: eight where there are few columns.</summary>
    private readonly int MostRows => Columns <= S.TileColumns / 2 * S.Lanes ? 8 : 6;

    /// <summary>B's columns rounded up to whole vectors: what its rows must have room for.</summary>
    public static int Padded(int columns) => (columns + S.Lanes - 1) / S.Lanes * S.Lanes;

    /// <summary>C's columns that a piece has at most.</summary>
    public static int PanelWidth => S.TileColumns * S.Lanes;

    private readonly int RowPieces => (Rows + RowsPerPiece - 1) / RowsPerPiece;

    private readonly int ColumnsPerPiece => HasWholeRows ? Math.Max(Columns, 1) : PanelWidth;

    private readonly int Panels => (Columns + ColumnsPerPiece - 1) / ColumnsPerPiece;

    /// <summary>Cuts a plain sum into that many chunks, as equal as they can be.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CutSum(int chunks)
    {
        int count = Terms.N2;
        Chunks = chunks;
        Terms.N2 = (count + Chunks - 1) / Chunks;
        Chunks = (count + Terms.N2 - 1) / Terms.N2;
        LastN2 = count - (Chunks - 1) * Terms.N2;
        (ChunkA, ChunkB) = (Terms.N2 * Terms.A2, Terms.N2 * Terms.B2);
    }

    /// <summary>A run of a plain sum's chunks as a product of its own: the first begins with <see cref="Start"/>, the others with 0.</summary>
    public readonly Product<S, V> Part(int first, int count, float* c) => this with
    {
        A = A + PlaceInA(first),
        B = B + first * ChunkB,
        C = c,
        Start = first == 0 ? Start : null,
        Relu = false,
        Chunks = count,
        LastN2 = first + count == Chunks ? LastN2 : 0,
    };

    private readonly nint PlaceInA(int chunk) => chunk / ChunksPerGroup * GroupA + chunk % ChunksPerGroup * ChunkA;

    private readonly long TermsInAll => (long)Terms.N0 * Terms.N1 * Terms.N2 * Chunks;

    /// <summary>Products in all.</summary>
    public readonly long Work => (long)Rows * Columns * TermsInAll;

    /// <summary>Chooses pieces of about that many products each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CutByWork(long products)
    {
        int most = MostRows, tiles = (Rows + most - 1) / most;
        long perTile = (long)most * Math.Min(PanelWidth, Padded(Columns)) * TermsInAll;
        long each = Math.Clamp(products / Math.Max(perTile, 1), 1, tiles);
        // Pieces of about equal size; their number divides by four, so that two or four threads have as many each.
        long pieces = (tiles + each - 1) / each;
        if (pieces > 1) pieces = (pieces + 3) / 4 * 4;
        RowsPerPiece = (int)((tiles + pieces - 1) / pieces) * most;
    }

    /// <summary>
    /// Rows of the next tile: those that are left are shared among as few tiles as possible, as equally as tiles allow, so that none is computed for
    /// nothing. Large tiles read B seldom: it may come from the second-level cache then, at no loss.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NextRows(int left, int most)
    {
        if (left >= most * most) return most;
        int tiles = (left + most - 1) / most, rows = (left + tiles - 1) / tiles;
        return rows == 7 ? 8 : Math.Max(rows, 4);
    }

    public readonly WrittenRows Written =>
        LineC == 0 && PitchC == Columns ? new() { At = C, Rows = Rows, Columns = Columns, Parts = RowPieces } : default;

    public readonly WrittenPanel PanelOf(int piece)
    {
        int part = piece / Panels, row = part * RowsPerPiece, column = piece % Panels * ColumnsPerPiece;
        int rows = Math.Min(RowsPerPiece, Rows - row), columns = Math.Min(ColumnsPerPiece, Columns - column);
        return new() { Part = part, Row = row, Rows = rows, Column = column, Columns = columns };
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece)
    {
        for (int chunk = 0; chunk < Chunks; chunk++) Run(piece, chunk, null);
    }

    /// <summary>Runs one chunk of a piece, whose chunks come in order, and fetches as many rows of B from <paramref name="next"/> if that isn't null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Run(int piece, int chunk, float* next)
    {
        int first = piece / Panels * RowsPerPiece, end = Math.Min(first + RowsPerPiece, Rows);
        int column = piece % Panels * ColumnsPerPiece, width = Math.Min(ColumnsPerPiece, Columns - column);
        for (int at = column; width > 0;)
        {
            int vectors = width > 2 * S.Lanes ? 4 : width > S.Lanes ? 2 : 1;
            int wide = Math.Min(vectors * S.Lanes, width);
            if (vectors == 4) RunTiles<Four>(first, end, at, wide, chunk, next);
            else if (vectors == 2) RunTiles<Two>(first, end, at, wide, chunk, next);
            else RunTiles<One>(first, end, at, wide, chunk, next);
            at += wide;
            width -= wide;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunTiles<N>(int first, int end, int column, int columns, int chunk, float* next) where N : struct, INumber
    {
        int width = N.Value * S.Lanes;
        // A tile whose columns end inside a vector, and the rows of a tile beyond the last one, go through here.
        float* aside = stackalloc float[Tile<S, V>.MostRows * 4 * S.Lanes];
        nint* places = stackalloc nint[Tile<S, V>.MostRows];
        bool add = chunk > 0, last = chunk == Chunks - 1;
        var work = new TileWork
        {
            Terms = Terms, B = B + chunk * ChunkB + column, Start = Start == null || add ? null : Start + column,
            Add = add, Relu = Relu && last, Tiles = 1,
        };
        if (last && LastN2 > 0) work.Terms.N2 = LastN2;
        int i0 = first % Grid.N0, i1 = first / Grid.N0 % Grid.N1, i2 = first / Grid.N0 / Grid.N1, neighbours = Grid.N0 - i0;
        nint lineC = LineC == 0 ? Grid.N0 * PitchC : LineC, imageC = LineC == 0 ? Grid.N1 * lineC : ImageC;
        // The rows' places in A and C, and what these move by besides behind the last of some neighbours, and behind the last group of them.
        nint placeA = i0 * Grid.S0 + i1 * Grid.S1 + i2 * Grid.S2, nextGroupA = Grid.S1 - Grid.N0 * Grid.S0, nextImageA = Grid.S2 - Grid.N1 * Grid.S1;
        nint placeC = i0 * PitchC + i1 * lineC + i2 * imageC, nextGroupC = lineC - Grid.N0 * PitchC, nextImageC = imageC - Grid.N1 * lineC;
        float* from = A + PlaceInA(chunk);
        // The first panel's tiles share the lines of A's next chunk and then of B's.
        float* nextA = A + PlaceInA(chunk + 1), nextB = B + (chunk + 1) * ChunkB;
        long linesOfA = ChunkA / CacheLines.Floats, lines = FetchesNext && column == 0 ? linesOfA + ChunkB / CacheLines.Floats : 0, line = 0;
        int tiles = (end - first + MostRows - 1) / MostRows;
        work.LinesOfTile = (int)((lines + tiles - 1) / tiles);
        // Each of the next panel's rows is a few lines: a tile fetches one of each.
        int linesNext = next == null ? 0 : columns / CacheLines.Floats;
        for (int row = first, tileRows; row < end; row += tileRows, line += work.LinesOfTile)
        {
            if (lines > 0) work.Soon = line < linesOfA ? nextA + line * CacheLines.Floats : nextB + (line - linesOfA) * CacheLines.Floats;
            tileRows = NextRows(end - row, MostRows);
            int rows = Math.Min(tileRows, end - row);
            for (int r = 0; r < rows; r++)
            {
                work.A[r] = (long)(from + placeA);
                work.C[r] = (long)(columns == width ? C + placeC + column : aside + r * width);
                places[r] = placeC;
                placeA += Grid.S0;
                placeC += PitchC;
                if (--neighbours > 0) continue;
                neighbours = Grid.N0;
                placeA += nextGroupA;
                placeC += nextGroupC;
                if (++i1 < Grid.N1) continue;
                i1 = 0;
                placeA += nextImageA;
                placeC += nextImageC;
            }
            for (int r = rows; r < tileRows; r++) (work.A[r], work.C[r]) = (work.A[rows - 1], (long)(aside + r * width));
            if (add && columns < width)
                for (int r = 0; r < rows; r++)
                    new ReadOnlySpan<float>(C + places[r] + column, columns).CopyTo(new Span<float>(aside + r * width, columns));
            if (linesNext > 0)
            {
                work.Ahead = next;
                RunTile<N, StoredAndFetched>(work, tileRows);
                next += CacheLines.Floats;
                linesNext--;
            }
            else
            {
                RunTile<N, Stored>(work, tileRows);
            }
            if (columns < width)
                for (int r = 0; r < rows; r++)
                    new ReadOnlySpan<float>(aside + r * width, columns).CopyTo(new Span<float>(C + places[r] + column, columns));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunTile<N, E>(in TileWork work, int rows) where N : struct, INumber where E : struct, IEnding
    {
        if (N.Value < 3 && rows == 8) Tile<S, V>.Run<Eight, N, E>(work);
        else if (rows == 6) Tile<S, V>.Run<Six, N, E>(work);
        else if (rows == 5) Tile<S, V>.Run<Five, N, E>(work);
        else Tile<S, V>.Run<Four, N, E>(work);
    }
}
