using System.Diagnostics;

namespace KerasPort.Models;

/// <summary>
/// Decides which thread may use a model: one that may change it, or several that only read. A thread that has the turn may take it again; the others
/// follow in the order of their arrival, so that a constant stream of predictions locks nobody out. Only threads that share the turn may pass
/// others that wait to share it, for half a millisecond. Layers have turns as well: a model has the same turns as its layers, and so have models that
/// share layers.
/// </summary>
internal sealed class Turns
{
    private static long s_made;

    private readonly object _gate = new();
    private readonly long _number = Interlocked.Increment(ref s_made);
    private readonly List<Waiter> _waiting = [];                // in the order of arrival
    private readonly Dictionary<int, Shared> _sharing = [];     // by thread
    private volatile Turns? _joined;
    private int _owner, _depth;
    private Shared _before;     // the owner's share before it took the turn alone

    [ThreadStatic]
    private static Waiter? t_waiter;

    /// <summary>Waits for the exclusive turn, and holds it until the result is disposed of. A share that the thread has is given up meanwhile.</summary>
    public Turn Take()
    {
        Enter(new Held(1, default));
        return new Turn(this);
    }

    /// <summary>Waits for a shared turn of at most <paramref name="most"/> threads, and holds it until the result is disposed of.</summary>
    public Turn Share(int most)
    {
        Enter(new Held(0, new Shared(1, most)));
        return new Turn(this);
    }

    /// <summary>Gives up the turn until the result is disposed of, which waits for it again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Break LetOthers() => Current.LeaveAll() is { IsNone: false } held ? new Break(this, held) : default;

    /// <summary>Gives up the turn until <see cref="Changed"/> is called, and waits for it again.</summary>
    public void WaitForChange()
    {
        var own = Current;
        Held held;
        lock (own._gate)
        {
            held = own.LeaveAll();
            Monitor.Wait(own._gate);
        }
        Enter(held);
    }

    /// <summary>Wakes the threads in <see cref="WaitForChange"/>.</summary>
    public void Changed()
    {
        var own = Current;
        lock (own._gate) Monitor.PulseAll(own._gate);
    }

    /// <summary>Merges two turns into one. The caller must hold neither.</summary>
    public static void Join(Turns a, Turns b)
    {
        while (a.Current != b.Current)
        {
            // The older one is locked first: two threads that join the same two could otherwise deadlock.
            var (first, second) = (a.Current, b.Current);
            if (first._number > second._number) (first, second) = (second, first);
            first.EnterOwn(new Held(1, default));
            second.EnterOwn(new Held(1, default));
            if (first._joined is null && second._joined is null) second._joined = first;
            second.LeaveOwn();
            first.LeaveOwn();
            // Threads in WaitForChange of the second one must now wait on the first.
            lock (second._gate) Monitor.PulseAll(second._gate);
        }
    }

