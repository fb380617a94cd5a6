using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>The codelab's second lesson, convolutions before the dense layers: <c>Convolutions.py</c>, statement for statement.</summary>
public static class Convolutions
{
    /// <inheritdoc cref="Baseline.Run"/>
    public static void Run(Sequential? model = null, int epochs = 5, int? batch_size = null, Verbose? verbose = null, Callback[]? callbacks = null)
    {
        var mnist = tf.keras.datasets.fashion_mnist;
        var ((training_images, training_labels), (test_images, test_labels)) = mnist.load_data();
        training_images = training_images.reshape(60000, 28, 28, 1);
        training_images = training_images / 255.0;
        test_images = test_images.reshape(10000, 28, 28, 1);
        test_images = test_images / 255.0;
        model ??= tf.keras.models.Sequential([
            tf.keras.layers.Conv2D(64, (3, 3), activation: "relu", input_shape: (28, 28, 1)),
            tf.keras.layers.MaxPooling2D(2, 2),
            // Another convolution
            tf.keras.layers.Conv2D(64, (3, 3), activation: "relu"),
            tf.keras.layers.MaxPooling2D(2, 2),
            // The same layers as without convolutions
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(128, activation: "relu"),
            tf.keras.layers.Dense(10, activation: "softmax"),
        ]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.summary();
        model.fit(training_images, training_labels, epochs: epochs, batch_size: batch_size, verbose: verbose, callbacks: callbacks);
        var (test_loss, test_accuracy) = model.evaluate(test_images, test_labels, verbose: verbose, callbacks: callbacks);
        print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100));
    }
}
