using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Training;

/// <summary>
/// Batches that are asked for by number, in the way of Keras' adapter of a <c>PyDataset</c>. Two batches are made and dropped to learn their form,
/// and a training ends an epoch of the sequence once before the first one begins. A shuffled pass has an order of Python's generator. An
/// epoch of fewer steps than there are batches is continued by the next epoch.
/// <code>
/// >>> random.seed(3); numbers = [0, 1, 2, 3]; random.shuffle(numbers); numbers
/// [0, 2, 3, 1]
/// </code>
/// </summary>
/// <param name="sequence">The batches.</param>
/// <param name="steps">Batches an epoch; <c>null</c> for all that there are.</param>
/// <param name="shuffles">Whether each pass has a random order.</param>
/// <param name="use">Training, evaluation or prediction.</param>
/// <param name="pull">Moves on to the next batch, in the way in which the source's user runs foreign code.</param>
/// <param name="check">Makes a portion of a batch that fits the model.</param>
internal sealed class SequenceSource(IBatchSequence sequence, int? steps, bool shuffles, SequenceSource.Use use, Func<IEnumerator<Data>, bool> pull,
    Func<Data, Portion> check) : BatchSource
{
    // Keras' NUM_BATCHES_FOR_TENSOR_SPEC.
    private const int Looked = 2;

    private bool _hasLooked, _warned;
    private int[]? _order;      // the pass's batch numbers
    private int _before, _at;   // batches of the pass: before this epoch, and so far
    private long _made;         // batches that the sequence had made when this epoch began
    private bool _restored;

    /// <summary>
    /// The use of the batches. As in Keras, an evaluation ends an epoch of the sequence before each pass, a prediction doesn't, and both begin anew.
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
            // No batch is left; this runs the end of the epoch.
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
