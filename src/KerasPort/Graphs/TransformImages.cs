using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[images, height, width, channels] = each image of x as its eight numbers of transforms[images, 8] say.</summary>
    /// <param name="x">The images.</param>
    /// <param name="transforms">Eight numbers an image.</param>
    /// <param name="transform">What they mean.</param>
    /// <param name="inverse">The transforms that undo these, for the gradient; <c>null</c> where x needs none.</param>
    internal Tensor TransformImages(Tensor x, Tensor transforms, ImageTransform transform, Tensor? inverse) =>
        Add(new TransformImagesNode(x, transforms, transform, inverse), x.shape);

    /// <summary>Transforms [images, 8] and those that undo them, from both side by side [images, 16].</summary>
    internal (Tensor Transforms, Tensor Inverse) WithInverse(Tensor both) =>
        (Cut(both, 1, 0, ImageTransform.Numbers), Cut(both, 1, ImageTransform.Numbers, ImageTransform.Numbers));
}

/// <summary>Images whose pixels come from elsewhere: see <see cref="ImageTransform"/>.</summary>
internal sealed class TransformImagesNode(Tensor x, Tensor transforms, ImageTransform transform, Tensor? inverse)
    : Node(inverse is null ? [x, transforms] : [x, transforms, inverse])
{
    public override void Run(Kernels kernels) => kernels.TransformImages(transform, x.Size / transform.Size, x.Buffer, transforms.Buffer, Output.Buffer);

    /// <summary>
    /// TensorFlow's: the gradient of the output as an image, transformed back. That is exact for what moves whole pixels, and close otherwise.
    /// </summary>
    public override Tensor?[] Gradients(Graph g, Tensor dy) =>
        [x.NeedsGradient ? g.TransformImages(dy, inverse!, transform with { FillValue = 0 }, transforms) : null, .. Inputs[1..].Select(_ => (Tensor?)null)];
}
