namespace KerasPort.Training;

/// <summary>
/// Batches that user code makes when they are due, one at a time. With a number of steps, an epoch begins where the one before it
/// ended; else each epoch goes through all batches anew.
/// </summary>
/// <param name="batches">The batches: inputs, targets, weights.</param>
/// <param name="steps">Batches an epoch; <c>null</c> for all that there are.</param>
/// <param name="startsAnew">Whether each epoch starts with the first batch, with a number of steps too.</param>
/// <param name="pull">Moves on to the next batch, in the way in which the source's user runs foreign code.</param>
/// <param name="check">Makes a portion of a batch that fits the model.</param>
internal sealed class GeneratorSource(IEnumerable<Data> batches, int? steps, bool startsAnew, Func<IEnumerator<Data>, bool> pull,
    Func<Data, Portion> check) : BatchSource
{
    private IEnumerator<Data>? _at;
    private Portion? _first, _last;
    private bool _warned;

    public override int? Steps => steps;

    public override bool IsForeign => true;

    public override string Cut => "of a generator";

    public override string Content => "a generator";

    public override void Peek() => _first = Next()
        ?? throw new ValueError("When passing a generator to a Keras model, the generator must yield at least one batch. Received an empty generator.");

    public override void BeginEpoch(long orderKey)
    {
        if (_first is null && (startsAnew || steps is null)) Stop();
    }

    public override IEnumerable<Portion> Batches(int first)
    {
        EndedAfter = null;
        for (int step = first; step != steps; step++)
        {
            if (Next() is not { } batch)
            {
                EndedAfter = _last;
                if (!_warned) WarnOfEnd();
                _warned = true;
                yield break;
            }
            yield return _last = batch;
        }
    }

    public override void RequireResumable() => throw new ValueError(
        "A training on a generator can't be resumed, since the generator can't say where it is: train on arrays, or without BackupAndRestore.");

    public override void Dispose() => Stop();

    private Portion? Next()
    {
        if (_first is { } first)
        {
            _first = null;
            return first;
        }
        _at ??= batches.GetEnumerator();
        if (pull(_at)) return check(_at.Current);
        Stop();
        return null;
    }

    private void Stop()
    {
        var at = _at;
        _at = null;
        at?.Dispose();
    }
}
