using ILGPU;

namespace KerasPort.Cuda;

/// <summary>
/// A pending reduction: a gradient of weights that still consists of the parts that a product was cut into. A reader of the values finishes it
/// first, but the optimizer's step adds the parts up itself as it reads them, which saves a launch.
/// </summary>
internal sealed class OpenSum(CudaKernels kernels, CudaBuffer values, CudaBuffer? columnSums)
{
    private readonly Room _room = kernels.NewRoom();
    private int _number, _partSize, _count;

    /// <summary>Whether the values have yet to be added up.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Allocates consecutive parts for the caller to fill; in each, the column sums follow the values.</summary>
    public ArrayView<float> Open(int number, int partSize, int count)
    {
        (_number, _partSize, _count, IsOpen) = (number, partSize, count, true);
        return _room.For(number * partSize);
    }

    /// <summary>Adds the parts up.</summary>
    public void Finish()
    {
        IsOpen = false;
        kernels.Add(_room.For(_number * _partSize), _number, _partSize, _count, values.View, 1, columnSums?.View);
    }

    /// <summary>Marks the sum as finished by the caller.</summary>
    public OpenSum Taken()
    {
        IsOpen = false;
        return this;
    }

    /// <summary>The parts, for a kernel that works on <paramref name="all"/>.</summary>
    public Parts PartsOf(CudaBuffer all) => new()
    {
        Values = _room.For(_number * _partSize),
        Number = _number,
        Size = _partSize,
        Count = _count,
        Start = values.Start - all.Start,
        ColumnsStart = (columnSums ?? values).Start - all.Start,
    };

    public bool IsOf(CudaBuffer otherValues, CudaBuffer? otherColumnSums) =>
        Same(values, otherValues) && (columnSums is null ? otherColumnSums is null : otherColumnSums is not null && Same(columnSums, otherColumnSums));

    public bool Overlaps(CudaBuffer buffer) => buffer.Overlaps(values) || (columnSums is not null && buffer.Overlaps(columnSums));

    public bool LiesIn(CudaBuffer buffer) => buffer.Contains(values) && (columnSums is null || buffer.Contains(columnSums));

    private static bool Same(CudaBuffer a, CudaBuffer b) => a.Contains(b) && b.Contains(a);

    /// <summary>The parts of a sum: each has values, then column sums.</summary>
    internal struct Parts
    {
        public ArrayView<float> Values;
        public int Number, Size, Count, Start, ColumnsStart;

        /// <summary>The index of the buffer's i-th value within each part; -1 when it has none.</summary>
        public readonly int Find(int i)
        {
            int value = i - Start, column = i - ColumnsStart;
            return value >= 0 && value < Count ? value : column >= 0 && column < Size - Count ? Count + column : -1;
        }

        /// <summary>The sum at an index, in the order of <see cref="SumOfParts"/>, whose eight threads are eight variables here.</summary>
        public readonly float Sum(int at)
        {
            float a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
            for (int part = 0; part < Number; part += SumOfParts.Shares)
            {
                a += One(part, at);
                b += One(part + 1, at);
                c += One(part + 2, at);
                d += One(part + 3, at);
                e += One(part + 4, at);
                f += One(part + 5, at);
                g += One(part + 6, at);
                h += One(part + 7, at);
            }
            return a + b + c + d + e + f + g + h;
        }

        private readonly float One(int part, int at) => part < Number ? Values[(long)part * Size + at] : 0;
    }
}
