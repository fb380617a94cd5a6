namespace KerasPort.Distribution;

/// <summary>
/// Each rank sends a run of floats to every rank, itself included, and receives one from each (all-to-all). It can be reused without allocations.
/// </summary>
internal sealed class Transfer
{
    private readonly Ranks _ranks;
    private readonly int _tag;
    private readonly int[] _sizesFrom, _startsFrom, _sizesTo, _startsTo;
    private readonly nint[] _sending, _receiving;

    /// <param name="ranks">The ranks.</param>
    /// <param name="tag">The tag, one of <see cref="Tags"/>.</param>
    /// <param name="sizesFrom">The number of floats for each rank.</param>
    /// <param name="startsFrom">The indices at which they begin.</param>
    /// <param name="sizesTo">The number of floats from each rank.</param>
    /// <param name="startsTo">The indices at which they are stored.</param>
    public Transfer(Ranks ranks, int tag, int[] sizesFrom, int[] startsFrom, int[] sizesTo, int[] startsTo)
    {
        (_ranks, _tag, _sizesFrom, _startsFrom, _sizesTo, _startsTo) = (ranks, tag, sizesFrom, startsFrom, sizesTo, startsTo);
        (_sending, _receiving) = (new nint[ranks.Count], new nint[ranks.Count]);
        (From, To) = (Fixed(sizesFrom, startsFrom), Fixed(sizesTo, startsTo));
    }

    /// <summary>The floats to send.</summary>
    public float[] From { get; }

    /// <summary>The received floats.</summary>
    public float[] To { get; }

    /// <summary>Begins to send and receive.</summary>
    public void Begin()
    {
        int own = _ranks.Rank;
        for (int other = 0; other < _ranks.Count; other++)
            if (other != own && _sizesTo[other] > 0) _receiving[other] = _ranks.Receive(other, _tag, To, _startsTo[other], _sizesTo[other]);
        for (int other = 0; other < _ranks.Count; other++)
            if (other != own && _sizesFrom[other] > 0) _sending[other] = _ranks.Send(other, _tag, From, _startsFrom[other], _sizesFrom[other]);
        if (_sizesTo[own] > 0) From.AsSpan(_startsFrom[own], _sizesFrom[own]).CopyTo(To.AsSpan(_startsTo[own]));
    }

    /// <summary>Whether everything was sent and received; the call advances it.</summary>
    public bool IsDone()
    {
        bool done = true;
        for (int other = 0; other < _receiving.Length; other++)
        {
            if (_receiving[other] != 0 && !_ranks.IsDone(ref _receiving[other])) done = false;
            if (_sending[other] != 0 && !_ranks.IsDone(ref _sending[other])) done = false;
        }
        return done;
    }

    /// <summary>The ranks from which messages are missing; if there are none, those that haven't received theirs.</summary>
    public IReadOnlyList<int> Missing()
    {
        List<int> Of(nint[] requests) => [.. requests.Index().Where(request => request.Item != 0).Select(request => request.Index)];
        return Of(_receiving) is { Count: > 0 } silent ? silent : Of(_sending);
    }

    /// <summary>Pinned memory for all runs.</summary>
    private static float[] Fixed(int[] sizes, int[] starts) =>
        GC.AllocateArray<float>(Math.Max(1, sizes.Zip(starts, (size, start) => size + start).Max()), pinned: true);
}
