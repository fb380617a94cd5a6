using KerasPort.Graphs;

namespace KerasPort;

// Shapes, and products of matrices.
public sealed partial class OpsModule
{
    /// <summary>Broadcasts x to a shape.</summary>
    public Tensor broadcast_to(Tensor x, Shape shape) => KerasOps.BroadcastTo(shape).Of(x);

    /// <summary>The diagonals of the matrices in two axes, as a new last axis.</summary>
    public Tensor diagonal(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => KerasOps.Diagonal(offset, axis1, axis2).Of(x);

    /// <summary>The <paramref name="n"/>-th differences of adjacent elements along an axis.</summary>
    public Tensor diff(Tensor a, int n = 1, int axis = -1) => KerasOps.Diff(n, axis).Of(a);

    /// <summary>The sum of products over the last axis of x1 and the last but one of x2.</summary>
    public Tensor dot(Tensor x1, Tensor x2) => KerasOps.Dot.Of(x1, x2);

    /// <summary>Einstein summation: <c>einsum("bij,jk-&gt;bik", x, y)</c>.</summary>
    public Tensor einsum(string subscripts, params Tensor[] operands) => KerasOps.Einsum(subscripts).Of(operands);

    /// <summary>x reversed along the second axis.</summary>
    public Tensor fliplr(Tensor x) => KerasOps.Fliplr.Of(x);

    /// <summary>x reversed along the first axis.</summary>
    public Tensor flipud(Tensor x) => KerasOps.Flipud.Of(x);

    /// <summary>A tensor of x's shape, filled with a value.</summary>
    public Tensor full_like(Tensor x, Tensor fill_value) => KerasOps.FullLike.Of(x, fill_value);

    /// <summary>Stacks tensors horizontally: along the second axis, vectors along the first.</summary>
    public Tensor hstack(Tensors xs) => KerasOps.Hstack.Of([.. xs]);

    /// <summary>The sum of products over the last axes.</summary>
    public Tensor inner(Tensor x1, Tensor x2) => KerasOps.Inner.Of(x1, x2);

    /// <summary>Moves axes to other positions; the other axes keep their order.</summary>
    public Tensor moveaxis(Tensor x, Axes source, Axes destination) => KerasOps.Moveaxis(source, destination).Of(x);

    /// <summary>Multi-hot encoding: 1 for each class that occurs in a sample, else 0.</summary>
    public Tensor multi_hot(Tensor inputs, int num_classes, int axis = -1) => KerasOps.MultiHot(num_classes, axis).Of(inputs);

    /// <summary>One-hot encoding along a new axis: 1 at the index that each element gives, else 0.</summary>
    public Tensor one_hot(Tensor x, int num_classes, int axis = -1) => KerasOps.OneHot(num_classes, axis).Of(x);

    /// <summary>The products of each element of x1 with each of x2.</summary>
    public Tensor outer(Tensor x1, Tensor x2) => KerasOps.Outer.Of(x1, x2);

    /// <summary>Pads each axis before and after: with 0 or another value, or with elements of x, <c>"reflect"</c>, <c>"symmetric"</c>, <c>"edge"</c>.</summary>
    public Tensor pad(Tensor x, PadWidth pad_width, string mode = "constant", double? constant_values = null) =>
        KerasOps.Pad([.. pad_width.Of(x.shape.Rank).Select(width => new[] { width.Before, width.After })], mode, constant_values).Of(x);

    /// <summary>The flattened tensor.</summary>
    public Tensor ravel(Tensor x) => KerasOps.Ravel.Of(x);

    /// <summary>Rolls the elements along axes: those moved beyond the end come first. Without an axis, the flattened tensor.</summary>
    public Tensor roll(Tensor x, Axes shift, Axes? axis = null) => KerasOps.Roll(shift, axis).Of(x);

    /// <summary>Rotates by 90 degrees, k times, in the plane of two axes, by default the first ones.</summary>
    public Tensor rot90(Tensor array, int k = 1, Axes? axes = null) => KerasOps.Rot90(k, axes ?? (0, 1)).Of(array);

    /// <summary>Splits an axis into a number of equal parts, or before given indices.</summary>
    public Tensor split(Tensor x, Axes indices_or_sections, int axis = 0) => KerasOps.Split(indices_or_sections, axis).Of(x);

    /// <summary>Swaps two axes.</summary>
    public Tensor swapaxes(Tensor x, int axis1, int axis2) => KerasOps.Swapaxes(axis1, axis2).Of(x);

    /// <summary>Takes entries of an axis by indices; without an axis, of the flattened tensor.</summary>
    public Tensor take(Tensor x, Tensor indices, int? axis = null) => KerasOps.Take(axis).Of(x, indices);

    /// <summary>For each element, takes the entry along an axis at the index given there, such as by <see cref="argsort"/>.</summary>
    public Tensor take_along_axis(Tensor x, Tensor indices, int? axis = null) => KerasOps.TakeAlongAxis(axis).Of(x, indices);

    /// <summary>The sum of products over that many of the last axes of x1 and of the first axes of x2.</summary>
    public Tensor tensordot(Tensor x1, Tensor x2, int axes = 2) => KerasOps.Tensordot(axes).Of(x1, x2);

    /// <summary>The sum of products over given axes of each.</summary>
    public Tensor tensordot(Tensor x1, Tensor x2, (Axes First, Axes Second) axes) => KerasOps.Tensordot([.. axes.First], [.. axes.Second]).Of(x1, x2);

    /// <summary>Repeats x along each of the last axes, a given number of times.</summary>
    public Tensor tile(Tensor x, Axes repeats) => KerasOps.Tile(repeats).Of(x);

    /// <summary>The sums of the diagonals of the matrices in two axes.</summary>
    public Tensor trace(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => KerasOps.Trace(offset, axis1, axis2).Of(x);

    /// <summary>Matrices with 0 above a diagonal.</summary>
    public Tensor tril(Tensor x, int k = 0) => KerasOps.Tril(k).Of(x);

    /// <summary>Matrices with 0 below a diagonal.</summary>
    public Tensor triu(Tensor x, int k = 0) => KerasOps.Triu(k).Of(x);

    /// <summary>The entries of an axis as separate tensors, without that axis.</summary>
    public Tensor unstack(Tensor x, int? num = null, int axis = 0) => KerasOps.Unstack(num, axis).Of(x);

    /// <summary>Concatenates tensors along the first axis.</summary>
    public Tensor vstack(Tensors xs) => KerasOps.Vstack.Of([.. xs]);
}
