namespace KerasPort.Engines;

/// <summary>
/// The lanes of a model: the main one, in which it trains, and one more for each caller that predicts at the same time. A lane is made when it is
/// first needed, and lent.
/// </summary>
/// <param name="main">The main one.</param>
/// <param name="most">The largest number of lanes.</param>
/// <param name="open">Makes another.</param>
internal sealed class Lanes(Lane main, int most, Func<Lane> open) : IDisposable
{
    private readonly List<Lane> _all = [main], _free = [main];

    public int Most => most;

    /// <summary>The number of lanes.</summary>
    public int Count
    {
        get
        {
            lock (_free) return _all.Count;
        }
    }

    /// <summary>Lends a lane that has both plans; <c>null</c> if no free lane has them.</summary>
    public Lane? Lend(in PlanKey a, in PlanKey b)
    {
        lock (_free)
        {
            // The lane that was returned last is still in the cache.
            for (int i = _free.Count - 1; i >= 0; i--)
            {
                var lane = _free[i];
                if (!lane.Has(a) || !lane.Has(b)) continue;
                _free.RemoveAt(i);
                return lane;
            }
            return null;
        }
    }

    /// <summary>The lane in which new plans are to be made while nothing runs: a free one, else one more if there may be, else the main one.</summary>
    public Lane ToPrepare()
    {
        lock (_free)
        {
            if (_free.Count > 0) return _free[^1];
            if (_all.Count == most) return main;
            var more = open();
            _all.Add(more);
            _free.Add(more);
            return more;
        }
    }

    /// <summary>Takes a lane back.</summary>
    public void Return(Lane lane)
    {
        lock (_free) _free.Add(lane);
    }

    public void Dispose()
    {
        foreach (var lane in _all) lane.Dispose();
    }
}
