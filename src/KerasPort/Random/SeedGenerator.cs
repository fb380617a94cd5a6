using System.Diagnostics.CodeAnalysis;
using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// A random state: a seed and a counter of draws, which together are the seed pair of TensorFlow's stateless random ops. Each layer that draws
/// has its own. As in Keras, model files don't hold it; checkpoints of this library do, also for generators that the program itself draws from.
/// <code>
/// >>> g = keras.random.SeedGenerator(1); g.next(), g.next()
/// ([1, 0], [1, 1])
/// </code>
/// </summary>
public sealed class SeedGenerator : IRandomState
{
    private readonly bool _isMadeInRun = RandomStates.AreMadeInRun;
    private long _counter;

    // The distance between the counters of a batch's pieces: far from those that later batches use.
    private const long Apart = 524_287;

    /// <summary>A state with that seed, or with one drawn now from Python's generator, as in Keras.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="name">The name.</param>
    public SeedGenerator(long? seed = null, string? name = null) => (this.seed, this.name) = (seed ?? Seeds.ForInitializer(), name ?? "seed_generator");

    /// <summary>The seed.</summary>
    public long seed { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>The pair of seeds of the next draw; increments the counter.</summary>
    public NDArray next() => new((long[])[seed, Count()], 2);

    /// <summary>The pair of seeds of the next draw, as ops take them.</summary>
    internal (long, long) NextPair() => Seed.Cast(seed, Count());

    /// <summary>The generator of the next draw.</summary>
    internal Philox Next() => Seed.Philox(seed, Count());

    /// <summary>The number of draws so far.</summary>
    internal long Counter { get => _counter; set => _counter = value; }

    /// <summary>Moves on to the numbers of another piece of a batch. Pieces have different numbers; the first has those of the whole batch.</summary>
    internal void Move(int pieces) => _counter += pieces * Apart;

    private long Count()
    {
        RandomStates.Draw(this, _isMadeInRun);
        return _counter++;
    }

    string IRandomState.Kind => $"{nameof(SeedGenerator)} {seed} {name.ReplaceLineEndings(" ")}";

    /// <inheritdoc/>
    void IRandomState.Keep(TrainingState state) => Keep(state);

    internal void Keep(TrainingState state) => state.Keep("counter", ref _counter);
}

/// <summary>The seed of an initializer: a number, which gives the same values each time, or a <see cref="SeedGenerator"/>, which advances.</summary>
public sealed class Seed
{
    private Seed(long? number, SeedGenerator? generator) => (Number, Generator) = (number, generator);

    internal long? Number { get; }

    internal SeedGenerator? Generator { get; }

    /// <summary>A number.</summary>
    [return: NotNullIfNotNull(nameof(number))]
    public static implicit operator Seed?(long? number) => number is null ? null : new(number, null);

    /// <summary>A generator.</summary>
    [return: NotNullIfNotNull(nameof(generator))]
    public static implicit operator Seed?(SeedGenerator? generator) => generator is null ? null : new(null, generator);

    /// <summary>The generator of an initializer's next draw.</summary>
    internal Philox Draw() => Generator?.Next() ?? Philox(Number!.Value, 0);

    /// <summary>The pair of seeds of the next draw, as ops take them.</summary>
    internal (long First, long Second) DrawPair() => Generator?.NextPair() ?? Cast(Number!.Value, 0);

    /// <summary>The generator of a pair of seeds, each first cast as Keras does: floor modulo 2^31 - 2.</summary>
    internal static Philox Philox(long seed, long counter)
    {
        var (first, second) = Cast(seed, counter);
        return Random.Philox.Stateless(first, second);
    }

    /// <summary>The seed pair that Keras makes of a seed and a counter.</summary>
    internal static (long, long) Cast(long seed, long counter)
    {
        const long modulus = int.MaxValue - 1;
        return ((seed % modulus + modulus) % modulus, counter % modulus);
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => Number is { } number ? PythonText.Str(number) : $"<SeedGenerator name={Generator!.name}>";
}
