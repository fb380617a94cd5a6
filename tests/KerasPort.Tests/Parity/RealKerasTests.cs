using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace KerasPort.Tests.Parity;

/// <summary>Compared with the real Keras, with seeds that weren't recorded. Needs a Python that has it, named by KERASPORT_PYTHON.</summary>
[Needs(Need.RealKeras, Need.FashionMnist)]
[Slow]
public sealed class RealKerasTests
{
    /// <summary>12 steps per epoch: few enough for two correct implementations to agree in all models.</summary>
    private const int Rows = 480;

    [Theory]
    [InlineData("baseline", 20261)]
    [InlineData("baseline", 4294967295)]
    [InlineData("cnn-16-16", 31337)]
    [InlineData("cnn-8", 77)]
    public void Trains_as_Python_does(string name, long seed)
    {
        var python = Ask(seed, name);

        keras.utils.set_random_seed(seed);
        var model = TestModels.Compiled(name);
        Assert.Equal(python.GetProperty("initial").EnumerateArray().Select(h => h.GetString()),
            model.get_weights().Select(w => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(w.ToFloats().AsSpan())))));

        var ((x, y), _) = TestModels.Data(name);
        var history = model.fit(x[..Rows], y[..Rows], epochs: 2, validation_split: 0.25, verbose: 0).history;
        var expected = python.GetProperty("history");
        Assert.Equal(expected.EnumerateObject().Select(p => p.Name), history.Keys);
        foreach (var (key, values) in history)
            for (int epoch = 0; epoch < values.Count; epoch++)
                Assert.True(Math.Abs(expected.GetProperty(key)[epoch].GetDouble() - values[epoch]) <= 2e-6,
                    $"{key}, epoch {epoch + 1}: {values[epoch]}, Python {expected.GetProperty(key)[epoch]}.");

        float[] predictions = model.predict(x[..5], verbose: 0).ToFloats();
        double[] wanted = [.. python.GetProperty("predictions").EnumerateArray().SelectMany(row => row.EnumerateArray()).Select(v => v.GetDouble())];
        for (int i = 0; i < wanted.Length; i++) Assert.Equal(wanted[i], predictions[i], 1e-5);
    }

    private static JsonElement Ask(long seed, string name)
    {
        tf.keras.datasets.fashion_mnist.load_data();
        using var home = new KerasHome();
        return RealKeras.Ask("live.py", [$"{seed}", name, $"{Rows}"], home.Folder);
    }

    /// <summary>A KERAS_HOME with the data set, wherever this machine has it.</summary>
    private sealed class KerasHome : IDisposable
    {
        public string Folder { get; } = Directory.CreateTempSubdirectory("kerasport-").FullName;

        public KerasHome()
        {
            string target = Path.Combine(Folder, "datasets", "fashion-mnist");
            Directory.CreateDirectory(target);
            string[] places = ["/usr/share/datasets/fashion-mnist",
                Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".keras/datasets/fashion-mnist")];
            foreach (string file in Directory.GetFiles(places.First(Directory.Exists), "*.gz")) File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        public void Dispose() => Directory.Delete(Folder, recursive: true);
    }
}
