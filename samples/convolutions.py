# Convolutions in front of the dense layers, and what each of them sees: the same filter on three pictures, layer by layer.
import tensorflow as tf
import matplotlib.pyplot as plt

mnist = tf.keras.datasets.fashion_mnist
(training_images, training_labels), (test_images, test_labels) = mnist.load_data()
training_images = training_images.reshape(-1, 28, 28, 1)
training_images = training_images / 255.0
test_images = test_images.reshape(-1, 28, 28, 1)
test_images = test_images / 255.0

model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(32, (3, 3), activation="relu", input_shape=(28, 28, 1)),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(32, (3, 3), activation="relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(10, activation="softmax"),
])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
model.summary()
model.fit(training_images, training_labels, epochs=5)
test_loss, test_accuracy = model.evaluate(test_images, test_labels)
print("Test loss: {}, Test accuracy: {}".format(test_loss, test_accuracy * 100))

# Pictures of one class have features in common. Change the numbers and look at others.
first_image = 0
second_image = 23
third_image = 28
convolution_number = 1
activation_model = tf.keras.models.Model(inputs=model.inputs, outputs=[layer.output for layer in model.layers])
figure, axes = plt.subplots(3, 4)
for row, image in enumerate([first_image, second_image, third_image]):
    maps = activation_model.predict(test_images[image].reshape(1, 28, 28, 1), verbose=0)
    for layer in range(4):
        print(f"picture {image}, layer {layer}: brightest {maps[layer][0, :, :, convolution_number].max():.3f}")
        axes[row, layer].imshow(maps[layer][0, :, :, convolution_number], cmap="inferno")
        axes[row, layer].grid(False)
plt.savefig("feature-maps.png")
