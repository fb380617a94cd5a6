namespace KerasPort.Engines.Managed;

/// <summary>A kernel laid out anew for a product that reads all of it in each of its pieces.</summary>
internal unsafe interface ITransform : IPieces
{
    int Pieces { get; }

    /// <summary>Floats of the result: whole cache lines.</summary>
    long Size { get; }

    float* To { get; set; }
}

/// <summary>
/// Where a transformed kernel lies. A small one is made by each thread for itself, right before its first piece of the product: a core that reads what
/// another one wrote waits for the lines, and so does the other one when it writes them again in the next step. A large one is made once for all threads.
/// </summary>
internal unsafe struct ThreadTransform<T> where T : unmanaged, ITransform
{
    // Half of a second-level cache, and what copies may take in all.
    private const long MostFloats = 1 << 17, MostInAll = 1 << 21;

    private T _transform;
    private bool _isOwn;

    /// <summary>Floats that a transform of so many needs.</summary>
    public static long Room(long size, int threads) => IsOwn(size, threads) ? threads * size : size;

    private static bool IsOwn(long size, int threads) => size <= MostFloats && threads * size <= MostInAll;

    /// <summary>Makes the transform, or leaves that to the threads.</summary>
    public static ThreadTransform<T> Of(in T transform, Workers workers, [CallerMemberName] string kernel = "")
    {
        bool isOwn = IsOwn(transform.Size, workers.Threads);
        if (!isOwn) workers.Run(transform, transform.Pieces, kernel);
        return new() { _transform = transform, _isOwn = isOwn };
    }

    /// <summary>The transform that the calling thread reads in a piece.</summary>
    /// <param name="isFirst">Whether this is the thread's first piece of a run.</param>
    public readonly float* Get(bool isFirst)
    {
        if (!_isOwn) return _transform.To;
        var own = _transform;
        own.To += Workers.CurrentThread * own.Size;
        for (int piece = 0; isFirst && piece < own.Pieces; piece++) own.Run(piece);
        return own.To;
    }
}
