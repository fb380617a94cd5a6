namespace KerasPort.Models;

public abstract partial class Model
{
    // Flows into threads and tasks that a callback starts: their work belongs to the call that runs the callback.
    private static readonly AsyncLocal<Inside?> s_inside = new();

    // The models whose batches this thread computes; null in place of one while it runs a callback of that model.
    [ThreadStatic]
    private static List<Model?>? t_computing;

    private int _calls, _fits;

    /// <summary>
    /// The turn for a prediction: shared with other threads if the model is on an engine that runs several predictions at a time. To put the model on
    /// its engine takes an exclusive turn.
    /// </summary>
    private Turns.Turn TurnToPredict()
    {
        while (_running is { PredictionsAtATime: > 1 and var most })
        {
            var turn = Turns.Share(most);
            if (_running?.PredictionsAtATime == most) return turn;
            turn.Dispose();
        }
        return Turns.Take();
    }

    /// <summary>
    /// Begins a fit, evaluation or prediction in this thread's turn. A fit waits until a running one has ended, unless it is called from a callback of
    /// that one.
    /// </summary>
    private Use Begin(bool fits, bool tells)
    {
        while (fits && _fits > 0 && !IsInside()) Turns.WaitForChange();
        Interlocked.Increment(ref _calls);
        _saysMetrics = null;
        if (fits) _fits++;
        var outer = s_inside.Value;
        if (!tells) return new Use(this, fits, null, null);
        var inside = new Inside(this, outer);
        s_inside.Value = inside;
        return new Use(this, fits, inside, outer);
    }

    /// <summary>Waits until no fit, evaluation or prediction is under way, except one whose callback this is.</summary>
    private protected void WaitForCalls()
    {
        while (_calls > 0 && !IsInside()) Turns.WaitForChange();
    }

    /// <summary>Waits until no thread computes batches of this model, except for a call whose callback this is.</summary>
    private void WaitForRuns()
    {
        while (_runs > 0 && !IsInside(betweenBatches: true)) Turns.WaitForChange();
    }

    /// <summary>The call whose callback this is, or whose callback started this thread or task.</summary>
    private Inside? InsideCall
    {
        get
        {
            var inside = s_inside.Value;
            while (inside is not null && (inside.Model != this || inside.HasEnded)) inside = inside.Outer;
            return inside;
        }
    }

    private bool IsInside(bool betweenBatches = false)
    {
        for (var inside = s_inside.Value; inside is not null; inside = inside.Outer)
            if (inside.Model == this && !inside.HasEnded && (inside.IsBetweenBatches || !betweenBatches)) return true;
        return false;
    }

    /// <summary>Marks, until disposed of, that a callback runs; others may take their turns meanwhile, unless <paramref name="lets"/> is false.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Told Telling(bool lets = true)
    {
        if (!lets) return default;
        int place = t_computing?.LastIndexOf(this) ?? -1;
        if (place >= 0) t_computing![place] = null;
        s_inside.Value!.IsBetweenBatches = place >= 0;
        return new Told(this, place, Turns.LetOthers());
    }

    /// <summary>A running call that has callbacks, and the call around it.</summary>
    private sealed class Inside(Model model, Inside? outer)
    {
        public Model Model => model;

        public Inside? Outer => outer;

        public volatile bool HasEnded;

        public volatile bool IsBetweenBatches;

        public volatile bool IsStopped;
    }

    private readonly struct Told(Model? model, int place, Turns.Break pause) : IDisposable
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Dispose()
        {
            pause.Dispose();
            if (model is null) return;
            if (place >= 0) t_computing![place] = model;
            s_inside.Value!.IsBetweenBatches = false;
        }
    }

    private readonly struct Use(Model model, bool fits, Inside? inside, Inside? outer) : IDisposable
    {
        public bool IsStopped => inside?.IsStopped == true;

        public void Dispose()
        {
            Interlocked.Decrement(ref model._calls);
            if (fits) model._fits--;
            if (inside is not null)
            {
                inside.HasEnded = true;
                s_inside.Value = outer;
            }
            model.Turns.Changed();
        }
    }
}
