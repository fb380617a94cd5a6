namespace KerasPort.Saving;

/// <summary>The checksum of zip: CRC-32 with the reversed polynomial EDB88320.</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        uint remainder = (uint)i;
        for (int bit = 0; bit < 8; bit++) remainder = (remainder & 1) != 0 ? remainder >> 1 ^ 0xEDB88320 : remainder >> 1;
        return remainder;
    })];

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = ~0u;
        foreach (byte b in bytes) crc = crc >> 8 ^ s_table[(byte)crc ^ b];
        return ~crc;
    }
}
