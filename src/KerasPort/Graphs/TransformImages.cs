using KerasPort.Engines;

namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>y[images, height, width, channels] = each image of x as its eight numbers of transforms[images, 8] say.</summary>
    internal Tensor TransformImages(Tensor x, Tensor transforms, ImageTransform transform, bool isOwnInverse) =>
        Add(new TransformImagesNode(x, transforms, transform, isOwnInverse), x.shape);
}

/// <summary>Images whose pixels come from elsewhere: see <see cref="ImageTransform"/>.</summary>
internal sealed class TransformImagesNode(Tensor x, Tensor transforms, ImageTransform transform, bool isOwnInverse) : Node(x, transforms)
{
    public override void Run(Kernels kernels) => kernels.TransformImages(transform, x.Size / transform.Size, x.Buffer, transforms.Buffer, Output.Buffer);

    /// <summary>Of a flip that flip; what turns or stretches has none, and layers that are trained come behind it.</summary>
    public override Tensor?[] Gradients(Graph g, Tensor dy) =>
        [!x.NeedsGradient ? null : isOwnInverse ? g.TransformImages(dy, transforms, transform, isOwnInverse)
            : throw new ValueError($"Layer '{Layer}' has no gradient by its input: put layers that are trained behind it, or freeze those before it."), null];
}
