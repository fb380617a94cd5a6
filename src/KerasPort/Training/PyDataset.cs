using System.Collections;
using KerasPort.Pipelines;
using KerasPort.Saving;
using KerasPort.Training;

namespace KerasPort.Utils;

/// <summary>
/// The base of a user's class of batches by number, <c>keras.utils.PyDataset</c>: it says how many there are and makes each when it is due.
/// <code>
/// class Halves(NDArray x, NDArray y) : PyDataset
/// {
///     public override int Length => 2;
///     public override Data this[int idx] => (x[(50 * idx)..(50 * idx + 50)], y[(50 * idx)..(50 * idx + 50)]);
/// }
/// </code>
/// </summary>
/// <remarks><c>fit</c> asks for them in a random order of Python's generator, unless it is given <c>shuffle: false</c>.</remarks>
public abstract class PyDataset : IBatchSequence, IEnumerable<Data>
{
    private readonly int _workers, _most;

    /// <summary>Batches.</summary>
    /// <param name="workers">Threads that make batches ahead for <c>fit</c>, <c>evaluate</c> and <c>predict</c>; with 1 each is made when it is due.</param>
    /// <param name="use_multiprocessing">Must be false: threads use all cores here.</param>
    /// <param name="max_queue_size">The most batches made ahead, with several threads.</param>
    /// <exception cref="ValueError">A number isn't positive, or <paramref name="use_multiprocessing"/> is true.</exception>
    protected PyDataset(int workers = 1, bool use_multiprocessing = false, int max_queue_size = 10)
    {
        if (use_multiprocessing) throw new ValueError("`use_multiprocessing=True` isn't there: threads have all cores here, give their number as `workers`.");
        if (workers < 1) throw new ValueError($"`workers` must be a positive integer. Received: workers={workers}");
        if (max_queue_size < 1) throw new ValueError($"`max_queue_size` must be a positive integer. Received: max_queue_size={max_queue_size}");
        (_workers, _most) = (workers, max_queue_size);
    }

    /// <summary>A batch: inputs, <c>(inputs, targets)</c>, or these with weights of samples.</summary>
    /// <param name="idx">Its number, from 0 on.</param>
    public abstract Data this[int idx] { get; }

    /// <summary>The number of batches, Python's <c>__len__</c>.</summary>
    public abstract int Length { get; }

    /// <summary>The number of batches.</summary>
    public int num_batches => Length;

    /// <summary>Told that an epoch begins.</summary>
    public virtual void on_epoch_begin() { }

    /// <summary>Told that an epoch has ended, and once before the first.</summary>
    public virtual void on_epoch_end() { }

    /// <summary>All batches in order.</summary>
    public IEnumerator<Data> GetEnumerator()
    {
        for (int i = 0; i < Length; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    int IBatchSequence.Batches => Length;

    bool IBatchSequence.IsForeign => true;

    string IBatchSequence.WhyNotAgain => "a PyDataset can't say what it remembers";

    string IBatchSequence.Content => "a PyDataset";

    long INumberedPasses.Passes { get; set; }

    IEnumerator<Data> IBatchSequence.Open(int[] numbers) => _workers == 1 ? numbers.Select(number => this[number]).GetEnumerator() : Ahead(numbers);

    void IBatchSequence.BeginEpoch() => on_epoch_begin();

    void IBatchSequence.EndEpoch() => on_epoch_end();

    void IBatchSequence.Keep(TrainingState state) { }

    private IEnumerator<Data> Ahead(int[] numbers)
    {
        using var each = ((IEnumerable<int>)numbers).GetEnumerator();
        using var calls = new Calls<int, Data>(each, number => this[number], _workers, _most);
        while (calls.Next() is { } batch) yield return batch;
    }
}

/// <summary>The same by its other name, <c>keras.utils.Sequence</c>.</summary>
/// <inheritdoc cref="PyDataset(int, bool, int)"/>
public abstract class Sequence(int workers = 1, bool use_multiprocessing = false, int max_queue_size = 10)
    : PyDataset(workers, use_multiprocessing, max_queue_size);
