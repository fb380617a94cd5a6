#:project ../src/KerasPort/KerasPort.csproj
#:project ../src/KerasPort.Pictures/KerasPort.Pictures.csproj
#:property PublishAot=false

// Two folders of pictures, horse-or-human/horses and horse-or-human/humans, and a network that tells them apart.

using static KerasPort.Python;

var layers = keras.layers;

var (train, validation) = keras.utils.image_dataset_from_directory(
    "horse-or-human",
    label_mode: "binary",
    image_size: (150, 150),
    batch_size: 32,
    validation_split: 0.2,
    subset: "both",
    seed: 42);
var class_names = train.class_names;
print(class_names);

// The first layers turn, flip and enlarge each picture a little, another way in each epoch; they do nothing in a prediction.
var model = keras.Sequential([
    keras.Input(shape: (150, 150, 3)),
    layers.RandomFlip("horizontal"),
    layers.RandomRotation(0.05),
    layers.RandomZoom(0.1),
    layers.Rescaling(1.0 / 255),
    layers.Conv2D(16, (3, 3), activation: "relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(32, (3, 3), activation: "relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, (3, 3), activation: "relu"),
    layers.MaxPooling2D(2, 2),
    layers.Conv2D(64, (3, 3), activation: "relu"),
    layers.MaxPooling2D(2, 2),
    layers.Flatten(),
    layers.Dense(128, activation: "relu"),
    layers.Dense(1, activation: "sigmoid"),
]);
model.summary();
model.compile(loss: "binary_crossentropy", optimizer: keras.optimizers.RMSprop(learning_rate: 0.0005), metrics: ["accuracy"]);
var history = model.fit(train, epochs: 4, validation_data: validation);
print($"best accuracy in validation: {max(history.history["val_accuracy"]):.4f}");

// One number a picture: how much it is the second class.
foreach (var (images, labels) in validation.take(1))
{
    var predictions = model.predict(images, verbose: 0);
    foreach (var (prediction, label) in zip(predictions, labels.numpy()))
    {
        int truth = (int)label[0];
        string guess = prediction[0] > 0.5 ? class_names[1] : class_names[0];
        print($"{(double)prediction[0]:.2f}: {guess}, and it is one of the {class_names[truth]}");
    }
}
