using System.Numerics;
using KerasPort.Engines.Formulas;
using KerasPort.Layers;
using KerasPort.Random;

namespace KerasPort.Engines;

/// <summary>
/// The definition of every kernel: plain loops on the host, in the order in which a reader expects them. An engine overrides the memory, and
/// then, one by one, the kernels that it has faster. In double these definitions are what other engines are compared with.
/// </summary>
/// <typeparam name="T">The type of number that kernels compute in.</typeparam>
/// <typeparam name="M">The arithmetic of formulas on it.</typeparam>
public partial class HostKernels<T, M> : Kernels where T : unmanaged, IFloatingPointIeee754<T> where M : struct, IMath<T>
{
    /// <inheritdoc/>
    protected override DeviceBuffer AllocateCore(int length) => new HostBuffer<T>(length);

    /// <inheritdoc/>
    public override void Free(DeviceBuffer buffer) { }

    /// <inheritdoc/>
    protected override void WriteCore(ReadOnlySpan<float> source, DeviceBuffer target)
    {
        var values = ((HostBuffer<T>)target).Values;
        for (int i = 0; i < source.Length; i++) values[i] = T.CreateChecked(source[i]);
    }

    /// <inheritdoc/>
    protected override void ReadCore(DeviceBuffer source, Span<float> target)
    {
        var values = ((HostBuffer<T>)source).Values;
        for (int i = 0; i < target.Length; i++) target[i] = float.CreateChecked(values[i]);
    }

    /// <inheritdoc/>
    protected override void CopyCore(DeviceBuffer source, DeviceBuffer target) => Store(Fetch(source), target);

    /// <inheritdoc/>
    public override DeviceRows Load(NDArray array) => new HostRows(array);

    /// <inheritdoc/>
    public override DeviceOrder Load(ReadOnlySpan<int> order) => new HostOrder(order);

    /// <inheritdoc/>
    protected override void GatherCore(DeviceRows source, DeviceOrder order, int start, int count, DeviceBuffer target)
    {
        var (from, rows) = ((HostRows)source, ((HostOrder)order).Rows);
        var values = new T[count * from.Width];
        var row = new float[from.Width];
        for (int r = 0; r < count; r++)
        {
            from.Array.CopyTo(rows[start + r] * from.Width, row);
            for (int i = 0; i < from.Width; i++) values[r * from.Width + i] = T.CreateChecked(row[i]);
        }
        Store(values, target);
    }

    /// <inheritdoc/>
    protected override void MapCore<F>(in F formula, in Operands on)
    {
        var values = new T[Operands.Most][];
        for (int place = 0; place < Operands.Most; place++)
            values[place] = ((F.Reads | F.Writes) >> place & 1) == 0 ? [] : Fetch(on[place]!)[..on.SizeOf(place)];
        Span<T> at = stackalloc T[Operands.Most];
        for (int row = 0; row < on.Rows; row++)
            for (int column = 0; column < on.Columns; column++)
            {
                for (int place = 0; place < Operands.Most; place++)
                    at[place] = (F.Reads >> place & 1) == 0 ? T.Zero : values[place][on.IndexOf(place, row, column)];
                formula.At<T, M>(ref at[0], ref at[1], ref at[2], ref at[3], ref at[4], ref at[5]);
                for (int place = 0; place < Operands.Most; place++)
                    if ((F.Writes >> place & 1) != 0) values[place][on.IndexOf(place, row, column)] = at[place];
            }
        for (int place = 0; place < Operands.Most; place++)
            if ((F.Writes >> place & 1) != 0) Store(values[place], on[place]!.Part(0, values[place].Length));
    }

    /// <inheritdoc/>
    protected override void RandomUnitsCore(ulong key, ulong upper, long block, int count, DeviceBuffer y)
    {
        var units = new float[count];
        Philox.Units(key, upper, block, units);
        Store(Array.ConvertAll(units, T.CreateChecked), y);
    }

    /// <inheritdoc/>
    protected override void SumRowsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        var (from, sums) = (Fetch(x), new T[columns]);
        for (int i = 0; i < rows * columns; i++) sums[i % columns] += from[i];
        Store(sums, y);
    }

    /// <inheritdoc/>
    protected override void MomentsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer sum, DeviceBuffer squares)
    {
        var (from, sums, squared) = (Fetch(x), new T[columns], new T[columns]);
        for (int i = 0; i < rows * columns; i++) sums[i % columns] += from[i];
        for (int i = 0; i < rows * columns; i++)
        {
            var apart = from[i] - sums[i % columns] / T.CreateChecked(rows);
            squared[i % columns] += apart * apart;
        }
        Store(sums, sum);
        Store(squared, squares);
    }

    /// <inheritdoc/>
    protected override void SumColumnsCore(int rows, int columns, DeviceBuffer x, DeviceBuffer y)
    {
        var (from, sums) = (Fetch(x), new T[rows]);
        for (int i = 0; i < rows * columns; i++) sums[i / columns] += from[i];
        Store(sums, y);
    }

    /// <inheritdoc/>
    protected override void CopyColumnsCore(int rows, int columns, DeviceBuffer x, int xColumns, int from, DeviceBuffer y, int yColumns, int to)
    {
        var (source, target) = (Fetch(x), Fetch(y));
        for (int row = 0; row < rows; row++) source.AsSpan(row * xColumns + from, columns).CopyTo(target.AsSpan(row * yColumns + to, columns));
        Store(target, y);
    }

    /// <summary>A copy of the buffer's values on the host.</summary>
    protected virtual T[] Fetch(DeviceBuffer source)
    {
        if (source is HostBuffer<T> here) return here.Values.ToArray();
        var floats = new float[source.Length];
        Read(source, floats);
        return Array.ConvertAll(floats, T.CreateChecked);
    }

    /// <summary>Makes these the buffer's first values.</summary>
    protected virtual void Store(ReadOnlySpan<T> values, DeviceBuffer target)
    {
        if (target is HostBuffer<T> here)
        {
            values.CopyTo(here.Values);
            return;
        }
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++) floats[i] = float.CreateChecked(values[i]);
        Write(floats, target);
    }

    private sealed class HostRows : DeviceRows
    {
        public HostRows(NDArray array) : base(array) => Array = array;

        public NDArray Array { get; }
    }

    private sealed class HostOrder(ReadOnlySpan<int> rows) : DeviceOrder(rows)
    {
        public int[] Rows { get; } = rows.ToArray();
    }
}

/// <summary>Numbers in an array on the host, or a part of them.</summary>
internal sealed class HostBuffer<T> : DeviceBuffer
{
    private readonly T[] _memory;
    private readonly int _start;

    public HostBuffer(int length) : this(new T[length], 0, length) { }

    private HostBuffer(T[] memory, int start, int length) : base(length) => (_memory, _start) = (memory, start);

    public Span<T> Values => _memory.AsSpan(_start, Length);

    protected override DeviceBuffer Cut(int start, int length) => new HostBuffer<T>(_memory, _start + start, length);
}
