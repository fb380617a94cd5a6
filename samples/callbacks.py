# Custom callbacks: one that stops when the model is good enough, and one that looks for a learning rate.
import keras

(x_train, y_train), (x_test, y_test) = keras.datasets.fashion_mnist.load_data()
x_train, x_test = x_train / 255.0, x_test / 255.0

class StopAt(keras.callbacks.Callback):
    def __init__(self, target):
        super().__init__()
        self.target = target

    def on_epoch_end(self, epoch, logs=None):
        if logs["accuracy"] >= self.target:
            print(f"\nReached {self.target:.0%} accuracy after {epoch + 1} epochs.")
            self.model.stop_training = True

class GrowingRate(keras.callbacks.Callback):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor
        self.rates = []
        self.losses = []

    def on_train_batch_end(self, batch, logs=None):
        self.rates.append(float(self.model.optimizer.learning_rate))
        self.losses.append(logs["loss"])
        self.model.optimizer.learning_rate *= self.factor

def build_model():
    return keras.Sequential([
        keras.Input(shape=(28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ])

# One epoch in which the rate grows with each batch: the loss falls, then rises again.
search = build_model()
search.compile(optimizer=keras.optimizers.SGD(learning_rate=0.001), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
growing = GrowingRate(1.004)
search.fit(x_train, y_train, epochs=1, verbose=2, callbacks=[growing])
lowest = growing.losses.index(min(growing.losses))
print(f"lowest mean loss {growing.losses[lowest]:.4f} at a rate of {growing.rates[lowest]:.4f}")

# Training that stops by itself, with a rate that is halved every three epochs.
model = build_model()
model.compile(optimizer=keras.optimizers.SGD(learning_rate=0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
halving = keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate * 0.5 if epoch % 3 == 2 else rate)
patience = keras.callbacks.EarlyStopping(monitor="val_loss", patience=2, restore_best_weights=True)
history = model.fit(x_train, y_train, epochs=20, validation_split=0.1, verbose=2, callbacks=[StopAt(0.9), halving, patience])
print(len(history.history["loss"]), "epochs")
test_loss, test_accuracy = model.evaluate(x_test, y_test, verbose=2)
