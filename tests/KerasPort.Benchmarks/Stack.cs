using System.Globalization;
using KerasPort.Layers;
using KerasPort.Models;
using static KerasPort.Python;

namespace KerasPort.Benchmarks;

/// <summary>A benchmarked model and its input.</summary>
/// <param name="Name">The name in the tables.</param>
/// <param name="Input">The shape of one input.</param>
/// <param name="Build">Creates the model.</param>
/// <param name="Optimizer">The optimizer's name, which both sides know.</param>
/// <param name="Rows">Images per epoch.</param>
/// <param name="Batch">Images per step, unless another number is asked for.</param>
internal sealed record Stack(string Name, Shape Input, Func<Model> Build, string Optimizer = "adam", int Rows = Stack.SomeRows, int Batch = 32)
{
    public const int AllRows = 60_000, SomeRows = 6_400;

    /// <summary>A chain of layers.</summary>
    private Stack(string name, Shape input, Func<Layer[]> layers, string optimizer = "adam", int rows = SomeRows, int batch = 32)
        : this(name, input, () => keras.Sequential([keras.Input(input), .. layers()]), optimizer, rows, batch)
    {
    }

    private static readonly Shape s_cifar = new(32, 32, 3);

    /// <summary>The codelab's models, by the tool's names.</summary>
    public static readonly string[] Codelab = ["baseline", "cnn-64-64", "cnn-16-16", "cnn-32-32", "cnn-32-32-32", "cnn-64"];

    /// <summary>
    /// Models as in public programs. Those for CIFAR-10's pictures of 32 × 32 × 3 get random ones of this size, the same on both sides,
    /// since the time of a step doesn't depend on the content.
    /// </summary>
    public static readonly Stack[] Models =
    [
        new("mlp-300-100", new(28, 28), () => [keras.layers.Flatten(), Dense(300), Dense(100), Classes()], "sgd", AllRows),
        new("mnist-convnet", new(28, 28, 1),
            () => [Conv(32, 3), Pool(2), Conv(64, 3), Pool(2), keras.layers.Flatten(), keras.layers.Dropout(0.5), Classes()], rows: 2 * SomeRows, batch: 128),
        new("cifar-cnn", s_cifar, () => [.. Block(32, 0.2), .. Block(64, 0.3), .. Block(128, 0.4), keras.layers.Flatten(),
            Dense(128), keras.layers.BatchNormalization(), keras.layers.Dropout(0.5), Classes()], batch: 64),
        new("toy-resnet", s_cifar, Build: ToyResNet, Batch: 64),
        new("mini-xception", s_cifar, Build: MiniXception, Batch: 64),
    ];

    /// <summary>Stacks for which no kernels are fused.</summary>
    public static readonly Stack[] General =
    [
        new("conv-5x5", new(28, 28, 1), () => [Conv(32, 5), Pool(2), Conv(64, 5), Pool(2), .. Head(128)]),
        new("same-strides-2", new(28, 28, 1), () => [Conv(32, 3, strides: 2, padding: "same"), Conv(64, 3, strides: 2, padding: "same"), .. Head(128)]),
        new("dilated", new(28, 28, 1), () => [Conv(32, 3, dilation: 2), Conv(32, 3, dilation: 2), Pool(2), .. Head(128)]),
        new("conv-conv-pool", new(28, 28, 1), () => [Conv(32, 3), Conv(32, 3), Pool(2), .. Head(128)]),
        new("overlapping-pools", new(28, 28, 1), () => [Conv(32, 3), Pool(3, strides: 2), Conv(64, 3), Pool(3, strides: 2), .. Head(128)]),
        new("rgb-32x32", new(32, 32, 3), () => [Conv(32, 3, padding: "same"), Conv(32, 3), Pool(2), Conv(64, 3, padding: "same"),
            Conv(64, 3), Pool(2), .. Head(128)]),
        new("dense-2048", new(28, 28), () => [keras.layers.Flatten(), keras.layers.Dense(2048, activation: "relu"),
            keras.layers.Dense(2048, activation: "relu"), keras.layers.Dense(10, activation: "softmax")]),
    ];

