using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs;

namespace KerasPort.Engines.Managed;

/// <remarks>
/// Runs of rows give partial sums, which are added up in order. A run's length follows from the shape alone. Few rows are cut into runs of columns.
/// </remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    private const int FewestPieces = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y) =>
        Sum(default(Unary<Identity>), new Operands(rows, columns, y, x));

    /// <remarks>The bits are those of the formula's values stored and then summed.</remarks>
    protected override void SumRowsOfCore<F>(in F formula, in Operands on) => Sum(formula, on);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<F>(in F formula, in Operands on, [CallerMemberName] string kernel = "") where F : unmanaged, IFormula
    {
        int each = RowsPerSum(on.Rows), parts = Math.Max(1, Cut(on.Rows, each)), columns = on.Columns;
        float* sum = At(on[0]), partial = parts == 1 ? sum : Scratch(0, (long)parts * columns);
        int panels = Math.Min(Cut(FewestPieces, parts), Cut(on.Count, FloatsPerPiece)), width = Cut(Cut(columns, panels), 4 * S.Lanes) * 4 * S.Lanes;
        panels = Cut(columns, width);
        workers.Run(new RowSums<F> { Formula = new(formula, on), To = partial, RowsPerPiece = each, Width = width, Panels = panels }, parts * panels, kernel);
        if (parts == 1) return;
        int column = 0;
        for (; column <= columns - S.Lanes; column += S.Lanes) S.Store(Simd<S, V>.Sum(partial + column, parts, columns), sum + column);
        for (; column < columns; column++)
        {
            sum[column] = partial[column];
            for (int part = 1; part < parts; part++) sum[column] += partial[(long)part * columns + column];
        }
    }

    private static int RowsPerSum(int rows) => Math.Max(64, Cut(rows, 64));

    /// <summary>Sums a formula's values over each run of rows, one row after the other. A piece is such a run of a panel of columns.</summary>
    private struct RowSums<F> : IPieces where F : unmanaged, IFormula
    {
        private const int RowsAtATime = 16;

        public FormulaPiece<S, V, F> Formula;
        public float* To;
        public int RowsPerPiece, Width, Panels;

        /// <remarks>A few rows are summed at a time over all columns of the panel: reads are contiguous, and the sums stay in the first-level cache.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int part = piece / Panels, start = piece % Panels * Width, behind = Math.Min(start + Width, Formula.Columns);
            int first = part * RowsPerPiece, end = Math.Min(first + RowsPerPiece, Formula.Rows);
            float* to = To + (long)part * Formula.Columns;
            new Span<float>(to + start, behind - start).Clear();
            for (; first < end; first += RowsAtATime)
            {
                int last = Math.Min(first + RowsAtATime, end), column = start;
                for (; column + S.Lanes <= behind; column += 4 * S.Lanes)
                    Formula.AddRows(first, last, column, Math.Min(4, (behind - column) / S.Lanes), to + column);
                column = start + (behind - start) / S.Lanes * S.Lanes;
                if (column < behind) SumRest(first, last, column, behind - column, to + column);
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
