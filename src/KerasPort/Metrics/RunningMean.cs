using KerasPort.Saving;

namespace KerasPort.Metrics;

/// <summary>
/// A running mean as Keras keeps it: total and count in float32, so that the digits of a whole epoch are Keras' own.
/// </summary>
internal sealed class RunningMean
{
    private float _total, _count;

    /// <summary>The mean so far; 0 before the first value.</summary>
    public float Result => _count == 0 ? 0 : _total / _count;

    public void Add(float sum, int count)
    {
        _total += sum;
        _count += count;
    }

    public void Reset() => _total = _count = 0;

    public void Keep(TrainingState state)
    {
        state.Keep("total", ref _total);
        state.Keep("count", ref _count);
    }
}
