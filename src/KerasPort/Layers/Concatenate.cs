using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>Joins tensors along an axis; their other axes are equal.</summary>
public class Concatenate : Merge
{
    /// <summary>A concatenation along that axis; -1 is the last, 0 the batch.</summary>
    public Concatenate(int axis = -1, string? name = null) : base(name) => this.axis = axis;

    /// <summary>The axis along which tensors are joined.</summary>
    public int axis { get; }

    internal override Shape[] ShapesOf(Shape[] inputs)
    {
        int rank = inputs[0].Rank, along = axis < 0 ? axis + rank : axis;
        if (along < 0 || along >= rank)
            throw new ValueError(
                $"Layer '{name}' can't concatenate along axis {axis}: its inputs have {rank} axes. Received: input_shape=[{string.Join(", ", inputs)}]");
        var sizes = inputs[0].ToList();
        foreach (var shape in inputs[1..])
        {
            bool fits = shape.Rank == rank;
            for (int i = 0; fits && i < rank; i++)
                if (i != along) fits = (sizes[i] ??= shape[i]) is not { } size || shape[i] is not { } other || size == other;
            if (!fits)
                throw new ValueError("A `Concatenate` layer requires inputs with matching shapes except for the concatenation axis. "
                    + $"Received: input_shape=[{string.Join(", ", inputs)}]");
        }
        sizes[0] = inputs[0][0];    // as in Keras, also where only another input says how long a batch is
        sizes[along] = inputs.Any(shape => shape[along] is null) ? null : inputs.Sum(shape => shape[along]);
        return [new Shape([.. sizes])];
    }

    /// <summary>A step of the output counts if it counts in one of the tensors; all steps of a tensor without a mask count.</summary>
    internal override Tensor? MaskOf(Tensor[] inputs)
    {
        if (inputs.All(x => x.Mask is null)) return null;
        var g = inputs.First(x => x.IsOfPlan).Graph;
        Tensor[] masks = [.. inputs.Select(x => x.Mask is not { } mask ? g.Like(x, 1) : mask.shape.Rank < x.shape.Rank ? g.MaskOver(mask, x) : mask)];
        return g.Max(g.Concatenate(masks, axis), -1);
    }

    internal override Tensor[] Call(Graph g, Tensor[] inputs) => [g.Concatenate(inputs, axis)];
}
