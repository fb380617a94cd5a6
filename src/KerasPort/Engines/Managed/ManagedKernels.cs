namespace KerasPort.Engines.Managed;

/// <summary>
/// The kernels in C#, for one width of vector. A kernel is a struct of pointers and numbers whose pieces the workers run;
/// each family has a file: Conv2D, Dense, MaxPooling2D, Softmax, Elementwise.
/// </summary>
internal sealed unsafe partial class ManagedKernels<S, V>(Workers workers) : Kernels where S : struct, ISimd<V> where V : struct
{
    /// <summary>Products in a piece of work: some 10 µs, long beside the handing out and short beside a step.</summary>
    private const long ProductsPerPiece = 500_000;

    /// <summary>Floats in a piece of elementwise work.</summary>
    private const int FloatsPerPiece = 8192;

    // Kernels work on bare pointers: what they point into must live as long as they may run.
    private readonly List<ManagedBuffer> _buffers = [];
    private readonly ManagedBuffer?[] _scratch = new ManagedBuffer?[4];

    public override DeviceBuffer Allocate(int length)
    {
        var buffer = new ManagedBuffer(length);
        lock (_buffers) _buffers.Add(buffer);
        return buffer;
    }

    public override void Write(ReadOnlySpan<float> source, DeviceBuffer target) => source.CopyTo(((ManagedBuffer)target).Span);

    public override void Read(DeviceBuffer source, Span<float> target) => ((ManagedBuffer)source).Span.CopyTo(target);

    public override void Copy(DeviceBuffer source, DeviceBuffer target) => ((ManagedBuffer)source).Span.CopyTo(((ManagedBuffer)target).Span);

    public override DeviceRows Load(NDArray array) => new ManagedRows(array);

    public override DeviceOrder Load(ReadOnlySpan<int> order) => new ManagedOrder(order);

    public override void Gather(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        var from = (ManagedRows)source;
        fixed (int* row = ((ManagedOrder)order).Rows.AsSpan(start, count))
            workers.Run(new GatherRows { Bytes = from.Bytes, Table = from.Table, Floats = from.Floats, Rows = row, Width = from.Width, To = At(target) }, count);
        GC.KeepAlive(from);
    }

    private static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    /// <summary>Room for intermediate results of one kernel; it grows in the first steps and stays.</summary>
    private float* Scratch(int slot, long length)
    {
        if (_scratch[slot] is not { } room || room.Length < length) _scratch[slot] = room = new ManagedBuffer(checked((int)length));
        return room.Pointer;
    }

    private static int Cut(int count, int each) => (count + each - 1) / each;

    private struct GatherRows : IPieces
    {
        public byte* Bytes;
        public float* Table, Floats, To;
        public int* Rows;
        public int Width;

        public readonly void Run(int piece)
        {
            float* to = To + (long)piece * Width;
            if (Bytes == null)
            {
                new ReadOnlySpan<float>(Floats + (long)Rows[piece] * Width, Width).CopyTo(new Span<float>(to, Width));
                return;
            }
            byte* from = Bytes + (long)Rows[piece] * Width;
            int i = 0;
            for (; i <= Width - 8; i += 8)
            {
                ulong eight = *(ulong*)(from + i);
                to[i] = Table[(byte)eight];
                to[i + 1] = Table[(byte)(eight >> 8)];
                to[i + 2] = Table[(byte)(eight >> 16)];
                to[i + 3] = Table[(byte)(eight >> 24)];
                to[i + 4] = Table[(byte)(eight >> 32)];
                to[i + 5] = Table[(byte)(eight >> 40)];
                to[i + 6] = Table[(byte)(eight >> 48)];
                to[i + 7] = Table[(byte)(eight >> 56)];
            }
            for (; i < Width; i++) to[i] = Table[from[i]];
        }
    }

    /// <summary>Copies rows of <c>Columns</c> floats to a pitch of whole vectors, zeros behind them.</summary>
    private struct PadColumns : IPieces
    {
        public float* From, To;
        public int Columns, Pitch, Rows, RowsPerPiece;

        public readonly void Run(int piece)
        {
            int last = Math.Min((piece + 1) * RowsPerPiece, Rows);
            for (int row = piece * RowsPerPiece; row < last; row++)
            {
                var to = new Span<float>(To + (long)row * Pitch, Pitch);
                new ReadOnlySpan<float>(From + (long)row * Columns, Columns).CopyTo(to);
                to[Columns..].Clear();
            }
        }
    }

    /// <summary>A matrix whose rows have room for whole vectors: itself where they have, else a padded copy.</summary>
    private float* Padded(float* matrix, int rows, int columns, int slot, out int pitch)
    {
        pitch = Product<S, V>.Padded(columns);
        if (pitch == columns) return matrix;
        float* copy = Scratch(slot, (long)rows * pitch);
        int each = Math.Max(1, FloatsPerPiece / pitch);
        workers.Run(new PadColumns { From = matrix, To = copy, Columns = columns, Pitch = pitch, Rows = rows, RowsPerPiece = each }, Cut(rows, each));
        return copy;
    }
}
