using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime;
using KerasPort.Engines;
using KerasPort.Engines.Formulas;
using KerasPort.Graphs.Rewrites;
using KerasPort.Layers;

namespace KerasPort.Cuda;

/// <summary>
/// The kernels on a card, for one model: memory, data sets and products here, every other family in a file of its own. A kernel is a struct of
/// views and numbers. Only <see cref="Kernels.Read"/> waits for the card.
/// </summary>
internal sealed partial class CudaKernels(Card card, bool tf32 = false) : HostKernels<float, FloatMath>
{
    /// <summary>The number of data sets kept on the card: x and y of a training and its validation, and those that a callback uses meanwhile.</summary>
    private const int MostDatasets = 8;

    /// <summary>The most parts that a sum over the depth is cut into, and the least depth of a part.</summary>
    private const int MostParts = 64, LeastDepthOfPart = 128;

    /// <summary>The number of groups that keep a large card busy.</summary>
    private const int BusyGroups = 128;

    private readonly Card _card = card;
    private Dictionary<object, MemoryBuffer> _memory = [];      // by the buffer or kernel that it belongs to
    private List<((bool, int, UInt128, UInt128) Content, CudaRows Rows)> _datasets = [];
    private readonly Room _parts = new(card);      // parts of one product at a time
    private readonly List<Room> _rooms = [];

    /// <summary>64 steps take milliseconds, so that waiting for the card costs nothing, and a progress bar needs no more updates.</summary>
    public override int ResultsAtATime => 64;

    protected override DeviceBuffer AllocateCore(int length)
    {
        var memory = _card.Allocate<float>(length);
        var buffer = new CudaBuffer(((ArrayView<float>)memory.View).SubView(0, length));
        _memory.Add(buffer, memory);
        return buffer;
    }

    public override void Free(DeviceBuffer buffer)
    {
        if (_memory.Remove(buffer, out var memory)) Card.Try(memory.Dispose);
    }

    internal override IReadOnlyList<Rewrite> Rewrites { get; init; } =
        [new UnreadPixels(), new ReluInProduct(), new ReluInMap(), new PoolingInConvolution(), new DenseGradientsAtOnce(), new AdjacentUpdates()];

