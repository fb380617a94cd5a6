namespace KerasPort.Models;

public abstract partial class Model
{
    // Flows into the threads and tasks that a callback starts: what they do is done within the call that told it.
    private static readonly AsyncLocal<Inside?> s_inside = new();

    private int _calls, _fits;
    private bool _computes;

    /// <summary>
    /// Begins a fit, evaluation or prediction, in this thread's turn. A fit waits until the one before it has ended; what is told of it may
    /// train all the same.
    /// </summary>
    private Use Begin(bool fits, bool tells)
    {
        while (fits && _fits > 0 && !IsInside()) Turns.WaitForChange();
        _calls++;
        if (fits) _fits++;
        var outer = s_inside.Value;
        if (!tells) return new Use(this, fits, null, null);
        var inside = new Inside(this, outer);
        s_inside.Value = inside;
        return new Use(this, fits, inside, outer);
    }

    /// <summary>Waits until no fit, evaluation or prediction is under way but those whose callback this is.</summary>
    private protected void WaitForCalls()
    {
        while (_calls > 0 && !IsInside()) Turns.WaitForChange();
    }

    /// <summary>Waits until nobody is in the middle of this model's batches, but for those whose callback this is.</summary>
    private void WaitForRuns()
    {
        while (_runs > 0 && !IsInside(betweenBatches: true)) Turns.WaitForChange();
    }

    private bool IsInside(bool betweenBatches = false)
    {
        for (var inside = s_inside.Value; inside is not null; inside = inside.Outer)
            if (inside.Model == this && !inside.HasEnded && (inside.IsBetweenBatches || !betweenBatches)) return true;
        return false;
    }

    /// <summary>Somebody is told of something until the result is disposed of; meanwhile others have their turns, if it <paramref name="lets"/> them.</summary>
    private Told Telling(bool lets = true)
    {
        if (!lets) return default;
        bool computes = _computes;
        _computes = false;
        s_inside.Value!.IsBetweenBatches = computes;
        return new Told(this, computes, Turns.LetOthers());
    }

    /// <summary>A call under way that tells somebody, and the one around it.</summary>
    private sealed class Inside(Model model, Inside? outer)
    {
        public Model Model => model;

        public Inside? Outer => outer;

        public volatile bool HasEnded;

        public volatile bool IsBetweenBatches;
    }

    private readonly struct Told(Model? model, bool computes, Turns.Break pause) : IDisposable
    {
        public void Dispose()
        {
            pause.Dispose();
            if (model is null) return;
            model._computes = computes;
            s_inside.Value!.IsBetweenBatches = false;
        }
    }

    private readonly struct Use(Model model, bool fits, Inside? inside, Inside? outer) : IDisposable
    {
        public void Dispose()
        {
            model._calls--;
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
