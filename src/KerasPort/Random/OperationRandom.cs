using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// TensorFlow's random ops outside of its stateless ones, <c>tf.random.normal</c> and kin: the key is the global seed, the upper counter the
/// op's own seed or, without one, the next that the global seed gives. One with a seed of its own goes on where the last such call stopped.
/// <code>
/// >>> tf.random.set_seed(5); tf.random.normal([2]).numpy()
/// array([-0.18030666, -0.95028627], dtype=float32)
/// </code>
/// </summary>
internal static class OperationRandom
{
    // What TensorFlow takes for the global seed where there is an op's seed alone.
    private const long NoGlobalSeed = 87654321;

    // Blocks of words that an op reserves for each value that it gives.
    private const long BlocksOfValue = 256;

    private static readonly Dictionary<(string Operation, long Seed), long> s_begun = [];

    /// <summary>Ops with seeds of their own begin anew.</summary>
    public static void Forget()
    {
        lock (s_begun) s_begun.Clear();
    }

    /// <summary>The generator of one op.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="seed">Its own seed; <c>null</c> for none.</param>
    /// <param name="shape">What it gives.</param>
    public static Philox Draw(string operation, long? seed, Shape shape) => Reserve(operation, seed, shape.Size * BlocksOfValue);

    /// <summary>The order of so many rows, shuffled.</summary>
    public static int[] Order(int rows, long? seed)
    {
        var order = new int[rows];
        Seeds.Shuffle(order, Reserve("shuffle", seed, (Math.Max(rows - 1, 0) + 3) / 4));
        return order;
    }

    private static Philox Reserve(string operation, long? seed, long blocks)
    {
        long global = Within(Seeds.Global ?? (seed is null ? Seeds.Entropy() : NoGlobalSeed)), own = Within(seed ?? Seeds.ForOperation());
        if (global == 0 && own == 0) own = int.MaxValue;
        RandomStates.Draw();
        long begun = 0;
        if (seed is not null)
            lock (s_begun)
            {
                s_begun.TryGetValue((operation, own), out begun);
                s_begun[(operation, own)] = begun + blocks;
            }
        return Philox.From((ulong)global, (ulong)own, (ulong)begun);
    }

    /// <summary>Names how far the ops with seeds of their own are.</summary>
    public static void Keep(TrainingState state)
    {
        lock (s_begun)
        {
            string? names = string.Join('\n', s_begun.Keys.Select(key => key.Operation));
            List<long> seeds = [.. s_begun.Keys.Select(key => key.Seed)], begun = [.. s_begun.Values];
            state.Keep("operations", ref names);
            state.Keep("seeds", seeds);
            state.Keep("begun", begun);
            if (!state.Restores) return;
            s_begun.Clear();
            foreach (var ((operation, seed), blocks) in (names?.Split('\n') ?? []).Zip(seeds).Zip(begun)) s_begun[(operation, seed)] = blocks;
        }
    }

    private static long Within(long seed) => (seed % int.MaxValue + int.MaxValue) % int.MaxValue;
}
