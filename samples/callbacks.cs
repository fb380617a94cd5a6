#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// Custom callbacks: one that stops when the model is good enough, and one that looks for a learning rate.

using KerasPort;
using KerasPort.Callbacks;
using KerasPort.Models;
using static KerasPort.Python;

var ((x_train, y_train), (x_test, y_test)) = keras.datasets.fashion_mnist.load_data();
(x_train, x_test) = (x_train / 255.0, x_test / 255.0);

Sequential build_model()
{
    return keras.Sequential([
        keras.Input(shape: (28, 28)),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation: "relu"),
        keras.layers.Dense(10, activation: "softmax"),
    ]);
}

// One epoch in which the rate grows with each batch: the loss falls, then rises again.
var search = build_model();
search.compile(optimizer: keras.optimizers.SGD(learning_rate: 0.001), loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
var growing = new GrowingRate(1.004);
search.fit(x_train, y_train, epochs: 1, verbose: 2, callbacks: [growing]);
int lowest = growing.losses.index(min(growing.losses));
print($"lowest mean loss {growing.losses[lowest]:.4f} at a rate of {growing.rates[lowest]:.4f}");

// Training that stops by itself, with a rate that is halved every three epochs.
var model = build_model();
model.compile(optimizer: keras.optimizers.SGD(learning_rate: 0.1), loss: "sparse_categorical_crossentropy", metrics: ["accuracy"]);
var halving = keras.callbacks.LearningRateScheduler((epoch, rate) => epoch % 3 == 2 ? rate * 0.5 : rate);
var patience = keras.callbacks.EarlyStopping(monitor: "val_loss", patience: 2, restore_best_weights: true);
var history = model.fit(x_train, y_train, epochs: 20, validation_split: 0.1, verbose: 2, callbacks: [new StopAt(0.9), halving, patience]);
print(len(history.history["loss"]), "epochs");
var (test_loss, test_accuracy) = model.evaluate(x_test, y_test, verbose: 2);

class StopAt(double target) : Callback
{
    public override void on_epoch_end(int epoch, Logs logs)
    {
        if (logs["accuracy"] >= target)
        {
            print($"\nReached {target:.0%} accuracy after {epoch + 1} epochs.");
            model.stop_training = true;
        }
    }
}

class GrowingRate(double factor) : Callback
{
    public readonly List<double> rates = [];
    public readonly List<double> losses = [];

    public override void on_train_batch_end(int batch, Logs logs)
    {
        rates.append((double)model.optimizer.learning_rate);
        losses.append(logs["loss"]);
        model.optimizer.learning_rate *= factor;
    }
}
