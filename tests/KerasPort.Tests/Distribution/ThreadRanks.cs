using System.Collections.Concurrent;
using KerasPort.Distribution;

namespace KerasPort.Tests.Distribution;

/// <summary>Ranks that are threads of this process, so that exchanges and their results can be tested without MPI.</summary>
internal sealed class ThreadRanks : Ranks
{
    private readonly ConcurrentDictionary<(int From, int To, int Tag), ConcurrentQueue<float[]>> _sent;
    private readonly Dictionary<nint, (int From, int Tag, float[] Values, int Start, int Count)> _open = [];
    private nint _last;

    private ThreadRanks(int count, int rank, ConcurrentDictionary<(int, int, int), ConcurrentQueue<float[]>> sent) =>
        (Count, Rank, _sent) = (count, rank, sent);

    public override int Count { get; }

    public override int Rank { get; }

    /// <summary>Creates a number of ranks.</summary>
    public static ThreadRanks[] Of(int count)
    {
        var sent = new ConcurrentDictionary<(int, int, int), ConcurrentQueue<float[]>>();
        return [.. Enumerable.Range(0, count).Select(rank => new ThreadRanks(count, rank, sent))];
    }

    /// <summary>Runs a function on each rank, in a separate thread, and returns the results.</summary>
    public static T[] Run<T>(int count, Func<Ranks, T> work, int? pieces = null)
    {
        var results = new T[count];
        var failures = new ConcurrentQueue<Exception>();
        Thread[] threads = [.. Of(count).Select(rank => new Thread(() =>
        {
            try
            {
                DataParallel.UseHere(new DataParallel(rank, pieces));
                results[rank.Rank] = work(rank);
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        return failures.TryDequeue(out var first) ? throw new InvalidOperationException(first.ToString(), first) : results;
    }

    protected internal override nint Send(int to, int tag, float[] values, int start, int count)
    {
        _sent.GetOrAdd((Rank, to, tag), _ => new()).Enqueue(values.AsSpan(start, count).ToArray());
        return 0;
    }

    protected internal override nint Receive(int from, int tag, float[] values, int start, int count)
    {
        _open[++_last] = (from, tag, values, start, count);
        return _last;
    }

    protected internal override bool IsDone(ref nint request)
    {
        var (from, tag, values, start, count) = _open[request];
        if (!_sent.GetOrAdd((from, Rank, tag), _ => new()).TryDequeue(out var sent)) return false;
        if (sent.Length != count) throw new InvalidOperationException($"{sent.Length} floats came where {count} were expected.");
        sent.CopyTo(values.AsSpan(start));
        _open.Remove(request);
        request = 0;
        return true;
    }
}
