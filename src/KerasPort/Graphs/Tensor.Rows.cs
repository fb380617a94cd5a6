using KerasPort.Graphs;

namespace KerasPort;

/// <content>A tensor's rows, and tensors from lists: <c>[1.0, 2.0]</c>, <c>[[0, 1], [1, 0]]</c>, <c>[a, b]</c>.</content>
public sealed partial class Tensor
{
    /// <summary>Creates a tensor from numbers, of int32 if all are whole, else float32; or stacks rows.</summary>
    /// <exception cref="ValueError">The rows have different shapes.</exception>
    public static Tensor Create(ReadOnlySpan<Tensor> rows)
    {
        if (rows.Length == 0) return new NDArray(Array.Empty<float>(), 0);
        Tensor[] all = rows.ToArray();
        if (Array.TrueForAll(all, x => x is { Texts.Count: 1 })) return Array.ConvertAll(all, x => (string)x);
        if (!Array.TrueForAll(all, x => x is { HasValues: true }))
        {
            // Tensors of different shapes stay a list, such as the outputs of a `call`.
            bool areRows = Array.TrueForAll(all, x => x is not { IsOfPlan: true, Parts: null } || x.shape == all[0].shape);
            if (!areRows) return Several(all);
            var stacked = Python.keras.ops.stack(all);
            stacked.ListOf = all;
            return stacked;
        }
        var array = NDArray.OfRows([.. all.Select(x => x.numpy())]);
        bool areNumbers = Array.TrueForAll(all, x => x.Number is not null);
        // Integers and floats in one list are float32 as in TensorFlow, not float64 as in numpy.
        if (array.dtype == DType.float64 && !Array.Exists(all, x => x.dtype == DType.float64)) return array.astype(DType.float32);
        return areNumbers ? array.astype(Array.TrueForAll(all, x => x.Number is { IsWhole: true }) ? DType.int32 : DType.float32) : array;
    }

    /// <summary>The tensors of the list that it was created from: the outputs of a <c>call</c> that returns <c>[a, b]</c>. <c>null</c> otherwise.</summary>
    internal Tensor[]? ListOf { get; private set; }

    /// <summary>Enumerates the rows; for several tensors, those.</summary>
    /// <exception cref="ValueError">The tensor has no first axis of a known length.</exception>
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
