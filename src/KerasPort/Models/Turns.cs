namespace KerasPort.Models;

/// <summary>
/// Whose turn it is to use a model. A thread that has the turn may take it again; the others follow in the order in which they came, so
/// that one which predicts all the time keeps nobody out. Layers have turns too: a model and its layers, and so models that share layers,
/// have the same.
/// </summary>
internal sealed class Turns
{
    private static long s_made;

    private readonly object _gate = new();
    private readonly long _number = Interlocked.Increment(ref s_made);
    private readonly HashSet<long> _givenUp = [];
    private volatile Turns? _joined;
    private int _owner, _depth;
    private long _tickets, _serving;

    /// <summary>Waits for the turn, and has it until the result is disposed of.</summary>
    public Turn Take()
    {
        Enter(1);
        return new Turn(this);
    }

    /// <summary>Lets others have their turns until the result is disposed of, which waits for the turn again.</summary>
    public Break LetOthers()
    {
        var own = Current;
        return own._owner == Environment.CurrentManagedThreadId ? new Break(this, own.LeaveAll()) : default;
    }

    /// <summary>Lets others have their turns, until someone says that something <see cref="Changed"/>, and waits for the turn again.</summary>
    public void WaitForChange()
    {
        var own = Current;
        int depth;
        lock (own._gate)
        {
            depth = own.LeaveAll();
            Monitor.Wait(own._gate);
        }
        Enter(depth);
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
            // The older one first, or two threads that join the same two could wait for each other.
            var (first, second) = (a.Current, b.Current);
            if (first._number > second._number) (first, second) = (second, first);
            first.EnterOwn(1);
            second.EnterOwn(1);
            if (first._joined is null && second._joined is null) second._joined = first;
            second.LeaveOwn();
            first.LeaveOwn();
            // Who waits for a change of the second one now waits at the wrong place.
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

    private void Enter(int depth)
    {
        for (var own = Current; ; own = Current)
        {
            own.EnterOwn(depth);
            if (own._joined is null) return;
            own.LeaveAll();
        }
    }

    private void EnterOwn(int depth)
    {
        int thread = Environment.CurrentManagedThreadId;
        lock (_gate)
        {
            if (_owner == thread)
            {
                _depth += depth;
                return;
            }
            long ticket = _tickets++;
            try
            {
                while (ticket != _serving) Monitor.Wait(_gate);
            }
            catch (ThreadInterruptedException)
            {
                _givenUp.Add(ticket);
                if (ticket == _serving) ServeNext();
                throw;
            }
            (_owner, _depth) = (thread, depth);
        }
    }

    private void LeaveOwn()
    {
        lock (_gate)
        {
            if (--_depth > 0) return;
            _owner = 0;
            _serving++;
            ServeNext();
        }
    }

    private int LeaveAll()
    {
        lock (_gate)
        {
            int depth = _depth;
            _depth = 1;
            LeaveOwn();
            return depth;
        }
    }

    private void ServeNext()
    {
        while (_givenUp.Remove(_serving)) _serving++;
        if (_serving < _tickets) Monitor.PulseAll(_gate);
    }

    /// <summary>A turn, until it is disposed of.</summary>
    public readonly struct Turn(Turns turns) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => turns.Current.LeaveOwn();
    }

    /// <summary>A break from one's turn, until it is disposed of.</summary>
    public readonly struct Break(Turns? turns, int depth) : IDisposable
    {
        /// <summary>Waits for the turn again.</summary>
        public void Dispose() => turns?.Enter(depth);
    }
}
