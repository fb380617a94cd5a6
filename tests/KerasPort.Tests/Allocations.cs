using KerasPort.Callbacks;

namespace KerasPort.Tests;

/// <summary>
/// Counts allocations on this thread. Code allocates the same each time it runs. The runtime also allocates for itself on the thread that needs
/// it first, such as a larger cache of casts or of generic virtual methods: once, at a time that no test can know.
/// Every count is therefore taken several times.
/// </summary>
internal static class Allocations
{
    private const int Most = 5;

    /// <summary>The bytes that an action allocates each time, once everything in it is compiled.</summary>
    public static long Of(Action action)
    {
        action();
        long least = long.MaxValue;
        for (int i = 0; i < Most && least > 0; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}

/// <summary>The bytes that the steps of a training allocate, on its thread or in the process: per stretch of batches, without an epoch's first.</summary>
internal sealed class StepAllocations(int batches = 4, bool ofProcess = false) : Callback
{
    // Capacity for more stretches than any test has, allocated before the first.
    private readonly List<long> _stretches = new(100);
    private long _before;

    public int Stretches => _stretches.Count;

    /// <summary>The most frequent number of bytes.</summary>
    public long Usual => _stretches.Order().ElementAt(_stretches.Count / 2);

    public override void on_train_batch_end(int batch, Logs logs)
    {
        if (batch % batches != batches - 1) return;
        if (batch >= batches) _stretches.Add(Allocated() - _before);
        _before = Allocated();
    }

    private long Allocated() => ofProcess ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
