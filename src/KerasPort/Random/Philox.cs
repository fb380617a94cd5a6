namespace KerasPort.Random;

/// <summary>
/// Philox-4x32-10, the counter-based generator behind TensorFlow's random ops. A block is four words; the lower half of the 128-bit
/// counter numbers the blocks.
/// Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC11).
/// </summary>
internal struct Philox(uint key0, uint key1, uint upper0, uint upper1)
{
    private ulong _block;
    private int _used = 4;
    private uint _word0, _word1, _word2, _word3;

    /// <summary>
    /// The generator of TensorFlow's stateless ops for a seed pair: one block under a fixed key scrambles the seeds;
    /// its words 0 and 1 become the key, 2 and 3 the upper half of the counter.
    /// <code>
    /// >>> tf.random.stateless_uniform([2], seed=(906691060, 0), minval=-0.08111071, maxval=0.08111071)   # Dense(128) on 784 inputs, seed 0
    /// [0.00254434, -0.03097423]
    /// </code>
    /// </summary>
    public static Philox Stateless(long seed0, long seed1)
    {
        var (a, b, c, d) = Block((uint)seed0, (uint)(seed0 >> 32), (uint)seed1, (uint)(seed1 >> 32), 0x3ec8f720, 0x02461e29);
        return new Philox(a, b, c, d);
    }

    /// <summary>The generator with that key and that upper half of the counter, from a block on.</summary>
    public static Philox From(ulong key, ulong upper, ulong block) =>
        new((uint)key, (uint)(key >> 32), (uint)upper, (uint)(upper >> 32)) { _block = block };

    /// <summary>The next block of words.</summary>
    public readonly ulong NextBlock => _block;

    /// <summary>Words 0 and 1 of the key.</summary>
    public readonly ulong Key => key0 | (ulong)key1 << 32;

    /// <summary>The upper half of the counter.</summary>
    public readonly ulong Upper => upper0 | (ulong)upper1 << 32;

    /// <summary>Continues from the beginning of a block.</summary>
    public void Seek(ulong block) => (_block, _used) = (block, 4);

    /// <summary>The next 32 bits.</summary>
    public uint NextUInt32()
    {
        if (_used == 4)
        {
            (_word0, _word1, _word2, _word3) = Block((uint)_block, (uint)(_block >> 32), upper0, upper1, key0, key1);
            _block++;
            _used = 0;
        }
        return _used++ switch { 0 => _word0, 1 => _word1, 2 => _word2, _ => _word3 };
    }

    /// <summary>The next float in [0, 1): the low 23 bits as the mantissa of a number in [1, 2), minus 1.</summary>
    public float NextUnit() => Unit(NextUInt32());

    /// <summary>A word as a float in [0, 1).</summary>
    public static float Unit(uint word) => BitConverter.UInt32BitsToSingle((word & 0x7fffff) | 0x3f800000) - 1;

    /// <summary>Fills values with floats in [0, 1) from the words from a block on.</summary>
    public static void Units(ulong key, ulong upper, long block, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 4, block++)
        {
            var (a, b, c, d) = Block((uint)block, (uint)(block >> 32), (uint)upper, (uint)(upper >> 32), (uint)key, (uint)(key >> 32));
            values[i] = Unit(a);
            if (i + 1 < values.Length) values[i + 1] = Unit(b);
            if (i + 2 < values.Length) values[i + 2] = Unit(c);
            if (i + 3 < values.Length) values[i + 3] = Unit(d);
        }
    }

    /// <summary>Fills values with normals from the words from a block on.</summary>
    public static void Normals(ulong key, ulong upper, long block, Span<float> values)
    {
        for (int i = 0; i < values.Length; i += 4, block++)
        {
            var (a, b, c, d) = Block((uint)block, (uint)(block >> 32), (uint)upper, (uint)(upper >> 32), (uint)key, (uint)(key >> 32));
            (values[i], float second) = Random.Stateless.Pair(a, b);
            var (third, fourth) = Random.Stateless.Pair(c, d);
            if (i + 1 < values.Length) values[i + 1] = second;
            if (i + 2 < values.Length) values[i + 2] = third;
            if (i + 3 < values.Length) values[i + 3] = fourth;
        }
    }

    /// <summary>The block of words of counter c under key k.</summary>
    public static (uint, uint, uint, uint) Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1)
    {
        for (int round = 0; round < 10; round++)
        {
            ulong p0 = (ulong)0xD2511F53 * c0, p1 = (ulong)0xCD9E8D57 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }
        return (c0, c1, c2, c3);
    }
}
