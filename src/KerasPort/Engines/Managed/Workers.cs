using System.Diagnostics;

namespace KerasPort.Engines.Managed;

/// <summary>Work cut into pieces that may run in any order and at the same time. What a piece is follows from shapes, not from threads.</summary>
internal interface IPieces
{
    void Run(int piece);
}

/// <summary>
/// Threads that share pieces of work. Each thread begins with its own run of pieces, the same in every kernel, so that the data it wrote is still
/// in its core's cache. A thread that is done takes pieces of the others (work stealing), so that a busy core delays only the piece it works on.
/// Between kernels the threads spin briefly, then yield, then sleep. This costs well under 1 µs a call, Parallel.For 5 to 9 µs.
/// If other processes take the cores so often that waiting costs more than sharing gains, the caller runs all pieces alone for a while.
/// </summary>
internal sealed unsafe class Workers : IDisposable
{
    [ThreadStatic]
    private static int t_thread;

    [ThreadStatic]
    private static bool t_isFirst;

    // The part of its own time that a thread waits before it takes pieces of others.
    private const int HelpAfter = 4;

    // How long callers work alone once there are as many of them as threads.
    private static readonly long s_crowded = Stopwatch.Frequency / 100;

    // A caller that hasn't ended its piece by then may have thrown an exception.
    private static readonly long s_longestPiece = Stopwatch.Frequency / 10;

    private readonly SharedLines _lines;
    private readonly SemaphoreSlim _wake = new(0), _allDone = new(0);
    private Disturbance _disturbance;
    private volatile bool _stopped;

    public Workers(int threads)
    {
        Threads = threads;
        _disturbance = new Disturbance(threads);
        _lines = new SharedLines(threads);
        for (int i = 1; i < threads; i++)
        {
            int index = i;
            new Thread(() => Work(index)) { IsBackground = true, Name = $"KerasPort worker {i}" }.Start();
        }
    }

    public int Threads { get; }

    /// <summary>
    /// The number, from 0, of the thread that a piece runs on. It selects the thread's own scratch memory within a kernel. Every caller's
    /// number is 0.
    /// </summary>
    public static int CurrentThread => t_thread;

    /// <summary>
    /// Whether a thread asks for the first time in a run of a kernel: what its scratch memory holds is then from an earlier run. It may be told so twice in
    /// a run, but never too late: as long as a thread that has run a piece takes more, the run isn't over.
    /// </summary>
    public static bool IsFirst()
    {
        bool isFirst = t_isFirst;
        t_isFirst = false;
        return isFirst;
    }

    /// <summary>Records how long each run takes; <c>null</c> if nothing is measured.</summary>
    public Profile? Profile { get; set; }

