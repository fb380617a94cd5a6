namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void SumColumnsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        int each = Math.Max(1, FloatsPerPiece / columns);
        workers.Run(new ColumnSums { From = At(x), To = At(y), Rows = rows, Columns = columns, RowsPerPiece = each }, Cut(rows, each));
    }

    protected override void CopyColumnsCore(int rows, int columns, DeviceBuffer x, int xColumns, int from, DeviceBuffer y, int yColumns, int to)
    {
        int each = Math.Max(1, FloatsPerPiece / columns);
        var copy = new ColumnCopy
        {
            From = At(x) + from, To = At(y) + to, PitchFrom = xColumns, PitchTo = yColumns, Rows = rows, Columns = columns, RowsPerPiece = each,
        };
        workers.Run(copy, Cut(rows, each));
    }

    /// <summary>The sum of each row: sixteen sums, each of every sixteenth column, are added in order, whatever the vector's width.</summary>
    private struct ColumnSums : IPieces
    {
        private const int Sums = 16;
        public float* From, To;
        public int Rows, Columns, RowsPerPiece;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            float* sums = stackalloc float[Sums];
            int last = Math.Min((piece + 1) * RowsPerPiece, Rows), whole = Columns / Sums * Sums;
            for (int row = piece * RowsPerPiece; row < last; row++)
            {
                float* x = From + (long)row * Columns;
                for (int lane = 0; lane < Sums; lane += S.Lanes)
                {
                    V sum = S.Splat(0);
                    for (int i = lane; i < whole; i += Sums) sum = S.Add(sum, S.Load(x + i));
                    S.Store(sum, sums + lane);
                }
                for (int i = whole; i < Columns; i++) sums[i - whole] += x[i];
                float all = sums[0];
                for (int i = 1; i < Sums; i++) all += sums[i];
                To[row] = all;
            }
        }
    }

    private struct ColumnCopy : IPieces
    {
        public float* From, To;
        public int PitchFrom, PitchTo, Rows, Columns, RowsPerPiece;

        public readonly void Run(int piece)
        {
            int last = Math.Min((piece + 1) * RowsPerPiece, Rows);
            for (int row = piece * RowsPerPiece; row < last; row++)
                new ReadOnlySpan<float>(From + (long)row * PitchFrom, Columns).CopyTo(new Span<float>(To + (long)row * PitchTo, Columns));
        }
    }
}
