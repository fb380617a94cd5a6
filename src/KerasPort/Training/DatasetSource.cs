using KerasPort.Pipelines;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// The batches of a <see cref="Dataset"/>. With a number of steps, an epoch begins where the one before it ended; else each epoch is one pass.
/// A resumed training runs through the same pass again, up to the batch where it was saved. The shuffles' pass numbers are saved for that.
/// </summary>
/// <param name="dataset">The batches.</param>
/// <param name="steps">Batches an epoch; <c>null</c> for all that there are.</param>
/// <param name="startsAnew">Whether each epoch is a pass of its own, with a number of steps too.</param>
/// <param name="pull">Moves on to the next batch, in the way in which the source's user runs foreign code.</param>
/// <param name="check">Makes a portion of a batch that fits the model.</param>
internal sealed class DatasetSource(Dataset dataset, int? steps, bool startsAnew, Func<IEnumerator<Tensor>, bool> pull, Func<Tensor, Portion> check)
    : BatchSource
{
    private readonly INumberedPasses[] _shuffles = [.. dataset.All.OfType<INumberedPasses>().Distinct()];
    private readonly bool _isForeign = dataset.All.Any(one => one.IsForeign);

    private IEnumerator<Tensor>? _pass;
    private Portion? _first, _last;
    private long[]? _opened;        // the shuffles' passes when this one was opened
    private int _before, _taken;    // batches of the pass: before this epoch, and so far
    private long[]? _now;           // in a resumed training: the shuffles' passes when it was saved
    private bool _warned;
    private bool _opensAnother;     // whether the pass has ended, and no batch of the next one was asked for
    private int? _most;             // for a data set of unknown length: one more than the first epoch had, as in Keras

    public override int? Steps => steps ?? (dataset.Count is >= 0 and <= int.MaxValue and var count ? (int)count : null);

    public override bool IsForeign => _isForeign;

    public override string Cut => $"of a data set{(steps is null ? "" : $", {steps} an epoch")}";

    public override string Content => string.Join(", ", dataset.All.Select(one => one.Describe()));

    public override void Peek()
    {
        if (steps is null && dataset.Count == Dataset.Infinite)
            throw new ValueError("When providing an infinite dataset, you must specify the number of steps to run (if you did not intend to create an "
                + "infinite dataset, make sure to not call `repeat()` on the dataset).");
        _first = Next() ?? throw new ValueError("The data set has no element, expected at least one batch.");
    }

    public override void BeginEpoch(long orderKey)
    {
        bool anew = startsAnew || steps is null;
        if (_now is not null)
        {
            Reopen(anew || _taken == 0 ? _now : _opened!, anew ? 0 : _taken);
            _now = null;
        }
        else if (_first is null && anew) Stop();
        _before = _first is null ? _taken : 0;
    }

    public override IEnumerable<Portion> Batches(int first)
    {
        if (_now is not null)
        {
            Reopen(_opened!, _before + first);
            _now = null;
        }
        EndedAfter = null;
        int? end = steps ?? _most;
        for (int step = first; step != end; step++)
        {
            if (Next() is not { } batch)
            {
                if (dataset.Count == Dataset.Unknown)
                {
                    EndedAfter = _last;
                    if (steps is null) _most ??= step + 1;
                }
                if (steps is not null && !_warned) WarnOfEnd();
                _warned |= steps is not null;
                break;
            }
            yield return _last = batch;
        }
        // If the length of a pass is known and its last batch was taken, the next epoch begins another pass, as in Keras.
        if (steps is not null && !startsAnew && dataset.Count >= 0 && _taken >= dataset.Count)
        {
            LookAhead();
            Stop();
            _opensAnother = true;
        }
        // Keras opens one more pass after the last batch of a pass of known length, beside the one that the next epoch opens.
        if ((steps is null || startsAnew) && dataset.Count >= 0 && (_pass is null || _taken >= dataset.Count)) dataset.Touch();
    }

    public override void Skip(int first)
    {
        foreach (var _ in Batches(first))
        {
            // No batch is left; this runs the end of the epoch.
        }
    }

    public override void RequireResumable()
    {
        if (dataset.All.Select(one => one.WhyNotAgain).FirstOrDefault(why => why is not null) is { } reason)
            throw new ValueError($"A training on this data set can't be resumed: {reason}. "
                + "Train without BackupAndRestore, or on a data set that can be gone through anew.");
    }

    public override void Keep(TrainingState state)
    {
        // Passes that were restored count until the pass is opened again.
        long[]? now = _now ?? [.. _shuffles.Select(shuffle => shuffle.Passes)];
        _opened ??= now;
        state.Keep("opened", ref _opened);
        state.Keep("now", ref now);
        state.Keep("before", ref _before);
        state.Keep("taken", ref _taken);
        state.Keep("most", ref _most);
        if (state.Restores) _now = now;
    }

    /// <summary>
    /// With a number of steps, Keras has read one batch more when training ends. If the pass ended just there, that batch has begun another pass, and
    /// the next training on the data set begins with the one after it.
    /// </summary>
    public override void Dispose()
    {
        if (steps is not null && !startsAnew)
        {
            if (_opensAnother) dataset.Touch();
            else LookAhead();
        }
        Stop();
    }

    /// <summary>Makes one more batch, because it may begin passes. Without shuffles, or with unseeded ones, their number doesn't matter.</summary>
    private void LookAhead()
    {
        if (_pass is null || _first is not null || _shuffles.Length == 0 || dataset.All.Any(one => one.WhyNotAgain is not null)) return;
        try
        {
            pull(_pass);
        }
        catch (Exception)
        {
            // Nobody asked for this batch.
        }
    }

    /// <summary>Sets the shuffles' numbers of passes, opens the pass again and skips so many batches.</summary>
    private void Reopen(long[] passes, int batches)
    {
        Stop();
        _first = null;
        foreach (var (shuffle, count) in _shuffles.Zip(passes)) shuffle.Passes = count;
        for (int i = 0; i < batches; i++)
            if (!MoveNext())
                throw new CheckpointException(
                    $"the data set of the checkpoint had {batches} batches before this place, now it has {i}; train on the same data");
        if (batches > 0) _last = check(_pass!.Current);
    }

    private Portion? Next()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }
        return MoveNext() ? check(_pass!.Current) : null;
    }

    private bool MoveNext()
    {
        if (_pass is null)
        {
            _opened = [.. _shuffles.Select(shuffle => shuffle.Passes)];
            (_pass, _taken, _opensAnother) = (dataset.Open(), 0, false);
        }
        if (pull(_pass))
        {
            _taken++;
            return true;
        }
        Stop();
        return false;
    }

    private void Stop()
    {
        var pass = _pass;
        (_pass, _taken) = (null, 0);
        pass?.Dispose();
    }
}
