# Two folders of pictures, horse-or-human/horses and horse-or-human/humans, and a network that tells them apart.
import numpy as np
import tensorflow as tf

# Pictures are read when their batch is due, as numbers from 0 to 1; a fifth of each folder is for validation.
image = tf.keras.preprocessing.image
datagen = image.ImageDataGenerator(rescale=1.0 / 255, validation_split=0.2)
train_generator = datagen.flow_from_directory(
    "horse-or-human",
    target_size=(150, 150),
    batch_size=32,
    class_mode="binary",
    subset="training",
)
validation_generator = datagen.flow_from_directory(
    "horse-or-human",
    target_size=(150, 150),
    batch_size=32,
    class_mode="binary",
    subset="validation",
)
print(train_generator.class_indices)

model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(16, (3, 3), activation="relu", input_shape=(150, 150, 3)),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(32, (3, 3), activation="relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(64, (3, 3), activation="relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Conv2D(64, (3, 3), activation="relu"),
    tf.keras.layers.MaxPooling2D(2, 2),
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(512, activation="relu"),
    tf.keras.layers.Dense(1, activation="sigmoid"),
])
model.summary()
model.compile(
    loss="binary_crossentropy",
    optimizer=tf.keras.optimizers.RMSprop(learning_rate=0.0005),
    metrics=["accuracy"],
)
history = model.fit(train_generator, epochs=15, validation_data=validation_generator)
print(f"best accuracy in validation: {max(history.history['val_accuracy']):.4f}")

# One number per picture: the probability of the second class.
for name in validation_generator.filenames:
    picture = image.load_img("horse-or-human/" + name, target_size=(150, 150))
    x = np.expand_dims(image.img_to_array(picture) / 255.0, axis=0)
    prediction = model.predict(x, verbose=0)
    if prediction[0] > 0.5:
        print(name + " is a human")
    else:
        print(name + " is a horse")
