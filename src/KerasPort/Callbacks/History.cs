using KerasPort.Saving;

namespace KerasPort.Callbacks;

/// <summary>Records each epoch's logs; <c>fit</c> returns one.</summary>
/// <example><code>
/// var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
/// model.compile(optimizer: "sgd", loss: "mse", metrics: ["mae"]);
/// var history = model.fit(np.zeros((32, 2)), np.zeros(32), epochs: 3, verbose: 0);
/// print(history.history["mae"]);    // [0.0, 0.0, 0.0]
/// </code></example>
public sealed class History : Callback
{
    private readonly Dictionary<string, List<double>> _history = [];
    private readonly List<int> _epoch = [];

    /// <summary>The epochs that were trained, counted from 0.</summary>
    public IReadOnlyList<int> epoch => _epoch;

    /// <summary>The logs by name, with one value per epoch: <c>history["loss"]</c>.</summary>
    public IReadOnlyDictionary<string, List<double>> history => _history;

    /// <inheritdoc/>
    public override void keep_state(TrainingState state)
    {
        state.Keep("epoch", _epoch);
        state.Keep("history", _history);
    }

    /// <inheritdoc/>
    public override void on_epoch_end(int epoch, Logs logs)
    {
        _epoch.Add(epoch);
        foreach (var (name, value) in logs)
        {
            if (!_history.TryGetValue(name, out var values)) _history[name] = values = [];
            values.Add(value);
        }
    }
}
