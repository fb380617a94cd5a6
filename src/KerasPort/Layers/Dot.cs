using KerasPort.Graphs;

namespace KerasPort.Layers;

/// <summary>The dot products of two tensors along an axis of each, sample by sample: [n, k] and [m, k] give [n, m], two vectors give one number.</summary>
public class Dot : Merge
{
    /// <summary>A product along an axis.</summary>
    /// <param name="axes">The axis of both tensors, or one for each, counted with the batch, which itself can't be an axis.</param>
    /// <param name="normalize">Whether vectors are first scaled to length 1, which gives cosines.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">There are neither one nor two axes.</exception>
    public Dot(Axes axes, bool normalize = false, string? name = null) : base(name)
    {
        int count = axes.Count();
        if (count is not (1 or 2)) throw new ValueError($"Invalid format for argument `axes`: it should contain two elements. Received: axes={axes}");
        (this.axes, this.normalize) = (axes, normalize);
    }

    /// <summary>The axis of both tensors, or one for each.</summary>
    public Axes axes { get; }

    /// <summary>Whether vectors are first scaled to length 1.</summary>
    public bool normalize { get; }

    internal override Tensor? MaskOf(Tensor[] inputs) => null;

    internal override Shape[] ShapesOf(Shape[] inputs)
    {
        var (first, second) = AxesOf(inputs);
        int?[] shape = [.. Without(inputs[0], first), .. Without(inputs[1], second)[1..]];
        return [shape.Length == 1 ? new Shape(shape[0], 1) : new Shape(shape)];
    }

    internal override Tensor[] Call(Graph g, Tensor[] inputs)
    {
        Shape[] shapes = [inputs[0].shape, inputs[1].shape];
        var output = OutputShapes(shapes)[0];
        var (first, second) = AxesOf(shapes);
        int batch = shapes[0][0]!.Value, length = shapes[0][first]!.Value;
        // [batch, n, 1, length] · [batch, 1, m, length], summed over the last axis.
        Tensor Vectors(Tensor x, int axis, bool isFirst)
        {
            if (normalize) x = g.UnitLength(x, axis, 1e-7f);
            int[] last = [.. Enumerable.Range(0, x.shape.Rank).Where(at => at != axis), axis];
            int others = x.Size / batch / length;
            return g.Reshape(g.Transpose(x, last), isFirst ? new Shape(batch, others, 1, length) : new Shape(batch, 1, others, length));
        }
        return [g.Reshape(g.Sum(g.Multiply(Vectors(inputs[0], first, true), Vectors(inputs[1], second, false)), [-1]), output)];
    }

    private static Shape Without(Shape shape, int axis) => new([.. shape[..axis], .. shape[(axis + 1)..]]);

    private (int, int) AxesOf(Shape[] inputs)
    {
        if (inputs.Length != 2)
            throw new ValueError($"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape=[{string.Join(", ", inputs)}]");
        int[] given = [.. axes];
        int At(int axis, Shape shape)
        {
            int at = ((Axes)axis).Of(shape)[0];
            return at > 0 ? at : throw new ValueError($"A `Dot` layer can't be along axis 0, the batch. Received: axes={axes}");
        }
        var (first, second) = (At(given[0], inputs[0]), At(given[^1], inputs[1]));
        if (inputs[0][first] is { } a && inputs[1][second] is { } b && a != b)
            throw new ValueError($"Incompatible input shapes: axis values {a} (at axis {first}) != {b} (at axis {second}). "
                + $"Full input shapes: {inputs[0]}, {inputs[1]}");
        return (first, second);
    }
}
