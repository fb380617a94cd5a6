namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>x with a mask, beside the one without.</summary>
    internal Tensor Masked(Tensor x, Tensor? mask)
    {
        var y = Reshape(x, x.shape);
        y.Mask = mask;
        return y;
    }

    /// <summary>A mask of steps as one of all their features, of the shape of x.</summary>
    /// <exception cref="ValueError">It has other axes.</exception>
    internal Tensor MaskOver(Tensor mask, Tensor x) => Repeat(Reshape(mask, new Shape([.. mask.shape, 1])), x.shape);

    /// <summary>x where the mask isn't 0, else the number; no gradient comes from elsewhere.</summary>
    internal Tensor WhereMasked(Tensor mask, Tensor x, float otherwise = 0) => Where(mask, x, Like(x, otherwise));
}
