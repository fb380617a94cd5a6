using System.Runtime.InteropServices;

namespace KerasPort.Distribution;

/// <summary>
/// Processes started by <c>mpirun</c> or <c>srun</c>, over Open MPI's library, which is looked up when it is needed. Its handles are addresses of symbols
/// that it exports; other implementations, such as MPICH, have other handles.
/// </summary>
internal sealed unsafe partial class OpenMpi : Ranks
{
    private const string Library = "libmpi.so.40";
    private const int Serialized = 2;       // MPI_THREAD_SERIALIZED: calls from any thread, one at a time

    private const string Named = "KERASPORT_MPI";     // the path of a library in another folder

    private static readonly string[] s_names = [Library, "libmpi.40.dylib", "libmpi.so"];
    private static nint s_library;
    private static OpenMpi? s_world;

    private readonly nint _world, _float;

    private OpenMpi()
    {
        _world = NativeLibrary.GetExport(s_library, "ompi_mpi_comm_world");
        _float = NativeLibrary.GetExport(s_library, "ompi_mpi_float");
        Check(MPI_Init_thread(null, null, Serialized, out _), nameof(MPI_Init_thread));
        Check(MPI_Comm_set_errhandler(_world, NativeLibrary.GetExport(s_library, "ompi_mpi_errors_return")), nameof(MPI_Comm_set_errhandler));
        Check(MPI_Comm_size(_world, out int count), nameof(MPI_Comm_size));
        Check(MPI_Comm_rank(_world, out int rank), nameof(MPI_Comm_rank));
        (Count, Rank) = (count, rank);
    }

    public override int Count { get; }

    public override int Rank { get; }

    /// <summary>Whether this process was started by an MPI launcher.</summary>
    public static bool IsLaunched => IsSet("OMPI_COMM_WORLD_SIZE") || IsSet("PMIX_RANK") || IsSet("PMI_RANK");

    /// <summary>The ranks that were started together; <see cref="Ranks.Alone"/> if this process was started by itself.</summary>
    /// <exception cref="DistributionException">There is no Open MPI here, though several processes were started.</exception>
    public static Ranks World()
    {
        if (!IsLaunched) return Alone;
        if (s_world is not null) return s_world;
        s_library = Find();
        NativeLibrary.SetDllImportResolver(typeof(OpenMpi).Assembly, (name, _, _) => name == Library ? s_library : 0);
        return s_world = new OpenMpi();
    }

    /// <summary>Ends the ranks of <see cref="World"/>, which must not be used any more.</summary>
    public static void End()
    {
        if (s_world is not { } world) return;
        s_world = null;
        // MPI_Finalize waits for the other ranks, which may be gone: so it gets its own thread, and a time limit.
        var end = new Thread(() => MPI_Finalize()) { IsBackground = true };
        end.Start();
        end.Join(world.Patience);
    }

    protected internal override nint Send(int to, int tag, float[] values, int start, int count)
    {
        Check(MPI_Isend(At(values, start), count, _float, to, tag, _world, out nint request), nameof(MPI_Isend));
        return request;
    }

    protected internal override nint Receive(int from, int tag, float[] values, int start, int count)
    {
        Check(MPI_Irecv(At(values, start), count, _float, from, tag, _world, out nint request), nameof(MPI_Irecv));
        return request;
    }

    protected internal override bool IsDone(ref nint request)
    {
        Check(MPI_Test(ref request, out int done, 0), nameof(MPI_Test));
        if (done != 0) request = 0;
        return done != 0;
    }

    /// <summary>The address of an element; the arrays of transfers are pinned.</summary>
    private static float* At(float[] values, int start) => (float*)Marshal.UnsafeAddrOfPinnedArrayElement(values, start);

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    private static nint Find()
    {
        string[] names = Environment.GetEnvironmentVariable(Named) is { Length: > 0 } named ? [named] : s_names;
        foreach (string name in names)
        {
            if (!NativeLibrary.TryLoad(name, typeof(OpenMpi).Assembly, DllImportSearchPath.SafeDirectories, out nint library)) continue;
            if (NativeLibrary.TryGetExport(library, "ompi_mpi_comm_world", out _)) return library;
            NativeLibrary.Free(library);
            throw new DistributionException($"{name} is not Open MPI's, and the handles of other implementations differ: install Open MPI (openmpi-bin) "
                + "and start the processes by its mpirun, or by srun --mpi=pmix");
        }
        throw new DistributionException($"these processes were started by MPI, but there is no {names[0]} to train together with: install Open MPI "
            + $"(openmpi-bin), name its library in {Named}, or train in each by itself (--distribution none)");
    }

    private static void Check(int error, string what)
    {
        if (error != 0) throw new DistributionException($"{what} failed with error {error} of Open MPI: another rank may have been lost");
    }

    [LibraryImport(Library)]
    private static partial int MPI_Init_thread(int* argc, byte*** argv, int required, out int provided);

    [LibraryImport(Library)]
    private static partial int MPI_Finalize();

    [LibraryImport(Library)]
    private static partial int MPI_Comm_set_errhandler(nint comm, nint handler);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_size(nint comm, out int size);

    [LibraryImport(Library)]
    private static partial int MPI_Comm_rank(nint comm, out int rank);

    [LibraryImport(Library)]
    private static partial int MPI_Isend(float* values, int count, nint type, int to, int tag, nint comm, out nint request);

    [LibraryImport(Library)]
    private static partial int MPI_Irecv(float* values, int count, nint type, int from, int tag, nint comm, out nint request);

    [LibraryImport(Library)]
    private static partial int MPI_Test(ref nint request, out int done, nint status);
}
