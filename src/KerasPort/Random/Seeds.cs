using System.Security.Cryptography;
using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// The three generators that <c>keras.utils.set_random_seed</c> seeds: Python's, which gives each initializer its seed when its layer
/// is constructed; numpy's, <c>np.random</c>; and TensorFlow's global seed, which gives <c>fit</c> its row order.
/// </summary>
internal static class Seeds
{
    // Layers may be made on several threads: each gets its own number, but which one depends on their order.
    private static readonly Lock s_one = new();
    private static MersenneTwister s_python = new(Entropy());
    private static MersenneTwister? s_operations;       // TensorFlow's own, which gives its random ops their seeds
    private static (long Seed, long Counter)? s_draws;  // keras.random's, made when it is first asked
    private static long? s_global;

    /// <summary>Seeds all three.</summary>
    public static void Set(long seed)
    {
        if (seed is < 0 or > uint.MaxValue) throw new ValueError($"Seed must be between 0 and 2**32 - 1. Received: seed={seed}");
        lock (s_one) (s_python, s_draws) = (new MersenneTwister(seed), null);
        SetGlobal(seed);
        RandomState.Global.seed(seed);
    }

    /// <summary>Seeds TensorFlow's generator alone: <c>tf.random.set_seed</c>.</summary>
    public static void SetGlobal(long seed)
    {
        lock (s_one) (s_global, s_operations) = (seed, new MersenneTwister(seed));
        OperationRandom.Forget();
    }

    /// <summary>TensorFlow's global seed; <c>null</c> where none is set.</summary>
    public static long? Global
    {
        get
        {
            lock (s_one) return s_global;
        }
    }

    /// <summary>The seed of an operation that has none of its own: <c>randint(0, 2**31 - 1)</c> of a generator that the global seed seeds.</summary>
    public static long ForOperation()
    {
        lock (s_one)
        {
            if (s_operations is null) return Entropy();
            uint word;
            do word = s_operations.NextUInt32(); while (word > int.MaxValue);
            return word;
        }
    }

    /// <summary>Seeds the operations that have no seed where no global one is set.</summary>
    public static void ShareOperations(long seed)
    {
        lock (s_one) s_operations ??= new MersenneTwister(seed);
    }

    /// <summary>Makes everything random again, as before <see cref="Set"/>.</summary>
    public static void Forget()
    {
        lock (s_one) (s_python, s_global, s_operations, s_draws) = (new MersenneTwister(Entropy()), null, null, null);
        RandomState.Global.seed();
    }

    /// <summary>A seed for an initializer: Python's <c>random.randint(1, 10**9)</c>.</summary>
    public static int ForInitializer()
    {
        lock (s_one) return s_python.LayerSeed();
    }

    /// <summary>The index that Python's <c>random.choice</c> picks.</summary>
    public static int Choice(int count)
    {
        lock (s_one) return s_python.Below(count);
    }

    /// <summary>
    /// The generator of the next draw of <c>keras.random</c> without a seed. Its state starts with a seed from Python's generator; each draw advances
    /// both of its numbers.
    /// </summary>
    public static Philox ForDraw()
    {
        var (first, second) = PairForDraw();
        return Philox.Stateless(first, second);
    }

    /// <summary>The pair of seeds of that draw, as ops take it.</summary>
    public static (long First, long Second) PairForDraw()
    {
        static long After(long number) => (number + 1) * 5387 % 933199;
        lock (s_one)
        {
            RandomStates.Draw();
            var (seed, counter) = s_draws ?? (s_python.LayerSeed(), 0);
            s_draws = (After(seed), After(counter));
            return Seed.Cast(seed, counter);
        }
    }

    /// <summary>Makes <c>keras.random</c> start anew at its next draw, with a seed from Python's generator.</summary>
    public static void ForgetDraws()
    {
        lock (s_one) s_draws = null;
    }

    /// <summary>
    /// Seeds Python's generator and shuffles with it, <c>random.seed(seed); random.shuffle(order)</c>. The default seed is Python's
    /// <c>random.randint(0, 10**6)</c>.
    /// </summary>
    public static void ShuffleAsPython(Span<int> order, long? seed)
    {
        lock (s_one)
        {
            s_python = new MersenneTwister(Math.Abs(seed ?? s_python.Below(1_000_001)));
            ShuffleAsPython(order);
        }
    }

    /// <summary>Python's <c>random.shuffle(order)</c>.</summary>
    public static void ShuffleAsPython(Span<int> order)
    {
        lock (s_one)
        {
            for (int i = order.Length - 1; i > 0; i--)
            {
                int j = s_python.Below(i + 1);
                (order[i], order[j]) = (order[j], order[i]);
            }
        }
    }

    /// <summary>The key of an epoch's row order: the same for every epoch when a seed is set, as in Keras, else a different one each.</summary>
    public static long OrderKey()
    {
        lock (s_one) return (s_global ?? Entropy()) % int.MaxValue;
    }

    /// <summary>Fills <paramref name="order"/> with the rows of the next epoch in their order.</summary>
    public static void Shuffle(Span<int> order) => Shuffle(order, OrderKey());

    /// <summary>
    /// Fills <paramref name="order"/> with the rows of one epoch in the order of TensorFlow's random shuffle: key seed mod (2^31 - 1),
    /// position i swapped with i + (word i mod (n - i)).
    /// </summary>
    public static void Shuffle(Span<int> order, long key) =>
        // TensorFlow takes a pair of zero seeds for "no seed" and replaces the second by 2^31 - 1.
        Shuffle(order, new Philox((uint)key, 0, key == 0 ? int.MaxValue : 0u, 0));

    /// <summary>The same with the generator's words.</summary>
    public static void Shuffle(Span<int> order, Philox words)
    {
        for (int i = 0; i < order.Length; i++) order[i] = i;
        for (int i = 0; i < order.Length - 1; i++)
        {
            int j = i + (int)(words.NextUInt32() % (uint)(order.Length - i));
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>Registers the generators' states for checkpoints.</summary>
    public static void Keep(TrainingState state)
    {
        lock (s_one)
        {
            s_python.Keep(state);
            state.Keep("global_seed", ref s_global);
            state.Keep("draws", ref s_draws);
            bool? hasOperations = s_operations is not null;
            state.Keep("operations", ref hasOperations);
            if (hasOperations == true) state.Within("operations", (s_operations ??= new MersenneTwister(0)).Keep);
            else s_operations = null;
        }
        state.Within("tensorflow", OperationRandom.Keep);
        state.Within("numpy", ((IRandomState)RandomState.Global).Keep);
    }

    /// <summary>An unpredictable number.</summary>
    public static long Entropy() => RandomNumberGenerator.GetInt32(int.MaxValue);
}
