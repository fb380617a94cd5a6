using KerasPort.Distribution;
using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Training;

namespace KerasPort.Engines;

/// <summary>
/// A batch of some size in pieces, of which each rank runs its own. Layers that look at the whole batch get sums over all pieces. What training adds
/// up over pieces is exchanged in runs, while the rest of the backward pass goes on.
/// </summary>
internal sealed class BatchInPieces
{
    /// <summary>A run of gradients is closed when it has this many floats.</summary>
    private const int FloatsTogether = 1 << 16;

    /// <summary>The most floats without a gradient that are sent along between two gradients, so that one message holds both.</summary>
    private const int MostBetween = 1 << 10;

    private readonly Ranks _ranks;
    private readonly PlanKey _key;
    private readonly PieceSums _order;
    private readonly BatchPart[] _parts;    // all pieces
    private readonly BatchPart[] _own;      // those of this rank that have rows
    private readonly bool _isGhost;
    private readonly Func<int, (Lane Lane, DeviceBuffer Gradients)> _laneOf;
    private readonly Plan[] _plans;
    private readonly (int Rows, int[] Sizes)[] _layouts;
    private readonly Gathering _told;
    private readonly Reduction?[] _sums;
    private readonly List<Run> _gradients = [];
    private readonly Action<int> _ran;
    private readonly float[] _all;
    private int[] _ready = [];
    private Plan? _readyOf;
    private long[] _counters = [];
    private Kernels? _kernels;
    private int _begun;

    /// <param name="ranks">The ranks.</param>
    /// <param name="key">Identifies the batch.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="laneOf">The lane and the gradients of this rank's piece of that number, counted over those that have rows.</param>
    public BatchInPieces(Ranks ranks, PlanKey key, int pieces, Func<int, (Lane Lane, DeviceBuffer Gradients)> laneOf)
    {
        (_ranks, _key, _laneOf, _ran) = (ranks, key, laneOf, Ran);
        _order = new PieceSums(pieces, ranks.Count, ranks.Rank);
        _parts = [.. Enumerable.Range(0, pieces).Select(piece => BatchPart.Piece(key.Rows, pieces, piece))];
        _own = [.. _parts[_order.Pieces].Where(part => part.Rows > 0)];
        // A rank without rows runs the batch's first row, which counts nothing, so that its random states move as those of the others.
        _isGhost = _own.Length == 0;
        if (_isGhost) _own = [new BatchPart(0, 1, key.Rows, 0)];
        _plans = new Plan[_own.Length];
        TakePlans();
        _layouts = Layouts();
        int[] floatsOfRank = [.. Enumerable.Range(0, ranks.Count).Select(rank => _parts[PieceSums.Of(pieces, ranks.Count, rank)].Sum(FloatsOf))];
        _told = new Gathering(ranks, floatsOfRank);
        _all = new float[floatsOfRank.Sum()];
        _sums = [.. _plans[0].Stretches.Select(stretch => stretch.Sum is { } sum ? new Reduction(ranks, _order, sum.Output.Size, Tags.Sums) : null)];
        if (key.Mode == Mode.Train) CutGradients();
    }

    /// <summary>Runs the batch. All ranks then know its results.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="loaded">The rows.</param>
    /// <param name="start">The index of the batch's first row.</param>
    /// <param name="timed">Whether the durations of layers are recorded.</param>
    public void RunAll(Kernels kernels, LoadedPortion loaded, int start, bool timed)
    {
        _kernels = kernels;
        TakePlans();
        for (int i = 0; i < _own.Length; i++)
        {
            loaded.Gather(kernels, start + _own[i].First, _own[i].Rows, _plans[i]);
            if (_key.Mode != Mode.Predict) _plans[i].Use(0);
        }
        _begun = 0;
        for (int stretch = 0; stretch < _sums.Length; stretch++)
        {
            RunStretch(stretch, timed);
            if (_sums[stretch] is { } sum) AddUp(sum, stretch);
        }
        Tell();
        while (_begun < _gradients.Count) Begin(_gradients[_begun++]);
        foreach (var run in _gradients) run.Sum.Wait();
        _told.Wait();
        int at = 0;
        for (int rank = 0; rank < _ranks.Count; at += _told.Of(rank++).Length) _told.Of(rank).CopyTo(_all.AsSpan(at));
    }

    /// <summary>Runs only what draws random numbers.</summary>
    public void Draw(Kernels kernels)
    {
        TakePlans();
        _plans[0].Draw(kernels);
    }

    /// <summary>The batch's result.</summary>
    public BatchResult Result() => _plans[0].BatchValues!.Read(_all, _key.Rows, _layouts);

    /// <summary>Adds the outputs to those of other batches.</summary>
    public void GiveOutputs(Outputs outputs)
    {
        var rest = _all.AsSpan();
        foreach (var (rows, sizes) in _layouts)
            for (int i = 0; i < sizes.Length; i++)
            {
                rest[..sizes[i]].CopyTo(outputs.Add(i, rows, _plans[0].Outputs[i].shape[1..]));
                rest = rest[sizes[i]..];
            }
    }

    /// <summary>Writes the sums over all pieces to the variables' places in a flat buffer.</summary>
    public void GiveSums(Kernels kernels, DeviceBuffer to)
    {
        foreach (var run in _gradients) kernels.Write(run.Sum.Sum, to.Part(run.Start, run.Length));
    }

    private int FloatsOf(BatchPart part) => part.Rows == 0 ? 0 : _layouts[Array.FindAll(_parts, p => p.Rows > 0 && p.Index < part.Index).Length].Sizes.Sum();

