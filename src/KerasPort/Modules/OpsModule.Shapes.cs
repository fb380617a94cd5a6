using KerasPort.Graphs;

namespace KerasPort;

// Shapes, and products of matrices.
public sealed partial class OpsModule
{
    /// <summary>Axes of length 1, and new ones in front, repeated until x has that shape.</summary>
    public Tensor broadcast_to(Tensor x, Shape shape) => KerasOps.BroadcastTo(shape).Of(x);

    /// <summary>The diagonals of matrices, as the last axis.</summary>
    public Tensor diagonal(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => KerasOps.Diagonal(offset, axis1, axis2).Of(x);

    /// <summary>The <paramref name="n"/>-th differences of neighbours along an axis.</summary>
    public Tensor diff(Tensor a, int n = 1, int axis = -1) => KerasOps.Diff(n, axis).Of(a);

    /// <summary>The sum of products over the last axis of x1 and the last but one of x2.</summary>
    public Tensor dot(Tensor x1, Tensor x2) => KerasOps.Dot.Of(x1, x2);

    /// <summary>Einstein's sum of one tensor or two: <c>einsum("bij,bjk-&gt;bik", x, y)</c>.</summary>
    public Tensor einsum(string subscripts, params Tensor[] operands) => KerasOps.Einsum(subscripts).Of(operands);

    /// <summary>The second axis from its end to its beginning.</summary>
    public Tensor fliplr(Tensor x) => KerasOps.Fliplr.Of(x);

    /// <summary>The first axis from its end to its beginning.</summary>
    public Tensor flipud(Tensor x) => KerasOps.Flipud.Of(x);

    /// <summary>The value everywhere, in x's shape.</summary>
    public Tensor full_like(Tensor x, Tensor fill_value) => KerasOps.FullLike.Of(x, fill_value);

    /// <summary>Tensors side by side along the second axis, rows along the first.</summary>
    public Tensor hstack(Tensors xs) => KerasOps.Hstack.Of([.. xs]);

    /// <summary>The sum of products over the last axes.</summary>
    public Tensor inner(Tensor x1, Tensor x2) => KerasOps.Inner.Of(x1, x2);

    /// <summary>Axes at other places; the others keep their order.</summary>
    public Tensor moveaxis(Tensor x, Axes source, Axes destination) => KerasOps.Moveaxis(source, destination).Of(x);

    /// <summary>1 for each number that is among a sample's, else 0.</summary>
    public Tensor multi_hot(Tensor inputs, int num_classes, int axis = -1) => KerasOps.MultiHot(num_classes, axis).Of(inputs);

    /// <summary>1 at the place that each element names along a new axis, else 0.</summary>
    public Tensor one_hot(Tensor x, int num_classes, int axis = -1) => KerasOps.OneHot(num_classes, axis).Of(x);

    /// <summary>Each element of x1 times each of x2.</summary>
    public Tensor outer(Tensor x1, Tensor x2) => KerasOps.Outer.Of(x1, x2);

    /// <summary>More elements before and behind each axis: 0 or another value, or those of x, <c>"reflect"</c>, <c>"symmetric"</c>, <c>"edge"</c>.</summary>
    public Tensor pad(Tensor x, PadWidth pad_width, string mode = "constant", double? constant_values = null) =>
        KerasOps.Pad([.. pad_width.Of(x.shape.Rank).Select(width => new[] { width.Before, width.After })], mode, constant_values).Of(x);

    /// <summary>All elements in a row.</summary>
    public Tensor ravel(Tensor x) => KerasOps.Ravel.Of(x);

    /// <summary>Elements so many places further along axes, those at the end in front; all in a row without an axis.</summary>
    public Tensor roll(Tensor x, Axes shift, Axes? axis = null) => KerasOps.Roll(shift, axis).Of(x);

    /// <summary>A quarter turn, so many times, in the plane of two axes, the first ones by default.</summary>
    public Tensor rot90(Tensor array, int k = 1, Axes? axes = null) => KerasOps.Rot90(k, axes ?? (0, 1)).Of(array);

    /// <summary>Parts along an axis: so many of one length, or those from 0 and from each place on.</summary>
    public Tensor split(Tensor x, Axes indices_or_sections, int axis = 0) => KerasOps.Split(indices_or_sections, axis).Of(x);

    /// <summary>Two axes, each at the other's place.</summary>
    public Tensor swapaxes(Tensor x, int axis1, int axis2) => KerasOps.Swapaxes(axis1, axis2).Of(x);

    /// <summary>The entries of an axis that indices name; of all elements in a row without one.</summary>
    public Tensor take(Tensor x, Tensor indices, int? axis = null) => KerasOps.Take(axis).Of(x, indices);

    /// <summary>For each place the entry along an axis that indices name there, such as <see cref="argsort"/> gives them.</summary>
    public Tensor take_along_axis(Tensor x, Tensor indices, int? axis = null) => KerasOps.TakeAlongAxis(axis).Of(x, indices);

    /// <summary>The sum of products over so many of the last axes of x1 and the first of x2.</summary>
    public Tensor tensordot(Tensor x1, Tensor x2, int axes = 2) => KerasOps.Tensordot(axes).Of(x1, x2);

    /// <summary>The sum of products over those axes of each.</summary>
    public Tensor tensordot(Tensor x1, Tensor x2, (Axes First, Axes Second) axes) => KerasOps.Tensordot([.. axes.First], [.. axes.Second]).Of(x1, x2);

    /// <summary>x so many times along each of the last axes.</summary>
    public Tensor tile(Tensor x, Axes repeats) => KerasOps.Tile(repeats).Of(x);

    /// <summary>The sums of diagonals.</summary>
    public Tensor trace(Tensor x, int offset = 0, int axis1 = 0, int axis2 = 1) => KerasOps.Trace(offset, axis1, axis2).Of(x);

    /// <summary>0 above a diagonal of matrices.</summary>
    public Tensor tril(Tensor x, int k = 0) => KerasOps.Tril(k).Of(x);

    /// <summary>0 below a diagonal of matrices.</summary>
    public Tensor triu(Tensor x, int k = 0) => KerasOps.Triu(k).Of(x);

    /// <summary>The tensors along an axis, each without it.</summary>
    public Tensor unstack(Tensor x, int? num = null, int axis = 0) => KerasOps.Unstack(num, axis).Of(x);

    /// <summary>Tensors one below the other along the first axis.</summary>
    public Tensor vstack(Tensors xs) => KerasOps.Vstack.Of([.. xs]);
}
