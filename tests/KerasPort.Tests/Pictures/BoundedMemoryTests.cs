using System.Diagnostics;
using System.Globalization;
using KerasPort.Pictures;

namespace KerasPort.Tests.Pictures;

/// <summary>
/// Pictures ten times as large as the memory can be trained on, and the memory of the process, all of it, doesn't
/// grow: only a few pictures are in it at a time.
/// </summary>
[Slow]
public sealed class BoundedMemoryTests
{
    public const string Command = "train-on-pictures";

    // The limits: of .NET's objects, and on Linux of the whole process: objects, native memory, stacks.
    private const int Side = 256, Pictures = 4300, Batch = 4, ObjectLimit = 128 << 20, Limit = 320 << 20;

    // How much higher memory may be in the second half: it varies by this much between collections.
    private const int Tolerance = Limit / 10;

    [Fact]
    public async Task A_folder_of_ten_times_the_memory_is_trained_on()
    {
        Assert.InRange((long)Pictures * Side * Side * 3 * sizeof(float), 10L * Limit, long.MaxValue);
        using var folder = new TemporaryFolder();
        var codec = PictureCodec.Open("a test");
        const int small = Side / 2;
        byte[][] files = [.. Enumerable.Range(0, 50)
            .Select(n => codec.Encode(new Image(small, small, 3, ImageFolderTests.Pixels(small * small * 3, n)), "png"))];
        foreach (string name in new[] { "a", "b" }) Directory.CreateDirectory(folder[name]);
        for (int i = 0; i < Pictures; i++) File.WriteAllBytes(folder[$"{(i % 2 == 0 ? "a" : "b")}/{i}.png"], files[i % files.Length]);
        string[] command = ["dotnet", typeof(BoundedMemoryTests).Assembly.Location, Command, folder.Path];
        // One more byte ends the process.
        if (OperatingSystem.IsLinux()) command = ["sh", "-c", $"ulimit -d {Limit >> 10}; exec \"$@\"", "sh", .. command];
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // In hexadecimal. With background collections, an allocation at the limit sometimes fails that would succeed after a blocking one.
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = $"{ObjectLimit:x}", ["DOTNET_gcServer"] = "0", ["DOTNET_gcConcurrent"] = "0",
                ["DOTNET_DefaultStackSize"] = "80000",
            },
        })!;
        var said = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string printed = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {await said}");
        Assert.Contains($"trained on {Pictures} pictures", printed);

        // The first quarter is left out: code is compiled in it, and pools fill.
        long[] resident = [.. printed.Split('\n')[0].Split(' ').Select(long.Parse)];
        Assert.Equal((Pictures + Batch - 1) / Batch, resident.Length);
        var rest = resident.AsSpan(resident.Length / 4);
        long before = Highest(rest[..(rest.Length / 2)]), after = Highest(rest[(rest.Length / 2)..]);
        Assert.InRange(after, 1, before + Tolerance);
        Assert.InRange(after, 1, Limit);
    }

    private static long Highest(ReadOnlySpan<long> values)
    {
        long highest = 0;
        foreach (long value in values) highest = Math.Max(highest, value);
        return highest;
    }

    /// <summary>The program of the process: the resident memory at each batch, in bytes.</summary>
    internal static int Train(string folder)
    {
        var dataset = keras.utils.image_dataset_from_directory(folder, image_size: (Side, Side), batch_size: Batch, seed: 1, verbose: false);
        var model = keras.Sequential([keras.Input((Side, Side, 3)), keras.layers.Rescaling(1 / 255.0), keras.layers.MaxPooling2D(8, 8), keras.layers.Flatten(),
            keras.layers.Dense(1, activation: "sigmoid")]);
        model.compile("adam", "binary_crossentropy");
        int seen = 0;
        var resident = new List<long>();
        var counted = dataset.map((images, labels) =>
        {
            seen += (int)images.shape[0]!;
            resident.Add(Environment.WorkingSet);
            return (images, labels);
        });
        model.fit(counted, epochs: 1, verbose: 0);
        System.Console.WriteLine(string.Join(' ', resident.Select(bytes => bytes.ToString(CultureInfo.InvariantCulture))));
        System.Console.WriteLine($"trained on {seen} pictures");
        return 0;
    }
}
