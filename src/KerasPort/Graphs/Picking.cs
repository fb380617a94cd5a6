using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Takes entries of an axis of x by indices, in the shape of these; -1 is the last entry. With constant indices it is a linear map.</summary>
    internal Tensor Picked(Tensor x, Tensor indices, int axis)
    {
        int along = ((Axes)axis).Of(x.shape)[0], length = x.shape[along]!.Value, inner = x.shape[(along + 1)..].Size, outer = x.shape[..along].Size,
            count = indices.Size;
        var shape = new Shape([.. x.shape[..along], .. indices.shape, .. x.shape[(along + 1)..]]);
        if (indices.Source is ConstantNode known)
            return Reshape(Along(x, along, AlongTable.Take(length, known.Values.Select(index => Place(index, length)))), shape);
        return Known(OnHost(shape, (given, y) =>
        {
            for (int o = 0; o < outer; o++)
                for (int k = 0; k < count; k++) Array.Copy(given[0], (o * length + Place(given[1][k], length)) * inner, y, (o * count + k) * inner, inner);
        }, (g, node, dy) => [g.OnHost(x.shape, (given, dx) =>
        {
            Array.Clear(dx);
            for (int o = 0; o < outer; o++)
                for (int k = 0; k < count; k++)
                {
                    int from = (o * count + k) * inner, to = (o * length + Place(given[0][k], length)) * inner;
                    for (int i = 0; i < inner; i++) dx[to + i] += given[1][from + i];
                }
        }, null, node.Inputs[1], dy), null], x, indices), new("Gather", along));
    }

    /// <summary>
    /// The squares of the gradients of a table's picked rows, summed for each row. (The square of the table's gradient would be that of their sum.)
    /// </summary>
    internal Tensor SquaresOfPicked(Tensor table, Tensor indices, Tensor dy)
    {
        int length = table.shape[0]!.Value, inner = table.Size / length;
        return OnHost(table.shape, (given, squares) =>
        {
            Array.Clear(squares);
            for (int k = 0; k < given[0].Length; k++)
            {
                int to = Place(given[0][k], length) * inner;
                for (int i = 0; i < inner; i++) squares[to + i] += given[1][k * inner + i] * given[1][k * inner + i];
            }
        }, null, indices, dy);
    }

    /// <summary>y[…, j, …] = x[…, indices[…, j, …], …] along an axis; other axes are broadcast.</summary>
    internal Tensor PickedAlong(Tensor x, Tensor indices, int axis)
    {
        int along = ((Axes)axis).Of(x.shape)[0];
        if (x.shape.Rank != indices.shape.Rank)
            throw new ValueError($"`x` and `indices` must have the same rank, but received: x.shape={x.shape}, indices.shape={indices.shape}");
        Shape With(int length) => Broadcast.Shape(new([.. x.shape[..along], length, .. x.shape[(along + 1)..]]),
            new([.. indices.shape[..along], length, .. indices.shape[(along + 1)..]]));
        var (from, to) = (With(x.shape[along]!.Value), With(indices.shape[along]!.Value));
        (x, indices) = (Repeat(x, from), Repeat(indices, to));
        int length = from[along]!.Value, count = to[along]!.Value, inner = to[(along + 1)..].Size;
        int Source(int place, float index) => (place / inner / count * length + Place(index, length)) * inner + place % inner;
        return Known(OnHost(to, (given, y) =>
        {
            for (int i = 0; i < y.Length; i++) y[i] = given[0][Source(i, given[1][i])];
        }, (g, node, dy) => [g.OnHost(from, (given, dx) =>
        {
            Array.Clear(dx);
            for (int i = 0; i < given[1].Length; i++) dx[Source(i, given[0][i])] += given[1][i];
        }, null, node.Inputs[1], dy), null], x, indices), new("GatherElements", along));
    }

    /// <summary>
    /// The indices that sort each row along an axis, stably; in descending order if asked for, and only the first <paramref name="most"/> if that is given.
    /// </summary>
    internal Tensor Order(Tensor x, int axis, bool descends = false, int? most = null)
    {
        int along = ((Axes)axis).Of(x.shape)[0], length = x.shape[along]!.Value, inner = x.shape[(along + 1)..].Size, count = most ?? length;
        if (count > length || count < 1) throw new ValueError($"input must have at least k columns. Had {length}, needed {count}");
        return Known(OnHost(new Shape([.. x.shape[..along], count, .. x.shape[(along + 1)..]]), (given, y) =>
        {
            var (keys, places) = (new float[length], new int[length]);
            for (int row = 0; row < y.Length / count; row++)
            {
                int first = row / inner * length * inner + row % inner, to = row / inner * count * inner + row % inner;
                for (int i = 0; i < length; i++) (keys[i], places[i]) = (given[0][first + i * inner], i);
                Array.Sort(places, (a, b) => keys[a].CompareTo(keys[b]) is not 0 and var order ? descends ? -order : order : a.CompareTo(b));
                for (int i = 0; i < count; i++) y[to + i * inner] = places[i];
            }
        }, null, x), new("TopK", along, count, descends));
    }

    // Indices are truncated, so that -0.5 is the first entry.
    private static int Place(float index, int length) => index >= -length && index < length ? (int)index + ((int)index < 0 ? length : 0)
        : throw new ValueError($"indices = {PythonText.Str((double)index)} is not in [0, {length})");
}
