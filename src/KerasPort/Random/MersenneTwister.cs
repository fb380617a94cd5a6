using System.Numerics;
using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>
/// MT19937, the generator of Python's <c>random</c> and numpy's <c>RandomState</c>, which seed it differently.
/// <code>
/// >>> random.seed(0); [random.randint(1, 10**9) for _ in range(3)]
/// [906691060, 413654000, 813847340]
/// </code>
/// Source: Matsumoto and Nishimura, Mersenne Twister (ACM TOMACS 8, 1998), init_genrand and init_by_array of 2002; CPython's random module.
/// </summary>
internal sealed class MersenneTwister
{
    private const int N = 624, M = 397;
    private readonly uint[] _state = new uint[N], _words = new uint[N];
    private int _next = N;

    /// <summary>The generator after <c>random.seed(seed)</c>: init_by_array over the 32-bit limbs of the absolute value, low limb first.</summary>
    public MersenneTwister(long seed)
    {
        ulong magnitude = seed < 0 ? (ulong)-(seed + 1) + 1 : (ulong)seed;
        ReadOnlySpan<uint> key = magnitude > uint.MaxValue ? [(uint)magnitude, (uint)(magnitude >> 32)] : [(uint)magnitude];
        Fill(19650218);
        int i = 1;
        for (int k = 0, j = 0; k < N; k++)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1664525u)) + key[j] + (uint)j;
            j = (j + 1) % key.Length;
            Advance(ref i);
        }
        for (int k = 0; k < N - 1; k++)
        {
            _state[i] = (_state[i] ^ ((_state[i - 1] ^ (_state[i - 1] >> 30)) * 1566083941u)) - (uint)i;
            Advance(ref i);
        }
        _state[0] = 0x80000000;
    }

    private MersenneTwister(uint word) => Fill(word);

    /// <summary>The generator after numpy's <c>RandomState(seed)</c>: init_genrand of that word.</summary>
    public static MersenneTwister OfWord(uint seed) => new(seed);

    /// <summary>The generator with that state; <c>null</c> if it isn't one.</summary>
    public static MersenneTwister? OfState(uint[] words, int next)
    {
        if (words.Length != N || next is < 0 or > N) return null;
        var made = new MersenneTwister(0u) { _next = next };
        words.CopyTo(made._state, 0);
        made.Temper();
        return made;
    }

    /// <summary>The state and the index of its next word.</summary>
    public (uint[] Words, int Next) State() => ([.. _state], _next);

    private void Fill(uint word)
    {
        _state[0] = word;
        for (int n = 1; n < N; n++) _state[n] = 1812433253u * (_state[n - 1] ^ (_state[n - 1] >> 30)) + (uint)n;
    }

    private void Advance(ref int i)
    {
        if (++i < N) return;
        _state[0] = _state[N - 1];
        i = 1;
    }

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_next == N) Turn();
        return _words[_next++];
    }

    /// <summary>Numbers from least to least + range, inclusive: words masked to the bits of the range, drawn again while they exceed it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<long> values, long least, uint range)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(range);
        for (int i = 0; i < values.Length;)
        {
            if (_next == N) Turn();
            int next = _next;
            // A number that is too large is written and then overwritten, which costs less than a mispredicted branch.
            for (; next < N && i < values.Length; next++)
            {
                uint value = _words[next] & mask;
                values[i] = least + value;
                i += value <= range ? 1 : 0;
            }
            _next = next;
        }
    }

    // A word of the new state depends on the old words at its index and the next, and on one 397 words on, so that whole vectors can be computed at once.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Turn()
    {
        ref uint s = ref _state[0];
        int i = 0;
        for (; i <= N - M - Vector<uint>.Count; i += Vector<uint>.Count)
            (At(ref s, i + M) ^ Mixed(At(ref s, i), At(ref s, i + 1))).StoreUnsafe(ref s, (nuint)i);
        for (; i < N - M; i++) _state[i] = _state[i + M] ^ Mixed(_state[i], _state[i + 1]);
        for (; i < N - 1 - Vector<uint>.Count; i += Vector<uint>.Count)
            (At(ref s, i + M - N) ^ Mixed(At(ref s, i), At(ref s, i + 1))).StoreUnsafe(ref s, (nuint)i);
        for (; i < N - 1; i++) _state[i] = _state[i + M - N] ^ Mixed(_state[i], _state[i + 1]);
        _state[N - 1] = _state[M - 1] ^ Mixed(_state[N - 1], _state[0]);
        Temper();
        _next = 0;

        static Vector<uint> At(ref uint s, int i) => Vector.LoadUnsafe(ref s, (nuint)i);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Temper()
    {
        int i = 0;
        for (; i <= N - Vector<uint>.Count; i += Vector<uint>.Count)
        {
            var x = new Vector<uint>(_state, i);
            x ^= x >>> 11;
            x ^= (x << 7) & new Vector<uint>(0x9d2c5680);
            x ^= (x << 15) & new Vector<uint>(0xefc60000);
            (x ^ (x >>> 18)).CopyTo(_words, i);
        }
        for (; i < N; i++)
        {
            uint x = _state[i];
            x ^= x >> 11;
            x ^= (x << 7) & 0x9d2c5680;
            x ^= (x << 15) & 0xefc60000;
            _words[i] = x ^ (x >> 18);
        }
    }

    private static Vector<uint> Mixed(Vector<uint> high, Vector<uint> low)
    {
        var y = (high & new Vector<uint>(0x80000000)) | (low & new Vector<uint>(0x7fffffff));
        return (y >>> 1) ^ ((y & Vector<uint>.One) * 0x9908b0df);
    }

    private static uint Mixed(uint high, uint low)
    {
        uint y = (high & 0x80000000) | (low & 0x7fffffff);
        return (y >> 1) ^ ((y & 1) * 0x9908b0df);
    }

    /// <summary>Registers the generator's state for checkpoints: that of Python's <c>random.getstate()</c>.</summary>
    public void Keep(TrainingState state)
    {
        state.Keep("twister", _state.AsSpan());
        state.Keep("twister_next", ref _next);
        Temper();
    }

    /// <summary>Python's <c>random.randint(1, 10**9)</c>, from which each layer gets its seed.</summary>
    public int LayerSeed() => Below(1_000_000_000) + 1;

    /// <summary>Python's <c>random.randrange(count)</c>: as many bits as the count has, drawn again until they are below it.</summary>
    public int Below(int count)
    {
        int unused = BitOperations.LeadingZeroCount((uint)count);
        uint value;
        do value = NextUInt32() >> unused; while (value >= count);
        return (int)value;
    }
}
