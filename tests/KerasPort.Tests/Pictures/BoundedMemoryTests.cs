using System.Diagnostics;
using KerasPort.Pictures;
using KerasPort.Tests.Console;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Pictures;

/// <summary>Pictures that are ten times as large as the memory there is are trained on all the same: only a few lie in it at a time.</summary>
[Slow]
public sealed class BoundedMemoryTests
{
    public const string Command = "train-on-pictures";

    private const int Side = 128, Pictures = 3500, Limit = 64 << 20;

    [Fact]
    public void A_folder_of_ten_times_the_memory_is_trained_on()
    {
        Assert.InRange((long)Pictures * Side * Side * 3 * sizeof(float), 10L * Limit, long.MaxValue);
        using var folder = new TemporaryFolder();
        var codec = PictureCodec.Open("a test");
        byte[][] files = [.. Enumerable.Range(0, 50).Select(n => codec.Encode(new Image(Side, Side, 3, ImageFolderTests.Pixels(Side * Side * 3, n)), "png"))];
        foreach (string name in new[] { "a", "b" }) Directory.CreateDirectory(folder[name]);
        for (int i = 0; i < Pictures; i++) File.WriteAllBytes(folder[$"{(i % 2 == 0 ? "a" : "b")}/{i}.png"], files[i % files.Length]);
        // What .NET may have of memory for objects, in hexadecimal: one more byte ends the process.
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(BoundedMemoryTests).Assembly.Location, Command, folder.Path])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_GCHeapHardLimit"] = $"{Limit:x}", ["DOTNET_gcServer"] = "0" },
        })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"trained on {Pictures} pictures", printed);
    }

    /// <summary>The process.</summary>
    internal static int Train(string folder)
    {
        var dataset = keras.utils.image_dataset_from_directory(folder, image_size: (Side, Side), batch_size: 16, seed: 1);
        var model = keras.Sequential([keras.Input((Side, Side, 3)), keras.layers.Rescaling(1 / 255.0), keras.layers.MaxPooling2D(8, 8), keras.layers.Flatten(),
            keras.layers.Dense(1, activation: "sigmoid")]);
        model.compile("adam", "binary_crossentropy");
        int seen = 0;
        var counted = dataset.map((images, labels) =>
        {
            seen += (int)images.shape[0]!;
            return (images, labels);
        });
        model.fit(counted, epochs: 1, verbose: 0);
        System.Console.WriteLine($"trained on {seen} pictures");
        return 0;
    }
}
