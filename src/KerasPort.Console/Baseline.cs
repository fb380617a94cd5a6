using KerasPort.Callbacks;
using KerasPort.Models;
using KerasPort.Training;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>The codelab's first lesson, a dense network on Fashion-MNIST: <c>Baseline.py</c>, statement for statement.</summary>
public static class Baseline
{
    /// <summary>Trains and tests the model; the defaults are the codelab's.</summary>
    /// <param name="model">Another model to train instead.</param>
    /// <param name="epochs">The number of passes over the training images.</param>
    /// <param name="batch_size">Images per step; Keras' 32 by default.</param>
    /// <param name="verbose">The verbosity of Keras' output; "auto" by default.</param>
    /// <param name="callbacks">Callbacks for the training and the test.</param>
    public static void Run(Sequential? model = null, int epochs = 5, int? batch_size = null, Verbose? verbose = null, Callback[]? callbacks = null)
    {
        var mnist = tf.keras.datasets.fashion_mnist;
        var ((training_images, training_labels), (test_images, test_labels)) = mnist.load_data();
        training_images = training_images / 255.0;
        test_images = test_images / 255.0;
        model ??= tf.keras.models.Sequential([
            tf.keras.layers.Flatten(),
            tf.keras.layers.Dense(128, activation: "relu"),
            tf.keras.layers.Dense(10, activation: "softmax"),
        ]);
        model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
        model.fit(training_images, training_labels, epochs: epochs, batch_size: batch_size, verbose: verbose, callbacks: callbacks);
        var (test_loss, test_accuracy) = model.evaluate(test_images, test_labels, verbose: verbose, callbacks: callbacks);
        print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100));
    }
}
