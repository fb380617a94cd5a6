#:project ../src/KerasPort/KerasPort.csproj
#:property PublishAot=false

// Regression on few rows: prices of houses, with k-fold cross-validation.

using KerasPort.Models;
using static KerasPort.Python;

var ((train_data, train_targets), (test_data, test_targets)) = keras.datasets.boston_housing.load_data();
print(train_data.shape, test_data.shape);

// The columns are of very different sizes: each gets a mean of 0 and a spread of 1.
var mean = train_data.mean(axis: 0);
var std = train_data.std(axis: 0);
train_data = (train_data - mean) / std;
test_data = (test_data - mean) / std;

Sequential build_model()
{
    var model = keras.Sequential([
        keras.layers.Dense(64, activation: "relu"),
        keras.layers.Dense(64, activation: "relu"),
        keras.layers.Dense(1),
    ]);
    model.compile(optimizer: "rmsprop", loss: "mse", metrics: ["mae"]);
    return model;
}

int k = 4;
int num_val_samples = (int)(len(train_data) / k);
int num_epochs = 60;
List<double> all_scores = [];
Sequential model;
foreach (int i in range(k))
{
    print($"Processing fold #{i}");
    var val_data = train_data[(i * num_val_samples)..((i + 1) * num_val_samples)];
    var val_targets = train_targets[(i * num_val_samples)..((i + 1) * num_val_samples)];
    var partial_train_data = np.concatenate(
        [train_data[..(i * num_val_samples)], train_data[((i + 1) * num_val_samples)..]],
        axis: 0);
    var partial_train_targets = np.concatenate(
        [train_targets[..(i * num_val_samples)], train_targets[((i + 1) * num_val_samples)..]],
        axis: 0);
    model = build_model();
    model.fit(partial_train_data, partial_train_targets, epochs: num_epochs, batch_size: 16, verbose: 0);
    var (val_mse, val_mae) = model.evaluate(val_data, val_targets, verbose: 0);
    all_scores.append(val_mae);
}
print(all_scores);
print(np.mean(all_scores));

// All of the data, now that the number of epochs is known.
model = build_model();
model.fit(train_data, train_targets, epochs: num_epochs, batch_size: 16, verbose: 0);
var (test_mse_score, test_mae_score) = model.evaluate(test_data, test_targets, verbose: 0);
print($"test: mean absolute error {test_mae_score:.3f}");
var predictions = model.predict(test_data[..3], verbose: 0);
foreach (var (predicted, target) in zip(predictions, test_targets))
{
    print($"{(double)predicted[0]:.1f} where {(double)target:.1f} was paid");
}
