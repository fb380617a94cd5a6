namespace KerasPort.Distribution;

/// <summary>Gathers the floats of all ranks on every rank, in the order of the ranks. Each rank's request to end precedes its floats.</summary>
internal sealed class Gathering
{
    private readonly Ranks _ranks;
    private readonly Transfer _transfer;
    private readonly int[] _sizes, _starts;

    /// <param name="ranks">The ranks.</param>
    /// <param name="floats">The number of floats of each rank.</param>
    public Gathering(Ranks ranks, int[] floats)
    {
        _ranks = ranks;
        _sizes = [.. floats.Select(size => 1 + size)];
        _starts = [.. _sizes.Select((_, rank) => _sizes[..rank].Sum())];
        int own = _sizes[ranks.Rank];
        _transfer = new Transfer(ranks, Tags.Results, [.. floats.Select(_ => own)], new int[ranks.Count], _sizes, _starts);
    }

    /// <summary>This rank's floats, to be filled before it begins.</summary>
    public Span<float> Own => _transfer.From.AsSpan(1, _sizes[_ranks.Rank] - 1);

    /// <summary>A rank's floats, once it is done.</summary>
    public ReadOnlySpan<float> Of(int rank) => _transfer.To.AsSpan(_starts[rank] + 1, _sizes[rank] - 1);

    /// <summary>Begins to exchange the floats.</summary>
    public void Begin()
    {
        _transfer.From[0] = _ranks.Asks;
        _transfer.Begin();
    }

    /// <summary>Waits until all floats have arrived.</summary>
    /// <exception cref="DistributionException">A rank didn't answer.</exception>
    public void Wait()
    {
        _ranks.Wait(_transfer);
        _ranks.Met();
        for (int rank = 0; rank < _ranks.Count; rank++) _ranks.Hear(rank, (int)_transfer.To[_starts[rank]]);
    }
}
