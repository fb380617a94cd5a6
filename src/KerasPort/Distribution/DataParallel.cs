using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Distribution;

/// <summary>
/// Every process has the whole model and trains it with its own rows of each batch; gradients are added up over all of them before each step. Several
/// processes are started by <c>mpirun -n N</c>; one by itself trains with the same bits.
/// </summary>
/// <remarks>
/// A batch is cut into pieces whose number follows from its size, each of neighbouring rows; ranks share them. Sums over a batch are made of sums over
/// pieces in an order that follows from their number, so that weights and logs are the same bits for any number of ranks. Statistics of
/// <c>BatchNormalization</c> are those of the whole batch, as Keras' data parallelism has them; what a layer, loss or metric of your own
/// says of several rows together is said of a piece. Every rank runs the same program; the first alone prints and saves.
/// </remarks>
public sealed class DataParallel
{
    private static readonly AsyncLocal<DataParallel?> s_here = new();
    private static DataParallel? s_all;

    private bool _warned;

    /// <summary>Data parallelism over all devices.</summary>
    /// <param name="device_mesh">The devices, along one axis.</param>
    /// <param name="devices">The devices, in place of a mesh; all without.</param>
    /// <param name="auto_shard_dataset">Whether batches of data sets are shared as those of arrays are; nothing else is here.</param>
    /// <param name="pieces">Pieces that a batch is cut into, of which ranks take their parts: by default four, or as many as have 32 rows at the most.</param>
    /// <exception cref="ValueError">There are other devices, or no pieces.</exception>
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

    /// <summary>The distribution that models are trained with from when they are first used; <c>null</c> where each process trains by itself.</summary>
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

    /// <summary>Sets it for what this thread does and starts.</summary>
    internal static void UseHere(DataParallel? distribution) => s_here.Value = distribution;

    internal Ranks Ranks { get; }

    /// <summary>Pieces of a batch; <c>null</c> for as many as follow from its size.</summary>
    internal int? Pieces { get; }

    /// <summary>How batches are cut, in words: bits depend on it, and not on the number of ranks.</summary>
    internal string Cut => Pieces is { } pieces ? $", in {pieces} pieces" : ", in pieces by their size";

    /// <summary>How many processes train together.</summary>
    public int num_processes => Ranks.Count;

    /// <summary>The number of this process, from 0.</summary>
    public int data_shard_id => Ranks.Rank;

    /// <summary>Pieces of a batch of so many rows.</summary>
    /// <param name="batchSize">The rows.</param>
    /// <param name="trains">Whether it is worth a word when some ranks have none of them.</param>
    internal int PiecesOf(int batchSize, bool trains)
    {
        int pieces = Pieces ?? BatchPart.PiecesOf(batchSize);
        if (pieces < Ranks.Count && trains && !_warned && Ranks.IsFirst)
            Console.Error.WriteLine($"UserWarning: A batch of {batchSize} rows has {pieces} pieces, so that {Ranks.Count - pieces} of {Ranks.Count} ranks "
                + "have nothing to train with: give a larger batch_size, or more pieces.");
        _warned |= trains;
        return pieces;
    }

    /// <summary>A device for each rank.</summary>
    internal static IEnumerable<string> Devices(Ranks ranks, string? type)
    {
        string name = type?.ToLowerInvariant() ?? "cpu";
        if (name is not ("cpu" or "gpu" or "tpu")) throw new ValueError($"Unknown device type: expected cpu, gpu or tpu. Received: device_type={type}");
        return name == "cpu" ? Enumerable.Range(0, ranks.Count).Select(rank => $"{name}:{rank}") : [];
    }

    /// <summary>All ranks draw what the first one draws.</summary>
    private static void Agree(Ranks ranks)
    {
        Seeds.ShareOperations(ranks.FromFirst(Seeds.Entropy()));
        var state = new TrainingState();
        Seeds.Keep(state);
        byte[] first = ranks.FromFirst([.. state.ToBytes().SelectMany(piece => piece.ToArray())])!;
        if (!ranks.IsFirst) Seeds.Keep(new TrainingState(first));
    }
}
