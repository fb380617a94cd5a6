using System.Text.Json.Nodes;
using KerasPort.Saving;
using KerasPort.Saving.Hdf5;

namespace KerasPort.Tests.Saving;

/// <summary>Malicious files are refused, with the reason.</summary>
public class HostileFileTests
{
    public static TheoryData<string> Names => [.. HostileCorpus.All.Keys];

    [Theory]
    [MemberData(nameof(Names), DisableDiscoveryEnumeration = true)]
    public void Hostile_files_are_refused(string name) => Refused(HostileCorpus.All[name]);

    /// <summary>A few bytes that would make a model pad its images to a gigabyte each.</summary>
    [Fact]
    public void A_window_that_reaches_far_beyond_its_image_is_refused()
    {
        string json = keras.Sequential([keras.Input((6, 6, 1)), keras.layers.Conv2D(2, 3, padding: "same", dilation_rate: 7)]).to_json();
        Assert.Equal([4, 6, 6, 2], keras.models.model_from_json(json).predict(new NDArray(new float[144], 4, 6, 6, 1), verbose: 0).shape);
        string far = json.Replace("\"dilation_rate\":[7,7]", "\"dilation_rate\":[15919885,1]");
        Assert.Contains("padding an image to", Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(far)).Message);
    }

    /// <summary>Text costs nothing, so that a few words could ask for any amount of memory; only plausible sizes are allocated.</summary>
    [Theory]
    [InlineData("[null,1000]", 40_000, "bytes of weights are refused, a configuration may ask for")]
    [InlineData("[null,1000]", 100_000, "elements is refused")]
    [InlineData("[null,1000]", 1_500, null)]
    public void Text_that_asks_for_too_much_memory_is_refused(string input, int units, string? why)
    {
        string json = keras.Sequential([keras.Input(2), .. Enumerable.Range(0, 40).Select(_ => keras.layers.Dense(3))]).to_json()
            .Replace("[null,2]", input).Replace("\"units\":3", $"\"units\":{units}");
        if (why is null) Assert.Equal(89_310_000, keras.models.model_from_json(json).count_params());
        else Small(() => Assert.Contains(why, Assert.Throws<ModelFormatException>(() => keras.models.model_from_json(json)).Message));
    }

    /// <summary>Where the first data decides the sizes, they are checked then.</summary>
    [Theory]
    [InlineData(20_000_000, 8, "The kernel of layer 'd1' would have shape (20000000, 20000000), more numbers than an array holds.")]
    [InlineData(45_000, 2_000, "The weights of model 'm' up to layer ")]
    [InlineData(int.MaxValue, 2, "The kernel of layer 'd0' would have shape (4, 2147483647), more numbers than an array holds.")]
    public void Weights_that_no_memory_holds_are_refused_before_any_is_made(int units, int layers, string why)
    {
        var model = keras.Sequential([.. Enumerable.Range(0, layers).Select(i => keras.layers.Dense(units, name: $"d{i}"))], name: "m");
        Small(() => Assert.StartsWith(why, Assert.Throws<ValueError>(() => model.predict(new NDArray(new float[8], 2, 4), verbose: 0)).Message));
        Assert.False(model.built);
    }

    /// <summary>A name that would move a terminal's cursor, or fill its screen.</summary>
    [Fact]
    public void A_message_is_printable_and_short()
    {
        string evil = "\\u001b]0;evil\\u0007" + new string('x', 100_000);
        var error = Refused(new("evil", ".keras", HostileCorpus.WithConfig("{\"class_name\":\"" + evil + "\",\"config\":{}}"), "a model of class"));
        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.InRange(error.Message.Length, 1, 2000);
    }

    /// <summary>A file with any byte changed, in one way or in three, or truncated at any length: refused, or the same model.</summary>
    [Fact]
    [Slow]
    public void No_damage_of_a_keras_file_goes_by_unseen()
    {
        string same = Content(HostileCorpus.Tiny);
        byte[] flips = Figures.AreMany ? [0x01, 0x80, 0xFF] : [0xFF];
        int harmless = 0;
        byte[] bytes = [.. HostileCorpus.Tiny];
        for (int at = 0; at < bytes.Length; at++)
        {
            foreach (byte flip in flips)
            {
                bytes[at] ^= flip;
                try
                {
                    Assert.Equal(same, Content(bytes));
                    harmless++;
                }
                catch (ModelFormatException) { }
                bytes[at] ^= flip;
            }
            Assert.Throws<ModelFormatException>(() => Content(HostileCorpus.Tiny[..at]));
        }
        // Time stamps and the like; no byte of the members themselves.
        Assert.InRange(harmless, 1, flips.Length * 300);
    }

    private static string Content(byte[] keras)
    {
        var model = ModelFile.LoadKeras(new MemoryStream(keras), compile: true);
        var state = ModelState.Of(model, [model]);
        return model.to_json() + string.Join(',', state.Weights.Concat(state.Optimizers[model].Values.Select(value => value.Floats)).SelectMany(w => w))
            + state.Optimizers[model].Values[0].Whole;
    }

    /// <summary>Headers of the newest kind, with checksums and in several parts, as h5py writes them when asked.</summary>
    [Fact]
    public void Hdf5_of_the_newest_version_is_read_and_its_checksums_are_checked()
    {
        byte[] latest = File.ReadAllBytes(Fixtures.Path("hostile/tiny-latest.weights.h5"));
        Assert.Equal(Values(File.ReadAllBytes(Fixtures.Path("hostile/tiny.weights.h5"))), Values(latest));
        foreach (int at in new[] { 9, 36, 44, Find("OHDR") + 5, Find("OHDR") + 20, Find("OCHK") + 7 })
        {
            byte[] damaged = [.. latest];
            damaged[at] ^= 0x10;
            Assert.Throws<ModelFormatException>(() => Hdf5File.Read(damaged));
        }

        int Find(string block) => latest.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(block));
        static string[] Values(byte[] file) => [.. Below(Hdf5File.Read(file).Group("layers")).Order()];
        static IEnumerable<string> Below(Hdf5Object o) => o.Children.Values.SelectMany(Below).Append(
            o.Path + (o.Value is { Type: Hdf5Type.Float32 } v ? string.Join(' ', v.Floats([.. v.Shape.Select(d => (int)d)])) : o.Value?.WholeNumber()));
    }

    /// <summary>
    /// HDF5 written here has a checksum in each header, so a bare file is refused when any of their bytes is changed. The rest are the
    /// numbers, where a change can't be noticed, and the heap with the names.
    /// </summary>
    [Fact]
    public void No_damage_of_a_header_goes_by_unseen()
    {
        byte[] file = WeightsFile.Write(keras.saving.load_model(Fixtures.Path("hostile/tiny.keras")));
        string same = Structure(Hdf5File.Read(file));
        int refused = 0, unseen = 0;
        for (int at = 0; at < file.Length; at++)
        {
            foreach (byte flip in (ReadOnlySpan<byte>)[0x01, 0x80, 0xFF])
            {
                file[at] ^= flip;
                try
                {
                    Assert.Equal(same, Structure(Hdf5File.Read(file)));
                    unseen++;
                }
                catch (ModelFormatException)
                {
                    refused++;
                }
                file[at] ^= flip;
            }
        }
        const int numbers = 3 * 23 * sizeof(float) + sizeof(long) + sizeof(float), heap = 4096;
        Assert.Equal((3 * (file.Length - numbers - heap), 3 * (numbers + heap)), (refused, unseen));

        static string Structure(Hdf5Object o) =>
            $"{o.Path} {o.Value?.Described} {string.Join(',', o.Attributes.Select(a => $"{a.Key} {a.Value.Described}"))}\n"
                + string.Concat(o.Children.Values.Select(Structure));
    }

    /// <summary>Loads a file, which must fail with one line and hardly any memory; <c>inspect</c> reports the same and doesn't fail.</summary>
    private static ModelFormatException Refused(HostileFile file)
    {
        using var folder = new TemporaryFolder();
        string path = folder["m" + file.Ending];
        File.WriteAllBytes(path, file.Bytes);
        var model = keras.saving.load_model(Fixtures.Path("hostile/tiny.keras"));
        float[][] before = [.. model.get_weights().Select(w => w.ToFloats())];
        ModelFormatException? error = null;
        Small(() => error = Assert.Throws<ModelFormatException>(() => HostileCorpus.Load(path, model)));
        Assert.Equal(before, model.get_weights().Select(w => w.ToFloats()));
        Assert.Contains(file.Why, error!.Message);
        Assert.StartsWith(path + ": ", error.Message);
        Assert.Equal(path, error.File);
        var inspection = ModelInspection.Of(path);
        Small(() => inspection.Write(TextWriter.Null, Terminal.Current), most: 256 << 20);
        // Weights alone don't say which layers they belong to.
        if (file.Ending != ".weights.h5") Assert.NotEmpty(inspection.Refusals);
        return error;
    }

    private static void Small(Action action, long most = 64 << 20)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, most);
    }
}
