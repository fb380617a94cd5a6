# A first network for images, and the usual exercises: what the outputs mean, and how changes of the network affect them.
import tensorflow as tf

mnist = tf.keras.datasets.fashion_mnist
(training_images, training_labels), (test_images, test_labels) = mnist.load_data()
print(training_labels[0])
print(training_images[0])
training_images = training_images / 255.0
test_images = test_images / 255.0

model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation=tf.nn.relu),
    tf.keras.layers.Dense(10, activation=tf.nn.softmax),
])
model.compile(optimizer=tf.keras.optimizers.Adam(), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(training_images, training_labels, epochs=5)
model.evaluate(test_images, test_labels)

# Exercise 1: ten numbers per picture, the probabilities of the kinds of clothing; the largest should be at the label's index.
classifications = model.predict(test_images)
print(classifications[0])
print(classifications[0].argmax(), test_labels[0])

def experiment(name, hidden, epochs):
    model = tf.keras.models.Sequential([tf.keras.layers.Flatten()])
    for units in hidden:
        model.add(tf.keras.layers.Dense(units, activation=tf.nn.relu))
    model.add(tf.keras.layers.Dense(10, activation=tf.nn.softmax))
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    model.fit(training_images, training_labels, epochs=epochs, verbose=0)
    loss, accuracy = model.evaluate(test_images, test_labels, verbose=0)
    print(f"{name}: loss {loss:.4f}, accuracy {accuracy:.4f}, {model.count_params()} parameters")

# Exercise 2: more neurons.
experiment("512 neurons", [512], 5)
# Exercise 3: one more layer.
experiment("two layers", [256, 128], 5)
# Exercise 4: more epochs, which at some point only memorize the training images.
experiment("15 epochs", [128], 15)
# Exercise 5: pictures without scaling, 0 to 255. The network learns, but worse.
training_images = training_images * 255.0
test_images = test_images * 255.0
experiment("not scaled", [128], 5)