    /// <summary>A stack by its name: one of <see cref="Models"/> or <see cref="General"/>, <c>baseline</c> or <c>cnn-F1-F2-…</c>.</summary>
    public static Stack Find(string name)
    {
        if (Models.Concat(General).FirstOrDefault(s => s.Name == name) is { } known) return known;
        if (name == "baseline") return new(name, new(28, 28), () => Head(128), rows: AllRows);
        var filters = Console.ModelName.Filters(name) ?? throw new ArgumentException(
            $"Unknown model '{name}'. Expected {Console.ModelName.Allowed}, or one of {string.Join(", ", Models.Concat(General).Select(s => s.Name))}.");
        return new(name, new(28, 28, 1), () => [.. filters.SelectMany(f => (Layer[])[Conv(f, 3), Pool(2)]), .. Head(128)], rows: AllRows);
    }

    private static Layer Conv(int filters, int kernel, int strides = 1, string padding = "valid", int dilation = 1) =>
        keras.layers.Conv2D(filters, kernel, strides: strides, padding: padding, dilation_rate: dilation, activation: "relu");

    private static Layer Pool(int size, int? strides = null) => keras.layers.MaxPooling2D(size, strides: strides ?? size);

    private static Layer Dense(int units) => keras.layers.Dense(units, activation: "relu");

    private static Layer Classes() => keras.layers.Dense(10, activation: "softmax");

    private static Layer[] Head(int units) => [keras.layers.Flatten(), Dense(units), Classes()];

    private static Layer[] Block(int filters, double rate) =>
    [
        Conv(filters, 3, padding: "same"), keras.layers.BatchNormalization(), Conv(filters, 3, padding: "same"), keras.layers.BatchNormalization(),
        Pool(2), keras.layers.Dropout(rate),
    ];

    private static Tensor Through(Tensor x, params Layer[] layers) => layers.Aggregate(x, (y, layer) => layer.Apply(y));

    /// <summary>The model of Keras' guide to the functional API.</summary>
    private static Model ToyResNet()
    {
        var inputs = keras.Input(s_cifar);
        var x = Through(inputs, Conv(32, 3), Conv(64, 3), Pool(3));
        for (int block = 0; block < 2; block++) x = keras.layers.add([Through(x, Conv(64, 3, padding: "same"), Conv(64, 3, padding: "same")), x]);
        return keras.Model(inputs, Through(x, Conv(64, 3), keras.layers.GlobalAveragePooling2D(), Dense(256), keras.layers.Dropout(0.5), Classes()));
    }

    /// <summary>The model of Keras' example of classification from scratch, for small pictures.</summary>
    private static Model MiniXception()
    {
        static Layer Separable(int filters) => keras.layers.SeparableConv2D(filters, 3, padding: "same");
        static Layer Thinned(int filters, int kernel) => keras.layers.Conv2D(filters, kernel, strides: 2, padding: "same");
        static Layer Normalized() => keras.layers.BatchNormalization();
        static Layer Relu() => keras.layers.Activation("relu");

        var inputs = keras.Input(s_cifar);
        var x = Through(inputs, Thinned(32, 3), Normalized(), Relu());
        foreach (int filters in (int[])[64, 128])
        {
            var inner = Through(x, Separable(filters), Normalized(), Relu(), Separable(filters), Normalized(),
                keras.layers.MaxPooling2D(3, strides: 2, padding: "same"));
            x = Through(keras.layers.add([inner, Through(x, Thinned(filters, 1))]), Relu());
        }
        x = Through(x, Separable(256), Normalized(), Relu(), keras.layers.GlobalAveragePooling2D(), keras.layers.Dropout(0.25), Classes());
        return keras.Model(inputs, x);
    }

    /// <summary>Training images and labels: Fashion-MNIST's, or random ones where the stack wants images of another size.</summary>
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
