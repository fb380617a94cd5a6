using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsCheck;
using KerasPort.Fuzz;
using KerasPort.Saving.Npy;

namespace KerasPort.Tests.Saving;

/// <summary>Arrays in files, in numpy's formats.</summary>
public sealed class NpyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Length and SHA-256 of the files that numpy 1.26 writes.</summary>
    public static TheoryData<NDArray, int, string> Recorded => new()
    {
        { new NDArray([0f, 1, 2, 3, 4, 5], 2, 3), 152, "47d9cb788e60cfff38faf2237400d94063bde1f42a0ad39297e02642caca6b56" },
        { 3.5, 136, "542eeccf4fcc8c4a08be40a2fadc1410f4cacef22d3a07712adc8f8e66d4e454" },
        { new NDArray(Array.Empty<int>(), 0, 3), 128, "f44c5537960f437a767e10c9ec2607c92b5f0cd75d6bb46fb8073029f752b950" },
        { new NDArray([true, false]), 130, "4257418724eeadfcfc6affd95584b6da87d3ac25effd1de68ad2f9907cbe104c" },
        { new NDArray(new byte[] { 0, 1, 2, 3, 4 }), 133, "b7b25238bfcd091e399f01c1ca8e20f4edf733f96817b3e44cf974be24b9042c" },
        { new NDArray([.. Enumerable.Range(0, 24).Select(i => (long)i)], 2, 3, 4), 320, "d09d3dafd09480a7e97faaee825fd39e21e9d5ff97fa27c402ba1725ff08fdd7" },
        { new NDArray(new bool[1234567], 1234567, 1), 1234695, "1514c6b015ee85ea3bd6ff3638b3765e558d9825a1c023459695cc298c1b9e10" },
    };

    [Theory]
    [MemberData(nameof(Recorded), DisableDiscoveryEnumeration = true)]
    public void Writes_the_bytes_that_numpy_writes(NDArray a, int length, string sha256)
    {
        np.save(_folder["a"], a);
        byte[] file = File.ReadAllBytes(_folder["a.npy"]);
        Assert.Equal(length, file.Length);
        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
        Same(a, np.load(_folder["a.npy"]));
    }

    [Fact]
    public void What_is_saved_is_loaded()
    {
        var arrays = from shape in Gen.Int[0, 5].Array[0, 4]
                     from type in Gen.Int[0, 5].Select(i => DType.All.ElementAt(i))
                     from values in Gen.Double[-3e9, 3e9].Array[shape.Aggregate(1, (p, d) => p * d)]
                     select new NDArray(values).reshape(shape).astype(type);
        arrays.Sample(a =>
        {
            byte[] file = [.. NpyFormat.Write(a).SelectMany(piece => piece.ToArray())];
            Same(a, NpyFormat.Read(new MemoryStream(file), file.Length));
        }, threads: 1, iter: 300);
    }

    /// <summary>A view's elements are within another array's, and scaled bytes are a table.</summary>
    [Fact]
    public void Parts_and_scaled_bytes_are_saved_as_what_they_stand_for()
    {
        var images = new NDArray(Enumerable.Range(0, 256).Select(i => (byte)i).ToArray(), 4, 8, 8);
        np.save(_folder["scaled.npy"], images[1..3] / 255.0);
        var loaded = np.load(_folder["scaled.npy"]);
        Assert.Equal(DType.float64, loaded.dtype);
        Same(images[1..3] / 255.0, loaded);
        np.save(_folder["single.npy"], images.astype("float32"));
        Assert.Equal(DType.float32, np.load(_folder["single.npy"]).dtype);
    }

    [Fact]
    public void Arrays_by_name()
    {
        var (x, y) = (new NDArray([1.5f, 2, 3, 4], 2, 2), new NDArray([7, 8]));
        np.savez(_folder["numbered"], x, y);
        np.savez_compressed(_folder["named.npz"], new() { ["x_train"] = x, ["y_train"] = y, ["zeros"] = new NDArray(new double[2_000_000]) });
        Assert.InRange(new FileInfo(_folder["named.npz"]).Length, 100, 30_000);
        using (var data = np.load(_folder["numbered.npz"]))
        {
            Assert.Equal(["arr_0", "arr_1"], data.files);
            Same(x, data["arr_0"]);
            Same(y, data["arr_1"]);
        }
        var named = np.load(_folder["named.npz"]);
        Assert.Equal(3, named.Length);
        Same(x, named["x_train"]);
        Same(x, named["x_train.npy"]);
        Assert.Equal(2_000_000, named["zeros"].size);
        Assert.Equal($"NpzFile '{_folder["named.npz"]}' with keys: x_train, y_train, zeros", named.ToString());
        Assert.EndsWith(": z is not a file in the archive, which has x_train, y_train, zeros", Assert.Throws<ValueError>(() => named["z"]).Message);
        Assert.Contains("holds 3 arrays by name, not one: take each by its name, `data[\"x_train\"]`", Assert.Throws<ValueError>(() => named / 255.0).Message);
        Assert.Contains("Received: 'x', a name, for one array", Assert.Throws<ValueError>(() => x["x"]).Message);
        Assert.Contains("it has no `files`", Assert.Throws<ValueError>(() => x.files).Message);
        Assert.Equal([1, 2, 2], x[null].shape);
    }

    [Fact]
    public void The_same_arrays_are_the_same_bytes()
    {
        np.savez(_folder["a"], new NDArray([1, 2]));
        np.savez(_folder["b"], new NDArray([1, 2]));
        Assert.Equal(File.ReadAllBytes(_folder["a.npz"]), File.ReadAllBytes(_folder["b.npz"]));
    }

    [Fact]
    public void What_cannot_be_written_leaves_what_was_there()
    {
        np.savez(_folder["a"], new NDArray([1, 2]));
        byte[] before = File.ReadAllBytes(_folder["a.npz"]);
        foreach (string name in (string[])["../x", "/x", "a\\b", "c:x"])
            Assert.Contains("it means a place outside of it", Assert.Throws<ValueError>(() => np.savez(_folder["a"], new() { [name] = 1.0 })).Message);
        Assert.Equal(before, File.ReadAllBytes(_folder["a.npz"]));
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => np.save(_folder["none/a"], 1.0)).Message);
        Assert.Contains("there is no folder", Assert.Throws<IOException>(() => np.savez(_folder["none/a"], 1.0)).Message);
    }

    [Fact]
    public void What_is_not_supported_is_named()
    {
        np.save(_folder["a"], 1.0);
        Assert.Equal("mmap_mode='r' is not supported: arrays here lie in memory; leave it out to read the file",
            Assert.Throws<ValueError>(() => np.load(_folder["a.npy"], mmap_mode: "r")).Message);
        Assert.Throws<FileNotFoundException>(() => np.load(_folder["none.npy"]));
        Assert.Equal(1.0, np.load(_folder["a.npy"], allow_pickle: true).item());
    }

    /// <summary>Headers with the expected messages; the elements that follow are 24 bytes.</summary>
    public static TheoryData<string, string?> Headers => new()
    {
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", null },
        { "{\"shape\":(6,),\"descr\":\"=f4\",\"fortran_order\":True}", null },
        { "{'descr': '<i4', 'fortran_order': False, 'shape': (2L, 3L), }", null },
        { "{'descr': '>i4', 'fortran_order': False, 'shape': (1,1,1,1,6), }", null },
        { "{'descr': '|b1', 'fortran_order': False, 'shape': (24,), }", null },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 4), }", "of shape (2, 4) takes 32 bytes, and 24 follow its header" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (5,), }", "of shape (5,) takes 20 bytes, and 24 follow its header" },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483591,), }", "takes 17179868728 bytes, and 24 follow" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }", "is larger than one can be here" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647), }", "is larger than one can be here" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", "too large" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-6,), }", "cannot parse its header" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (6), }", "shape is not valid: (6)" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (,), }", "shape is not valid" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,6)}", "has 33 dimensions" },
        { "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "its elements are Python objects" },
        { "{'descr': [('a', '<f4'), ('b', '|O')], 'fortran_order': False, 'shape': (3,), }", "its elements are records" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (12,), }", "its elements are of type '<c8', which arrays here have not; known are bool, int8" },
        { "{'descr': '<U3', 'fortran_order': False, 'shape': (2,), }", "its elements are of type '<U3'" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }", "its elements are of type '<c8'" },
        { "{'descr': '<f4', 'fortran_order': 1, 'shape': (6,), }", "cannot parse its header" },
        { "{'descr': '<f4', 'shape': (6,), }", "cannot parse its header" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'shape': (6,)}", "cannot parse its header" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (6,), 'x': (6,)}", "cannot parse its header" },
        { "__import__('os').system('true')", "cannot parse its header" },
        { "{'descr': __import__('os'), 'fortran_order': False, 'shape': (6,)}", "cannot parse its header" },
        { "", "cannot parse its header" },
        { new string('{', 9_999), "cannot parse its header" },
        { new string(' ', 10_001), "its header of 10001 bytes is refused: expected at most 10000" },
        { "{'descr': '\u001b[2J', 'fortran_order': False, 'shape': (6,)}", "[2J" },
    };

    [Theory]
    [MemberData(nameof(Headers), DisableDiscoveryEnumeration = true)]
    public void Headers_are_not_believed(string header, string? why)
    {
        byte[] file = [.. NpyHeader.Magic, 1, 0, 0, 0, .. Encoding.Latin1.GetBytes(header), .. new byte[24]];
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        File.WriteAllBytes(_folder["a.npy"], file);
        if (why is null)
        {
            Assert.Equal(0, (double)np.load(_folder["a.npy"]).sum());
            return;
        }
        Refused("a.npy", why);
        File.WriteAllBytes(_folder["a.npz"], Formats.Zip([("x.npy", file)]));
        var data = np.load(_folder["a.npz"]);
        Assert.Contains(why, Assert.Throws<ValueError>(() => data["x"]).Message);
    }

    [Fact]
    public void Damaged_files_are_refused()
    {
        byte[] file = [.. NpyFormat.Write(new NDArray([1, 2, 3])).SelectMany(piece => piece.ToArray())];
        for (int length = 0; length < file.Length; length++)
        {
            File.WriteAllBytes(_folder["a.npy"], file[..length]);
            Refused("a.npy", length < 4 ? length == 0 ? "the file is empty" : "it is no .npy or .npz file" : length < 128
                ? "it is cut short" : "takes 12 bytes, and");
        }
        File.WriteAllBytes(_folder["a.npy"], [.. file, 0]);
        Refused("a.npy", "takes 12 bytes, and 13 follow its header");
        File.WriteAllBytes(_folder["a.npy"], [0x80, 4, 0x95, 0, 0]);
        Refused("a.npy", "if it is a pickle: that runs code when it is read");
        File.WriteAllBytes(_folder["a.npy"], [.. file[..6], 4, 0, .. file[8..]]);
        Refused("a.npy", "expected an .npy file of version 1.0, 2.0 or 3.0, found 4.0");
    }

    [Fact]
    public void Hostile_archives_are_refused()
    {
        byte[] file = [.. NpyFormat.Write(new NDArray([1, 2, 3])).SelectMany(piece => piece.ToArray())];
        foreach (string name in (string[])["../../x.npy", "/tmp/x.npy", "..\\x.npy"])
        {
            File.WriteAllBytes(_folder["a.npz"], Formats.Zip([("x.npy", file), (name, file)]));
            Refused("a.npz", "outside the archive");
        }
        File.WriteAllBytes(_folder["a.npz"], Formats.Zip([("x.npy", file), ("x.npy", file)]));
        Refused("a.npz", "is there twice");
        File.WriteAllBytes(_folder["a.npz"], "PK\u0003\u0004 is how it begins"u8.ToArray());
        Refused("a.npz", "it is damaged");

        // One byte of an element is changed, which zip notices by its checksum.
        byte[] archive = Formats.Zip([("x.npy", file)], CompressionLevel.NoCompression);
        archive[archive.AsSpan().IndexOf(file) + 130] ^= 1;
        File.WriteAllBytes(_folder["a.npz"], archive);
        Assert.Contains("its checksum (CRC-32) differs", Assert.Throws<ValueError>(() => np.load(_folder["a.npz"])["x"]).Message);

        // 300 MB of zeros in 300 kB.
        using (var zip = new ZipArchive(File.Create(_folder["bomb.npz"]), ZipArchiveMode.Create))
        using (var member = zip.CreateEntry("x.npy", CompressionLevel.SmallestSize).Open())
            for (int i = 0; i < 300; i++) member.Write(new byte[1 << 20]);
        Assert.Contains("bytes that unpack to 314572800 are refused", Assert.Throws<ValueError>(() => np.load(_folder["bomb.npz"])["x"]).Message);
    }

    [Fact]
    [Slow]
    [Needs(Need.RealKeras)]
    public void Python_reads_what_is_written_here_and_the_other_way_round()
    {
        var a = new NDArray([.. Enumerable.Range(-7, 24).Select(i => (long)i)], 2, 3, 4);
        foreach (var type in DType.All) np.save(_folder[$"here {type}"], a.astype(type));
        np.savez(_folder["here.npz"], a, a / 2.0);
        np.savez_compressed(_folder["here compressed.npz"], new() { ["a"] = a, ["scaled"] = a / 2.0 });
        np.savetxt(_folder["here.csv"], a.reshape(6, 4) / 3.0, delimiter: ",");

        var found = RealKeras.Ask("npy.py", [_folder.Path]);
        foreach (var type in DType.All) Told(a.astype(type), $"here {type}.npy");
        foreach (string name in (string[])["here.npz/arr_0", "here compressed.npz/a"]) Told(a, name);
        foreach (string name in (string[])["here.npz/arr_1", "here compressed.npz/scaled"]) Told(a / 2.0, name);
        Told(a.reshape(6, 4) / 3.0, "here.csv");

        foreach (var type in DType.All) Same(a.astype(type), np.load(_folder[$"python {type}.npy"]));
        foreach (string type in (string[])["i2", "u2", "i4", "i8", "f2", "f4", "f8"]) Same(a.astype(type), np.load(_folder[$"python big {type}.npy"]));
        Same(a.astype("float32"), np.load(_folder["python fortran.npy"]));
        Same(a.astype("float64"), np.load(_folder["python fortran big.npy"]));
        foreach (int version in (int[])[1, 2, 3]) Same(a, np.load(_folder[$"python version {version}.npy"]));
        foreach (string name in (string[])["python.npz", "python compressed.npz"])
        {
            Same(a, np.load(_folder[name])["arr_0"]);
            Same(a / 2.0, np.load(_folder[name])["scaled"]);
        }
        Refused("python objects.npy", "its elements are Python objects");

        void Told(NDArray expected, string name)
        {
            var told = found.GetProperty(name);
            Assert.Equal(expected.dtype.name, told.GetProperty("dtype").GetString());
            Assert.Equal([.. expected.shape], told.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32()));
            Assert.Equal(expected.ToDoubles(), told.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()));
        }
    }

    private void Refused(string name, string why)
    {
        string message = Assert.Throws<ValueError>(() => np.load(_folder[name])).Message;
        Assert.StartsWith($"{_folder[name]}: ", message);
        Assert.Contains(why, message);
        Assert.DoesNotContain(message, char.IsControl);
    }

    private static void Same(NDArray expected, NDArray found)
    {
        Assert.Equal(expected.dtype, found.dtype);
        Assert.Equal(expected.shape, found.shape);
        Assert.Equal(expected.ToDoubles(), found.ToDoubles());
    }
}
