using KerasPort.Engines;
using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests;

/// <summary>The models of the recorded fixtures, by their names there.</summary>
internal static class TestModels
{
    /// <summary><c>baseline</c>, or <c>cnn-F1-F2-…</c>: a Conv2D(F, 3x3, relu) and MaxPooling2D(2, 2) for each F, then the baseline's layers.</summary>
    public static Sequential Build(string name)
    {
        Layer[] head = name == "baseline" ? [keras.Input((28, 28))]
            : [keras.Input((28, 28, 1)), .. name.Split('-')[1..]
                .SelectMany(f => (Layer[])[keras.layers.Conv2D(int.Parse(f), (3, 3), activation: "relu"), keras.layers.MaxPooling2D(2, 2)])];
        return keras.Sequential([.. head, keras.layers.Flatten(), keras.layers.Dense(128, activation: "relu"), keras.layers.Dense(10, activation: "softmax")]);
    }

    /// <summary>The same, compiled as the codelab does.</summary>
    public static Sequential Compiled(string name, Engine? engine = null)
    {
        var model = Build(name);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"], engine: engine);
        return model;
    }

    /// <summary>The data in the shape that a model takes: pixels from 0 to 1, with a channel for convolutions. Loaded once; nobody writes into it.</summary>
    public static ((NDArray x, NDArray y) train, (NDArray x, NDArray y) test) Data(string name)
    {
        var ((x, y), (xt, yt)) = s_data.Value;
        return name == "baseline" ? s_data.Value : ((x.reshape(-1, 28, 28, 1), y), (xt.reshape(-1, 28, 28, 1), yt));
    }

    private static readonly Lazy<((NDArray x, NDArray y) train, (NDArray x, NDArray y) test)> s_data = new(() =>
    {
        var ((x, y), (xt, yt)) = tf.keras.datasets.fashion_mnist.load_data();
        return ((x / 255.0, y), (xt / 255.0, yt));
    });
}