    /// <summary>
    /// Runs all pieces and returns when the last one is done. Nothing is allocated. If several callers run kernels at the same time, one
    /// of them gets the threads and the others run their pieces themselves; with as many callers as threads each runs its own.
    /// </summary>
    /// <param name="job">The work, which is cut into pieces.</param>
    /// <param name="pieces">The number of pieces.</param>
    /// <param name="kernel">The kernel's name for a <see cref="Profile"/>: the calling method.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<T>(in T job, int pieces, [CallerMemberName] string kernel = "") where T : unmanaged, IPieces
    {
        if (Profile is not { } profile)
        {
            Share(job, pieces);
            return;
        }
        long started = Stopwatch.GetTimestamp();
        Share(job, pieces);
        profile.Add(job, kernel, Stopwatch.GetTimestamp() - started);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Share<T>(in T job, int pieces) where T : unmanaged, IPieces
    {
        if (Threads == 1 || pieces <= 1 || pieces > Round.MostPieces || _disturbance.IsNow || IsCrowded())
        {
            RunAlone(job, pieces);
            return;
        }
        if (Interlocked.CompareExchange(ref _lines.IsTaken, 1, 0) != 0)
        {
            // A thread beside as many callers would wait for work on a core that one of them needs.
            if (Interlocked.Increment(ref _lines.Others) + 1 >= Threads) Volatile.Write(ref _lines.CrowdedUntil, Stopwatch.GetTimestamp() + s_crowded);
            RunAlone(job, pieces);
            Interlocked.Decrement(ref _lines.Others);
            return;
        }
        try
        {
            fixed (T* given = &job)
            {
                bool fits = sizeof(T) <= SharedLines.RoomForJob;
                if (fits) *(T*)_lines.PlaceOfJob = job;
                _lines.Job = (long)(fits ? _lines.PlaceOfJob : given);
                _lines.RunPiece = (long)(delegate*<void*, int, void>)&Invoke<T>;
                _lines.Goal = _lines.DoneByAll() + pieces;
                var round = new Round(++_lines.Rounds, pieces);
                // The caller has its first piece already: it runs it while the other cores give up the lines that it writes here.
                int own = End(0, pieces), first = Math.Min(own, 1);
                _lines.Left(0) = round.WithLeft(own - first);
                // Published last: a thread that takes a piece sees the job above it. The job can't change before its last piece is done.
                Volatile.Write(ref _lines.Current, round.Value);
                bool wakes = Wake();
                long began = Stopwatch.GetTimestamp();
                t_isFirst = true;
                if (first > 0) given->Run(0);
                // A thread may have fallen asleep before it could see the round: this one sees then that it sleeps.
                Interlocked.MemoryBarrier();
                if (!wakes) Wake();
                TakePieces(0, round, began, first);
                AwaitAll();
            }
        }
        finally
        {
            Volatile.Write(ref _lines.IsTaken, 0);
        }
    }

    private bool Wake()
    {
        int sleepers = Volatile.Read(ref _lines.Sleepers);
        if (sleepers > 0) _wake.Release(sleepers);
        return sleepers > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitAll()
    {
        var spin = new Patience();
        long began = 0;
        while (!_lines.IsAllDone())
        {
            if (began == 0 && spin.IsLong) began = Stopwatch.GetTimestamp();
            if (spin.Once()) continue;
            // This thread raises the flag before it looks once more, and the thread that is done last reads the flag afterwards. Either that
            // thread sees the flag and wakes this one, or this one sees that all pieces are done: no wake-up is lost.
            Interlocked.Exchange(ref _lines.Waits, 1);
            if (!_lines.IsAllDone() || Interlocked.Exchange(ref _lines.Waits, 0) == 0) _allDone.Wait();
        }
        if (began > 0) _disturbance.Waited(began, Stopwatch.GetTimestamp());
    }

    /// <summary>Whether as many callers as threads ran kernels at the same time a moment ago.</summary>
    private bool IsCrowded()
    {
        if (Volatile.Read(ref _lines.CrowdedUntil) is var until && until == 0) return false;
        if (Stopwatch.GetTimestamp() < until) return true;
        Interlocked.CompareExchange(ref _lines.CrowdedUntil, 0, until);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunAlone<T>(in T job, int pieces) where T : unmanaged, IPieces
    {
        var alone = job;
        t_isFirst = true;
        for (int piece = 0; piece < pieces; piece++) alone.Run(piece);
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Release(Threads);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Invoke<T>(void* job, int piece) where T : unmanaged, IPieces => ((T*)job)->Run(piece);

    /// <summary>The piece behind a thread's run.</summary>
    private int End(int thread, int pieces) => (int)((long)pieces * (thread + 1) / Threads);

    /// <summary>Runs a thread's own pieces and then others', if these take much longer. It has taken some since it began.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakePieces(int own, Round round, long began, int taken)
    {
        Report(own, taken + TakePiecesOf(own, round));
        // The others' pieces lie in their cores' caches, so this thread waits for a part of its own run's time before it helps them. It doesn't look
        // at what they write meanwhile, which would have to come back to them.
        long now = Stopwatch.GetTimestamp(), until = now + (now - began) / HelpAfter;
        while (own == 0 ? !_lines.IsAllDone() : Volatile.Read(ref _lines.Current) == round.Value)
        {
            if (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(1);
                continue;
            }
            taken = 0;
            for (int i = 1; i < Threads; i++) taken += TakePiecesOf(own + i < Threads ? own + i : own + i - Threads, round);
            Report(own, taken);
            return;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Report(int thread, int taken)
    {
        if (taken == 0) return;
        if (thread == 0)
        {
            _lines.Done(0) += taken;
            return;
        }
        Interlocked.Add(ref _lines.Done(thread), taken);
        if (Volatile.Read(ref _lines.Waits) == 1 && _lines.IsAllDone() && Interlocked.Exchange(ref _lines.Waits, 0) == 1) _allDone.Release();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakePiecesOf(int thread, Round round)
    {
        int taken = 0, first = End(thread - 1, round.Pieces), end = End(thread, round.Pieces);
        while (true)
        {
            long known = Volatile.Read(ref _lines.Left(thread));
            int left = round.Left(known);
            if (left < 0)
            {
                // Nobody took any yet, or the round is over. The caller's own are counted before the round begins.
                if (thread == 0 || Volatile.Read(ref _lines.Current) != round.Value) break;
                left = end - first;
            }
            if (left == 0) break;
            if (Interlocked.CompareExchange(ref _lines.Left(thread), round.WithLeft(left - 1), known) != known) continue;
            ((delegate*<void*, int, void>)_lines.RunPiece)((void*)_lines.Job, end - left);
            taken++;
        }
        return taken;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Work(int thread)
    {
        t_thread = thread;
        long seen = 0;
        while (!_stopped)
        {
            var spin = new Patience();
            while (Volatile.Read(ref _lines.Current) == seen && !_stopped)
            {
                // Where others want the cores a thread without work leaves its own at once: the caller then gets it, or whoever shares the caller's.
                if (spin.Once() && !(spin.IsLong && _disturbance.IsNow)) continue;
                Interlocked.Increment(ref _lines.Sleepers);
                if (Volatile.Read(ref _lines.Current) == seen && !_stopped) _wake.Wait();
                Interlocked.Decrement(ref _lines.Sleepers);
                spin = new Patience();
            }
            seen = Volatile.Read(ref _lines.Current);
            _lines.FetchJob();
            t_isFirst = true;
            TakePieces(thread, new Round(seen), Stopwatch.GetTimestamp(), 0);
            if (thread == 1) AwaitCaller(seen);
        }
    }

    /// <summary>
    /// Waits for the round's end if the caller is long in its piece, as one that has lost its core. Another thread that has lost its own keeps the caller
    /// waiting, who takes note of that.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitCaller(long round)
    {
        for (var spin = new Patience(); !spin.IsLong; spin.Once())
            if (Volatile.Read(ref _lines.Current) != round) return;
        long began = Stopwatch.GetTimestamp(), now = began;
        while (Volatile.Read(ref _lines.Current) == round && Volatile.Read(ref _lines.Waits) == 0 && !_lines.IsAllDone() && now - began < s_longestPiece)
        {
            Thread.Yield();
            now = Stopwatch.GetTimestamp();
        }
        _disturbance.WaitedForCaller(began, now);
    }

    /// <summary>
    /// Waiting that is cheap when short and leaves the core to others when long. A thread first spins, then yields to threads that are ready for
    /// this core, then sleeps until there is work: beside a busy process it wakes sooner than its next turn would come.
    /// </summary>
    private struct Patience
    {
        private const int Spins = 200, Yields = 800;     // some 10 µs and, where nobody else wants the core, 0.4 ms
        private int _count;

        /// <summary>Whether it no longer only spins.</summary>
        public readonly bool IsLong => _count >= Spins;

        /// <summary>Waits a little; <c>false</c> when it is time to sleep.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Once()
        {
            if (++_count < Spins) Thread.SpinWait(1);
            else Thread.Yield();
            return _count < Spins + Yields;
        }
    }
}
