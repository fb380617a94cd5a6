using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KerasPort.Distribution;

/// <summary>
/// The processes that train one model together, of which each is a rank. They send each other runs of floats; whatever is exchanged, every rank
/// asks for it in the same order.
/// </summary>
internal abstract class Ranks
{
    private const int Yields = 2000;        // some milliseconds, before waiting leaves the core to others

    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(0.5);

    private long _met;
    private TimeSpan _between;

    /// <summary>One process by itself.</summary>
    public static Ranks Alone { get; } = new OneRank();

    /// <summary>Those that train together now; <see cref="Alone"/> where nobody said so.</summary>
    public static Ranks Current => DataParallel.Current?.Ranks ?? Alone;

    /// <summary>How many there are.</summary>
    public abstract int Count { get; }

    /// <summary>Which one this process is, from 0 on.</summary>
    public abstract int Rank { get; }

    /// <summary>Whether it is the one that prints, saves and reports.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>How long another rank may keep this one waiting before it counts as lost.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What this rank asks the others to end with, such as the number of a signal that it got; 0 for nothing.</summary>
    public int Asks { get; private set; }

    /// <summary>The rank that asked all to end, and what it asked with, once every rank knows it with the same batch.</summary>
    public (int Rank, int Code)? Ending { get; private set; }

    /// <summary>Begins to send floats, which stay as they are until that is done.</summary>
    protected internal abstract nint Send(int to, int tag, float[] values, int start, int count);

    /// <summary>Begins to receive as many floats as the other rank sends.</summary>
    protected internal abstract nint Receive(int from, int tag, float[] values, int start, int count);

    /// <summary>Whether it is done; then the request is 0.</summary>
    protected internal abstract bool IsDone(ref nint request);

    /// <summary>Waits for a transfer.</summary>
    /// <exception cref="DistributionException">A rank didn't answer.</exception>
    public void Wait(Transfer transfer)
    {
        if (transfer.IsDone()) return;
        long began = Stopwatch.GetTimestamp();
        for (int turns = 0; !transfer.IsDone(); turns++)
        {
            if (turns < Yields)
            {
                Thread.Yield();
                continue;
            }
            Thread.Sleep(turns < 2 * Yields ? 0 : 1);
            if (Stopwatch.GetElapsedTime(began) is var waited && waited > Patience) throw Lost(transfer.Missing(), waited);
        }
    }

    /// <summary>All ranks have told each other of a batch.</summary>
    public void Met()
    {
        long now = Stopwatch.GetTimestamp();
        if (_met != 0) _between = Stopwatch.GetElapsedTime(_met, now);
        _met = now;
    }

    /// <summary>
    /// Asks the others to end with this one, and waits for them no longer than they need for a batch: whoever asked this one to end may do so because
    /// another is gone, and soon ends it by force.
    /// </summary>
    public void AskToEnd(int code) => (Asks, Patience) = (code, s_leave + 2 * _between);

    /// <summary>Learns what other ranks ask for.</summary>
    public void Hear(int rank, int code)
    {
        if (code != 0) Ending ??= (rank, code);
    }

    /// <summary>What the first rank has, <c>null</c> included, for all.</summary>
    public byte[]? FromFirst(byte[]? bytes)
    {
        if (Count == 1) return bytes;
        float[] size = [BitConverter.Int32BitsToSingle(bytes?.Length ?? -1)];
        FromFirst(size);
        int length = BitConverter.SingleToInt32Bits(size[0]);
        if (length < 0) return null;
        var floats = new float[length / sizeof(float) + 1];
        if (IsFirst) bytes.CopyTo(MemoryMarshal.AsBytes(floats.AsSpan()));
        FromFirst(floats);
        return MemoryMarshal.AsBytes(floats.AsSpan())[..length].ToArray();
    }

    /// <summary>The number that the first rank has.</summary>
    public long FromFirst(long number)
    {
        Span<long> one = [number];
        FromFirst(MemoryMarshal.Cast<long, float>(one));
        return one[0];
    }

    /// <summary>Puts what the first rank has in place of what the others have.</summary>
    public void FromFirst(Span<float> values)
    {
        if (Count == 1) return;
        int[] nothing = new int[Count], all = [.. Enumerable.Repeat(values.Length, Count)], first = new int[Count];
        first[0] = values.Length;
        var transfer = new Transfer(this, Tags.FromFirst, IsFirst ? all : nothing, new int[Count], first, new int[Count]);
        if (IsFirst) values.CopyTo(transfer.From);
        transfer.Begin();
        Wait(transfer);
        transfer.To.AsSpan(0, values.Length).CopyTo(values);
    }

    private DistributionException Lost(IReadOnlyList<int> missing, TimeSpan waited) => new(
        $"{(missing is [var one] ? $"rank {one} has" : $"ranks {string.Join(", ", missing)} have")} not answered rank {Rank} for {waited.TotalSeconds:0.#} s: "
        + "it died, hangs or was stopped");

    private sealed class OneRank : Ranks
    {
        public override int Count => 1;

        public override int Rank => 0;

        protected internal override nint Send(int to, int tag, float[] values, int start, int count) => throw new InvalidOperationException();

        protected internal override nint Receive(int from, int tag, float[] values, int start, int count) => throw new InvalidOperationException();

        protected internal override bool IsDone(ref nint request) => true;
    }
}

/// <summary>What transfers that may be under way at the same time are told apart by.</summary>
internal static class Tags
{
    public const int FromFirst = 1, Results = 2, Sums = 3, Gradients = 16;
}
