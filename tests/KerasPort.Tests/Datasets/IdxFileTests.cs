using CsCheck;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

public sealed class IdxFileTests : IDisposable
{
    private readonly SmallDataset _small = new();

    public void Dispose() => _small.Dispose();

    [Fact]
    public void Reads_any_shape()
    {
        var arrays = from shape in Gen.Int[0, 7].Array[2, 4]
                     from elements in Gen.Byte.Array[shape.Aggregate(1, (p, d) => p * d)]
                     select (shape, elements);
        arrays.Sample(a =>
        {
            var file = SmallDataset.File("x.gz", a.elements, a.shape);
            Assert.Equal(a.elements, Read(SmallDataset.Pack(SmallDataset.Idx(a.elements, a.shape)), file));
        }, threads: 1, iter: 300);
    }

    [Fact]
    public void Refuses_any_other_header()
    {
        var headers = from at in Gen.Int[0, 15] from value in Gen.Byte select (at, value);
        byte[] right = SmallDataset.Idx(_small.Elements[0], 20, 6, 5);
        headers.Where(h => right[h.at] != h.value).Sample(h =>
        {
            byte[] idx = [.. right];
            idx[h.at] = h.value;
            string message = Refused(SmallDataset.Pack(idx), _small.Files[0]);
            Assert.Contains(h.at < 4 ? "its magic number is 0x" + Convert.ToHexStringLower(idx[..4]) + ", expected 0x00000803"
                : "expected (20, 6, 5)", message);
        }, threads: 1, iter: 300);
    }

    /// <summary>
    /// Some bits have no effect: the time stamp, system and hints among the first ten bytes, padding, lengths of unused
    /// codes. With these flipped the file may be read, if the array is the same.
    /// </summary>
    [Fact]
    public void A_flip_of_any_bit_changes_nothing_unnoticed()
    {
        int same = 0;
        for (int bit = 0; bit < 8 * _small.Packed[0].Length; bit++)
        {
            byte[] flipped = [.. _small.Packed[0]];
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            if (TryRead(flipped) is not { } elements) continue;
            Assert.Equal(_small.Elements[0], elements);
            same++;
        }
        Assert.InRange(same, 0, 80 + 16);
    }

    [Fact]
    public void Refuses_a_cut_at_any_length()
    {
        for (int length = 0; length < _small.Packed[0].Length; length++) Refused(_small.Packed[0][..length], _small.Files[0]);
        Assert.Contains("is cut short: it unpacks to 3 bytes, expected 616", Refused(SmallDataset.Pack([0, 0, 8]), _small.Files[0]));
    }

    [Fact]
    public void Refuses_what_follows_the_end() =>
        Gen.Byte.Array[1, 40].Sample(tail => Refused([.. _small.Packed[0], .. tail], _small.Files[0]), threads: 1, iter: 300);

    /// <summary>Mutants of the packed bytes, and of the content packed again, so that the checks after gzip's own are reached.</summary>
    [Fact]
    public void A_mutant_is_refused_with_the_one_exception_or_is_the_same_array()
    {
        byte[][] originals = [_small.Packed[0], SmallDataset.Idx(_small.Elements[0], 20, 6, 5)];
        var edits = from at in Gen.Double[0, 1] from kind in Gen.Int[0, 3] from bytes in Gen.Byte.Array[1, 8] select (at, kind, bytes);
        var mutants = from inside in Gen.Int[0, 1] from list in edits.List[1, 3] select (inside, list);
        int refused = 0;
        mutants.Sample(m =>
        {
            List<byte> mutant = [.. originals[m.inside]];
            foreach (var (place, kind, bytes) in m.list)
            {
                int at = (int)(place * mutant.Count), length = Math.Min(bytes.Length, mutant.Count - at);
                if (kind != 0) mutant.RemoveRange(at, kind == 1 ? mutant.Count - at : length);
                if (kind is 0 or 3) mutant.InsertRange(at, bytes);
            }
            byte[] packed = m.inside == 1 ? SmallDataset.Pack([.. mutant]) : [.. mutant];
            if (TryRead(packed) is { } elements) Assert.Equal(_small.Elements[0], elements);
            else refused++;
        }, threads: 1, iter: 20_000);
        Assert.InRange(refused, 19_000, 20_000);
    }

    [Fact]
    public void Says_what_is_wrong()
    {
        byte[] longer = SmallDataset.Pack([.. SmallDataset.Idx(_small.Elements[0], 20, 6, 5), 1]);
        Assert.Contains("is too long: it unpacks to more than the expected 616 bytes", Refused(longer, _small.Files[0]));

        byte[] labels = [.. _small.Elements[1]];
        labels[3] = 10;
        Assert.Contains("has label 10 at position 3, expected 0 to 9", Refused(SmallDataset.Pack(SmallDataset.Idx(labels, 20)), _small.Files[1]));

        labels[3] = (byte)((_small.Elements[1][3] + 1) % 10);
        Assert.Contains($"expected {_small.Files[1].Sha256}", Refused(SmallDataset.Pack(SmallDataset.Idx(labels, 20)), _small.Files[1]));

        Assert.Contains("does not unpack as gzip", Refused("<html>Sign in</html>"u8.ToArray(), _small.Files[0]));
        Assert.Contains("is cut short: it unpacks to 0 bytes", Refused([], _small.Files[0]));
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => IdxFile.Read(_small.At("none"), _small.Files[0])).Message);
        Assert.Contains("cannot be read", Assert.Throws<DatasetException>(() => IdxFile.Read(_small.Root, _small.Files[0])).Message);
    }

    private static byte[] Read(byte[] packed, IdxArray file) => IdxFile.Read(new MemoryStream(packed), "/data/x.gz", file);

    private byte[]? TryRead(byte[] packed)
    {
        try { return Read(packed, _small.Files[0]); }
        catch (DatasetException) { return null; }
    }

    private static string Refused(byte[] packed, IdxArray file)
    {
        string message = Assert.Throws<DatasetException>(() => Read(packed, file)).Message;
        Assert.StartsWith("/data/x.gz ", message);
        Assert.DoesNotContain('\n', message);
        return message;
    }
}