    protected override void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target) => _card.Write(source, At(target).View);

    protected override void ReadCore(DeviceBuffer source, Span<float> target) => _card.Read(At(source).View, target);

    protected override void CopyCore(DeviceBuffer source, DeviceBuffer target) => _card.Copy(At(source).View, At(target).View);

    public override DeviceRows Load(NDArray array)
    {
        bool isBytes = array.TryGetBytes(out byte[]? bytes, out var table, out int offset);
        float[]? floats = null;
        if (!isBytes && !array.TryGetFloats(out floats, out offset)) (floats, offset) = (array.ToFloats(), 0);
        var elements = isBytes ? bytes.AsSpan(offset, array.size) : MemoryMarshal.AsBytes(floats.AsSpan(offset, array.size));
        // Data of the last epoch is still on the card. It is recognized by a hash, because the caller may have changed the array.
        var content = (isBytes, array.Length, XxHash128.HashToUInt128(elements), XxHash128.HashToUInt128(MemoryMarshal.AsBytes(table)));
        int known = _datasets.FindIndex(dataset => dataset.Content == content);
        var rows = known >= 0 ? _datasets[known].Rows : Send(array, elements, isBytes ? table : default);
        if (known >= 0) _datasets.RemoveAt(known);
        else if (_datasets.Count >= MostDatasets && _datasets.FindIndex(dataset => dataset.Rows.Users == 0) is >= 0 and int oldest)
        {
            _datasets[oldest].Rows.Free();
            _datasets.RemoveAt(oldest);
        }
        _datasets.Add((content, rows));
        rows.Users++;
        return rows;
    }

    /// <summary>Copies elements to the card; those of bytes with the table of their values.</summary>
    private CudaRows Send(NDArray array, ReadOnlySpan<byte> elements, ReadOnlySpan<float> table)
    {
        bool isBytes = table.Length > 0;
        var onCard = isBytes ? _card.Allocate<byte>(array.size) : null;
        var values = _card.Allocate<float>(isBytes ? table.Length : array.size);
        if (onCard is not null) _card.Write(elements, onCard.View);
        _card.Write(isBytes ? table : MemoryMarshal.Cast<byte, float>(elements), values.View);
        return new CudaRows(array, onCard, values);
    }

    public override DeviceOrder Load(ReadOnlySpan<int> order)
    {
        var rows = _card.Allocate<int>(order.Length);
        _card.Write(order, rows.View);
        return new CudaOrder(order, rows);
    }

    protected override void GatherCore(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        var (from, rows) = ((CudaRows)source, ((CudaOrder)order).Rows.SubView(start, count));
        int size = count * from.Width;
        if (from.Bytes is not null) Gather(rows, BytesOf(from, count, target), default);
        else _card.Launch(new GatherFloats { Floats = from.Floats, Rows = rows, To = At(target).View, Width = from.Width, Count = size }, size);
    }

    protected override void GatherBatchCore(DeviceRows inputs, DeviceRows targets, DeviceOrder order, int start, int count, DeviceBuffer x, DeviceBuffer y)
    {
        if (inputs is CudaRows { Bytes: not null } from && targets is CudaRows { Bytes: not null } with)
            Gather(((CudaOrder)order).Rows.SubView(start, count), BytesOf(from, count, x), BytesOf(with, count, y));
        else base.GatherBatchCore(inputs, targets, order, start, count, x, y);
    }

    protected override void Conv2DCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y) =>
        Multiply(
            new Rows<Patches> { Matrix = Patches.Of(At(x), window, images, byPoolingWindow: false) },
            new Columns<Matrix> { Matrix = Matrix.Of(At(kernel), window.Depth, window.Filters) },
            At(y), bias, relu, images * window.Pixels, window.Filters, window.Depth);

    protected override void Conv2DInputGradientCore(in Window2D window, int images, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx) =>
        MultiplyInputGradient(StoredGradient.Of(At(dy), window), window, images, kernel, dx);

    protected override void Conv2DKernelGradientCore(in Window2D window, int images, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel) =>
        MultiplyInParts(
            new Columns<Patches> { Matrix = Patches.Of(At(x), window, images, byPoolingWindow: false) },
            new Columns<Matrix> { Matrix = Matrix.Of(At(dy), images * window.Pixels, window.Filters) },
            At(dkernel), null, window.Depth, window.Filters, images * window.Pixels);

    protected override void DenseCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? bias, bool relu, DeviceBuffer y) =>
        Multiply(
            new Rows<Matrix> { Matrix = Matrix.Of(At(x), rows, inputs) }, new Columns<Matrix> { Matrix = Matrix.Of(At(kernel), inputs, outputs) },
            At(y), bias, relu, rows, outputs, inputs);

    protected override void DenseInputGradientCore(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer kernel, DeviceBuffer dx) =>
        DenseInputGradient(rows, inputs, outputs, dy, null, kernel, dx);

    protected override void DenseKernelGradientCore(int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer dkernel) =>
        DenseWeightGradients(rows, inputs, outputs, x, dy, null, dkernel, null);

    protected override void DenseGradientsCore(int rows, int inputs, int outputs,
        DeviceBuffer x, DeviceBuffer kernel, DeviceBuffer? y, DeviceBuffer dy, DeviceBuffer? dkernel, DeviceBuffer? dbias, DeviceBuffer? dx)
    {
        if (dkernel is null)
        {
            base.DenseGradientsCore(rows, inputs, outputs, x, kernel, y, dy, dkernel, dbias, dx);
            return;
        }
        DenseWeightGradients(rows, inputs, outputs, x, dy, y, dkernel, dbias);
        if (dx is not null) DenseInputGradient(rows, inputs, outputs, dy, y, kernel, dx);
    }

    protected override void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        // The rows are the parts of a sum; where there are many, consecutive rows are summed first.
        int runs = rows < 1024 ? 1 : Math.Min(BusyGroups, rows / 256);
        var sums = runs == 1 ? At(y).View : _parts.For(runs * columns);
        Add(At(x).View, rows, columns, columns, sums, runs);
        if (runs > 1) Add(sums, runs, columns, columns, At(y).View, 1);
    }

    protected override void Dispose(bool disposing)
    {
        if (!disposing) return;
        foreach (var memory in _memory.Values) Card.Try(memory.Dispose);
        foreach (var dataset in _datasets) dataset.Rows.Free();
        _parts.Dispose();
        foreach (var room in _rooms) room.Dispose();
        (_memory, _datasets) = ([], []);
    }

    private void DenseInputGradient(int rows, int inputs, int outputs, DeviceBuffer dy, DeviceBuffer? y, DeviceBuffer kernel, DeviceBuffer dx) =>
        Multiply(
            new Rows<Matrix> { Matrix = Matrix.Of(At(dy), rows, outputs, y is null ? null : At(y)) },
            new Rows<Matrix> { Matrix = Matrix.Of(At(kernel), inputs, outputs) },
            At(dx), null, false, rows, inputs, outputs);

    private void DenseWeightGradients(
        int rows, int inputs, int outputs, DeviceBuffer x, DeviceBuffer dy, DeviceBuffer? y,
        DeviceBuffer dkernel, DeviceBuffer? dbias) =>
        MultiplyInParts(
            new Columns<Matrix> { Matrix = Matrix.Of(At(x), rows, inputs) },
            new Columns<Matrix> { Matrix = Matrix.Of(At(dy), rows, outputs, y is null ? null : At(y)) },
            At(dkernel), dbias, inputs, outputs, rows);

    private void MultiplyInputGradient<T>(T gradient, in Window2D window, int images, DeviceBuffer kernel, DeviceBuffer dx) where T : struct, IGradient =>
        Multiply(
            new GradientRows<T> { Gradient = gradient, Window = window, Pixels = images * window.Height * window.Width }, TurnedKernel.Of(At(kernel), window),
            At(dx), null, false, images * window.Height * window.Width, window.Channels,
            window.KernelHeight * window.KernelWidth * ((window.Filters + 3) / 4 * 4));

    private void Multiply<TA, TB>(TA a, TB b, CudaBuffer to, DeviceBuffer? bias, bool relu, int rows, int columns, int depth)
        where TA : struct, ITile where TB : struct, ITile =>
        MultiplyInParts(a, b, to, null, rows, columns, depth, bias, relu, isGradient: false);

    /// <summary>
    /// A product, cut over its depth where its tiles alone would leave most of a card idle. The number of parts depends on the shapes alone,
    /// so that every card adds in the same order.
    /// </summary>
    private void MultiplyInParts<TA, TB>(
        TA a, TB b, CudaBuffer to, DeviceBuffer? columnSums, int rows, int columns, int depth,
        DeviceBuffer? bias = null, bool relu = false, bool isGradient = true)
        where TA : struct, ITile where TB : struct, ITile
    {
        int parts = Math.Clamp(Math.Min(BusyGroups / Tile.Number(rows) / Tile.Number(columns), depth / LeastDepthOfPart), 1, MostParts);
        int count = rows * columns, size = count + (columnSums is null ? 0 : columns);
        var sum = new Sum
        {
            Values = to.View,
            Bias = At(bias ?? to).View,
            ColumnSums = At(columnSums ?? to).View,
            Height = rows,
            Width = columns,
            HasBias = bias is null ? 0 : 1,
            HasRelu = relu ? 1 : 0,
            HasColumnSums = columnSums is null ? 0 : 1,
            IsAligned = columns % 4 == 0 && to.IsAligned ? 1 : 0,
        };
        if (parts == 1)
        {
            Multiply(a, b, sum, rows, columns, depth);
            return;
        }
        // A gradient's parts are kept until their sum is read; a forward pass's result is read at once by the next layer.
        var each = isGradient ? to.Open(columnSums is null ? null : At(columnSums), this).Open(parts, size, count) : _parts.For(parts * size);
        var (values, ofColumns) = (sum.Values, sum.ColumnSums);
        (sum.Values, sum.ColumnSums, sum.PartSize) = (each, each.SubView(count), size);
        (sum.HasBias, sum.HasRelu, sum.IsAligned) = (0, 0, columns % 4 == 0 ? 1 : 0);
        Multiply(a, b, sum, rows, columns, depth, parts);
        if (!isGradient) Add(each, parts, size, count, values, 1, ofColumns, sum.Bias, columns, bias is not null, relu);
    }

    private void Multiply<TA, TB, TC>(TA a, TB b, TC c, int rows, int columns, int depth, int parts = 1)
        where TA : struct, ITile where TB : struct, ITile where TC : struct, IResult
    {
        if (tf32) Multiply<TA, TB, TC, TensorCoreSums>(a, b, c, rows, columns, depth, parts);
        else Multiply<TA, TB, TC, Block>(a, b, c, rows, columns, depth, parts);
    }

    private void Multiply<TA, TB, TC, TSums>(TA a, TB b, TC c, int rows, int columns, int depth, int parts)
        where TA : struct, ITile where TB : struct, ITile where TC : struct, IResult where TSums : struct, ISums<TSums>
    {
        int depthOfPart = (depth + parts * Tile.Step - 1) / (parts * Tile.Step) * Tile.Step;
        _card.Launch(new Product<TA, TB, TC, TSums> { A = a, B = b, C = c, Depth = depth, DepthOfPart = depthOfPart },
            new Index3D(Tile.Number(rows), Tile.Number(columns), parts), Tile.Threads);
    }

    internal void Add(ArrayView<float> parts, int number, int partSize, int count, ArrayView<float> to, int runs,
        ArrayView<float>? columnSums = null, ArrayView<float>? bias = null, int width = 1, bool hasBias = false, bool relu = false) =>
        _card.Launch(new SumOfParts
        {
            Parts = parts, Number = number, PartSize = partSize, Count = count, To = to, Width = width,
            ColumnSums = columnSums ?? to, Bias = bias ?? to, HasBias = hasBias ? 1 : 0, HasRelu = relu ? 1 : 0,
        }, new Index3D((partSize + SumOfParts.Values - 1) / SumOfParts.Values, runs, 1), SumOfParts.Values * SumOfParts.Shares);

    /// <summary>Working memory, freed with the kernels.</summary>
    internal Room NewRoom()
    {
        var room = new Room(_card);
        _rooms.Add(room);
        return room;
    }

    private ArrayView<byte> AllocateBytes(int length, object owner)
    {
        var memory = _card.Allocate<byte>((length + 3) / 4 * 4);
        _memory.Add(owner, memory);
        return memory.View;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CudaBuffer At(DeviceBuffer buffer) => (CudaBuffer)buffer;

    private static ByteRows BytesOf(CudaRows rows, int count, DeviceBuffer to) =>
        new() { Bytes = rows.Bytes!.Value, Table = rows.Floats, To = At(to).View, Width = rows.Width, Count = count * rows.Width };

    private void Gather(ArrayView<int> rows, ByteRows inputs, ByteRows targets) =>
        _card.Launch(new GatherBytes { Rows = rows, Inputs = inputs, Targets = targets.Count > 0 ? targets : inputs with { Count = 0 } }, inputs.Count
            + targets.Count);

    /// <summary>Rows of bytes, which are indices into a table of values, and the buffer for their values.</summary>
    private struct ByteRows
    {
        public ArrayView<byte> Bytes;
        public ArrayView<float> Table, To;
        public int Width, Count;

        public readonly void Copy(ArrayView<int> rows, int i) => To[i] = Table[(int)Bytes[(long)rows[i / Width] * Width + i % Width]];
    }

    private struct GatherBytes : IKernel
    {
        public ArrayView<int> Rows;
        public ByteRows Inputs, Targets;

        public readonly void Run()
        {
            int i = Index;
            if (i < Inputs.Count) Inputs.Copy(Rows, i);
            else if (i < Inputs.Count + Targets.Count) Targets.Copy(Rows, i - Inputs.Count);
        }
    }

    private struct GatherFloats : IKernel
    {
        public ArrayView<float> Floats, To;
        public ArrayView<int> Rows;
        public int Width, Count;

        public readonly void Run()
        {
            int i = Index;
            if (i < Count) To[i] = Floats[(long)Rows[i / Width] * Width + i % Width];
        }
    }
}
