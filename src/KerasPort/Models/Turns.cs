using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KerasPort.Models;

/// <summary>
/// Whose turn it is to use a model: that of one thread, or of several at a time that change nothing. A thread that has the turn may take it
/// again; the others follow in the order in which they came, so that constant predictions keep nobody out. Only a thread that shares
/// the turn may pass others that wait to share it, for half a millisecond. Layers have turns too: a model has the same as its layers, and so
/// have models that share layers.
/// </summary>
internal sealed class Turns
{
    private static long s_made;

    private readonly object _gate = new();
    private readonly long _number = Interlocked.Increment(ref s_made);
    private readonly List<Waiter> _waiting = [];                // in the order in which they came
    private readonly Dictionary<int, Shared> _sharing = [];     // by thread
    private volatile Turns? _joined;
    private int _owner, _depth;
    private Shared _before;     // what the owner shared when it asked for the turn alone

    [ThreadStatic]
    private static Waiter? t_waiter;

    /// <summary>Waits for the turn, and has it alone until the result is disposed of. A thread that shares one lets others have theirs meanwhile.</summary>
    public Turn Take()
    {
        Enter(new Held(1, default));
        return new Turn(this);
    }

    /// <summary>Waits for the turn, and shares it with up to <paramref name="most"/> threads in all until the result is disposed of.</summary>
    public Turn Share(int most)
    {
        Enter(new Held(0, new Shared(1, most)));
        return new Turn(this);
    }

    /// <summary>Lets others have their turns until the result is disposed of, which waits for the turn again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Break LetOthers() => Current.LeaveAll() is { IsNone: false } held ? new Break(this, held) : default;

    /// <summary>Lets others have their turns, until someone says that something <see cref="Changed"/>, and waits for the turn again.</summary>
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

    /// <summary>Wakes those who wait for a change.</summary>
    public void Changed()
    {
        var own = Current;
        lock (own._gate) Monitor.PulseAll(own._gate);
    }

    /// <summary>Makes the turns of both the same from here on. The caller has neither.</summary>
    public static void Join(Turns a, Turns b)
    {
        while (a.Current != b.Current)
        {
            // The lock of the older one comes first: two threads that join the same two could otherwise wait for each other.
            var (first, second) = (a.Current, b.Current);
            if (first._number > second._number) (first, second) = (second, first);
            first.EnterOwn(new Held(1, default));
            second.EnterOwn(new Held(1, default));
            if (first._joined is null && second._joined is null) second._joined = first;
            second.LeaveOwn();
            first.LeaveOwn();
            // Threads that wait for a change of the second one now wait at the wrong place.
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
                // The shared turn is left first: two threads that share it and both want it alone would wait for each other.
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
    /// Whether the threads that wait may be passed. A thread that shares passes others that wait to share, for a moment: waking a thread takes longer
    /// than many a prediction, and the turn would be idle meanwhile.
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

    /// <summary>Gives the turn to the threads that wait, as long as there is room for the first of them. Those that may be passed are woken.</summary>
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
            // A thread that was interrupted while it waited to resume its turn has none any more.
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

    /// <summary>A thread that waits.</summary>
    private sealed class Waiter(int thread)
    {
        private static readonly long s_longest = Stopwatch.Frequency / 2000;

        private long _since;
        private bool _isCalled, _isIn;

        public int Thread => thread;

        public Held Wanted { get; private set; }

        /// <summary>Whether it has waited so long that nobody may pass it.</summary>
        public bool IsOverdue => Stopwatch.GetTimestamp() - _since > s_longest;

        public void Begin(in Held wanted) => (Wanted, _since, _isCalled, _isIn) = (wanted, Stopwatch.GetTimestamp(), false, false);

        /// <summary>Wakes it: it has the turn, or there may be room.</summary>
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

        /// <summary>Waits for a call, and returns whether it was let in.</summary>
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

    /// <summary>How many times a thread has the turn alone, and its share before that.</summary>
    internal readonly record struct Held(int Alone, Shared Shared)
    {
        public bool IsNone => Alone == 0 && Shared.Depth == 0;
    }

    /// <summary>A turn, until it is disposed of.</summary>
    public readonly struct Turn(Turns? turns) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => turns?.Current.LeaveOwn();
    }

    /// <summary>A break from one's turn, until it is disposed of.</summary>
    public readonly struct Break(Turns? turns, Held held) : IDisposable
    {
        /// <summary>Waits for the turn again.</summary>
        public void Dispose() => turns?.Enter(held);
    }
}
