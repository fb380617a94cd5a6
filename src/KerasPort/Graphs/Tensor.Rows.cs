using KerasPort.Graphs;

namespace KerasPort;

/// <content>A tensor as its rows, and the tensor of a list: <c>[1.0, 2.0]</c>, <c>[[0, 1], [1, 0]]</c>, <c>[a, b]</c>.</content>
public sealed partial class Tensor
{
    /// <summary>The tensor of these numbers, of float32 or, where all are whole, int32; or of these rows.</summary>
    /// <exception cref="ValueError">They are not of one shape.</exception>
    public static Tensor Create(ReadOnlySpan<Tensor> rows)
    {
        if (rows.Length == 0) return new NDArray(Array.Empty<float>(), 0);
        Tensor[] all = rows.ToArray();
        if (Array.TrueForAll(all, x => x is { Texts.Count: 1 })) return Array.ConvertAll(all, x => (string)x);
        if (!Array.TrueForAll(all, x => x is { HasValues: true }))
        {
            // Of other shapes they are a list and no tensor: the outputs of a `call`.
            bool areRows = Array.TrueForAll(all, x => x is not { IsOfPlan: true, Parts: null } || x.shape == all[0].shape);
            if (!areRows) return Several(all);
            var stacked = Python.keras.ops.stack(all);
            stacked.ListOf = all;
            return stacked;
        }
        var array = NDArray.OfRows([.. all.Select(x => x.numpy())]);
        bool areNumbers = Array.TrueForAll(all, x => x.Number is not null);
        // Numbers of a list in a list are floats where one of them is.
        if (array.dtype == DType.float64 && !Array.Exists(all, x => x.dtype == DType.float64)) return array.astype(DType.float32);
        return areNumbers ? array.astype(Array.TrueForAll(all, x => x.Number is { IsWhole: true }) ? DType.int32 : DType.float32) : array;
    }

    /// <summary>The tensors of which it was made as a list: what a <c>call</c> that returns <c>[a, b]</c> gives. <c>null</c> otherwise.</summary>
    internal Tensor[]? ListOf { get; private set; }

    /// <summary>The rows, one after the other; of several tensors these.</summary>
    /// <exception cref="ValueError">There is no first axis of a known length.</exception>
    public IEnumerator<Tensor> GetEnumerator()
    {
        int count = _several?.Length ?? (shape.Rank == 0 ? throw new ValueError("iteration over a 0-d tensor")
            : shape[0] ?? throw new ValueError("Iterating over a symbolic tensor with an open first axis is not possible."));
        return Each();

        IEnumerator<Tensor> Each()
        {
            for (int i = 0; i < count; i++) yield return this[i];
        }
    }
}
