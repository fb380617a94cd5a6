using KerasPort.Engines.Formulas;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>A slice of x: a number takes one entry of its axis, which is removed, a range several. Axes that aren't named are taken whole.</summary>
    /// <exception cref="ValueError">There are more indices than axes, or one is out of range.</exception>
    internal Tensor Part(Tensor x, Slice[] slices)
    {
        int named = slices.Count(slice => slice.Kind is not (Slice.Kinds.NewAxis or Slice.Kinds.Ellipsis));
        if (named > x.shape.Rank) throw new ValueError($"too many indices: the tensor has {x.shape.Rank} axes, but {named} were indexed");
        int axis = 0;
        var shape = new List<int?>();
        void Whole(int count)
        {
            while (count-- > 0) shape.Add(x.shape[axis++]);
        }
        foreach (var slice in slices)
        {
            if (slice.Kind == Slice.Kinds.Ellipsis) Whole(x.shape.Rank - named);
            else if (slice.Kind == Slice.Kinds.NewAxis) shape.Add(1);
            else
            {
                var (start, count, step) = slice.On(x.shape[axis]!.Value, axis);
                if (count == 0) throw new ValueError($"A part of a tensor must not be empty. Received: shape={x.shape}, of whose axis {axis} nothing is taken");
                x = Cut(x, axis, start, count, step);
                if (slice.Kind != Slice.Kinds.One) shape.Add(count);
                axis++;
            }
        }
        Whole(x.shape.Rank - axis);
        return Reshape(x, new Shape([.. shape]));
    }

    /// <summary>The first where chosen isn't 0, else the second.</summary>
    public Tensor Where(Tensor chosen, Tensor first, Tensor second)
    {
        Tensor Taken(bool where, Tensor x) =>
            Map(new Taken(where ? 1 : 0), chosen, x, (g, _, dz) => [null, g.Map(new Taken(where ? 1 : 0), chosen, dz)]);
        return Add(Taken(true, first), Taken(false, second));
    }

    /// <summary>The index of the largest element along an axis of x, of equal ones the first; without an axis that in the flattened x.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor ArgMax(Tensor x, int? axis, bool keepdims = false)
    {
        if (axis is not { } named) return Reshape(ArgMax(Reshape(x, (1, x.Size))), keepdims ? new Shape([.. x.shape.Select(_ => (int?)1)]) : new Shape());
        int along = ((Axes)named).Of(x.shape)[0], rank = x.shape.Rank;
        int[] last = [.. Enumerable.Range(0, rank).Where(at => at != along), along];
        var places = ArgMax(Transpose(x, last));
        return keepdims ? Reshape(places, new Shape([.. x.shape[..along], 1, .. x.shape[(along + 1)..]])) : places;
    }
}

/// <summary>y where x is 0 (for <paramref name="IfChosen"/> = 0) or where it isn't (for 1), else 0, even if y is NaN there.</summary>
internal readonly record struct Taken(float IfChosen) : IBinary
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Of<T, M>(T x, T y) where M : struct, IMath<T>
    {
        T chosen = M.Select(M.Equal(x, M.Splat(0)), M.Splat(0), M.Splat(1));
        return M.Select(M.Equal(chosen, M.Splat(IfChosen)), y, M.Splat(0));
    }
}
