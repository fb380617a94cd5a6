using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>
/// A function of several tensors, element by element. Axes of length 1 are broadcast; a tensor with fewer axes gets new ones behind the batch.
/// </summary>
public abstract class ElementwiseMerge : Merge
{
    private protected ElementwiseMerge(string? name) : base(name) { }

    internal override Shape[] ShapesOf(Shape[] inputs)
    {
        int?[] batches = [.. inputs.Where(shape => shape.Rank > 0).Select(shape => shape[0]).OfType<int>().Distinct().Cast<int?>()];
        if (batches.Length > 1)
            throw new ValueError($"Cannot merge tensors with different batch sizes. Received tensors with shapes [{string.Join(", ", inputs)}]");
        var sample = inputs.Select(shape => shape[1..]).Aggregate(Joined);
        return [sample.WithBatch(batches is [var only] ? only : null)];
    }

    /// <summary>A step of the output counts if it counts in one of the tensors; all steps count if one tensor has no mask.</summary>
    internal override Tensor? MaskOf(Tensor[] inputs) =>
        inputs.Any(x => x.Mask is null) ? null : inputs.Select(x => x.Mask!).Aggregate((all, mask) => mask.Graph.Maximum(all, mask));

    internal sealed override Tensor[] Call(Graph g, Tensor[] inputs)
    {
        int rank = inputs.Max(x => x.shape.Rank);
        return [Join(g, [.. inputs.Select(x => x.shape.Rank == rank ? x : g.Reshape(x, AtRank(x.shape, rank)))])];
    }

    /// <summary>The shape with new axes behind the batch, to have as many as the others.</summary>
    internal static Shape AtRank(Shape shape, int rank) => new([shape[0], .. Enumerable.Repeat<int?>(1, rank - shape.Rank), .. shape[1..]]);

    /// <summary>The function.</summary>
    private protected abstract Tensor Join(Graph g, Tensor[] inputs);

    /// <summary>The maximum or minimum. Where the masks let only one of two tensors count, it is that tensor's value.</summary>
    private protected static Tensor Extreme(Graph g, Tensor[] inputs, Func<Tensor, Tensor, Tensor> of)
    {
        if (inputs.All(x => x.Mask is null)) return inputs.Aggregate(of);
        var (y, counted) = (inputs[0], Over(g, inputs[0]));
        foreach (var input in inputs[1..])
        {
            var (x, mask) = (input, Over(g, input));
            if (mask is not null) x = g.Where(mask, x, y);
            if (counted is not null) y = g.Where(counted, y, x);
            counted = mask is null || counted is null ? null : g.Maximum(counted, mask);
            y = of(y, x);
        }
        return y;
    }

    private protected static Tensor? Over(Graph g, Tensor x) => x.Mask is { } mask ? g.MaskOver(mask, x) : null;

    private static Shape Joined(Shape one, Shape other)
    {
        if (one.Rank < other.Rank) return Joined(other, one);
        int extra = one.Rank - other.Rank;
        int?[] joined = [.. one];
        for (int axis = extra; axis < joined.Length; axis++)
        {
            int? i = one[axis], j = other[axis - extra];
            if (i is not null && j is not null && i != j && i != 1 && j != 1)
                throw new ValueError($"Inputs have incompatible shapes. Received shapes {one} and {other}");
            joined[axis] = i is null || j is null ? null : i == 1 ? j : i;
        }
        return new Shape(joined);
    }
}

/// <summary>The sum of tensors.</summary>
/// <param name="name">The layer's name.</param>
public class Add(string? name = null) : ElementwiseMerge(name)
{
    private protected override Tensor Join(Graph g, Tensor[] inputs) => inputs.Aggregate(g.Add);
}

/// <summary>The first of two tensors less the second.</summary>
/// <param name="name">The layer's name.</param>
public class Subtract(string? name = null) : ElementwiseMerge(name)
{
    internal override Shape[] ShapesOf(Shape[] inputs) => inputs.Length == 2 ? base.ShapesOf(inputs)
        : throw new ValueError($"A `Subtract` layer should be called on exactly 2 inputs. Received: input_shape=[{string.Join(", ", inputs)}]");

    private protected override Tensor Join(Graph g, Tensor[] inputs) => g.Subtract(inputs[0], inputs[1]);
}

/// <summary>The product of tensors.</summary>
/// <param name="name">The layer's name.</param>
public class Multiply(string? name = null) : ElementwiseMerge(name)
{
    private protected override Tensor Join(Graph g, Tensor[] inputs)
    {
        if (inputs.All(x => x.Mask is null)) return inputs.Aggregate(g.Multiply);
        // A masked factor is 1; where all factors are masked, the product is 0.
        Tensor?[] masks = [.. inputs.Select(x => Over(g, x))];
        var y = inputs.Zip(masks, (x, mask) => mask is null ? x : g.WhereMasked(mask, x, 1)).Aggregate(g.Multiply);
        return masks.All(mask => mask is not null) ? g.WhereMasked(masks.Aggregate((all, mask) => g.Maximum(all!, mask!))!, y) : y;
    }
}

/// <summary>The mean of tensors.</summary>
/// <param name="name">The layer's name.</param>
public class Average(string? name = null) : ElementwiseMerge(name)
{
    private protected override Tensor Join(Graph g, Tensor[] inputs) => g.Scale(inputs.Aggregate(g.Add), 1f / inputs.Length);
}

/// <summary>The maximum of tensors; among equal values the first counts, which gets the gradient.</summary>
/// <param name="name">The layer's name.</param>
public class Maximum(string? name = null) : ElementwiseMerge(name)
{
    private protected override Tensor Join(Graph g, Tensor[] inputs) => Extreme(g, inputs, g.Maximum);
}

/// <summary>The minimum of tensors; among equal values the first counts, which gets the gradient.</summary>
/// <param name="name">The layer's name.</param>
public class Minimum(string? name = null) : ElementwiseMerge(name)
{
    private protected override Tensor Join(Graph g, Tensor[] inputs) => Extreme(g, inputs, g.Minimum);
}
