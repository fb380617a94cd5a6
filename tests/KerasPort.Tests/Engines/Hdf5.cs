using System.Text.Json;
using PureHDF;

namespace KerasPort.Tests.Engines;

/// <summary>Reads the recorded HDF5 fixtures.</summary>
internal static class Hdf5
{
    /// <summary>Fixtures of a pattern: the project's own and, when KERASPORT_FIXTURES names another folder of the same layout, that folder's.</summary>
    public static string[] Files(string folder, string pattern)
    {
        string?[] roots = [Fixtures.Path(""), Environment.GetEnvironmentVariable("KERASPORT_FIXTURES")];
        return [.. roots.OfType<string>().Select(root => Path.Combine(root, folder)).Where(Directory.Exists)
            .SelectMany(path => Directory.GetFiles(path, pattern)).DistinctBy(Path.GetFileName).Order(StringComparer.Ordinal)];
    }

    public static double[] Doubles(this IH5Group group, string name)
    {
        var dataset = group.Dataset(name);
        return dataset.Type.Class == H5DataTypeClass.FixedPoint ? System.Array.ConvertAll(dataset.Read<long[]>(), v => (double)v)
            : dataset.Type.Size == 4 ? System.Array.ConvertAll(dataset.Read<float[]>(), v => (double)v)
            : dataset.Space.Dimensions.Length == 0 ? [dataset.Read<double>()] : dataset.Read<double[]>();
    }

    public static int[] ShapeOf(this IH5Group group, string name) => System.Array.ConvertAll(group.Dataset(name).Space.Dimensions, d => (int)d);

    public static NDArray Array(this IH5Group group, string name) =>
        new(System.Array.ConvertAll(group.Doubles(name), v => (float)v), new ArrayShape(group.ShapeOf(name)));

    /// <summary>The arrays 0, 1, 2… of a group; none where the group is missing.</summary>
    public static NDArray[] Arrays(this IH5Group group, string name)
    {
        int count = group.Names(name).Length;
        return count == 0 ? [] : [.. Enumerable.Range(0, count).Select(i => group.Group(name).Array(i.ToString()))];
    }

    /// <summary>The array of a name, or those of the group of that name.</summary>
    public static NDArray[] OneOrMore(this IH5Group group, string name) => group.IsGroup(name) ? group.Arrays(name) : [group.Array(name)];

    /// <summary>Whether the name is a group of arrays.</summary>
    public static bool IsGroup(this IH5Group group, string name) => group.Get(name) is IH5Group;

    /// <summary>A group within; empty where it is missing.</summary>
    public static string[] Names(this IH5Group group, string name) => group.LinkExists(name) ? [.. group.Group(name).Children().Select(c => c.Name)] : [];

    /// <summary>The class name and configuration that Keras recorded.</summary>
    public static (string Class, JsonElement Config) Config(this IH5Group group)
    {
        var root = JsonDocument.Parse(group.Attribute("config").Read<string>()).RootElement;
        return (root.GetProperty("class_name").GetString()!, root.GetProperty("config"));
    }
}
