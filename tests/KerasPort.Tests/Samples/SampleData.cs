using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using KerasPort.Pictures;

namespace KerasPort.Tests.Samples;

/// <summary>
/// Made-up data sets of a few rows, with the shapes and types of the real ones, which samples train on in the tests, here and in Python. Public
/// for the programs that are compiled against it.
/// </summary>
public static class SampleData
{
    private const int TrainingRows = 96, TestRows = 32;

    private static readonly Dictionary<string, Func<NDArray[]>> s_datasets = new()
    {
        ["fashion_mnist"] = () => Pictures(1, [28, 28], []),
        ["mnist"] = () => Pictures(2, [28, 28], []),
        ["cifar10"] = () => Pictures(3, [32, 32, 3], [1]),
        ["boston_housing"] = () => Table(4, 13),
        ["california_housing"] = () => Table(5, 8),
    };

    /// <summary>The rows in place of a data set of <c>keras.datasets</c>.</summary>
    public static ((NDArray, NDArray), (NDArray, NDArray)) Of(object dataset)
    {
        string type = dataset.GetType().Name;
        string name = s_datasets.Keys.Single(name => name.Replace("_", "", StringComparison.Ordinal).Equals(type, StringComparison.OrdinalIgnoreCase));
        var arrays = s_datasets[name]();
        return ((arrays[0], arrays[1]), (arrays[2], arrays[3]));
    }

    /// <summary>Writes all of them for Python: the elements of each array as in memory, and a table of contents.</summary>
    internal static void Write(string folder)
    {
        var list = new JsonObject();
        foreach (var (name, make) in s_datasets)
        {
            var entries = new JsonArray();
            foreach (var (i, array) in make().Index())
            {
                string file = $"{name}-{i}.bin";
                File.WriteAllBytes(Path.Combine(folder, file), Bytes(array));
                entries.Add(new JsonObject
                {
                    ["file"] = file,
                    ["dtype"] = array.dtype.ToString(),
                    ["shape"] = new JsonArray([.. array.shape.Select(n => (JsonNode)n)]),
                });
            }
            list[name] = entries;
        }
        File.WriteAllText(Path.Combine(folder, "datasets.json"), list.ToJsonString());
    }

    /// <summary>Writes two folders of colour pictures: those of one class grow brighter to the right, those of the other to the bottom.</summary>
    internal static void WritePictures(string folder)
    {
        const int Pictures = 14, Height = 60, Width = 80;
        var random = new System.Random(6);
        foreach (string name in new[] { "horses", "humans" })
        {
            string into = Directory.CreateDirectory(Path.Combine(folder, "horse-or-human", name)).FullName;
            for (int picture = 0; picture < Pictures; picture++)
            {
                var pixels = new byte[Height * Width * 3];
                for (int i = 0; i < pixels.Length; i++)
                {
                    double share = name == "horses" ? i / 3 % Width / (double)Width : i / 3 / Width / (double)Height;
                    pixels[i] = (byte)(200 * share + random.Next(56));
                }
                byte[] file = PictureCodec.Open("samples").Encode(new Image(Height, Width, 3, pixels), "png");
                File.WriteAllBytes(Path.Combine(into, $"{name}-{picture:00}.png"), file);
            }
        }
    }

    private static byte[] Bytes(NDArray array) => array.dtype == DType.uint8
        ? [.. array.AsType<byte>()]
        : MemoryMarshal.AsBytes(array.AsType<double>().AsSpan()).ToArray();

    private static T[] AsType<T>(this NDArray array) where T : struct, IConvertible =>
        [.. Enumerable.Range(0, (int)array.size).Select(i => (T)Convert.ChangeType((double)array.reshape(-1)[i], typeof(T)))];

    /// <summary>Ten classes, each a fixed picture plus noise, so that there is something to learn.</summary>
    private static NDArray[] Pictures(int seed, int[] shape, int[] labelShape)
    {
        var random = new System.Random(seed);
        int size = shape.Aggregate(1, (product, n) => product * n);
        var classes = new byte[10 * size];
        random.NextBytes(classes);
        return [.. new[] { TrainingRows, TestRows }.SelectMany(rows =>
        {
            var (pictures, labels) = (new byte[rows * size], new byte[rows]);
            for (int row = 0; row < rows; row++)
            {
                labels[row] = (byte)random.Next(10);
                for (int i = 0; i < size; i++) pictures[row * size + i] = (byte)((classes[labels[row] * size + i] + random.Next(256)) / 2);
            }
            return new[] { ((NDArray)pictures).reshape([rows, .. shape]), ((NDArray)labels).reshape([rows, .. labelShape]) };
        })];
    }

    /// <summary>Numbers of different sizes, and a target that is nearly a function of them.</summary>
    private static NDArray[] Table(int seed, int columns)
    {
        var random = new System.Random(seed);
        return [.. new[] { TrainingRows, TestRows }.SelectMany(rows =>
        {
            var (x, y) = (new double[rows * columns], new double[rows]);
            for (int row = 0; row < rows; row++)
            {
                y[row] = 22 + 2 * random.NextDouble();
                for (int column = 0; column < columns; column++)
                {
                    double value = random.NextDouble();
                    x[row * columns + column] = value * (column + 1) * 10;
                    y[row] += (column % 3 - 1) * 4 * value;
                }
            }
            return new[] { ((NDArray)x).reshape([rows, columns]), (NDArray)y };
        })];
    }
}
