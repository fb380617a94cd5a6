using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Distribution;

/// <summary>
/// Data parallelism: every process has the whole model and trains it on its own rows of each batch; gradients are summed over all processes before each
/// step. Several processes are started by <c>mpirun -n N</c>; a single one trains with the same bits.
/// </summary>
/// <remarks>
/// A batch is cut into pieces of adjacent rows, whose number follows from its size, and ranks share the pieces. Sums over a batch are made of sums over
/// pieces, in an order that follows from their number, so that weights and logs have the same bits for any number of ranks. The statistics of
/// <c>BatchNormalization</c> are those of the whole batch, as with Keras' data parallelism; a custom layer, loss or metric that combines rows sees one
/// piece at a time. Every rank runs the same program; only the first prints and saves.
/// </remarks>
public sealed class DataParallel
{
    private static readonly AsyncLocal<DataParallel?> s_here = new();
    private static DataParallel? s_all;

    private bool _warned;

    /// <summary>Creates data parallelism over all devices.</summary>
    /// <param name="device_mesh">The devices, along a single axis.</param>
    /// <param name="devices">The devices, instead of a mesh; all by default.</param>
    /// <param name="auto_shard_dataset">Whether batches of data sets are shared as those of arrays are; only true is supported.</param>
    /// <param name="pieces">The number of pieces that a batch is cut into for the ranks: by default four, or as many as have at most 32 rows.</param>
    /// <exception cref="ValueError">Other devices are given, or the number of pieces isn't positive.</exception>
    /// <exception cref="DistributionException">The processes were started by an MPI that can't be used.</exception>
    public DataParallel(DeviceMesh? device_mesh = null, IEnumerable<string>? devices = null, bool auto_shard_dataset = true, int? pieces = null)
        : this(OpenMpi.World(), pieces)
    {
        if (device_mesh is { shape.Length: > 1 })
            throw new ValueError($"DataParallel takes devices along one axis. Received: device_mesh.shape={PythonText.Repr(device_mesh.shape)}");
        string[] all = [.. Devices(Ranks, null)], given = device_mesh?.devices ?? [.. devices ?? all];
        if (!given.Order(StringComparer.Ordinal).SequenceEqual(all.Order(StringComparer.Ordinal)))
            throw new ValueError(
                $"DataParallel trains on all devices, {PythonText.Repr(all)}: start as many processes as are to train. Received: {PythonText.Repr(given)}");
        if (!auto_shard_dataset)
            throw new ValueError(
                "Each process takes its own rows of every batch: data sets that are cut by hand are not here. Received: auto_shard_dataset=False");
    }

    internal DataParallel(Ranks ranks, int? pieces = null)
    {
        if (pieces < 1) throw new ValueError($"A batch has one piece or more. Received: pieces={pieces}");
        (Ranks, Pieces) = (ranks, pieces);
    }

    /// <summary>The distribution for models that are first used from now on; <c>null</c> if each process trains by itself.</summary>
    internal static DataParallel? Current
    {
        get => s_here.Value ?? s_all;
        set
        {
            s_all = value;
            if (value is not { Ranks.Count: > 1 }) return;
            if (!value.Ranks.IsFirst) Console.SetOut(TextWriter.Null);
            Agree(value.Ranks);
        }
    }

    /// <summary>Sets the distribution for this thread, and for threads and tasks that it starts.</summary>
    internal static void UseHere(DataParallel? distribution) => s_here.Value = distribution;

    internal Ranks Ranks { get; }

    /// <summary>The number of pieces of a batch; <c>null</c> to derive it from the batch's size.</summary>
    internal int? Pieces { get; }

    /// <summary>A description of how batches are cut, on which results depend to the bit; they don't depend on the number of ranks.</summary>
    internal string Cut => Pieces is { } pieces ? $", in {pieces} pieces" : ", in pieces by their size";

    /// <summary>The number of processes that train together.</summary>
    public int num_processes => Ranks.Count;

    /// <summary>The index of this process, from 0.</summary>
    public int data_shard_id => Ranks.Rank;

    /// <summary>The number of pieces of a batch.</summary>
    /// <param name="batchSize">The rows of the batch.</param>
    /// <param name="trains">Whether to warn if some ranks have no piece.</param>
    internal int PiecesOf(int batchSize, bool trains)
    {
        int pieces = Pieces ?? BatchPart.PiecesOf(batchSize);
        if (pieces < Ranks.Count && trains && !_warned && Ranks.IsFirst)
            Console.Error.WriteLine($"UserWarning: A batch of {batchSize} rows has {pieces} pieces, so that {Ranks.Count - pieces} of {Ranks.Count} ranks "
                + "have nothing to train with: give a larger batch_size, or more pieces.");
        _warned |= trains;
        return pieces;
    }

    /// <summary>The names of the devices, one per rank.</summary>
    internal static IEnumerable<string> Devices(Ranks ranks, string? type)
    {
        string name = type?.ToLowerInvariant() ?? "cpu";
        if (name is not ("cpu" or "gpu" or "tpu")) throw new ValueError($"Unknown device type: expected cpu, gpu or tpu. Received: device_type={type}");
        return name == "cpu" ? Enumerable.Range(0, ranks.Count).Select(rank => $"{name}:{rank}") : [];
    }

    /// <summary>Makes all ranks draw the same random numbers as the first one.</summary>
    private static void Agree(Ranks ranks)
    {
        Seeds.ShareOperations(ranks.FromFirst(Seeds.Entropy()));
        var state = new TrainingState();
        Seeds.Keep(state);
        byte[] first = ranks.FromFirst([.. state.ToBytes().SelectMany(piece => piece.ToArray())])!;
        if (!ranks.IsFirst) Seeds.Keep(new TrainingState(first));
    }
}
