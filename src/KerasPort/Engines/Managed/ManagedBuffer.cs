using System.Runtime.InteropServices;

namespace KerasPort.Engines.Managed;

/// <summary>Floats that never move and begin at a cache line. There is room behind them, since products read up to three vectors past a row's end.</summary>
internal sealed unsafe class ManagedBuffer : DeviceBuffer
{
    private const int Line = 64, Behind = 3 * Line;
    private readonly float[] _memory;       // keeps the memory alive

    public ManagedBuffer(int length) : base(length)
    {
        _memory = NewElements.Pinned(checked(length + (Line + Behind) / sizeof(float)));
        var address = (nuint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory));
        Pointer = (float*)((address + Line - 1) / Line * Line);
    }

    private ManagedBuffer(float[] memory, float* pointer, int length) : base(length)
    {
        _memory = memory;
        Pointer = pointer;
    }

    public float* Pointer { get; }

    public Span<float> Span => new(Pointer, Length);

    protected override DeviceBuffer Cut(int start, int length) => new ManagedBuffer(_memory, Pointer + start, length);
}

/// <summary>A copy of an order of rows.</summary>
internal sealed class ManagedOrder(ReadOnlySpan<int> rows) : DeviceOrder(rows)
{
    public int[] Rows { get; } = rows.ToArray();
}

/// <summary>A data set's rows, pinned where they are: bytes with their table of values, or floats.</summary>
internal sealed unsafe class ManagedRows : DeviceRows
{
    private GCHandle _pin;
    private readonly float[]? _table;       // keeps Table alive

    public ManagedRows(NDArray array) : base(array)
    {
        if (array.TryGetBytes(out byte[]? bytes, out var table, out int offset))
        {
            _table = GC.AllocateUninitializedArray<float>(256, pinned: true);
            table.CopyTo(_table);
            Table = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_table));
            Divisor = DivisorOf(_table);
            _pin = GCHandle.Alloc(bytes, GCHandleType.Pinned);
            Bytes = (byte*)_pin.AddrOfPinnedObject() + offset;
        }
        else
        {
            if (!array.TryGetFloats(out float[]? floats, out offset)) (floats, offset) = (array.ToFloats(), 0);
            _pin = GCHandle.Alloc(floats, GCHandleType.Pinned);
            Floats = (float*)_pin.AddrOfPinnedObject() + offset;
        }
    }

    ~ManagedRows() => Dispose(false);

    protected override void Dispose(bool disposing)
    {
        if (_pin.IsAllocated) _pin.Free();
    }

    public byte* Bytes { get; }

    public float* Table { get; }

    /// <summary>
    /// The divisor if the table holds the bytes divided by a number, as in <c>images / 255.0</c>; else 0. Vectors divide faster than they look up.
    /// </summary>
    public float Divisor { get; }

    public float* Floats { get; }

    private static float DivisorOf(ReadOnlySpan<float> table)
    {
        float divisor = MathF.Round(1 / table[1]);
        for (int i = 0; i < table.Length; i++)
            if (table[i] != i / divisor) return 0;
        return divisor;
    }
}
