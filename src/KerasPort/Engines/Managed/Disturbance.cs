using System.Diagnostics;

namespace KerasPort.Engines.Managed;

/// <summary>
/// Whether other processes keep cores so busy that one thread is faster alone. A thread whose core is taken in the middle of a piece keeps all
/// others waiting until its turn comes, some milliseconds later; alone, the caller has what is free of the other core to itself.
/// </summary>
/// <remarks>
/// Sharing loses against working alone when threads wait for longer than all but one of them work. The excess is added up; when it is enough,
/// the caller works alone for a while, and longer each time that sharing again doesn't pay. Only long waits are timed, so that undisturbed threads
/// read no clock.
/// </remarks>
/// <param name="threads">How many share the work.</param>
internal struct Disturbance(int threads)
{
    // Some turns of a scheduler, which are 3 ms and more: a single one may go to anybody.
    private static readonly long s_enough = Stopwatch.Frequency / 200;
    private static readonly long s_shortest = Stopwatch.Frequency / 40, s_longest = Stopwatch.Frequency * 2 / 5;

    private long _excess, _last, _until, _length;
    private volatile bool _isNow;

    /// <summary>Whether work isn't to be shared now.</summary>
    public bool IsNow => _isNow && IsAt(Stopwatch.GetTimestamp());

    /// <summary>The same for a time since that of the last wait.</summary>
    public bool IsAt(long now) => _isNow && (_isNow = now < Volatile.Read(ref _until));

    /// <summary>All waited for the last piece between these two times.</summary>
    public void Waited(long began, long now)
    {
        _excess = Math.Max(0, _excess - (began - _last) * (threads - 1)) + (now - began);
        _last = now;
        if (_excess < s_enough) return;
        bool isSoon = now - _until < 2 * _length;
        (_excess, _length) = (0, isSoon ? Math.Min(2 * _length, s_longest) : s_shortest);
        _until = now + _length;
        _isNow = true;
    }
}
