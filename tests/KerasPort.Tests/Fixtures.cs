using System.Text.Json;
using KerasPort.Models;

namespace KerasPort.Tests;

/// <summary>The recorded behaviour in <c>tests/fixtures</c>.</summary>
internal static class Fixtures
{
    private static readonly string Root = Find();

    /// <summary>The path of a fixture, such as <c>console/codelab.py</c>.</summary>
    public static string Path(string name) => System.IO.Path.Combine([Root, .. name.Split('/')]);

    /// <summary>A fixture's text.</summary>
    public static string Text(string name) => File.ReadAllText(Path(name));

    /// <summary>The elements of a fixture that is a JSON array.</summary>
    public static JsonElement[] Cases(string name) => [.. JsonDocument.Parse(Text(name)).RootElement.EnumerateArray()];

    /// <summary>Recorded numbers as float32; null stands for NaN.</summary>
    public static float[] Floats(JsonElement values) => [.. values.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? float.NaN : v.GetSingle())];

    /// <summary>Numbers in [0, 1) that the scripts behind the fixtures make for an array.</summary>
    public static NDArray Numbers(params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate((a, b) => a * b)).Select(i => (float)(i * 7919L % 1009 / 1009.0))], shape);

    /// <summary>Gives a model the recorded weights.</summary>
    public static void SetWeights(Model model, JsonElement recorded) =>
        model.set_weights([.. model.weights.Zip(recorded.GetProperty("weights").EnumerateArray(), (w, values) => new NDArray(Floats(values), w.shape))]);

    /// <summary>Checks a result against Keras' recorded one.</summary>
    public static void Near(JsonElement expected, double actual, string what) =>
        Assert.True(Math.Abs(expected.GetDouble() - actual) <= 2e-5 * Math.Max(1, Math.Abs(actual)), $"{what}: {actual}, Keras {expected}");

    /// <summary>Checks results against those that Keras recorded by name.</summary>
    public static void Near(JsonElement expected, Evaluation actual)
    {
        Assert.Equal(expected.EnumerateObject().Count(), actual.Count);
        foreach (var one in expected.EnumerateObject()) Near(one.Value, actual[one.Name], one.Name);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string root = System.IO.Path.Combine(folder.FullName, "tests", "fixtures");
            if (Directory.Exists(root)) return root;
        }
        throw new DirectoryNotFoundException($"There is no tests/fixtures above {AppContext.BaseDirectory}.");
    }
}
