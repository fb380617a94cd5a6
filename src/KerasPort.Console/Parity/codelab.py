#!/usr/bin/env python3
"""The codelab in Python Keras, with a seed and what it did as JSON: the other half of `kerasport parity`.

usage: codelab.py --json FILE [--model NAME] [--epochs N] [--batch-size N] [--seed N] [--beside LOSSES.json]
NAME: baseline, or cnn-F1-F2-... with a Conv2D(F, 3x3, relu) and a MaxPooling2D(2, 2) for each F before the baseline's layers.
LOSSES.json: {"losses": [...], "limit": L}, another program's loss of each batch by itself. Training then ends with the first batch whose
loss here lies further from it than L, and what is written is which relu units were on in the batches before.

The codelab's text is in baseline() and convolutions(), unchanged but for the lines that end in "#+".
"""
import argparse, base64, contextlib, hashlib, json, os, platform, sys, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
import numpy as np
import keras

FIRST_STEPS = 100
PREDICTED_IMAGES = 1000


def baseline():
  import tensorflow as tf
  mnist = tf.keras.datasets.fashion_mnist
  (training_images, training_labels), (test_images, test_labels) = mnist.load_data()
  training_images=training_images/255.0
  test_images=test_images/255.0
  model = tf.keras.models.Sequential([
    tf.keras.layers.Flatten(),
    tf.keras.layers.Dense(128, activation='relu'),
    tf.keras.layers.Dense(10, activation='softmax')
  ])
  model = watched(model) #+
  model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
  model.fit(training_images, training_labels, epochs=5)
  test_loss, test_accuracy = model.evaluate(test_images, test_labels)
  print ('Test loss: {}, Test accuracy: {}'.format(test_loss, test_accuracy*100))
  return model, test_images #+


def convolutions():
  import tensorflow as tf
  mnist = tf.keras.datasets.fashion_mnist
  (training_images, training_labels), (test_images, test_labels) = mnist.load_data()
  training_images=training_images.reshape(60000, 28, 28, 1)
  training_images=training_images/255.0
  test_images=test_images.reshape(10000, 28, 28, 1)
  test_images=test_images/255.0
  model = tf.keras.models.Sequential([
    tf.keras.layers.Conv2D(64, (3, 3), activation='relu', input_shape=(28, 28, 1)),
    tf.keras.layers.MaxPooling2D(2, 2),
    #Add another convolution
    tf.keras.layers.Conv2D(64, (3, 3), activation='relu'),
    tf.keras.layers.MaxPooling2D(2, 2),
    #Now flatten the output. After this you'll just have the same DNN structure as the non convolutional version
    tf.keras.layers.Flatten(),
    #The same 128 dense layers, and 10 output layers as in the pre-convolution example:
    tf.keras.layers.Dense(128, activation='relu'),
    tf.keras.layers.Dense(10, activation='softmax')
  ])
  model = watched(model) #+
  model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', metrics=['accuracy'])
  model.summary()
  model.fit(training_images, training_labels, epochs=5)
  test_loss, test_accuracy = model.evaluate(test_images, test_labels)
  print ('Test loss: {}, Test accuracy: {}'.format(test_loss, test_accuracy*100))
  return model, test_images #+


def sha256(array, kind):
  return hashlib.sha256(np.ascontiguousarray(array, dtype=kind).tobytes()).hexdigest()


def other_model(name):
  """The second lesson's model with other filters, built from the seed as if it had been written there."""
  # The lesson's own model took the first names.
  keras.utils.clear_session()
  keras.utils.set_random_seed(options.seed)
  stack = [keras.Input((28, 28, 1))]
  for filters in map(int, name.split("-")[1:]):
    stack += [keras.layers.Conv2D(filters, (3, 3), activation="relu"), keras.layers.MaxPooling2D(2, 2)]
  return keras.Sequential(stack + [
    keras.layers.Flatten(), keras.layers.Dense(128, activation="relu"), keras.layers.Dense(10, activation="softmax")])


def watched(model):
  """The lesson's model, or the one asked for, whose fit and evaluate are the ones asked for."""
  if options.model not in ("baseline", "cnn-64-64"): model = other_model(options.model)
  fit, evaluate = model.fit, model.evaluate

  def watched_fit(x, y, epochs):
    # Keras would make the weights in the first batch, from the same seeds; made here they can be seen before it.
    if not model.built: model.build((None, *x.shape[1:]))
    watcher.initial_weights = [sha256(weight, "<f4") for weight in model.get_weights()]
    watcher.images = x
    fit(x, y, epochs=options.epochs or epochs, batch_size=options.batch_size, verbose=options.verbose, callbacks=[watcher])

  model.fit = watched_fit
  model.evaluate = lambda x, y: evaluate(x, y, callbacks=[watcher], verbose=options.verbose)
  return model


class FirstSteps(keras.callbacks.Callback):
  """The loss of each of the first batches by itself: Keras reports means since the epoch's start, in float32."""
  losses = []

  def on_train_batch_begin(self, batch, logs=None):
    self.model.reset_metrics()

  def on_train_batch_end(self, batch, logs=None):
    self.losses.append(float(logs["loss"]))
    if len(self.losses) == FIRST_STEPS: self.model.stop_training = True


