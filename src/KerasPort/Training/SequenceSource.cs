using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// Batches that are asked for by their numbers, as Keras' adapter of a <c>PyDataset</c> asks for them: two are made and dropped to see what they are
/// like; an epoch without an epoch ends; then each pass has them in an order of Python's generator, which <c>fit</c> shuffles. With fewer steps an epoch
/// the next one goes on in the pass.
/// <code>
/// >>> random.seed(3); numbers = [0, 1, 2, 3]; random.shuffle(numbers); numbers
/// [0, 2, 3, 1]
/// </code>
/// </summary>
/// <param name="sequence">The batches.</param>
/// <param name="steps">Batches an epoch; <c>null</c> for all that there are.</param>
/// <param name="shuffles">Whether each pass has a random order.</param>
/// <param name="use">What they are for.</param>
/// <param name="pull">Moves on to the next batch, as whoever uses the source lets foreign code run.</param>
/// <param name="check">Makes a portion of a batch that fits the model.</param>
internal sealed class SequenceSource(IBatchSequence sequence, int? steps, bool shuffles, SequenceSource.Use use, Func<IEnumerator<Data>, bool> pull,
    Func<Data, Portion> check) : BatchSource
{
    // Keras' NUM_BATCHES_FOR_TENSOR_SPEC.
    private const int Looked = 2;

    private bool _hasLooked, _warned;
    private int[]? _order;      // numbers of the batches of the pass
    private int _before, _at;   // of those: before this epoch, and so far
    private long _made;         // batches that the sequence had made when this epoch began
    private bool _restored;

    /// <summary>
    /// What batches are for: Keras' evaluation ends an epoch of the sequence before each pass, its prediction none, and each pass is a whole one.
    /// </summary>
    internal enum Use { Training, Evaluation, Prediction }

    public override int? Steps => steps ?? sequence.Batches;

    public override int? Due => Math.Min(steps ?? int.MaxValue, (_order?.Length ?? sequence.Batches) - _before);

    public override bool IsForeign => sequence.IsForeign;

    public override string Cut => $"of a sequence{(steps is null ? "" : $", {steps} an epoch")}";

    public override string Content => sequence.Content;

    public override void Peek()
    {
        if (sequence.Batches == 0) throw new ValueError("The PyDataset has length 0: it gives no batch.");
        _hasLooked = true;
        using var first = sequence.Open([.. Enumerable.Range(0, Math.Min(Looked, sequence.Batches))]);
        while (pull(first)) check(first.Current);
        if (use == Use.Training) sequence.EndEpoch();
    }

    public override void BeginEpoch(long orderKey)
    {
        if (!_hasLooked) Peek();
        if (use == Use.Evaluation) sequence.EndEpoch();
        sequence.BeginEpoch();
        if (steps is null || use != Use.Training) _order = null;
        if (_order is null)
        {
            _order = [.. Enumerable.Range(0, sequence.Batches)];
            _at = 0;
            if (shuffles) Seeds.ShuffleAsPython(_order);
        }
        (_before, _made, _restored) = (_at, sequence.Passes, false);
    }

    public override IEnumerable<Portion> Batches(int first)
    {
        if (_restored) (_at, sequence.Passes, _restored) = (_before + first, _made + first, false);
        int end = _before + Due!.Value;
        using (var batches = sequence.Open(_order![_at..end]))
        {
            while (_at < end && pull(batches))
            {
                _at++;
                yield return check(batches.Current);
            }
        }
        sequence.Passes = _made + _at - _before;
        if (_at - _before < steps && !_warned)
        {
            WarnOfEnd();
            _warned = true;
        }
        if (_at >= _order.Length) _order = null;
        sequence.EndEpoch();
    }

    public override void Skip(int first)
    {
        foreach (var _ in Batches(first))
        {
            // There is none left: only the end is behind it.
        }
    }

    public override void RequireResumable()
    {
        if (sequence.WhyNotAgain is { } reason)
            throw new ValueError(
                $"A training on these batches can't be resumed: {reason}. Train without BackupAndRestore, or on batches that can be made anew.");
    }

    public override void Keep(TrainingState state)
    {
        state.Keep("looked", ref _hasLooked);
        state.Keep("order", ref _order);
        state.Keep("before", ref _before);
        state.Keep("at", ref _at);
        state.Keep("made", ref _made);
        long passes = sequence.Passes;
        state.Keep("passes", ref passes);
        state.Within("sequence", sequence.Keep);
        if (!state.Restores) return;
        sequence.Passes = passes;
        _restored = true;
    }
}
