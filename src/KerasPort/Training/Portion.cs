namespace KerasPort.Training;

/// <summary>
/// Batches whose rows lie in memory together: arrays are one portion an epoch, a generator gives one portion a batch. An engine
/// takes up a portion's arrays once and gathers its batches from them.
/// </summary>
public sealed class Portion
{
    /// <summary>Batches of these rows in this order.</summary>
    /// <param name="x">An array for each input of the model, a row a sample.</param>
    /// <param name="y">An array for each target; none for a prediction.</param>
    /// <param name="weights">The weights of samples, an array for each target; none where all count the same.</param>
    /// <param name="rows">The rows, in their order.</param>
    /// <param name="batchSize">Rows a batch; the last may have fewer.</param>
    public Portion(IReadOnlyList<NDArray> x, IReadOnlyList<NDArray> y, IReadOnlyList<NDArray> weights, ReadOnlyMemory<int> rows, int batchSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        (X, Y, Weights, Rows, BatchSize) = (x, y, weights, rows, batchSize);
    }

    /// <summary>One batch of all rows, as they come.</summary>
    public Portion(IReadOnlyList<NDArray> x, IReadOnlyList<NDArray> y, IReadOnlyList<NDArray> weights)
        : this(x, y, weights, InOrder(x[0].Length), x[0].Length) => IsOneBatch = true;

    /// <summary>Whether it is one batch of all rows, as they come. Such a batch needs no gather.</summary>
    public bool IsOneBatch { get; }

    /// <summary>Inputs.</summary>
    public IReadOnlyList<NDArray> X { get; }

    /// <summary>Targets; empty for a prediction.</summary>
    public IReadOnlyList<NDArray> Y { get; }

    /// <summary>Weights of samples; empty where all count the same.</summary>
    public IReadOnlyList<NDArray> Weights { get; }

    /// <summary>The rows, in their order.</summary>
    public ReadOnlyMemory<int> Rows { get; }

    /// <summary>Rows a batch.</summary>
    public int BatchSize { get; }

    /// <summary>So many rows, as they come.</summary>
    public static int[] InOrder(int rows)
    {
        var order = new int[rows];
        for (int i = 0; i < rows; i++) order[i] = i;
        return order;
    }
}
