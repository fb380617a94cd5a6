using ILGPU;
using ILGPU.Runtime;
using KerasPort.Engines;

namespace KerasPort.Cuda;

/// <summary>Floats in the card's memory, or a part of them.</summary>
internal sealed class CudaBuffer : DeviceBuffer
{
    private readonly int _start;

    public CudaBuffer(ArrayView<float> view) : this(view, 0) { }

    private CudaBuffer(ArrayView<float> view, int start) : base(view.IntLength) => (View, _start) = (view, start);

    public ArrayView<float> View { get; }

    /// <summary>Whether it starts where four floats can be read together.</summary>
    public bool IsAligned => _start % 4 == 0;

    public override DeviceBuffer Part(int start, int length) => new CudaBuffer(View.SubView(start, length), _start + start);
}

/// <summary>A data set in the card's memory: bytes with their table of values, or floats.</summary>
internal sealed class CudaRows(int width, MemoryBuffer1D<byte, Stride1D.Dense>? bytes, MemoryBuffer1D<float, Stride1D.Dense> floats) : DeviceRows(width), IDisposable
{
    public ArrayView<byte>? Bytes => bytes is null ? null : (ArrayView<byte>)bytes.View;

    /// <summary>The values, or with <see cref="Bytes"/> the value of each byte.</summary>
    public ArrayView<float> Floats => floats.View;

    public void Dispose()
    {
        bytes?.Dispose();
        floats.Dispose();
    }
}

/// <summary>An order of rows in the card's memory.</summary>
internal sealed class CudaOrder(MemoryBuffer1D<int, Stride1D.Dense> rows) : DeviceOrder
{
    public ArrayView<int> Rows => rows.View;

    protected override void Dispose(bool disposing)
    {
        if (disposing) Card.Try(rows.Dispose);
    }
}
