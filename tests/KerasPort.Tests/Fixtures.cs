using System.Text.Json;

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
