namespace KerasPort.Engines.Managed;

internal sealed unsafe partial class ManagedKernels<S, V>
{
    protected override void AlongCore(AlongTable table, int outer, int inner, DeviceBuffer x, DeviceBuffer y)
    {
        int rows = outer * table.Outputs, each = Math.Max(1, FloatsPerPiece / inner);
        fixed (int* starts = table.Starts, at = table.At)
        fixed (float* weights = table.Weights)
            workers.Run(new AlongRows
            {
                Starts = starts, Places = at, Weights = weights, From = At(x), To = At(y), Rows = rows, RowsPerPiece = each,
                Inputs = table.Inputs, Outputs = table.Outputs, Inner = inner,
            }, Cut(rows, each));
    }

    /// <summary>Adds up an output's entries in order, over the inner axes: lanes of a vector and single values are summed in the same order.</summary>
    private struct AlongRows : IPieces
    {
        public int* Starts, Places;
        public float* Weights, From, To;
        public int Rows, RowsPerPiece, Inputs, Outputs, Inner;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int last = Math.Min((piece + 1) * RowsPerPiece, Rows);
            for (int row = piece * RowsPerPiece; row < last; row++)
            {
                int o = row / Outputs, j = row - o * Outputs, first = Starts[j], end = Starts[j + 1], i = 0;
                float* from = From + (long)o * Inputs * Inner, to = To + (long)row * Inner;
                for (; i <= Inner - S.Lanes; i += S.Lanes)
                {
                    V sum = S.Splat(0);
                    for (int k = first; k < end; k++) sum = S.Add(sum, S.Multiply(S.Splat(Weights[k]), S.Load(from + (long)Places[k] * Inner + i)));
                    S.Store(sum, to + i);
                }
                for (; i < Inner; i++)
                {
                    float sum = 0;
                    for (int k = first; k < end; k++) sum += Weights[k] * from[(long)Places[k] * Inner + i];
                    to[i] = sum;
                }
            }
        }
    }
}
