"""Trains a model as `train` in this project does and prints the same measurements, as JSON."""
import argparse, json, resource, time

arguments = argparse.ArgumentParser()
for name, kind in (("--model", str), ("--optimizer", str), ("--pixels", str), ("--labels", str), ("--batch", int), ("--epochs", int), ("--seed", int)):
    arguments.add_argument(name, type=kind, required=True)
given = arguments.parse_args()

import numpy as np
import keras

keras.utils.set_random_seed(given.seed)
with open(given.model) as file:
    model = keras.models.model_from_json(file.read())
model.compile(optimizer=given.optimizer, loss="sparse_categorical_crossentropy", metrics=["accuracy"])
y = np.fromfile(given.labels, np.uint8)
x = np.fromfile(given.pixels, np.uint8).reshape(len(y), *model.input_shape[1:]) / 255.0

model.fit(x[:given.batch], y[:given.batch], batch_size=given.batch, verbose=0)
first_batch = time.time()


class Epochs(keras.callbacks.Callback):
    seconds = []

    def on_epoch_begin(self, epoch, logs=None):
        self.started = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        self.seconds.append(time.perf_counter() - self.started)


def best(run):
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return min(seconds)


# As the codelab writes it, with the progress bar; then without, which costs Python less.
history = model.fit(x, y, batch_size=given.batch, epochs=given.epochs, callbacks=[Epochs()])
epoch_seconds = Epochs.seconds
Epochs.seconds = []
model.fit(x, y, batch_size=given.batch, epochs=2, verbose=0, callbacks=[Epochs()])
with open("/proc/self/status") as status:
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) * 1024
print(json.dumps({
    "parameters": model.count_params(),
    "loss": history.history["loss"],
    "epoch_seconds": epoch_seconds,
    "silent_epoch_seconds": Epochs.seconds,
    "first_batch_at": first_batch,
    "memory_bytes": memory,
    "peak_memory_bytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    "evaluate_seconds": best(lambda: model.evaluate(x[:10000], y[:10000], verbose=0)),
    "predict_seconds": best(lambda: model.predict(x[:10000], verbose=0)),
    "version": f"Keras {keras.__version__} on {keras.backend.backend()}",
}))
