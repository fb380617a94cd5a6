using System.Diagnostics;

namespace KerasPort.Engines.Managed;

/// <summary>
/// Whether other processes keep the cores so busy that one thread is faster alone. A thread that loses its core in the middle of a piece keeps all
/// others waiting for some milliseconds, until the scheduler runs it again. A caller that works alone can use whichever core is free.
/// </summary>
/// <remarks>
/// Sharing is slower than working alone if the threads wait longer than all but one of them work. The excess is added up. When it reaches a limit,
/// the caller works alone for a while, and for longer each time that sharing still doesn't pay. Only long waits are timed, so that undisturbed
/// threads read no clock.
/// </remarks>
/// <param name="threads">The number of threads that share the work.</param>
internal struct Disturbance(int threads)
{
    // 5 ms, more than one time slice of a scheduler (3 ms and more): a single slice may be lost by chance.
    private static readonly long s_enough = Stopwatch.Frequency / 200;
    private static readonly long s_shortest = Stopwatch.Frequency / 40, s_longest = Stopwatch.Frequency * 2 / 5;

    // 2 ms: pieces are shorter.
    private static readonly long s_shortestSlice = Stopwatch.Frequency / 500;

    private long _excess, _last, _until, _length;
    private volatile bool _isNow;

    /// <summary>Whether the caller works alone now.</summary>
    public bool IsNow => _isNow && IsAt(Stopwatch.GetTimestamp());

    /// <summary>The same at a time after the last wait.</summary>
    public bool IsAt(long now) => _isNow && (_isNow = now < Volatile.Read(ref _until));

    /// <summary>Takes note that all threads waited for the last piece between these two times.</summary>
    public void Waited(long began, long now) => Add(began, now, now - began);

    /// <summary>
    /// Takes note that the threads waited for the caller's piece between these two times. Only a caller that had lost its core takes long. Alone it would
    /// get a core on which the others wait, so this counts twice, but one wait is never enough. The caller may take note of a wait at the same time: a
    /// sum that is wrong then moves only the time at which it works alone.
    /// </summary>
    public void WaitedForCaller(long began, long now)
    {
        if (now - began > s_shortestSlice) Add(began, now, Math.Min(2 * (now - began), s_enough - 1));
    }

    private void Add(long began, long now, long excess)
    {
        _excess = Math.Max(0, _excess - (began - _last) * (threads - 1)) + excess;
        _last = now;
        if (_excess < s_enough) return;
        bool isSoon = now - _until < 2 * _length;
        (_excess, _length) = (0, isSoon ? Math.Min(2 * _length, s_longest) : s_shortest);
        _until = now + _length;
        _isNow = true;
    }
}
