using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[images, height, width, channels] = each image of x, transformed by its eight numbers in transforms[images, 8].</summary>
    /// <param name="x">The images.</param>
    /// <param name="transforms">Eight numbers for each image.</param>
    /// <param name="transform">How they move pixels: interpolation and fill.</param>
    /// <param name="inverse">The inverse transforms, for the gradient; <c>null</c> if x needs none.</param>
    internal Tensor TransformImages(Tensor x, Tensor transforms, ImageTransform transform, Tensor? inverse) =>
        Add(new TransformImagesNode(x, transforms, transform, inverse), x.shape);

    /// <summary>Splits [images, 16] into transforms [images, 8] and their inverses [images, 8].</summary>
    internal (Tensor Transforms, Tensor Inverse) WithInverse(Tensor both) =>
        (Cut(both, 1, 0, ImageTransform.Numbers), Cut(both, 1, ImageTransform.Numbers, ImageTransform.Numbers));
}

/// <summary>Moves the pixels of images: see <see cref="ImageTransform"/>.</summary>
internal sealed class TransformImagesNode(Tensor x, Tensor transforms, ImageTransform transform, Tensor? inverse)
    : Node(inverse is null ? [x, transforms] : [x, transforms, inverse])
{
    public override void Run(Kernels kernels) => kernels.TransformImages(transform, x.Size / transform.Size, x.Buffer, transforms.Buffer, Output.Buffer);

    /// <summary>
    /// As TensorFlow's: the output's gradient, transformed back as an image. That is exact for moves by whole pixels, and approximate otherwise.
    /// </summary>
    public override Tensor?[] Gradients(Graph g, Tensor dy) =>
        [x.NeedsGradient ? g.TransformImages(dy, inverse!, transform with { FillValue = 0 }, transforms) : null, .. Inputs[1..].Select(_ => (Tensor?)null)];
}
