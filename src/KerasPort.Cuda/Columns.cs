using ILGPU;
using KerasPort.Engines;

namespace KerasPort.Cuda;

internal sealed partial class CudaKernels
{
    protected override void SumColumnsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y) =>
        _card.Launch(new ColumnSums { From = At(x).View, To = At(y).View, Rows = rows, Columns = columns }, rows);

    protected override void CopyColumnsCore(int rows, int columns, DeviceBuffer x, int xColumns, int from, DeviceBuffer y, int yColumns, int to) =>
        _card.Launch(new ColumnCopy
        {
            From = At(x).View, To = At(y).View, PitchFrom = xColumns, PitchTo = yColumns,
            First = from, FirstTo = to, Columns = columns, Count = rows * columns,
        }, rows * columns);

    /// <summary>The sum of each row, in order; one thread per row.</summary>
    private struct ColumnSums : IKernel
    {
        public ArrayView<float> From, To;
        public int Rows, Columns;

        public readonly void Run()
        {
            int row = Index;
            if (row >= Rows) return;
            float sum = 0;
            for (int i = 0; i < Columns; i++) sum += From[(long)row * Columns + i];
            To[row] = sum;
        }
    }

    private struct ColumnCopy : IKernel
    {
        public ArrayView<float> From, To;
        public int PitchFrom, PitchTo, First, FirstTo, Columns, Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) To[(long)(i / Columns) * PitchTo + FirstTo + i % Columns] = From[(long)(i / Columns) * PitchFrom + First + i % Columns];
        }
    }
}
