# The functional API: a small residual network on CIFAR-10, whose blocks add their input to their output.
import keras
from keras import layers

(x_train, y_train), (x_test, y_test) = keras.datasets.cifar10.load_data()
x_train = x_train.astype("float32") / 255.0
x_test = x_test.astype("float32") / 255.0
y_train = keras.utils.to_categorical(y_train, 10)
y_test = keras.utils.to_categorical(y_test, 10)

inputs = keras.Input(shape=(32, 32, 3), name="picture")
x = layers.Conv2D(32, 3, activation="relu")(inputs)
x = layers.Conv2D(64, 3, activation="relu")(x)
block_output = layers.MaxPooling2D(3)(x)

for block in range(2):
    x = layers.Conv2D(64, 3, activation="relu", padding="same")(block_output)
    x = layers.Conv2D(64, 3, activation="relu", padding="same")(x)
    block_output = layers.add([x, block_output])

x = layers.Conv2D(64, 3, activation="relu")(block_output)
x = layers.GlobalAveragePooling2D()(x)
x = layers.Dense(256, activation="relu")(x)
x = layers.Dropout(0.5)(x)
outputs = layers.Dense(10)(x)

model = keras.Model(inputs, outputs, name="toy_resnet")
model.summary()
model.compile(
    optimizer=keras.optimizers.RMSprop(1e-3),
    loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    metrics=["acc"],
)
model.fit(x_train, y_train, batch_size=64, epochs=3, validation_split=0.2)
model.evaluate(x_test, y_test)
