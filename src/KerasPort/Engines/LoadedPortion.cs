using System.Buffers;
using KerasPort.Graphs;
using KerasPort.Training;

namespace KerasPort.Engines;

/// <summary>A portion's arrays and the order of its rows, loaded for the kernels that gather batches, until it is disposed of.</summary>
internal sealed class LoadedPortion : IDisposable
{
    private readonly Portion _portion;
    private readonly DeviceRows[] _x = [], _y = [], _weights = [];
    private readonly DeviceOrder? _order;

    public LoadedPortion(Kernels kernels, Portion portion)
    {
        _portion = portion;
        (Targets, Weights) = (RowShapes(portion.Y), RowShapes(portion.Weights));
        // A portion of one batch is written straight to the plan's tensors.
        if (portion.IsOneBatch) return;
        (_x, _y, _weights) = (Load(kernels, portion.X), Load(kernels, portion.Y), Load(kernels, portion.Weights));
        _order = kernels.Load(portion.Rows.Span);
    }

    /// <summary>The shape of a row of each target.</summary>
    public Shape[] Targets { get; }

    /// <summary>The shape of a row of each target's weights.</summary>
    public Shape[] Weights { get; }

    /// <summary>Fills a plan with <paramref name="count"/> rows, from the order's <paramref name="start"/>-th on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Gather(Kernels kernels, int start, int count, Plan plan)
    {
        if (_order is null)
        {
            Write(kernels, _portion.X, plan.Inputs, start, count);
            Write(kernels, _portion.Y, plan.Targets, start, count);
            Write(kernels, _portion.Weights, plan.Weights, start, count);
            return;
        }
        int pairs = Math.Min(_x.Length, _y.Length);
        for (int i = 0; i < pairs; i++)
        {
            RequireWidth(_x[i].Width, plan.Inputs[i]);
            kernels.GatherBatch(_x[i], _y[i], _order, start, count, plan.Inputs[i].Buffer, plan.Targets[i].Buffer);
        }
        Gather(kernels, _x, plan.Inputs, pairs, start, count);
        Gather(kernels, _y, plan.Targets, pairs, start, count);
        Gather(kernels, _weights, plan.Weights, 0, start, count);
    }

    public void Dispose()
    {
        foreach (var rows in _x) rows.Dispose();
        foreach (var rows in _y) rows.Dispose();
        foreach (var rows in _weights) rows.Dispose();
        _order?.Dispose();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Gather(Kernels kernels, DeviceRows[] from, Tensor[] to, int first, int start, int count)
    {
        for (int i = first; i < from.Length; i++)
        {
            RequireWidth(from[i].Width, to[i]);
            kernels.Gather(from[i], _order!, start, count, to[i].Buffer);
        }
    }

    /// <summary>Writes <paramref name="count"/> rows, from <paramref name="start"/> on, to a plan's tensor.</summary>
    public static void Write(Kernels kernels, NDArray from, Tensor to, int start, int count)
    {
        int width = from.size / from.Length, size = count * width;
        RequireWidth(width, to);
        if (from.TryGetFloats(out float[]? floats, out int offset))
        {
            kernels.Write(floats.AsSpan(offset + start * width, size), to.Buffer);
            return;
        }
        var values = ArrayPool<float>.Shared.Rent(size);
        from.CopyTo(start * width, values.AsSpan(0, size));
        kernels.Write(values.AsSpan(0, size), to.Buffer);
        ArrayPool<float>.Shared.Return(values);
    }

    private static void Write(Kernels kernels, IReadOnlyList<NDArray> from, Tensor[] to, int start, int count)
    {
        for (int i = 0; i < to.Length; i++) Write(kernels, from[i], to[i], start, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireWidth(int given, Tensor tensor)
    {
        int width = tensor.Size / tensor.shape[0]!.Value;
        if (given != width) throw new ValueError($"A row of x has {given} values, but the model takes {width} ({tensor.shape[1..]}).");
    }

    private static DeviceRows[] Load(Kernels kernels, IReadOnlyList<NDArray> arrays) => arrays.Count == 0 ? [] : [.. arrays.Select(kernels.Load)];

    /// <summary>The shape of a row of each array.</summary>
    public static Shape[] RowShapes(IReadOnlyList<NDArray> arrays) => arrays.Count == 0 ? [] : [.. arrays.Select(array => ((Shape)array.shape)[1..])];
}
