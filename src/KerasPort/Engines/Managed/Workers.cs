using System.Diagnostics;
using System.Runtime.CompilerServices;

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

    // Each hot field has cache lines of its own: 128 bytes, since processors fetch lines in pairs.
    private const int Apart = 16;

    // The part of its own time that a thread waits before it takes pieces of others.
    private const int HelpAfter = 4;

    // How long callers work alone once there are as many of them as threads.
    private static readonly long s_crowded = Stopwatch.Frequency / 100;

    private readonly long[] _fields;
    private readonly SemaphoreSlim _wake = new(0), _allDone = new(0);
    private delegate*<void*, int, void> _run;
    private void* _job;
    private int _pieces, _sleepers, _waits;
    private int _others;        // callers that work alone because another one has the threads
    private long _crowdedUntil; // 0 if nobody was crowded lately
    private Disturbance _disturbance;
    private volatile bool _stopped;

    public Workers(int threads)
    {
        Threads = threads;
        _disturbance = new Disturbance(threads);
        _fields = GC.AllocateArray<long>(Apart * (threads + 4), pinned: true);
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

    /// <summary>Records how long each run takes; <c>null</c> if nothing is measured.</summary>
    public Profile? Profile { get; set; }

    /// <summary>Raised when there are pieces to take.</summary>
    private ref long Round => ref _fields[Apart];

    private ref long Done => ref _fields[2 * Apart];

    /// <summary>Pieces of a thread's run not handed out yet; 0 or below when all are.</summary>
    private ref long Left(int thread) => ref _fields[(3 + thread) * Apart];

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
        if (Threads == 1 || pieces == 1 || _disturbance.IsNow || IsCrowded())
        {
            RunAlone(job, pieces);
            return;
        }
        bool isMine = false;
        try
        {
            Monitor.TryEnter(_fields, ref isMine);
            if (!isMine)
            {
                // A thread beside as many callers would wait for work on a core that one of them needs.
                if (Interlocked.Increment(ref _others) + 1 >= Threads) Volatile.Write(ref _crowdedUntil, Stopwatch.GetTimestamp() + s_crowded);
                RunAlone(job, pieces);
                Interlocked.Decrement(ref _others);
                return;
            }
            var copy = job;
            _job = &copy;
            _run = &Invoke<T>;
            _pieces = pieces;
            Volatile.Write(ref Done, 0);
            // Published last: a thread that takes a piece sees the job above it. The job can't change before its last piece is done.
            for (int thread = 0; thread < Threads; thread++) Volatile.Write(ref Left(thread), End(thread) - End(thread - 1));
            Interlocked.Increment(ref Round);
            if (Volatile.Read(ref _sleepers) is > 0 and int sleepers) _wake.Release(sleepers);
            TakePieces(0);
            var spin = new Patience();
            long began = 0;
            while (Volatile.Read(ref Done) < pieces)
            {
                if (began == 0 && spin.IsLong) began = Stopwatch.GetTimestamp();
                if (spin.Once()) continue;
                // This thread raises the flag before it reads Done again, and the thread that completes Done reads the flag afterwards. Either that
                // thread sees the flag and wakes this one, or this one sees that all pieces are done: no wake-up is lost.
                Interlocked.Exchange(ref _waits, 1);
                if (Volatile.Read(ref Done) < pieces || Interlocked.Exchange(ref _waits, 0) == 0) _allDone.Wait();
            }
            if (began > 0) _disturbance.Waited(began, Stopwatch.GetTimestamp());
        }
        finally
        {
            if (isMine) Monitor.Exit(_fields);
        }
    }

    /// <summary>Whether as many callers as threads ran kernels at the same time a moment ago.</summary>
    private bool IsCrowded()
    {
        if (Volatile.Read(ref _crowdedUntil) is var until && until == 0) return false;
        if (Stopwatch.GetTimestamp() < until) return true;
        Interlocked.CompareExchange(ref _crowdedUntil, 0, until);
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunAlone<T>(in T job, int pieces) where T : unmanaged, IPieces
    {
        var alone = job;
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
    private int End(int thread) => (int)((long)_pieces * (thread + 1) / Threads);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakePieces(int own)
    {
        long began = Stopwatch.GetTimestamp();
        int taken = TakePiecesOf(own);
        if (AnyLeft())
        {
            // The others' pieces lie in their cores' caches, so this thread waits for a part of its own run's time before it helps them.
            long now = Stopwatch.GetTimestamp(), until = now + (now - began) / HelpAfter;
            while (Stopwatch.GetTimestamp() < until && AnyLeft()) Thread.SpinWait(1);
            for (int i = 1; i < Threads; i++) taken += TakePiecesOf(own + i < Threads ? own + i : own + i - Threads);
        }
        if (taken > 0 && Interlocked.Add(ref Done, taken) == _pieces && own != 0 && Interlocked.Exchange(ref _waits, 0) == 1) _allDone.Release();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool AnyLeft()
    {
        for (int thread = 0; thread < Threads; thread++) if (Volatile.Read(ref Left(thread)) > 0) return true;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int TakePiecesOf(int thread)
    {
        int taken = 0;
        long left;
        while (Volatile.Read(ref Left(thread)) > 0 && (left = Interlocked.Decrement(ref Left(thread))) >= 0)
        {
            _run(_job, End(thread) - 1 - (int)left);
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
            while (Volatile.Read(ref Round) == seen && !_stopped)
            {
                if (spin.Once()) continue;
                Interlocked.Increment(ref _sleepers);
                if (Volatile.Read(ref Round) == seen && !_stopped) _wake.Wait();
                Interlocked.Decrement(ref _sleepers);
                spin = new Patience();
            }
            seen = Volatile.Read(ref Round);
            TakePieces(thread);
        }
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
