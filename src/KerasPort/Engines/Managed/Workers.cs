using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KerasPort.Engines.Managed;

/// <summary>Work cut into pieces that may run in any order and at the same time. What a piece is follows from shapes, not from threads.</summary>
internal interface IPieces
{
    void Run(int piece);
}

/// <summary>
/// Threads that share pieces of work, handed out one by one, so that a core taken by another process slows only its own pieces.
/// Between kernels the threads spin briefly, then yield, then sleep: Parallel.For would cost 5 to 9 µs a call, this well under one.
/// </summary>
internal sealed unsafe class Workers : IDisposable
{
    // Each hot field has cache lines of its own: 128 bytes, since processors fetch lines in pairs.
    private readonly long[] _fields = GC.AllocateArray<long>(16 * 6, pinned: true);
    private readonly SemaphoreSlim _wake = new(0);
    private delegate*<void*, int, void> _run;
    private void* _job;
    private int _sleepers;
    private volatile bool _stopped;

    public Workers(int threads)
    {
        Threads = threads;
        for (int i = 1; i < threads; i++)
            new Thread(Work) { IsBackground = true, Name = $"KerasPort worker {i}" }.Start();
    }

    public int Threads { get; }

    /// <summary>Is told what each run takes, when someone wants to know; else <c>null</c>.</summary>
    public Profile? Profile { get; set; }

    /// <summary>Pieces not handed out yet; below 0 when all are.</summary>
    private ref long Left => ref _fields[16];

    private ref long Done => ref _fields[48];

    /// <summary>
    /// Runs all pieces and returns when the last one is done. Nothing is allocated. Models that train at the same time take turns, kernel by kernel.
    /// </summary>
    /// <param name="job">What the pieces work on.</param>
    /// <param name="pieces">How many there are.</param>
    /// <param name="kernel">The kernel that they are part of, for a <see cref="Profile"/>: the caller.</param>
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

    private void Share<T>(in T job, int pieces) where T : unmanaged, IPieces
    {
        if (Threads == 1 || pieces == 1)
        {
            var alone = job;
            for (int piece = 0; piece < pieces; piece++) alone.Run(piece);
            return;
        }
        lock (_fields)
        {
            var copy = job;
            _job = &copy;
            _run = &Invoke<T>;
            Volatile.Write(ref Done, 0);
            // Published last: a thread that takes a piece sees the job above it. The job can't change before its last piece is done.
            Interlocked.Exchange(ref Left, pieces);
            if (Volatile.Read(ref _sleepers) is > 0 and int sleepers) _wake.Release(sleepers);
            TakePieces();
            var spin = new Patience();
            while (Volatile.Read(ref Done) < pieces) spin.Once();
        }
    }

    public void Dispose()
    {
        _stopped = true;
        _wake.Release(Threads);
    }

    private static void Invoke<T>(void* job, int piece) where T : unmanaged, IPieces => ((T*)job)->Run(piece);

    private void TakePieces()
    {
        long piece;
        while ((piece = Interlocked.Decrement(ref Left)) >= 0)
        {
            _run(_job, (int)piece);
            Interlocked.Increment(ref Done);
        }
    }

    private void Work()
    {
        while (!_stopped)
        {
            var spin = new Patience();
            while (Volatile.Read(ref Left) <= 0 && !_stopped)
            {
                if (spin.Once()) continue;
                Interlocked.Increment(ref _sleepers);
                if (Volatile.Read(ref Left) <= 0 && !_stopped) _wake.Wait();
                Interlocked.Decrement(ref _sleepers);
                spin = new Patience();
            }
            TakePieces();
        }
    }

    /// <summary>Waiting that costs little when short and leaves the core to others when long.</summary>
    private struct Patience
    {
        private int _count;

        /// <summary>Waits a little; <c>false</c> when it is time to sleep.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Once()
        {
            _count++;
            if (_count < 200) Thread.SpinWait(1);
            else Thread.Yield();
            return _count < 2000;
        }
    }
}
