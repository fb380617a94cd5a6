using System.Diagnostics;
using System.Runtime.InteropServices;

namespace KerasPort.Distribution;

/// <summary>
/// The processes that train one model together, each of which is a rank. They exchange runs of floats, and every rank starts the exchanges in the same
/// order.
/// </summary>
internal abstract class Ranks
{
    private const int Yields = 2000;        // some milliseconds, after which waiting threads sleep

    private static readonly TimeSpan s_leave = TimeSpan.FromSeconds(0.5);

    private long _met;
    private TimeSpan _between;

    /// <summary>A single process.</summary>
    public static Ranks Alone { get; } = new OneRank();

    /// <summary>The ranks that train together now; <see cref="Alone"/> by default.</summary>
    public static Ranks Current => DataParallel.Current?.Ranks ?? Alone;

    /// <summary>The number of ranks.</summary>
    public abstract int Count { get; }

    /// <summary>The index of this process, from 0.</summary>
    public abstract int Rank { get; }

    /// <summary>Whether this is the rank that prints, saves and reports.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The time after which a rank that doesn't answer counts as lost.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The code with which this rank asks the others to end, such as the number of a signal that it received; 0 for none.</summary>
    public int Asks { get; private set; }

    /// <summary>The rank that asked all to end, and its code, once every rank knows it, at the same batch.</summary>
    public (int Rank, int Code)? Ending { get; private set; }

    /// <summary>Begins to send floats, which must not change until that is done.</summary>
    protected internal abstract nint Send(int to, int tag, float[] values, int start, int count);

    /// <summary>Begins to receive floats from another rank.</summary>
    protected internal abstract nint Receive(int from, int tag, float[] values, int start, int count);

    /// <summary>Whether a request is done, which then becomes 0.</summary>
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

    /// <summary>Records that all ranks have exchanged data for a batch.</summary>
    public void Met()
    {
        long now = Stopwatch.GetTimestamp();
        if (_met != 0) _between = Stopwatch.GetElapsedTime(_met, now);
        _met = now;
    }

    /// <summary>
    /// Asks the others to end with this one, and shortens the patience to the time that a batch takes: the reason to end may be that another rank is gone, and
    /// then the launcher will soon kill this one.
    /// </summary>
    public void AskToEnd(int code) => (Asks, Patience) = (code, s_leave + 2 * _between);

    /// <summary>Records the request of another rank.</summary>
    public void Hear(int rank, int code)
    {
        if (code != 0) Ending ??= (rank, code);
    }

    /// <summary>Sends the first rank's bytes to all; <c>null</c> is sent, too.</summary>
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

    /// <summary>Sends the first rank's number to all.</summary>
    public long FromFirst(long number)
    {
        Span<long> one = [number];
        FromFirst(MemoryMarshal.Cast<long, float>(one));
        return one[0];
    }

    /// <summary>Replaces the values on all ranks by those of the first.</summary>
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

/// <summary>The tags that distinguish transfers which may be under way at the same time.</summary>
internal static class Tags
{
    public const int FromFirst = 1, Results = 2, Sums = 3, Gradients = 16;
}
