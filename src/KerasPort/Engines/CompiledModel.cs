namespace KerasPort.Engines;

/// <summary>What a batch gave: the mean loss and each metric's sum over its samples.</summary>
public readonly ref struct BatchResult
{
    /// <summary>The mean loss over the batch.</summary>
    public float Loss { get; init; }

    /// <summary>Samples in the batch.</summary>
    public int Samples { get; init; }

    /// <summary>For each metric the sum of its values and how many there were.</summary>
    public ReadOnlySpan<(float Sum, int Count)> Metrics { get; init; }
}

/// <summary>Is told of each batch; answers whether to go on.</summary>
public delegate bool BatchDone(int batch, BatchResult result);

/// <summary>
/// A model on an engine. It holds the weights and the optimizer's memory from when it is made; all that training knows of an engine is here.
/// </summary>
public abstract class CompiledModel : IDisposable
{
    /// <summary>Trains on these rows of x and y in this order, a batch at a time, until <paramref name="done"/> says no.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Targets.</param>
    /// <param name="rows">The rows to train on, in their order.</param>
    /// <param name="batchSize">Rows a batch; the last may have fewer.</param>
    /// <param name="done">Is told of each batch, in order.</param>
    /// <param name="atOnce">Whether it is told before the next batch begins, because someone may look at the weights then, change something
    /// or stop; else an engine may run ahead and tell of several batches together.</param>
    public abstract void Train(NDArray x, NDArray y, ReadOnlySpan<int> rows, int batchSize, BatchDone done, bool atOnce);

    /// <summary>Loss and metrics on all rows in their order; <paramref name="atOnce"/> as for <see cref="Train"/>.</summary>
    public abstract void Test(NDArray x, NDArray y, int batchSize, BatchDone done, bool atOnce);

    /// <summary>The outputs for all rows in their order, into <paramref name="outputs"/>; the result given to <paramref name="done"/> is empty.</summary>
    public abstract void Predict(NDArray x, int batchSize, Memory<float> outputs, BatchDone done);

    /// <summary>Copies a weight, counted over the layers in Keras' order, from the engine.</summary>
    public abstract void GetWeight(int index, Span<float> target);

    /// <summary>Copies a weight to the engine.</summary>
    public abstract void SetWeight(int index, ReadOnlySpan<float> source);

    /// <summary>Copies what the optimizer remembers of a weight from the engine; slot 0 is Adam's m, 1 its v.</summary>
    public abstract void GetSlot(int slot, int index, Span<float> target);

    /// <summary>Sets what the optimizer remembers of a weight.</summary>
    public abstract void SetSlot(int slot, int index, ReadOnlySpan<float> source);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what the model holds on the engine.</summary>
    protected virtual void Dispose(bool disposing) { }
}
