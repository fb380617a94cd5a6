namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>The elements of x as another tensor, with that mask; x itself keeps its own.</summary>
    internal Tensor Masked(Tensor x, Tensor? mask)
    {
        var y = Reshape(x, x.shape);
        y.Mask = mask;
        return y;
    }

    /// <summary>A mask of steps, repeated for all their features to the shape of x.</summary>
    /// <exception cref="ValueError">The mask has other axes than x without its last one.</exception>
    internal Tensor MaskOver(Tensor mask, Tensor x) => Repeat(Reshape(mask, new Shape([.. mask.shape, 1])), x.shape);

    /// <summary>x where the mask isn't 0, else a number; masked elements have no gradient.</summary>
    internal Tensor WhereMasked(Tensor mask, Tensor x, float otherwise = 0) => Where(mask, x, Like(x, otherwise));
}
