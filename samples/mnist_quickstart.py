# The shortest way to a network that reads digits: logits, a loss on logits, and a softmax put on top afterwards.
import tensorflow as tf

mnist = tf.keras.datasets.mnist
(x_train, y_train), (x_test, y_test) = mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dropout(0.2),
    tf.keras.layers.Dense(10),
])

# Before it is trained, each digit is as likely as any other: the loss is about ln(10).
predictions = model(x_train[:1]).numpy()
print(predictions.shape)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
print(f"loss before: {float(loss_fn(y_train[:1], predictions).numpy()):.4f}")

model.compile(optimizer="adam", loss=loss_fn, metrics=["accuracy"])
model.fit(x_train, y_train, epochs=5)
model.evaluate(x_test, y_test, verbose=2)

probability_model = tf.keras.Sequential([model, tf.keras.layers.Softmax()])
probabilities = probability_model(x_test[:5]).numpy()
print(probabilities.argmax(axis=1), y_test[:5])
