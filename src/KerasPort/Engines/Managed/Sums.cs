using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Engines.Managed;

/// <remarks>Runs of rows give partial sums, which are added up in order. A run's length follows from the shape alone.</remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y) =>
        Sum(default(Unary<Identity>), new Operands(rows, columns, y, x));

    /// <remarks>The bits are those of the formula's values stored and then summed.</remarks>
    protected override void SumRowsOfCore<F>(in F formula, in Operands on) => Sum(formula, on);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<F>(in F formula, in Operands on, [CallerMemberName] string kernel = "") where F : unmanaged, IFormula
    {
        int each = RowsPerSum(on.Rows), parts = Cut(on.Rows, each), columns = on.Columns;
        float* partial = Scratch(0, (long)parts * columns), sum = At(on[0]);
        workers.Run(new RowSums<F> { Formula = new(formula, on), To = partial, RowsPerPiece = each }, parts, kernel);
        for (int column = 0; column < columns; column++)
        {
            float all = 0;
            for (int part = 0; part < parts; part++) all += partial[(long)part * columns + column];
            sum[column] = all;
        }
    }

    private static int RowsPerSum(int rows) => Math.Max(64, Cut(rows, 64));

    /// <summary>Sums a formula's values over each run of rows, one row after the other.</summary>
    private struct RowSums<F> : IPieces where F : unmanaged, IFormula
    {
        private const int RowsAtATime = 16;

        public FormulaPiece<S, V, F> Formula;
        public float* To;
        public int RowsPerPiece;

        /// <remarks>A few rows are summed at a time over all columns: reads are contiguous, and the sums stay in the first-level cache.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = piece * RowsPerPiece, end = Math.Min(first + RowsPerPiece, Formula.Rows), columns = Formula.Columns;
            float* to = To + (long)piece * columns;
            new Span<float>(to, columns).Clear();
            for (; first < end; first += RowsAtATime)
            {
                int last = Math.Min(first + RowsAtATime, end), column = 0;
                for (; column + S.Lanes <= columns; column += 4 * S.Lanes)
                    Formula.AddRows(first, last, column, Math.Min(4, (columns - column) / S.Lanes), to + column);
                column = columns / S.Lanes * S.Lanes;
                if (column < columns) SumRest(first, last, column, columns - column, to + column);
            }
        }

        /// <summary>Sums the columns that end inside a vector. The vector's other lanes belong to the next row and are dropped.</summary>
        private readonly void SumRest(int first, int last, int column, int count, float* to)
        {
            const int widest = 16;
            float* sums = stackalloc float[widest];
            for (int i = 0; i < widest; i++) sums[i] = i < count ? to[i] : 0;
            Formula.AddRows(first, last, column, 1, sums);
            for (int i = 0; i < count; i++) to[i] = sums[i];
        }
    }
}
