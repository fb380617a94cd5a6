using KerasPort.Training;

namespace KerasPort.Engines;

/// <summary>The result of a batch: the mean loss and the contribution to each metric.</summary>
public readonly ref struct BatchResult
{
    /// <summary>The total loss: each output's mean loss times its weight, plus the losses that layers add.</summary>
    public float Loss { get; init; }

    /// <summary>The mean loss of each output that has one.</summary>
    public ReadOnlySpan<float> Losses { get; init; }

    /// <summary>For each metric, whether samples or their steps had weights; empty where none had.</summary>
    public ReadOnlySpan<bool> AreWeighted { get; init; }

    /// <summary>Samples in the batch.</summary>
    public int Samples { get; init; }

    /// <summary>The contribution to each metric, one behind the other.</summary>
    public ReadOnlySpan<float> Metrics { get; init; }

    /// <summary>The size of each contribution; for a batch in pieces those of the first piece, then those of the next.</summary>
    public ReadOnlySpan<int> Sizes { get; init; }

    /// <summary>Gives the batch's values to those on the host who listen; <c>null</c> where nobody does.</summary>
    internal Action? Tell { get; init; }
}

/// <summary>Is told of each batch; answers whether to go on.</summary>
public delegate bool BatchDone(int batch, BatchResult result);

/// <summary>A model on an engine. It holds the weights and the optimizer's slots. Training knows an engine only through this class.</summary>
public abstract class CompiledModel : IDisposable
{
    /// <summary>
    /// Trains on these portions, a batch at a time, until <paramref name="done"/> says no. A portion is asked for when its first batch is due.
    /// </summary>
    /// <param name="portions">The sources of the batches.</param>
    /// <param name="done">Is told of each batch, in order; they are counted over all portions.</param>
    /// <param name="atOnce">Whether it is told before the next batch begins, because a callback may read the weights, change something or stop;
    /// else an engine may run ahead and tell of several batches of a portion together.</param>
    public abstract void Train(IEnumerable<Portion> portions, BatchDone done, bool atOnce);

    /// <summary>Loss and metrics of these portions; otherwise as <see cref="Train"/>.</summary>
    public abstract void Test(IEnumerable<Portion> portions, BatchDone done, bool atOnce);

    /// <summary>Adds the outputs for these portions to <paramref name="outputs"/>; <paramref name="done"/> is told only a batch's samples.</summary>
    /// <param name="portions">The sources of the batches.</param>
    /// <param name="outputs">Takes the outputs.</param>
    /// <param name="done">Is told of each batch, in order; they are counted over all portions.</param>
    /// <param name="atOnce">Whether others may use the model while it is told, so that the batch's memory must be free by then.</param>
    public abstract void Predict(IEnumerable<Portion> portions, Outputs outputs, BatchDone done, bool atOnce);

    /// <summary>Draws the random numbers that a step on this batch draws, and does nothing else.</summary>
    internal virtual void Draw(Portion batch, bool trains) { }

    /// <summary>The output for one batch of a model of one input and one output; <c>null</c> where <see cref="Predict"/> must be used.</summary>
    internal virtual NDArray? Answer(NDArray x) => null;

    /// <summary>The number of calls of <see cref="Predict"/> that may run at the same time, each on its own thread, while nothing else does.</summary>
    public virtual int PredictionsAtATime => 1;

    /// <summary>Whether evaluations or predictions change variables of the model: a custom layer may count its calls.</summary>
    internal virtual bool ChangesItself => false;

    /// <summary>Copies a weight, counted over the layers in Keras' order, from the engine.</summary>
    public abstract void GetWeight(int index, Span<float> target);

    /// <summary>Copies a weight to the engine.</summary>
    public abstract void SetWeight(int index, ReadOnlySpan<float> source);

    /// <summary>Copies an optimizer's slot of a weight from the engine; Adam's slot 0 is m, slot 1 is v.</summary>
    public abstract void GetSlot(int slot, int index, Span<float> target);

    /// <summary>Copies an optimizer's slot of a weight to the engine.</summary>
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