class Beside(keras.callbacks.Callback):
  """Which relu units were on, for each image, in the last batches before the losses part from another program's."""
  BATCHES = 64
  NEAR = 1e-5

  def __init__(self, other, order):
    super().__init__()
    self.other, self.order, self.step, self.parted, self.kept = other, order, 0, None, []

  def on_train_begin(self, logs=None):
    layers = [layer for layer in self.model.layers if getattr(layer, "activation", None) is keras.activations.relu]
    self.layers = [layer.name for layer in layers]
    self.inner = keras.Model(self.model.inputs, [layer.output for layer in layers])

  def on_train_batch_begin(self, batch, logs=None):
    self.model.reset_metrics()
    rows = self.order[batch * options.batch_size:(batch + 1) * options.batch_size]
    outputs = self.inner.predict_on_batch(self.images[rows])
    outputs = [np.asarray(output).ravel() for output in (outputs if isinstance(outputs, (list, tuple)) else [outputs])]
    self.kept = self.kept[1 - self.BATCHES:] + [dict(step=self.step, layers=[self.units(output) for output in outputs])]

  def units(self, output):
    """A bit for each unit, the first in a byte's highest, and those that are on by next to nothing."""
    near = np.flatnonzero((output > 0) & (output < self.NEAR))
    return dict(on=base64.b64encode(np.packbits(output > 0).tobytes()).decode(), near={int(i): float(output[i]) for i in near})

  def on_train_batch_end(self, batch, logs=None):
    # Neither is near another when a loss is no number.
    if not abs(float(logs["loss"]) - self.other["losses"][self.step]) <= self.other["limit"]: self.parted = self.step
    self.step += 1
    if self.parted is not None or self.step == len(self.other["losses"]): self.model.stop_training = True


class WholeRun(keras.callbacks.Callback):
  """What a whole run does, and how long it takes."""
  history, epoch_seconds = {}, []

  def on_epoch_begin(self, epoch, logs=None):
    self.started = time.perf_counter()

  def on_epoch_end(self, epoch, logs=None):
    self.epoch_seconds.append(time.perf_counter() - self.started)
    for name, value in logs.items(): self.history.setdefault(name, []).append(float(value))

  def on_test_begin(self, logs=None):
    self.started = time.perf_counter()

  def on_test_end(self, logs=None):
    self.evaluate_seconds = time.perf_counter() - self.started
    self.test = {name: float(value) for name, value in logs.items()}


def row_order():
  """The training images' numbers in the order in which an epoch of fit() takes them, for every epoch since a seed is set."""
  if keras.backend.backend() != "tensorflow": return None

  class Rows(keras.Model):
    seen = []

    def call(self, x):
      return x

    def train_step(self, data):
      self.seen.append(data[0].numpy())
      return {"loss": keras.ops.zeros(())}

  keras.utils.set_random_seed(options.seed)
  model = Rows()
  model.compile(run_eagerly=True)
  numbers = np.arange(60000, dtype="int32")[:, None]
  model.fit(numbers, numbers, batch_size=1000, verbose=0)
  return np.concatenate(Rows.seen).ravel()


def peak_memory():
  try:
    import resource
  except ImportError:
    return None
  return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def processor():
  try:
    with open("/proc/cpuinfo") as lines:
      return next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
  except (OSError, StopIteration):
    return platform.processor() or platform.machine()


parser = argparse.ArgumentParser(description="The codelab in Python Keras, with a seed, and what it did as JSON.")
parser.add_argument("--json", required=True, metavar="FILE")
parser.add_argument("--model", default="baseline", metavar="NAME")
parser.add_argument("--epochs", type=int, metavar="N")
parser.add_argument("--batch-size", type=int, default=32, metavar="N")
parser.add_argument("--seed", type=int, default=1, metavar="N")
parser.add_argument("--beside", metavar="FILE")
parser.add_argument("--verbose", type=int, default=2, metavar="N")
options = parser.parse_args()
# What takes other kernels than TensorFlow would of itself, and so another order of sums.
kernels = ", ".join("%s=%s" % (name, os.environ[name]) for name in ("TF_ENABLE_ONEDNN_OPTS", "ONEDNN_MAX_CPU_ISA", "TF_NUM_INTRAOP_THREADS") if name in os.environ)
lesson = baseline if options.model == "baseline" else convolutions

if options.beside:
  with open(options.beside) as file: other = json.load(file)
  watcher, options.verbose = Beside(other, row_order()), 0
  keras.utils.set_random_seed(options.seed)
  with contextlib.redirect_stdout(None): lesson()
  with open(options.json, "w") as file:
    json.dump(dict(parted=watcher.parted, layers=watcher.layers, batches=watcher.kept), file)
  sys.exit()

watcher = whole = WholeRun()
keras.utils.set_random_seed(options.seed)
model, test_images = lesson()
predictions = model.predict(test_images[:PREDICTED_IMAGES], verbose=0)
memory = peak_memory()

# From here on nothing is measured. A run as the one before, ended early.
watcher, options.verbose = FirstSteps(), 0
with contextlib.redirect_stdout(None):
  keras.utils.set_random_seed(options.seed)
  lesson()

result = {
  "source": "Python %s, Keras %s on %s %s%s" % (
    platform.python_version(), keras.__version__, keras.backend.backend(), getattr(sys.modules.get(keras.backend.backend()), "__version__", ""),
    kernels and ", " + kernels),
  "kernels": kernels,
  "machine": processor(),
  "model": options.model,
  "seed": options.seed,
  "batch_size": options.batch_size,
  "initial_weights_sha256": whole.initial_weights,
  "row_order_sha256": None if (order := row_order()) is None else sha256(order, "<i4"),
  "first_losses": FirstSteps.losses,
  "history": whole.history,
  "epoch_seconds": whole.epoch_seconds,
  "test": whole.test,
  "evaluate_seconds": whole.evaluate_seconds,
  "predictions_float32": base64.b64encode(predictions.astype("<f4").tobytes()).decode(),
  "peak_memory_bytes": memory,
}
with open(options.json, "w") as file:
  json.dump(result, file)
