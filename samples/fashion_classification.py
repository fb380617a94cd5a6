# A classifier of clothing, from a first look at the pictures to drawn predictions of single ones.
import tensorflow as tf
import numpy as np
import matplotlib.pyplot as plt

fashion_mnist = tf.keras.datasets.fashion_mnist
(train_images, train_labels), (test_images, test_labels) = fashion_mnist.load_data()
class_names = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]
print(train_images.shape, len(train_labels), train_labels[:3])
print(test_images.shape, len(test_labels))

plt.figure()
plt.imshow(train_images[0])
plt.colorbar()
plt.grid(False)
plt.savefig("fashion-first.png")

train_images = train_images / 255.0
test_images = test_images / 255.0

plt.figure(figsize=(10, 10))
for i in range(25):
    plt.subplot(5, 5, i + 1)
    plt.xticks([])
    plt.yticks([])
    plt.grid(False)
    plt.imshow(train_images[i], cmap="binary")
    plt.xlabel(class_names[train_labels[i]])
plt.savefig("fashion-training.png")

model = tf.keras.Sequential([
    tf.keras.layers.Flatten(input_shape=(28, 28)),
    tf.keras.layers.Dense(128, activation="relu"),
    tf.keras.layers.Dense(10),
])
model.compile(optimizer="adam", loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
model.fit(train_images, train_labels, epochs=10)
test_loss, test_acc = model.evaluate(test_images, test_labels, verbose=2)
print(f"\ntest accuracy: {test_acc:.4f}")

# The model gives logits; with a softmax behind them they are probabilities.
probability_model = tf.keras.Sequential([model, tf.keras.layers.Softmax()])
predictions = probability_model.predict(test_images)
print(np.argmax(predictions[0]), test_labels[0])

def plot_image(prediction, true_label, image):
    plt.grid(False)
    plt.xticks([])
    plt.yticks([])
    plt.imshow(image, cmap="binary")
    predicted = int(np.argmax(prediction))
    color = "blue" if predicted == true_label else "red"
    plt.xlabel(f"{class_names[predicted]} {100 * prediction.max():2.0f}% ({class_names[true_label]})", color=color)

def plot_values(prediction, true_label):
    plt.grid(False)
    plt.xticks(range(10))
    plt.yticks([])
    bars = plt.bar(range(10), prediction, color="#777777")
    plt.ylim([0, 1])
    bars[np.argmax(prediction)].set_color("red")
    bars[true_label].set_color("blue")

# The first fifteen test pictures: right in blue, wrong in red.
rows = 5
columns = 3
plt.figure(figsize=(12, 10))
for i in range(rows * columns):
    plt.subplot(rows, 2 * columns, 2 * i + 1)
    plot_image(predictions[i], int(test_labels[i]), test_images[i])
    plt.subplot(rows, 2 * columns, 2 * i + 2)
    plot_values(predictions[i], int(test_labels[i]))
plt.tight_layout()
plt.savefig("fashion-predictions.png")

# One picture is a batch of one.
image = np.expand_dims(test_images[1], 0)
print(image.shape)
single = probability_model.predict(image)
print(class_names[np.argmax(single[0])])
