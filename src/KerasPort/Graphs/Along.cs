using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>A linear map along one axis of x: y[…, j, …] = Σ weight · x[…, at, …] over the entries of output j.</summary>
    /// <exception cref="ValueError">The axis doesn't exist, or its length isn't the table's.</exception>
    public Tensor Along(Tensor x, int axis, AlongTable table)
    {
        int along = ((Axes)axis).Of(x.shape)[0];
        if (table.IsIdentity && x.shape[along] == table.Inputs) return x;
        if (x.shape[along] != table.Inputs) throw new ValueError($"A map of {table.Inputs} places can't go along axis {axis} of shape {x.shape}.");
        return Add(new AlongNode(x, along, table), new Shape([.. x.shape[..along], table.Outputs, .. x.shape[(along + 1)..]]));
    }

    /// <summary>
    /// The entries of x at <paramref name="count"/> indices along one axis, from <paramref name="first"/> on, <paramref name="step"/> apart; 0 for indices
    /// outside of x.
    /// </summary>
    internal Tensor Cut(Tensor x, int axis, int first, int count, int step = 1) =>
        Along(x, axis, AlongTable.Take(x.shape[axis]!.Value, Enumerable.Range(0, count).Select(i => first + i * step)));

    /// <summary>Broadcasts x to a shape: axes of length 1 are repeated, missing ones added in front.</summary>
    internal Tensor Repeat(Tensor x, Shape shape)
    {
        int[] from = [.. Enumerable.Repeat(1, shape.Rank - x.shape.Rank), .. x.shape.ToArray()], to = shape.ToArray();
        var y = x;
        foreach (var (first, end) in Runs([.. Enumerable.Range(0, to.Length).Where(axis => from[axis] != to[axis])]))
        {
            int count = NDArray.SizeOf(to[first..end]);
            y = Along(Reshape(y, (NDArray.SizeOf(from[..first]), 1, NDArray.SizeOf(from[end..]))), 1, AlongTable.Take(1, Enumerable.Repeat(0, count)));
            to[first..end].CopyTo(from, first);
        }
        return y.shape == shape ? y : Reshape(y, shape);
    }

    /// <summary>Runs of successive axes: for each the first and the one behind its last; the last run comes first.</summary>
    private static IEnumerable<(int First, int End)> Runs(int[] axes)
    {
        for (int last = axes.Length - 1, first; last >= 0; last = first - 1)
        {
            first = last;
            while (first > 0 && axes[first - 1] == axes[first] - 1) first--;
            yield return (axes[first], axes[last] + 1);
        }
    }
}

/// <summary>y[outer, outputs, inner] from x[outer, inputs, inner], by the table.</summary>
internal sealed class AlongNode(Tensor x, int axis, AlongTable table) : Node(x)
{
    private readonly int _outer = x.shape[..axis].Size, _inner = x.shape[(axis + 1)..].Size;

    public int Axis => axis;

    public AlongTable Table => table;

    public override void Run(Kernels kernels) => kernels.Along(table, _outer, _inner, x.Buffer, Output.Buffer);

    public override Tensor?[] Gradients(Graph g, Tensor dy) => [g.Along(dy, axis, table.Transposed)];
}
