#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// Regression on few rows: prices of houses, with k-fold cross-validation.

using KerasPort.Models;
using static KerasPort.Python;

var ((train_data, train_targets), (test_data, test_targets)) = keras.datasets.boston_housing.load_data();
print(train_data.shape, test_data.shape);

// The columns are of very different sizes: a layer learns each one's mean and spread, and takes them out.
var normalizer = keras.layers.Normalization();
normalizer.adapt(train_data);

Sequential build_model()
{
    var model = keras.Sequential([
        normalizer,
        keras.layers.Dense(64, activation: "relu"),
        keras.layers.Dense(64, activation: "relu"),
        keras.layers.Dense(1),
    ]);
    model.compile(optimizer: "rmsprop", loss: "mse", metrics: ["mae"]);
    return model;
}

int k = 4;
int fold = (int)(len(train_data) / k);
var rows = np.arange(len(train_data));
double total = 0.0;
foreach (int i in range(k))
{
    var val_data = train_data[(i * fold)..((i + 1) * fold)];
    var val_targets = train_targets[(i * fold)..((i + 1) * fold)];
    var others = (rows < i * fold) | (rows >= (i + 1) * fold);
    var fold_model = build_model();
    fold_model.fit(train_data[others], train_targets[others], epochs: 60, batch_size: 16, verbose: 0);
    var (val_mse, val_mae) = fold_model.evaluate(val_data, val_targets, verbose: 0);
    print($"fold {i}: mean absolute error {val_mae:.3f}");
    total += val_mae;
}
print($"mean of the folds {total / k:.3f}");

var model = build_model();
model.fit(train_data, train_targets, epochs: 60, batch_size: 16, verbose: 0);
var (test_mse, test_mae) = model.evaluate(test_data, test_targets, verbose: 0);
var predictions = model.predict(test_data[..3], verbose: 0);
print($"test: mean absolute error {test_mae:.3f}");
foreach (var (predicted, target) in zip(predictions, test_targets))
{
    print($"{(double)predicted[0]:.1f} where {(double)target:.1f} was paid");
}
