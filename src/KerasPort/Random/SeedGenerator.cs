using System.Diagnostics.CodeAnalysis;
using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// A random state: a seed and a counter of what was drawn with it, the pair of seeds of TensorFlow's stateless random ops. A layer that draws
/// has one of its own. As in Keras a model's files don't hold it; a checkpoint of this library does, of those too that the program draws from.
/// <code>
/// >>> g = keras.random.SeedGenerator(1); g.next(), g.next()
/// ([1, 0], [1, 1])
/// </code>
/// </summary>
public sealed class SeedGenerator : IRandomState
{
    private readonly bool _isMadeInRun = RandomStates.AreMadeInRun;
    private long _counter;

    // Of pieces of a batch: far from what the batches to come draw.
    private const long Apart = 524_287;

    /// <summary>A state with that seed, or with one that is drawn now from Python's generator, as in Keras.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="name">The name.</param>
    public SeedGenerator(long? seed = null, string? name = null) => (this.seed, this.name) = (seed ?? Seeds.ForInitializer(), name ?? "seed_generator");

    /// <summary>The seed.</summary>
    public long seed { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <summary>The seeds of the next draw, which is then taken as drawn.</summary>
    public NDArray next() => new((long[])[seed, Count()], 2);

    /// <summary>The pair of seeds of the next draw, as ops take them.</summary>
    internal (long, long) NextPair() => Seed.Cast(seed, Count());

    /// <summary>The generator of the next draw.</summary>
    internal Philox Next() => Seed.Philox(seed, Count());

    /// <summary>How often it was drawn from.</summary>
    internal long Counter { get => _counter; set => _counter = value; }

    /// <summary>Goes to numbers of a piece of a batch, which are others than those of other pieces; the first piece's are those of the whole batch.</summary>
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

/// <summary>What the seed of an initializer may be: a number, which gives the same values each time, or a <see cref="SeedGenerator"/>, which goes on.</summary>
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

    /// <summary>The pair that Keras makes of a seed and a counter.</summary>
    internal static (long, long) Cast(long seed, long counter)
    {
        const long modulus = int.MaxValue - 1;
        return ((seed % modulus + modulus) % modulus, counter % modulus);
    }

    /// <summary>As Python shows it.</summary>
    public override string ToString() => Number is { } number ? PythonText.Str(number) : $"<SeedGenerator name={Generator!.name}>";
}
