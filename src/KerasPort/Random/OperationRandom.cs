using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// TensorFlow's stateful random ops, such as <c>tf.random.normal</c>. The key is the global seed; the upper half of the counter is the op's own
/// seed or, without one, the next that the global seed yields. An op with its own seed continues where the last call with that seed stopped.
/// <code>
/// >>> tf.random.set_seed(5); tf.random.normal([2]).numpy()
/// array([-0.18030666, -0.95028627], dtype=float32)
/// </code>
/// </summary>
internal static class OperationRandom
{
    // TensorFlow's global seed where only the op has a seed.
    private const long NoGlobalSeed = 87654321;

    // The blocks of words that an op reserves for each value.
    private const long BlocksOfValue = 256;

    private static readonly Dictionary<(string Operation, long Seed), long> s_begun = [];

    /// <summary>Restarts the ops that have their own seed.</summary>
    public static void Forget()
    {
        lock (s_begun) s_begun.Clear();
    }

    /// <summary>The generator of one op.</summary>
    /// <param name="operation">Its name.</param>
    /// <param name="seed">Its own seed; <c>null</c> for none.</param>
    /// <param name="shape">The shape of its result.</param>
    public static Philox Draw(string operation, long? seed, Shape shape) => Reserve(operation, seed, shape.Size * BlocksOfValue);

    /// <summary>A shuffled order of rows.</summary>
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

    /// <summary>Registers the positions of the ops with their own seed for checkpoints.</summary>
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
