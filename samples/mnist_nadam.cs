#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// A deeper network for digits: He's initializer, batch normalization, dropout and Nadam, with some of the training images held back.

using static KerasPort.Python;

var ((x_full, y_full), (x_test, y_test)) = keras.datasets.mnist.load_data();
(x_full, x_test) = (x_full / 255.0, x_test / 255.0);
int held = (int)(len(x_full) / 12);
var (x_train, x_valid) = (x_full[..^held], x_full[^held..]);
var (y_train, y_valid) = (y_full[..^held], y_full[^held..]);
x_train = x_train[Ellipsis, np.newaxis];
x_valid = x_valid[Ellipsis, np.newaxis];
x_test = x_test[Ellipsis, np.newaxis];

var model = keras.Sequential([
    keras.Input(shape: (28, 28, 1)),
    keras.layers.Conv2D(32, kernel_size: 3, padding: "same", activation: "relu", kernel_initializer: "he_normal"),
    keras.layers.Conv2D(64, kernel_size: 3, padding: "same", activation: "relu", kernel_initializer: "he_normal"),
    keras.layers.MaxPooling2D(),
    keras.layers.BatchNormalization(),
    keras.layers.Flatten(),
    keras.layers.Dropout(0.25),
    keras.layers.Dense(128, activation: "relu", kernel_initializer: "he_normal"),
    keras.layers.Dropout(0.5),
    keras.layers.Dense(10, activation: "softmax"),
]);
model.compile(loss: "sparse_categorical_crossentropy", optimizer: keras.optimizers.Nadam(learning_rate: 0.001), metrics: ["accuracy"]);
model.fit(x_train, y_train, epochs: 3, validation_data: (x_valid, y_valid));
model.evaluate(x_test, y_test);
