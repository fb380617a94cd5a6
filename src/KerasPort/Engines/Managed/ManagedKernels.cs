using System.Runtime.Intrinsics.X86;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs.Rewrites;

namespace KerasPort.Engines.Managed;

/// <summary>
/// The kernels in C#, for one width of vector. A kernel is a struct of pointers and numbers whose pieces the workers run;
/// each family has a file: Conv2D, Dense, MaxPooling2D, Softmax, Elementwise. An operation without a kernel here runs as its definition.
/// </summary>
internal sealed unsafe partial class ManagedKernels<S, V>(Workers workers) : HostKernels<float, FloatMath> where S : struct, ISimd<V> where V : struct
{
    /// <summary>Products in a piece of work. They take some 10 µs: long against handing a piece out, short against a step.</summary>
    private const long ProductsPerPiece = 500_000;

    /// <summary>Products that take some 3 µs. Fewer are done before another core has heard of them and its results have come back.</summary>
    private const long WorthSharing = 200_000;

    /// <summary>Floats in a piece of elementwise work.</summary>
    private const int FloatsPerPiece = 8192;

    // Kernels work on bare pointers: the buffers behind them must live as long as the kernels may run.
    private readonly HashSet<DeviceBuffer> _buffers = [];
    private readonly ManagedBuffer?[] _scratch = new ManagedBuffer?[6];

    protected override DeviceBuffer AllocateCore(int length)
    {
        var buffer = new ManagedBuffer(length);
        lock (_buffers) _buffers.Add(buffer);
        return buffer;
    }

    public override void Free(DeviceBuffer buffer)
    {
        lock (_buffers) _buffers.Remove(buffer);
    }

    internal override IReadOnlyList<Rewrite> Rewrites { get; init; } =
        [new UnreadPixels(), new ReluInProduct(), new ReluInMap(), new PoolingInConvolution(), new ReluInKernelGradient(),
            new ReluInNormalizationGradient(), new MapInPooling(), new UpdateInDenseGradient(), new InputGradientInUpdate(), new MomentsAtOnce(),
            new SumsOfMaps(), new AdjacentUpdates()];

    protected override void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target) => source.CopyTo(((ManagedBuffer)target).Span);

    protected override void ReadCore(DeviceBuffer source, Span<float> target) => ((ManagedBuffer)source).Span[..target.Length].CopyTo(target);

    protected override void CopyCore(DeviceBuffer source, DeviceBuffer target) => ((ManagedBuffer)source).Span.CopyTo(((ManagedBuffer)target).Span);

    public override DeviceRows Load(NDArray array) => new ManagedRows(array);

    public override DeviceOrder Load(ReadOnlySpan<int> order) => new ManagedOrder(order);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void GatherCore(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        var from = (ManagedRows)source;
        // Wide rows are cut into runs of columns: each thread's cache then holds the columns that it multiplies with its rows of a dense kernel.
        // A few thousand numbers are copied faster than another thread starts.
        var columns = new CacheLines(from.Width, Math.Min(Cut(from.Width, 64), count * from.Width < FloatsPerPiece / 2 ? 1 : 8));
        int[] all = ((ManagedOrder)order).Rows;
        fixed (int* row = all)
        {
            workers.Run(new GatherColumns
            {
                From = from.Bytes, Table = from.Table, Divisor = from.Divisor, Floats = from.Floats, Rows = row + start, Count = count,
                Next = Math.Min(count, all.Length - start - count), Width = from.Width, Columns = columns, To = At(target),
            }, columns.Pieces);
        }
        GC.KeepAlive(from);
    }

    private static float* At(DeviceBuffer? buffer) => buffer is null ? null : ((ManagedBuffer)buffer).Pointer;

    /// <summary>Room for intermediate results of one kernel; it grows in the first steps and stays.</summary>
    private float* Scratch(int slot, long length) => ScratchBuffer(slot, length).Pointer;

    private ManagedBuffer ScratchBuffer(int slot, long length) =>
        _scratch[slot] is { } room && room.Length >= length ? room : _scratch[slot] = new ManagedBuffer(checked((int)length));

    private static int Cut(int count, int each) => (count + each - 1) / each;

    /// <summary>Gathers the named rows. A piece is a run of columns.</summary>
    private struct GatherColumns : IPieces
    {
        public byte* From;
        public float* Table, Floats, To;
        public float Divisor;
        public int* Rows;
        private const int CacheLine = 64;
        public int Count, Next, Width;
        public CacheLines Columns;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int piece)
        {
            int first = Columns.First(piece), last = Columns.First(piece + 1);
            V divisor = S.Splat(Divisor);
            for (int row = 0; row < Count; row++)
            {
                float* to = To + (long)row * Width;
                long at = (long)Rows[row] * Width;
                if (From == null)
                {
                    new ReadOnlySpan<float>(Floats + at + first, last - first).CopyTo(new Span<float>(to + first, last - first));
                    continue;
                }
                int i = first;
                for (; Divisor != 0 && i <= last - S.Lanes; i += S.Lanes) S.Store(S.Divide(S.ToFloats(S.LoadBytes(From + at + i)), divisor), to + i);
                for (; i < last; i++) to[i] = Table[From[at + i]];
            }
            // Rows lie anywhere in the data set, so the next batch's are prefetched while this batch is computed.
            for (int row = Count; row < Count + Next && From != null && Sse.IsSupported; row++)
                for (byte* at = From + (long)Rows[row] * Width + first, end = at + last - first; at < end; at += CacheLine) Sse.Prefetch1(at);
        }
    }

    /// <summary>Copies rows of <c>Columns</c> floats to a pitch of whole vectors, and fills them up with zeros.</summary>
    private struct PadColumns : IPieces
    {
        public float* From, To;
        public int Columns, Pitch, Rows, RowsPerPiece;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>A matrix whose rows are whole vectors: the matrix itself if its rows are, else a padded copy.</summary>
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
