#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// One neuron finds the rule behind six pairs of numbers, y = 2x - 1.

using static KerasPort.Python;

var model = keras.Sequential([keras.Input(shape: 1), keras.layers.Dense(units: 1)]);
model.compile(optimizer: "sgd", loss: "mean_squared_error");

var xs = np.array([-1.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
var ys = np.array([-3.0, -1.0, 1.0, 3.0, 5.0, 7.0]);
var history = model.fit(xs, ys, epochs: 500, verbose: 0);
print($"loss {history.history["loss"][0]:.3f} in the first epoch, {history.history["loss"][^1]:.6f} in the last");

// Not quite 19: six points are little proof of a straight line.
print(model.predict(np.array([10.0]), verbose: 0));
var (kernel, bias) = model.get_weights();
print($"y = {(double)kernel[0, 0]:.3f}x + {(double)bias[0]:.3f}");
