using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace KerasPort.Engines.Managed;

/// <summary>
/// What threads that share work write for each other. A line that another core has read costs a write some hundred cycles, and the next read there as
/// many, so each line here has one writer, or is written seldom. They lie outside of any object, whose header and other fields would share lines with them.
/// </summary>
internal sealed unsafe class SharedLines
{
    /// <summary>Larger jobs stay where their caller has them.</summary>
    public const int RoomForJob = 8 * Line - 4 * sizeof(long);

    // Processors fetch lines in pairs.
    private const int Line = 128;

    private readonly long[] _memory;        // keeps the lines alive
    private readonly byte* _first;
    private readonly int _threads;

    public SharedLines(int threads)
    {
        _threads = threads;
        _memory = GC.AllocateArray<long>((11 + 2 * threads) * Line / sizeof(long), pinned: true);
        _first = (byte*)(((nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_memory)) + Line - 1) & -Line);
    }

    /// <summary>Whether a caller has the threads.</summary>
    public ref int IsTaken => ref *(int*)_first;

    /// <summary>Callers that work alone because another one has the threads.</summary>
    public ref int Others => ref *(int*)(_first + sizeof(int));

    /// <summary>The time up to which all callers work alone; 0 if nobody was crowded lately.</summary>
    public ref long CrowdedUntil => ref At(0, 1);

    /// <summary>Rounds begun so far.</summary>
    public ref long Rounds => ref At(0, 2);

    /// <summary>Threads that sleep.</summary>
    public ref int Sleepers => ref *(int*)(_first + Line);

    /// <summary>1 if the caller sleeps until the last piece is done.</summary>
    public ref int Waits => ref *(int*)(_first + Line + sizeof(int));

    /// <summary>The current <see cref="Round"/>. Its caller writes it last, and from here to the job nothing changes until the round is over.</summary>
    public ref long Current => ref At(2, 0);

    /// <summary>The method that runs a piece of the job.</summary>
    public ref long RunPiece => ref At(2, 1);

    /// <summary>The job's address.</summary>
    public ref long Job => ref At(2, 2);

    /// <summary>The pieces that all threads have run in all rounds when this round is over.</summary>
    public ref long Goal => ref At(2, 3);

    /// <summary>Where a job lies if there is room, so that it comes to the threads with the round.</summary>
    public void* PlaceOfJob => _first + 2 * Line + 4 * sizeof(long);

    /// <summary>The pieces of a thread's run that nobody took yet, with their round.</summary>
    public ref long Left(int thread) => ref At(10 + thread, 0);

    /// <summary>The pieces that a thread has run in all rounds.</summary>
    public ref long Done(int thread) => ref At(10 + _threads + thread, 0);

    /// <summary>The pieces that all threads have run in all rounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public long DoneByAll()
    {
        long done = 0;
        for (int thread = 0; thread < _threads; thread++) done += Volatile.Read(ref Done(thread));
        return done;
    }

    /// <summary>Whether the round is over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAllDone() => Volatile.Read(ref Goal) is var goal && DoneByAll() >= goal;

    /// <summary>Starts fetching the job's first lines.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void FetchJob()
    {
        if (!Sse.IsSupported) return;
        for (int line = 1; line < 4; line++) Sse.Prefetch0(_first + 2 * Line + line * Line / 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref long At(int line, int place) => ref ((long*)(_first + line * Line))[place];
}

/// <summary>The number of a round and of its pieces, in one word that is read and written at once.</summary>
internal readonly record struct Round(long Value)
{
    private const int Bits = 24;

    /// <summary>The most pieces that there is room for.</summary>
    public const int MostPieces = (1 << Bits) - 1;

    public Round(long number, int pieces) : this((number << Bits) + pieces) { }

    public int Pieces => (int)(Value & MostPieces);

    /// <summary>The round's number with that many pieces.</summary>
    public long WithLeft(int pieces) => (Value & ~(long)MostPieces) + pieces;

    /// <summary>The pieces in a word that <see cref="WithLeft"/> gave; -1 if another round did.</summary>
    public int Left(long word) => word >> Bits == Value >> Bits ? (int)(word & MostPieces) : -1;
}