    /// <summary>Looks the plans up again: between batches they may be made anew, and their memory may grow.</summary>
    private void TakePlans()
    {
        for (int i = 0; i < _own.Length; i++) _plans[i] = _laneOf(i).Lane.PlanFor(_key with { Rows = _own[i].Rows, Part = _own[i] });
    }

    private int[] SizesOf(Plan plan) => _key.Mode == Mode.Predict ? Array.ConvertAll(plan.Outputs, output => output.Size) : plan.Sizes;

    /// <summary>For each piece that has rows, the sizes of its values; every rank knows those of its own pieces, and tells the others.</summary>
    private (int, int[])[] Layouts()
    {
        int values = SizesOf(_plans[0]).Length;
        var all = new Gathering(_ranks,
            [.. Enumerable.Range(0, _ranks.Count).Select(rank => _parts[PieceSums.Of(_parts.Length, _ranks.Count, rank)].Count(p => p.Rows > 0) * values)]);
        for (int i = 0; i < _own.Length && !_isGhost; i++)
            foreach (var (k, size) in SizesOf(_plans[i]).Index()) all.Own[i * values + k] = size;
        all.Begin();
        all.Wait();
        List<float> sizes = [];
        for (int rank = 0; rank < _ranks.Count; rank++) sizes.AddRange(all.Of(rank));
        return [.. _parts.Where(part => part.Rows > 0).Select(
            (part, i) => (part.Rows, sizes.GetRange(i * values, values).ConvertAll(size => (int)size).ToArray()))];
    }

    /// <summary>Cuts the gradients into runs that are exchanged together, in the backward pass's order: the last variables first.</summary>
    private void CutGradients()
    {
        int start = 0, end = 0;
        foreach (var (_, first, size) in _plans[^1].Given.OrderByDescending(given => given.Start))
        {
            if (end > 0 && (end - start >= FloatsTogether || start - first - size > MostBetween)) Close();
            if (end == 0) end = first + size;
            start = first;
        }
        if (end > 0) Close();

        void Close()
        {
            _gradients.Add(new Run(start, end - start, new Reduction(_ranks, _order, end - start, Tags.Gradients + _gradients.Count),
                [.. _own.Select((_, i) => _laneOf(i).Gradients.Part(start, end - start))]));
            end = 0;
        }
    }

    private void RunStretch(int stretch, bool timed)
    {
        for (int i = 0; i < _plans.Length; i++)
        {
            var draws = _plans[i].Draws;
            if (i == 0) Array.Resize(ref _counters, draws.Length);
            // All pieces draw from the same random state, that before the first piece.
            for (int k = 0; k < draws.Length; k++)
                if (i == 0) _counters[k] = draws[k].Counter;
                else draws[k].Counter = _counters[k];
            _plans[i].Stretches[stretch].Run(_kernels!, timed, i == _plans.Length - 1 && _gradients.Count > 0 ? _ran : null);
        }
    }

    /// <summary>Called when a layer of the last piece has run: starts the exchange of the runs that are complete now, and moves on those under way.</summary>
    private void Ran(int node)
    {
        if (_readyOf != _plans[^1])
        {
            _readyOf = _plans[^1];
            _ready = [.. _gradients.Select(run => _readyOf.Given.Where(given => given.Start >= run.Start && given.Start < run.Start + run.Length)
                .Select(given => given.Storage.Last).DefaultIfEmpty(0).Max())];
        }
        while (_begun < _gradients.Count && _ready[_begun] <= node) Begin(_gradients[_begun++]);
        for (int i = 0; i < _begun; i++) _gradients[i].Sum.IsDone();
    }

    private void Begin(Run run)
    {
        int piece = 0, own = 0;
        foreach (var part in _parts.AsSpan(_order.Pieces)) Take(run.Sum, piece++, part.Rows == 0 ? null : run.Pieces[own++]);
        run.Sum.Begin();
    }

    /// <summary>Adds up the value at a stretch's end over all pieces, and writes the sum to each of them.</summary>
    private void AddUp(Reduction sum, int stretch)
    {
        int piece = 0, own = 0;
        foreach (var part in _parts.AsSpan(_order.Pieces)) Take(sum, piece++, part.Rows == 0 ? null : _plans[own++].Stretches[stretch].Sum!.Inputs[0].Buffer);
        sum.Begin();
        sum.Wait();
        foreach (var plan in _plans) _kernels!.Write(sum.Sum, plan.Stretches[stretch].Sum!.Output.Buffer);
    }

    private void Take(Reduction sum, int piece, DeviceBuffer? from)
    {
        if (from is null) sum.Of(piece).Clear();
        else _kernels!.Read(from, sum.Of(piece));
    }

    /// <summary>Sends the results or outputs of this rank's pieces to the others.</summary>
    private void Tell()
    {
        var to = _told.Own;
        foreach (var plan in _isGhost ? [] : _plans)
        {
            if (_key.Mode != Mode.Predict)
            {
                plan.Results!.Read(plan.ResultSize).CopyTo(to);
                to = to[plan.ResultSize..];
                continue;
            }
            foreach (var output in plan.Outputs)
            {
                _kernels!.Read(output.Buffer, to[..output.Size]);
                to = to[output.Size..];
            }
        }
        _told.Begin();
    }

    /// <summary>A run of floats that is exchanged by itself, and its place in the gradients of each of this rank's pieces.</summary>
    private sealed record Run(int Start, int Length, Reduction Sum, DeviceBuffer[] Pieces);
}
