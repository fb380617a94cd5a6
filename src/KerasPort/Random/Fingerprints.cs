using System.Buffers.Binary;
using System.Text;
using static System.Numerics.BitOperations;

namespace KerasPort.Random;

/// <summary>
/// The hashes by which TensorFlow puts strings into buckets: FarmHash's Fingerprint64 (the 64 bit hash of its namespace <c>na</c>), SipHash-2-4
/// with a key, and the fingerprint of two fingerprints. Sources: github.com/google/farmhash, Aumasson and Bernstein, SipHash (2012).
/// <code>tf.strings.to_hash_bucket_fast(["keras"], 1 &lt;&lt; 62), tf.strings.to_hash_bucket_strong(["keras"], 1 &lt;&lt; 62, [1, 2])</code>
/// No maintained package on NuGet has either.
/// </summary>
internal static class Fingerprints
{
    private const ulong K0 = 0xc3a5c85c97cb3127, K1 = 0xb492b66fbe98f273, K2 = 0x9ae16a3b2f90404f, KeyOfPairs = 0xc6a4a7935bd1e995;

    /// <summary>FarmHash's fingerprint of a text in UTF-8.</summary>
    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <summary>FarmHash's fingerprint of bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> s) => s.Length switch
    {
        <= 16 => UpTo16(s),
        <= 32 => UpTo32(s),
        <= 64 => UpTo64(s),
        _ => Longer(s),
    };

    /// <summary>The fingerprint of two in that order.</summary>
    public static ulong OfBoth(ulong first, ulong second)
    {
        ulong both = first ^ KeyOfPairs ^ (Mixed(second * KeyOfPairs) * KeyOfPairs);
        return Mixed(Mixed(both * KeyOfPairs) * KeyOfPairs);
    }

    /// <summary>SipHash-2-4 of a text in UTF-8, with a key of two numbers.</summary>
    public static ulong Keyed(string text, long first, long second)
    {
        ReadOnlySpan<byte> s = Encoding.UTF8.GetBytes(text);
        ulong k0 = (ulong)first, k1 = (ulong)second;
        ulong a = k0 ^ 0x736f6d6570736575, b = k1 ^ 0x646f72616e646f6d, c = k0 ^ 0x6c7967656e657261, d = k1 ^ 0x7465646279746573;
        void Rounds(int count)
        {
            for (; count > 0; count--)
            {
                (a, c) = (a + b, c + d);
                (b, d) = (RotateLeft(b, 13) ^ a, RotateLeft(d, 16) ^ c);
                (a, c) = (RotateLeft(a, 32) + d, c + b);
                (b, d) = (RotateLeft(b, 17) ^ c, RotateLeft(d, 21) ^ a);
                c = RotateLeft(c, 32);
            }
        }
        void Take(ulong word)
        {
            d ^= word;
            Rounds(2);
            a ^= word;
        }
        int whole = s.Length / 8 * 8;
        for (int at = 0; at < whole; at += 8) Take(Word(s, at));
        ulong last = (ulong)s.Length << 56;
        for (int i = whole; i < s.Length; i++) last |= (ulong)s[i] << (8 * (i - whole));
        Take(last);
        c ^= 0xff;
        Rounds(4);
        return a ^ b ^ c ^ d;
    }

    private static ulong Word(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static ulong Half(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);

    private static ulong Mixed(ulong value) => value ^ (value >> 47);

    private static ulong Joined(ulong u, ulong v, ulong factor)
    {
        ulong a = Mixed((u ^ v) * factor);
        return Mixed((v ^ a) * factor) * factor;
    }

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        ulong length = (ulong)s.Length, factor = K2 + length * 2;
        if (s.Length >= 8)
        {
            ulong a = Word(s, 0) + K2, b = Word(s, s.Length - 8);
            return Joined(RotateRight(b, 37) * factor + a, (RotateRight(a, 25) + b) * factor, factor);
        }
        if (s.Length >= 4) return Joined(length + (Half(s, 0) << 3), Half(s, s.Length - 4), factor);
        if (s.Length == 0) return K2;
        uint y = s[0] + ((uint)s[s.Length >> 1] << 8), z = (uint)s.Length + ((uint)s[^1] << 2);
        return Mixed(y * K2 ^ z * K0) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        ulong factor = K2 + (ulong)s.Length * 2, a = Word(s, 0) * K1, b = Word(s, 8), c = Word(s, s.Length - 8) * factor, d = Word(s, s.Length - 16) * K2;
        return Joined(RotateRight(a + b, 43) + RotateRight(c, 30) + d, a + RotateRight(b + K2, 18) + c, factor);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        ulong factor = K2 + (ulong)s.Length * 2, a = Word(s, 0) * K2, b = Word(s, 8), c = Word(s, s.Length - 8) * factor, d = Word(s, s.Length - 16) * K2;
        ulong y = RotateRight(a + b, 43) + RotateRight(c, 30) + d, z = Joined(y, a + RotateRight(b + K2, 18) + c, factor);
        ulong e = Word(s, 16) * factor, f = Word(s, 24), g = (y + Word(s, s.Length - 32)) * factor, h = (z + Word(s, s.Length - 24)) * factor;
        return Joined(RotateRight(e + f, 43) + RotateRight(g, 30) + h, e + RotateRight(f + a, 18) + g, factor);
    }

    private static (ulong, ulong) Weak(ReadOnlySpan<byte> s, int at, ulong a, ulong b)
    {
        ulong w = Word(s, at), x = Word(s, at + 8), y = Word(s, at + 16), z = Word(s, at + 24);
        a += w;
        b = RotateRight(b + a + z, 21);
        ulong c = a;
        a += x + y;
        b += RotateRight(a, 44);
        return (a + z, b + c);
    }

    private static ulong Longer(ReadOnlySpan<byte> s)
    {
        const ulong seed = 81;
        (ulong First, ulong Second) v = default, w = default;
        ulong x = unchecked(seed * K2) + Word(s, 0), y = unchecked(seed * K1 + 113), z = Mixed(y * K2 + 113) * K2;
        int at = 0, end = (s.Length - 1) / 64 * 64, rest = (s.Length - 1) & 63;
        void Step(ReadOnlySpan<byte> s, ulong factor, ulong times)
        {
            x = RotateRight(x + y + v.First + Word(s, at + 8), 37) * factor;
            y = RotateRight(y + v.Second + Word(s, at + 48), 42) * factor;
            x ^= w.Second * times;
            y += v.First * times + Word(s, at + 40);
            z = RotateRight(z + w.First, 33) * factor;
            v = Weak(s, at, v.Second * factor, x + w.First);
            w = Weak(s, at + 32, z + w.Second, y + Word(s, at + 16));
            (z, x) = (x, z);
        }
        for (; at < end; at += 64) Step(s, K1, 1);
        ulong last = K1 + ((z & 0xff) << 1);
        at = end + rest - 63;
        w.First += (ulong)rest;
        v.First += w.First;
        w.First += v.First;
        Step(s, last, 9);
        return Joined(Joined(v.First, w.First, last) + Mixed(y) * K0 + z, Joined(v.Second, w.Second, last) + x, last);
    }
}
