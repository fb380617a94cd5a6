namespace KerasPort.Distribution;

/// <summary>
/// The sum of a run of floats over all pieces of a batch, on every rank (all-reduce). Each rank sums one section of the run for all: first it receives
/// the others' branches of its section (<see cref="PieceSums"/>), then all receive its sums. It advances when <see cref="IsDone"/> is called, and can be
/// started again.
/// </summary>
internal sealed class Reduction
{
    private enum Stage { Idle, Branches, Sums }

    private readonly Ranks _ranks;
    private readonly PieceSums _order;
    private readonly int _length, _own;     // floats of the run, and of this rank's section
    private readonly float[] _pieces;
    private readonly Transfer? _branches, _sums;
    private Stage _stage;

    /// <param name="ranks">The ranks.</param>
    /// <param name="order">The order in which pieces are summed.</param>
    /// <param name="length">The number of floats of the run.</param>
    /// <param name="tag">The tag that distinguishes it from others that are under way.</param>
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

    /// <summary>The sum, once it is done.</summary>
    public ReadOnlySpan<float> Sum => (_sums?.To ?? _pieces).AsSpan(0, _length);

    /// <summary>The memory for the floats of one of this rank's pieces, counted from 0, to be filled before it begins.</summary>
    public Span<float> Of(int piece) => _pieces.AsSpan(piece * _length, _length);

    /// <summary>Begins, once the floats of all pieces of this rank are there.</summary>
    public void Begin()
    {
        PieceSums.Add(_order.Own, _pieces, _length);
        if (_branches is null) return;
        // In order of the ranks: for each, its section of all branches.
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

    /// <summary>Whether it is done; the call advances it.</summary>
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
