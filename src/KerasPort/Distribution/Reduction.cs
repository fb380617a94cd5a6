namespace KerasPort.Distribution;

/// <summary>
/// The sum of a run of floats over all pieces of a batch, for every rank. Each rank adds up one part of the run for all: first each gets the others'
/// branches of its part (<see cref="PieceSums"/>), then all get its sums. It is moved on by asking, and can be begun again.
/// </summary>
internal sealed class Reduction
{
    private enum Stage { Idle, Branches, Sums }

    private readonly Ranks _ranks;
    private readonly PieceSums _order;
    private readonly int _length, _own;     // floats of the run, and of this rank's part
    private readonly float[] _pieces;
    private readonly Transfer? _branches, _sums;
    private Stage _stage;

    /// <param name="ranks">The ranks.</param>
    /// <param name="order">How pieces are added up.</param>
    /// <param name="length">Floats of the run.</param>
    /// <param name="tag">What tells it from others that are under way.</param>
    public Reduction(Ranks ranks, PieceSums order, int length, int tag)
    {
        (_ranks, _order, _length) = (ranks, order, length);
        var (first, end) = (order.Pieces.Start.Value, order.Pieces.End.Value);
        _pieces = new float[(end - first) * (long)length];
        if (ranks.Count == 1) return;
        int[] parts = [.. Enumerable.Range(0, ranks.Count).Select(SizeOf)], all = [.. Enumerable.Range(0, ranks.Count)];
        int branches = order.OwnBranches.Length;
        _own = parts[ranks.Rank];
        _branches = new Transfer(ranks, tag, [.. parts.Select(size => size * branches)], [.. all.Select(rank => Start(rank) * branches)],
            [.. all.Select(rank => order.BranchesOf(rank) * _own)], [.. all.Select(rank => all[..rank].Sum(order.BranchesOf) * _own)]);
        _sums = new Transfer(ranks, tag, [.. all.Select(_ => _own)], new int[ranks.Count], parts, [.. all.Select(Start)]);
    }

    /// <summary>The sum, when it is done.</summary>
    public ReadOnlySpan<float> Sum => (_sums?.To ?? _pieces).AsSpan(0, _length);

    /// <summary>Where a piece of this rank, counted from 0, puts its floats before it begins.</summary>
    public Span<float> Of(int piece) => _pieces.AsSpan(piece * _length, _length);

    /// <summary>Begins: all pieces of this rank are there.</summary>
    public void Begin()
    {
        PieceSums.Add(_order.Own, _pieces, _length);
        if (_branches is null) return;
        // Laid out by rank: its part of each branch, one after the other.
        int at = 0;
        for (int rank = 0; rank < _ranks.Count; rank++)
            foreach (int branch in _order.OwnBranches)
            {
                Of(branch).Slice(Start(rank), SizeOf(rank)).CopyTo(_branches.From.AsSpan(at));
                at += SizeOf(rank);
            }
        _branches.Begin();
        _stage = Stage.Branches;
    }

    /// <summary>Whether it is done; asking moves it on.</summary>
    public bool IsDone()
    {
        if (_stage == Stage.Branches && _branches!.IsDone()) Spread();
        if (_stage == Stage.Sums && _sums!.IsDone()) _stage = Stage.Idle;
        return _stage == Stage.Idle;
    }

    /// <summary>Waits until it is done.</summary>
    /// <exception cref="DistributionException">A rank didn't answer.</exception>
    public void Wait()
    {
        if (_stage == Stage.Branches)
        {
            _ranks.Wait(_branches!);
            Spread();
        }
        if (_stage == Stage.Sums) _ranks.Wait(_sums!);
        _stage = Stage.Idle;
    }

    private void Spread()
    {
        PieceSums.Add(_order.Rest, _branches!.To, _own);
        _branches.To.AsSpan(0, _own).CopyTo(_sums!.From);
        _sums.Begin();
        _stage = Stage.Sums;
    }

    private int Start(int rank) => (int)((long)_length * rank / _ranks.Count);

    private int SizeOf(int rank) => Start(rank + 1) - Start(rank);
}
