#:project KerasPort/KerasPort.csproj
#:property PublishAot=false

// The codelab as a script. Run it, change a line, run it again:
//
//     dotnet run -c Release src/codelab.cs
//
// It is the Python text statement for statement, so Keras' documentation tells what else a line could say.

using KerasPort;
using KerasPort.Callbacks;
using static KerasPort.Python;

// Uncomment for the same digits in every run, and the digits of Python Keras with that seed:
// keras.utils.set_random_seed(1);

// A network of dense layers.

var mnist = tf.keras.datasets.fashion_mnist;
var ((training_images, training_labels), (test_images, test_labels)) = mnist.load_data();
training_images = training_images / 255.0;
test_images = test_images / 255.0;
var model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation: "relu"),
    tf.keras.layers.Dense(10, activation: "softmax"),
]);
model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.fit(training_images, training_labels, epochs: 5);
var (test_loss, test_accuracy) = model.evaluate(test_images, test_labels);
print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100));

// The same with convolutions in front.

((training_images, training_labels), (test_images, test_labels)) = mnist.load_data();
training_images = training_images.reshape(60000, 28, 28, 1);
training_images = training_images / 255.0;
test_images = test_images.reshape(10000, 28, 28, 1);
test_images = test_images / 255.0;
model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(64, (3, 3), activation: "relu", input_shape: (28, 28, 1)),
    tf.keras.layers.MaxPooling2D(2, 2),
    // Add another convolution
    tf.keras.layers.Conv2D(64, (3, 3), activation: "relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    // Now flatten the output. After this you'll just have the same DNN structure as the non convolutional version
    tf.keras.layers.Flatten(),
    // The same 128 dense layers, and 10 output layers as in the pre-convolution example:
    tf.keras.layers.Dense(128, activation: "relu"),
    tf.keras.layers.Dense(10, activation: "softmax"),
]);
model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.summary();
model.fit(training_images, training_labels, epochs: 5);
(test_loss, test_accuracy) = model.evaluate(test_images, test_labels);
print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100));

// Exercises: 16 or 32 filters in place of 64; without the second convolution and its pooling; with a third;
// and, with `epochs: 20, callbacks: [new StopAt95()]` in fit, until 95 % of the training images are told right.

/// <summary>Ends the training once it is good enough.</summary>
class StopAt95 : Callback
{
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (logs["accuracy"] > 0.95)
        {
            print("\nReached 95% accuracy so cancelling training!");
            model.stop_training = true;
        }
    }
}
