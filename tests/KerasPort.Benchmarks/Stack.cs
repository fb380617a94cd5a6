using System.Globalization;
using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>A model that is measured: its layers and what it is fed.</summary>
/// <param name="Name">As in the tables.</param>
/// <param name="Input">An input's shape.</param>
/// <param name="Layers">The layers behind the input.</param>
internal sealed record Stack(string Name, Shape Input, Func<Layer[]> Layers)
{
    /// <summary>The codelab's models, by the names that the tool knows.</summary>
    public static readonly string[] Codelab = ["baseline", "cnn-64-64", "cnn-16-16", "cnn-32-32", "cnn-32-32-32", "cnn-64"];

    /// <summary>Stacks that no kernel is fused for.</summary>
    public static readonly Stack[] General =
    [
        new("conv-5x5", new(28, 28, 1), () => [Conv(32, 5), Pool(2), Conv(64, 5), Pool(2), .. Head(128)]),
        new("same-strides-2", new(28, 28, 1), () => [Conv(32, 3, strides: 2, padding: "same"), Conv(64, 3, strides: 2, padding: "same"), .. Head(128)]),
        new("dilated", new(28, 28, 1), () => [Conv(32, 3, dilation: 2), Conv(32, 3, dilation: 2), Pool(2), .. Head(128)]),
        new("conv-conv-pool", new(28, 28, 1), () => [Conv(32, 3), Conv(32, 3), Pool(2), .. Head(128)]),
        new("overlapping-pools", new(28, 28, 1), () => [Conv(32, 3), Pool(3, strides: 2), Conv(64, 3), Pool(3, strides: 2), .. Head(128)]),
        new("rgb-32x32", new(32, 32, 3), () => [Conv(32, 3, padding: "same"), Conv(32, 3), Pool(2), Conv(64, 3, padding: "same"), Conv(64, 3), Pool(2), .. Head(128)]),
        new("dense-2048", new(28, 28), () => [keras.layers.Flatten(), keras.layers.Dense(2048, activation: "relu"), keras.layers.Dense(2048, activation: "relu"), keras.layers.Dense(10, activation: "softmax")]),
    ];

    /// <summary>A stack by its name: one of <see cref="General"/>, <c>baseline</c> or <c>cnn-F1-F2-…</c>.</summary>
    public static Stack Find(string name)
    {
        if (General.FirstOrDefault(s => s.Name == name) is { } general) return general;
        if (name == "baseline") return new(name, new(28, 28), () => Head(128));
        var filters = Console.ModelName.Filters(name) ?? throw new ArgumentException($"Unknown model '{name}'. Expected {Console.ModelName.Allowed}, or one of {string.Join(", ", General.Select(s => s.Name))}.");
        return new(name, new(28, 28, 1), () => [.. filters.SelectMany(f => (Layer[])[Conv(f, 3), Pool(2)]), .. Head(128)]);
    }

    public Sequential Build() => keras.Sequential([keras.Input(Input), .. Layers()]);

    private static Layer Conv(int filters, int kernel, int strides = 1, string padding = "valid", int dilation = 1) =>
        keras.layers.Conv2D(filters, kernel, strides: strides, padding: padding, dilation_rate: dilation, activation: "relu");

    private static Layer Pool(int size, int? strides = null) => keras.layers.MaxPooling2D(size, strides: strides ?? size);

    private static Layer[] Head(int units) => [keras.layers.Flatten(), keras.layers.Dense(units, activation: "relu"), keras.layers.Dense(10, activation: "softmax")];

    /// <summary>That many training images and labels: Fashion-MNIST's, or random ones where the stack wants images of another size.</summary>
    public (NDArray x, NDArray y) Data(int rows)
    {
        int[] shape = [rows, .. Input.Select(d => d!.Value)];
        if (Input.Size == 28 * 28)
        {
            var (images, labels) = keras.datasets.fashion_mnist.load_data().Item1;
            return (images[..rows].reshape(shape) / 255.0, labels[..rows]);
        }
        var (x, y) = Pixels(rows);
        return (new NDArray(x, shape) / 255.0, new NDArray(y, rows));
    }

    /// <summary>The same as bytes.</summary>
    public (byte[] x, byte[] y) Pixels(int rows)
    {
        if (Input.Size == 28 * 28)
        {
            var (images, labels) = keras.datasets.fashion_mnist.load_data().Item1;
            return (Bytes(images[..rows]), Bytes(labels[..rows]));
        }
        byte[] pixels = new byte[rows * Input.Size], classes = new byte[rows];
        var random = new System.Random(1);
        random.NextBytes(pixels);
        for (int i = 0; i < rows; i++) classes[i] = (byte)random.Next(10);
        return (pixels, classes);
    }

    private static byte[] Bytes(NDArray array) => Array.ConvertAll(array.ToInts(), v => (byte)v);
}
