using System.Buffers.Binary;

namespace KerasPort.Fuzz;

/// <summary>Changes to bytes without knowledge of their meaning, and to JSON text by its tokens.</summary>
internal static class Mutation
{
    private static readonly ulong[] s_edges =
        [0, 1, 2, 7, 8, 31, 64, 255, 256, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 0x100000000, 0x7FFFFFFFFFFFFFFF,
            0x8000000000000000, 0xFFFFFFFFFFFFFFFF];

    private static readonly string[] s_values =
    [
        "0", "-1", "1", "2147483647", "2147483648", "-2147483648", "9223372036854775807", "1e999", "1e308", "0.5", "1E-400", "NaN", "Infinity", "null", "true",
        "false", "\"\"", "[]", "{}",
        "[[[[]]]]", "\"relu\"", "\"Lambda\"", "\"\\ud800\"", "\"\\u0000\"", "\"../../x\"", "\"http://localhost/x\"", "\"System.Diagnostics.Process\"",
        "[null,28,28]", "[2147483647,2147483647,2147483647]",
        "[0]", "[-1,-1]", "{\"class_name\":\"Lambda\",\"config\":{}}",
        "{\"class_name\":\"Dense\",\"config\":{\"units\":1000000000}}", "\"same\"", "\"float16\"",
    ];

    /// <summary>A few random changes, mostly in front of <paramref name="within"/>, where headers are.</summary>
    public static byte[] Bytes(System.Random random, byte[] original, int within = int.MaxValue)
    {
        var bytes = new List<byte>(original);
        for (int changes = 1 + (int)Math.Min(random.Next(4), random.Next(12)); changes > 0 && bytes.Count > 0; changes--)
        {
            int limit = Math.Min(bytes.Count, random.Next(8) == 0 ? int.MaxValue : within), at = random.Next(limit);
            switch (random.Next(12))
            {
                case 0: case 1: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: bytes[at] = (byte)random.Next(256); break;
                case 3: bytes[at] = (byte)s_edges[random.Next(9)]; break;
                case 4: case 5: Write(bytes, at / 8 * 8, 8, s_edges[random.Next(s_edges.Length)]); break;
                case 6: Write(bytes, at / 2 * 2, 1 << random.Next(4), s_edges[random.Next(s_edges.Length)]); break;
                // Another position of the file: in an address, this makes a cycle or a block that is used twice.
                case 7: case 8: Write(bytes, at / 8 * 8, 8, (ulong)(random.Next(bytes.Count) / 8 * 8)); break;
                case 9: bytes.RemoveRange(at, Math.Min(bytes.Count - at, 1 + random.Next(64))); break;
                case 10:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(limit), 0)
                    .Concat(bytes.Skip(random.Next(limit)).Take(random.Next(64))).ToArray()); break;
                default:
                    int from = random.Next(limit), count = Math.Min(8 << random.Next(4), Math.Min(bytes.Count - from, bytes.Count - at));
                    for (int i = 0; i < count; i++) bytes[at + i] = bytes[from + i];
                    break;
            }
            if (random.Next(40) == 0) bytes.RemoveRange(random.Next(bytes.Count), 0);
            if (random.Next(25) == 0) bytes.RemoveRange(at = random.Next(bytes.Count), bytes.Count - at);
        }
        return [.. bytes];
    }

    /// <summary>A few changes to JSON: a value is replaced, a name is taken from elsewhere, a part is removed, doubled or moved.</summary>
    public static byte[] Json(System.Random random, byte[] original)
    {
        if (random.Next(10) == 0) return Bytes(random, original);
        string text = System.Text.Encoding.UTF8.GetString(original);
        for (int changes = 1 + random.Next(3); changes > 0 && text.Length > 2; changes--)
        {
            var (start, end) = Value(text, random.Next(text.Length));
            string part = text[start..end], value = random.Next(3) switch
            {
                0 => s_values[random.Next(s_values.Length)],
                1 when Value(text, random.Next(text.Length)) is var (from, to) => text[from..to],
                _ when part.Length is > 0 and < 20 && char.IsAsciiDigit(part[^1]) => $"{(long)(random.NextDouble() * Math.Pow(10, random.Next(12)))}",
                _ => s_values[random.Next(s_values.Length)],
            };
            text = random.Next(8) switch
            {
                0 => text[..start] + text[end..],
                1 => text[..end] + "," + part + text[end..],
                2 when random.Next(10) == 0 => text[..start] + new string('[', random.Next(200)) + part + text[end..],
                _ => text[..start] + value + text[end..],
            };
        }
        return System.Text.Encoding.UTF8.GetBytes(text);
    }

    /// <summary>The value or key at a position of JSON: up to the brackets, commas and colons around it, or with a whole bracket.</summary>
    private static (int Start, int End) Value(string text, int at)
    {
        if (text[at] is '{' or '[')
        {
            int depth = 0;
            for (int end = at; end < text.Length; end++)
            {
                depth += text[end] switch { '{' or '[' => 1, '}' or ']' => -1, _ => 0 };
                if (depth == 0) return (at, end + 1);
            }
            return (at, text.Length);
        }
        static bool Separates(char c) => c is '{' or '}' or '[' or ']' or ',' or ':';
        int start = at, stop = at;
        while (start > 0 && !Separates(text[start - 1])) start--;
        while (stop < text.Length && !Separates(text[stop])) stop++;
        return (start, stop);
    }

    private static void Write(List<byte> bytes, int at, int count, ulong value)
    {
        Span<byte> raw = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(raw, value);
        for (int i = 0; i < count && at + i < bytes.Count; i++) bytes[at + i] = raw[i];
    }
}
