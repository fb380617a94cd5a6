using ILGPU;
using ILGPU.Runtime;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <summary>Floats in the card's memory, or a part of another buffer.</summary>
internal sealed class CudaBuffer : DeviceBuffer
{
    private readonly ArrayView<float> _view;
    private readonly List<OpenSum> _sums;       // all pending sums in this memory, of whichever part

    public CudaBuffer(ArrayView<float> view) : this(view, 0, []) { }

    private CudaBuffer(ArrayView<float> view, int start, List<OpenSum> sums) : base(view.IntLength) => (_view, Start, _sums) = (view, start, sums);

    /// <summary>The index of the first float in its memory.</summary>
    public int Start { get; }

    /// <summary>The floats, after pending sums of them are finished.</summary>
    public ArrayView<float> View
    {
        get
        {
            foreach (var sum in _sums)
                if (sum.IsOpen && sum.Overlaps(this)) sum.Finish();
            return _view;
        }
    }

    /// <summary>Whether the start is aligned to read four floats at once.</summary>
    public bool IsAligned => Start % 4 == 0;

    protected override DeviceBuffer Cut(int start, int length) => new CudaBuffer(length == 0 ? default : _view.SubView(start, length), Start + start, _sums);

    /// <summary>Whether the two share floats.</summary>
    public bool Overlaps(CudaBuffer other) => IsBeside(other) && Start < other.Start + other.Length && other.Start < Start + Length;

    /// <summary>Whether all of the other buffer's floats are among these.</summary>
    public bool Contains(CudaBuffer other) => IsBeside(other) && other.Start >= Start && other.Start + other.Length <= Start + Length;

    /// <summary>The pending reduction whose result goes into these values and column sums: it is finished when they are first read.</summary>
    public OpenSum Open(CudaBuffer? columnSums, CudaKernels kernels)
    {
        foreach (var known in _sums)
            if (known.IsOf(this, columnSums)) return known;
        var sum = new OpenSum(kernels, this, columnSums);
        _sums.Add(sum);
        if (columnSums is not null && !IsBeside(columnSums)) columnSums._sums.Add(sum);
        return sum;
    }

    /// <summary>The pending reduction into these values, which the caller now finishes itself; <c>null</c> when none is pending.</summary>
    public OpenSum? Take()
    {
        foreach (var sum in _sums)
            if (sum.IsOpen && sum.LiesIn(this)) return sum.Taken();
        return null;
    }

    private bool IsBeside(CudaBuffer other) => other._sums == _sums;
}

/// <summary>Working memory; it grows in the first steps and is kept.</summary>
internal sealed class Room(Card card) : IDisposable
{
    private MemoryBuffer1D<float, Stride1D.Dense>? _memory;

    public ArrayView<float> For(int length)
    {
        if (_memory is null || _memory.Length < length)
        {
            Dispose();
            _memory = card.Allocate<float>(length);
        }
        return _memory.View;
    }

    public void Dispose()
    {
        if (_memory is { } memory) Card.Try(memory.Dispose);
        _memory = null;
    }
}

/// <summary>A data set in the card's memory: bytes with their table of values, or floats.</summary>
internal sealed class CudaRows(NDArray array, MemoryBuffer1D<byte, Stride1D.Dense>? bytes, MemoryBuffer1D<float, Stride1D.Dense> floats) : DeviceRows(array)
{
    /// <summary>The number of current readers: the memory is freed when there are none.</summary>
    public int Users { get; set; }

    public ArrayView<byte>? Bytes => bytes is null ? null : (ArrayView<byte>)bytes.View;

    /// <summary>The values, or with <see cref="Bytes"/> the table of the bytes' values.</summary>
    public ArrayView<float> Floats => floats.View;

    /// <summary>Frees the memory.</summary>
    public void Free()
    {
        if (bytes is not null) Card.Try(bytes.Dispose);
        Card.Try(floats.Dispose);
    }

    /// <summary>Removes a reader; the data stays for the next epoch.</summary>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Users--;
    }
}

/// <summary>An order of rows in the card's memory.</summary>
internal sealed class CudaOrder(ReadOnlySpan<int> order, MemoryBuffer1D<int, Stride1D.Dense> rows) : DeviceOrder(order)
{
    public ArrayView<int> Rows => rows.View;

    protected override void Dispose(bool disposing)
    {
        if (disposing) Card.Try(rows.Dispose);
    }
}