    private Turns Current
    {
        get
        {
            var current = this;
            while (current._joined is { } joined) current = joined;
            return current;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Enter(Held wanted)
    {
        for (var own = Current; ; own = Current)
        {
            own.EnterOwn(wanted);
            if (own._joined is null) return;
            wanted = own.LeaveAll();
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void EnterOwn(Held wanted)
    {
        int thread = Environment.CurrentManagedThreadId;
        Waiter waiter;
        lock (_gate)
        {
            if (_owner == thread)
            {
                _depth += wanted.Alone + wanted.Shared.Depth;
                return;
            }
            if (_sharing.TryGetValue(thread, out var has))
            {
                if (wanted.Alone == 0)
                {
                    _sharing[thread] = has with { Depth = has.Depth + wanted.Shared.Depth };
                    return;
                }
                // The share is given up first: two threads that share the turn and both want it alone would deadlock.
                _sharing.Remove(thread);
                wanted = wanted with { Shared = has };
                LetIn();
            }
            if (IsRoomFor(wanted) && MayPass(wanted))
            {
                Give(thread, wanted);
                return;
            }
            waiter = t_waiter ??= new Waiter(thread);
            waiter.Begin(wanted);
            _waiting.Add(waiter);
        }
        try
        {
            while (!waiter.WaitToBeLetIn())
            {
                lock (_gate)
                {
                    if (_waiting.Count > 0 && _waiting[0] == waiter) LetIn(waiter);
                }
            }
        }
        catch (ThreadInterruptedException)
        {
            lock (_gate)
            {
                if (_waiting.Remove(waiter)) LetIn();
                else LeaveAll();
            }
            throw;
        }
    }

    private bool IsRoomFor(in Held wanted) => _owner == 0 && (wanted.Alone > 0 ? _sharing.Count == 0 : _sharing.Count < wanted.Shared.Most);

    /// <summary>
    /// Whether a thread may pass those that wait. One that wants to share may pass others that do, for a moment: to wake a thread takes longer than many a
    /// prediction, and the turn would be idle meanwhile.
    /// </summary>
    private bool MayPass(in Held wanted)
    {
        if (_waiting.Count == 0) return true;
        if (wanted.Alone > 0 || _waiting[0].IsOverdue) return false;
        foreach (var waiter in _waiting)
            if (waiter.Wanted.Alone > 0) return false;
        return true;
    }

    private void Give(int thread, in Held wanted)
    {
        if (wanted.Alone > 0) (_owner, _depth, _before) = (thread, wanted.Alone, wanted.Shared);
        else _sharing[thread] = wanted.Shared;
    }

    /// <summary>
    /// Gives the turn to waiting threads in order, as long as there is room. Those that may be passed are only woken, and take the turn themselves.
    /// </summary>
    private void LetIn(Waiter? called = null)
    {
        while (_waiting.Count > 0 && IsRoomFor(_waiting[0].Wanted))
        {
            var next = _waiting[0];
            bool mayBePassed = next != called && next.Wanted.Alone == 0 && !next.IsOverdue;
            if (!mayBePassed)
            {
                _waiting.RemoveAt(0);
                Give(next.Thread, next.Wanted);
            }
            next.Call(letsIn: !mayBePassed);
            if (mayBePassed) return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void LeaveOwn()
    {
        int thread = Environment.CurrentManagedThreadId;
        lock (_gate)
        {
            if (_owner == thread)
            {
                if (--_depth > 0) return;
                if (_before.Depth > 0) _sharing[thread] = _before;
                (_owner, _before) = (0, default);
                LetIn();
            }
            // A thread that was interrupted while it waited to resume its turn no longer holds one.
            else if (_sharing.TryGetValue(thread, out var has))
            {
                if (has.Depth > 1)
                {
                    _sharing[thread] = has with { Depth = has.Depth - 1 };
                    return;
                }
                _sharing.Remove(thread);
                LetIn();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Held LeaveAll()
    {
        int thread = Environment.CurrentManagedThreadId;
        lock (_gate)
        {
            var held = _owner == thread ? new Held(_depth, _before) : new Held(0, _sharing.GetValueOrDefault(thread));
            if (held.IsNone) return held;
            if (held.Alone > 0) (_depth, _before) = (1, default);
            else _sharing[thread] = held.Shared with { Depth = 1 };
            LeaveOwn();
            return held;
        }
    }

    /// <summary>A waiting thread.</summary>
    private sealed class Waiter(int thread)
    {
        private static readonly long s_longest = Stopwatch.Frequency / 2000;

        private long _since;
        private bool _isCalled, _isIn;

        public int Thread => thread;

        public Held Wanted { get; private set; }

        /// <summary>Whether it has waited so long that no thread may pass it.</summary>
        public bool IsOverdue => Stopwatch.GetTimestamp() - _since > s_longest;

        public void Begin(in Held wanted) => (Wanted, _since, _isCalled, _isIn) = (wanted, Stopwatch.GetTimestamp(), false, false);

        /// <summary>Wakes it: it has the turn, or there may be room for it.</summary>
        public void Call(bool letsIn)
        {
            lock (this)
            {
                _isIn |= letsIn;
                if (_isCalled) return;
                _isCalled = true;
                Monitor.Pulse(this);
            }
        }

        /// <summary>Waits to be woken, and returns whether it has the turn.</summary>
        public bool WaitToBeLetIn()
        {
            lock (this)
            {
                while (!_isCalled) Monitor.Wait(this);
                _isCalled = false;
                return _isIn;
            }
        }
    }

    /// <summary>How many times a thread shares the turn, and the most threads that may share it.</summary>
    internal readonly record struct Shared(int Depth, int Most);

    /// <summary>How many times a thread holds the turn alone, and its share before that.</summary>
    internal readonly record struct Held(int Alone, Shared Shared)
    {
        public bool IsNone => Alone == 0 && Shared.Depth == 0;
    }

    /// <summary>A held turn, until it is disposed of.</summary>
    public readonly struct Turn(Turns? turns) : IDisposable
    {
        /// <summary>Gives up the turn.</summary>
        public void Dispose() => turns?.Current.LeaveOwn();
    }

    /// <summary>A pause in a thread's turn, until it is disposed of.</summary>
    public readonly struct Break(Turns? turns, Held held) : IDisposable
    {
        /// <summary>Waits for the turn again.</summary>
        public void Dispose() => turns?.Enter(held);
    }
}
