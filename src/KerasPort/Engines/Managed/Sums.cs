using System.Runtime.CompilerServices;
using KerasPort.Engines.Formulas;

namespace KerasPort.Engines.Managed;

/// <remarks>Partial sums over runs of rows whose length follows from the shape, then their sum in order.</remarks>
internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        int each = RowsPerSum(rows), parts = Cut(rows, each);
        float* partial = Scratch(0, (long)parts * columns);
        workers.Run(new RowSums { From = At(x), To = partial, Rows = rows, Columns = columns, RowsPerPiece = each }, parts);
        new RowSums { From = partial, To = At(y), Rows = parts, Columns = columns, RowsPerPiece = parts }.Run(0);
    }

    /// <remarks>The bits are those of the formula's values stored and then summed.</remarks>
    protected override void SumRowsOfCore<F>(in F formula, in Operands on)
    {
        int each = RowsPerSum(on.Rows), parts = Cut(on.Rows, each);
        float* partial = Scratch(0, (long)parts * on.Columns);
        int some = Math.Max(1, FloatsAside / on.Columns);
        float* aside = Scratch(1, (long)workers.Threads * some * on.Columns);
        workers.Run(new RowSumsOf<F> { Formula = new(formula, on), Aside = aside, RowsAside = some, To = partial, RowsPerPiece = each }, parts);
        new RowSums { From = partial, To = At(on[0]), Rows = parts, Columns = on.Columns, RowsPerPiece = parts }.Run(0);
    }

    /// <summary>What a formula gives for some rows before they are summed: it stays in the nearest cache.</summary>
    private const int FloatsAside = 2048;

    private static int RowsPerSum(int rows) => Math.Max(64, Cut(rows, 64));

    /// <summary>The sum of each run of rows.</summary>
    private struct RowSums : IPieces
    {
        public float* From, To;
        public int Rows, Columns, RowsPerPiece;

        public readonly void Run(int piece)
        {
            int first = piece * RowsPerPiece, last = Math.Min(first + RowsPerPiece, Rows);
            Add(From + (long)first * Columns, last - first, Columns, To + (long)piece * Columns, goesOn: false);
        }

        /// <summary>To[column] = the sum of so many rows, each added to the sum of those before; to what is there already where it goes on.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public static void Add(float* from, int rows, int columns, float* to, bool goesOn)
        {
            int column = 0;
            for (; column + S.Lanes <= columns; column += S.Lanes)
            {
                V sum = goesOn ? S.Load(to + column) : S.Splat(0);
                for (int row = 0; row < rows; row++) sum = S.Add(sum, S.Load(from + (long)row * columns + column));
                S.Store(sum, to + column);
            }
            for (; column < columns; column++)
            {
                float sum = goesOn ? to[column] : 0;
                for (int row = 0; row < rows; row++) sum += from[(long)row * columns + column];
                to[column] = sum;
            }
        }
    }

    /// <summary>The sum of what a formula gives for each run of rows.</summary>
    private struct RowSumsOf<F> : IPieces where F : unmanaged, IFormula
    {
        public FormulaPiece<S, V, F> Formula;
        public float* Aside, To;
        public int RowsAside, RowsPerPiece;

        public readonly void Run(int piece)
        {
            int first = piece * RowsPerPiece, last = Math.Min(first + RowsPerPiece, Formula.Rows), columns = Formula.Columns;
            float* aside = Aside + (long)Workers.CurrentThread * RowsAside * columns;
            for (int row = first; row < last; row += RowsAside)
            {
                int count = Math.Min(RowsAside, last - row);
                Formula.RunInto(aside, row, count);
                RowSums.Add(aside, count, columns, To + (long)piece * columns, goesOn: row > first);
            }
        }
    }
}
