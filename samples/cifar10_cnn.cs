#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// Pictures in colour: a convolutional network on CIFAR-10.

using static KerasPort.Python;

var layers = tf.keras.layers;
var models = tf.keras.models;

var ((train_images, train_labels), (test_images, test_labels)) = tf.keras.datasets.cifar10.load_data();
(train_images, test_images) = (train_images / 255.0, test_images / 255.0);
string[] class_names = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
foreach (int i in range(5))
{
    print(class_names[(int)train_labels[i, 0]]);
}

var model = models.Sequential();
model.add(layers.Conv2D(32, (3, 3), activation: "relu", input_shape: (32, 32, 3)));
model.add(layers.MaxPooling2D((2, 2)));
model.add(layers.Conv2D(64, (3, 3), activation: "relu"));
model.add(layers.MaxPooling2D((2, 2)));
model.add(layers.Conv2D(64, (3, 3), activation: "relu"));
model.summary();
model.add(layers.Flatten());
model.add(layers.Dense(64, activation: "relu"));
model.add(layers.Dense(10));
model.summary();

model.compile(
    optimizer: "adam",
    loss: tf.keras.losses.SparseCategoricalCrossentropy(from_logits: true),
    metrics: ["accuracy"]);
var history = model.fit(train_images, train_labels, epochs: 5, validation_data: (test_images, test_labels));
foreach (var (epoch, accuracy) in enumerate(history.history["val_accuracy"]))
{
    print($"after epoch {epoch + 1}: {accuracy:.4f}");
}
var (test_loss, test_acc) = model.evaluate(test_images, test_labels, verbose: 2);
print(test_acc);
