namespace KerasPort.Graphs;

public sealed partial class Graph
{
    /// <summary>Applies a function of the last axis along another axis, which is moved to the end and back.</summary>
    /// <exception cref="ValueError">There is no such axis.</exception>
    public Tensor WithAxisLast(Tensor x, int axis, Func<Tensor, Tensor> function)
    {
        int last = x.shape.Rank - 1, along = ((Axes)axis).Of(x.shape)[0];
        if (along == last) return function(x);
        int[] before = [.. Enumerable.Range(0, along)];
        var y = function(Transpose(x, [.. before, .. Enumerable.Range(along + 1, last - along), along]));
        return Transpose(y, [.. before, last, .. Enumerable.Range(along, last - along)]);
    }
}
