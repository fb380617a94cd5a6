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
        Sum<Unary<Identity>, SumsAlone>(default, new Operands(rows, columns, y, x), At(y), null);

    /// <remarks>The bits are those of the formula's values stored and then summed.</remarks>
    protected override void SumRowsOfCore<F>(in F formula, in Operands on) => Sum<F, SumsAlone>(formula, on, At(on[0]), null);

    /// <remarks>The bits are those of two passes.</remarks>
    protected override void SumRowsOfCore<F>(in F formula, in Operands on, DeviceBuffer ofSecond)
    {
        if (on.Columns % S.Lanes != 0) base.SumRowsOfCore(formula, on, ofSecond);
        else Sum<F, SumsOfBoth>(formula, on, At(on[0]), At(ofSecond));
    }

    /// <remarks>The bits are those of the formula's values stored and then summed.</remarks>
    protected override void MapAndSumRowsCore<F>(in F formula, in Operands on, DeviceBuffer sums)
    {
        // A vector at a row's end would reach into the next row.
        if (on.Columns % S.Lanes != 0) base.MapAndSumRowsCore(formula, on, sums);
        else Sum<F, SumsOfStored>(formula, on, At(sums), null);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum<F, E>(in F formula, in Operands on, float* sum, float* ofSecond, [CallerMemberName] string kernel = "")
        where F : unmanaged, IFormula where E : struct, IRowSums
    {
        int each = Math.Max(64, Cut(on.Rows, 64)), parts = Math.Max(1, Cut(on.Rows, each)), columns = on.Columns;
        // The sums of no rows are zeros.
        int panels = Math.Clamp(Cut(on.Count, FloatsPerPiece), 1, Cut(FewestPieces, parts));
        int width = Math.Max(1, Cut(Cut(columns, panels), 4 * S.Lanes)) * 4 * S.Lanes;
        var sums = new RowSums<F, E>
        {
            Formula = new(formula, on), To = sum, OfSecond = ofSecond, RowsPerPiece = each, Width = width, Panels = Cut(columns, width),
        };
        if (parts > 1) sums.To = Scratch(0, (E.AddSecond ? 2L : 1L) * parts * columns);
        if (parts > 1 && E.AddSecond) sums.OfSecond = sums.To + (long)parts * columns;
        workers.Run(sums, parts * sums.Panels, kernel);
        if (parts == 1) return;
        AddUp(sums.To, parts, columns, sum);
        if (E.AddSecond) AddUp(sums.OfSecond, parts, columns, ofSecond);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddUp(float* from, int parts, int columns, float* to)
    {
        int column = 0;
        for (; column <= columns - S.Lanes; column += S.Lanes) S.Store(Simd<S, V>.Sum(from + column, parts, columns), to + column);
        for (; column < columns; column++)
        {
            to[column] = from[column];
            for (int part = 1; part < parts; part++) to[column] += from[(long)part * columns + column];
        }
    }

    /// <summary>Sums a formula's values over each run of rows, one row after the other. A piece is such a run of a panel of columns.</summary>
    private struct RowSums<F, E> : IPieces where F : unmanaged, IFormula where E : struct, IRowSums
    {
        private const int RowsAtATime = 16;

        public FormulaPiece<S, V, F> Formula;
        public float* To, OfSecond;
        public int RowsPerPiece, Width, Panels;

        /// <remarks>A few rows are summed at a time over all columns of the panel: reads are contiguous, and the sums stay in the first-level cache.</remarks>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int part = piece / Panels, start = piece % Panels * Width, behind = Math.Min(start + Width, Formula.Columns);
            int first = part * RowsPerPiece, end = Math.Min(first + RowsPerPiece, Formula.Rows);
            float* to = To + (long)part * Formula.Columns, ofSecond = E.AddSecond ? OfSecond + (long)part * Formula.Columns : null;
            new Span<float>(to + start, behind - start).Clear();
            if (E.AddSecond) new Span<float>(ofSecond + start, behind - start).Clear();
            for (; first < end; first += RowsAtATime)
            {
                int last = Math.Min(first + RowsAtATime, end), column = start;
                for (; column + 4 * S.Lanes <= behind; column += 4 * S.Lanes) Formula.AddRows<E, Four>(first, last, column, to + column, ofSecond + column);
                for (; column + 2 * S.Lanes <= behind; column += 2 * S.Lanes) Formula.AddRows<E, Two>(first, last, column, to + column, ofSecond + column);
                for (; column + S.Lanes <= behind; column += S.Lanes) Formula.AddRows<E, One>(first, last, column, to + column, ofSecond + column);
                if (column < behind) SumRest(first, last, column, behind - column, to + column);
            }
        }

        /// <summary>Sums the columns that end inside a vector. The vector's other lanes belong to the next row and are dropped.</summary>
        private readonly void SumRest(int first, int last, int column, int count, float* to)
        {
            const int widest = 16;
            float* sums = stackalloc float[widest];
            for (int i = 0; i < widest; i++) sums[i] = i < count ? to[i] : 0;
            Formula.AddRows<SumsAlone, One>(first, last, column, sums, null);
            for (int i = 0; i < count; i++) to[i] = sums[i];
        }
    }
}
