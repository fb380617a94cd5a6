using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Permutes the axes of x: axis i of the result is axis <paramref name="axes"/>[i] of x.</summary>
    /// <exception cref="ValueError"><paramref name="axes"/> isn't a permutation of the axes of x.</exception>
    public Tensor Transpose(Tensor x, int[] axes)
    {
        int[] from = x.shape.ToArray(), order = [.. axes.Select(axis => axis < 0 ? axis + from.Length : axis)];
        if (!order.Order().SequenceEqual(Enumerable.Range(0, from.Length)))
            throw new ValueError($"`axes` must be the axes of the tensor, each once. Received: axes=[{string.Join(", ", axes)}], shape={x.shape}");
        // Leading and trailing axes that stay in place are left out.
        int first = 0, end = from.Length;
        while (first < end && order[first] == first) first++;
        while (end > first && order[end - 1] == end - 1) end--;
        if (first == end) return x;
        int[] moved = order[first..end], strides = new int[from.Length];
        for (int axis = end - 1, stride = 1; axis >= first; stride *= from[axis--]) strides[axis] = stride;
        int[] places = [0];
        foreach (int axis in moved) places = [.. places.SelectMany(place => Enumerable.Range(0, from[axis]).Select(i => place + i * strides[axis]))];
        var rows = Reshape(x, (NDArray.SizeOf(from[..first]), places.Length, NDArray.SizeOf(from[end..])));
        return Reshape(Along(rows, 1, AlongTable.Take(places.Length, places)), Shape.Of([.. order.Select(axis => from[axis])]));
    }
}
