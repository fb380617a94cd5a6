# Regression on few rows: prices of houses, with k-fold cross-validation.
import keras
import numpy as np

(train_data, train_targets), (test_data, test_targets) = keras.datasets.boston_housing.load_data()
print(train_data.shape, test_data.shape)

# The columns are of very different sizes: a layer learns each one's mean and spread, and takes them out.
normalizer = keras.layers.Normalization()
normalizer.adapt(train_data)

def build_model():
    model = keras.Sequential([
        normalizer,
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(64, activation="relu"),
        keras.layers.Dense(1),
    ])
    model.compile(optimizer="rmsprop", loss="mse", metrics=["mae"])
    return model

k = 4
fold = int(len(train_data) / k)
rows = np.arange(len(train_data))
total = 0.0
for i in range(k):
    val_data = train_data[i * fold:(i + 1) * fold]
    val_targets = train_targets[i * fold:(i + 1) * fold]
    others = (rows < i * fold) | (rows >= (i + 1) * fold)
    fold_model = build_model()
    fold_model.fit(train_data[others], train_targets[others], epochs=60, batch_size=16, verbose=0)
    val_mse, val_mae = fold_model.evaluate(val_data, val_targets, verbose=0)
    print(f"fold {i}: mean absolute error {val_mae:.3f}")
    total += val_mae
print(f"mean of the folds {total / k:.3f}")

model = build_model()
model.fit(train_data, train_targets, epochs=60, batch_size=16, verbose=0)
test_mse, test_mae = model.evaluate(test_data, test_targets, verbose=0)
predictions = model.predict(test_data[:3], verbose=0)
print(f"test: mean absolute error {test_mae:.3f}")
for predicted, target in zip(predictions, test_targets):
    print(f"{float(predicted[0]):.1f} where {float(target):.1f} was paid")
