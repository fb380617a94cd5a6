#:project ../src/KerasPort/KerasPort.csproj
#:project ../src/KerasPort.Plotting/KerasPort.Plotting.csproj
#:property PublishAot=false

// Convolutions in front of the dense layers, and what each of them sees: the same filter on three pictures, layer by layer.

using static KerasPort.Plotting.PyPlot;
using static KerasPort.Python;

var mnist = tf.keras.datasets.fashion_mnist;
var ((training_images, training_labels), (test_images, test_labels)) = mnist.load_data();
training_images = training_images.reshape(-1, 28, 28, 1);
training_images = training_images / 255.0;
test_images = test_images.reshape(-1, 28, 28, 1);
test_images = test_images / 255.0;

var model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(32, (3, 3), activation: "relu", input_shape: (28, 28, 1)),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(32, (3, 3), activation: "relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation: "relu"),
    tf.keras.layers.Dense(10, activation: "softmax"),
]);
model.compile(optimizer: "adam", loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
model.summary();
model.fit(training_images, training_labels, epochs: 5);
var (test_loss, test_accuracy) = model.evaluate(test_images, test_labels);
print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100));

// Pictures of one class have features in common. Change the numbers and look at others.
int first_image = 0;
int second_image = 23;
int third_image = 28;
int convolution_number = 1;
var activation_model = tf.keras.models.Model(inputs: model.inputs, outputs: [.. from layer in model.layers select layer.output]);
var (figure, axes) = plt.subplots(3, 4);
foreach (var (row, image) in enumerate([first_image, second_image, third_image]))
{
    var maps = activation_model.predict(test_images[image].reshape(1, 28, 28, 1), verbose: 0);
    foreach (int layer in range(4))
    {
        print($"picture {image}, layer {layer}: brightest {maps[layer][0, .., .., convolution_number].max():.3f}");
        axes[row, layer].imshow(maps[layer][0, .., .., convolution_number], cmap: "inferno");
        axes[row, layer].grid(false);
    }
}
plt.savefig("feature-maps.png");
