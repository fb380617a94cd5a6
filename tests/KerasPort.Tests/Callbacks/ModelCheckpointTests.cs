using KerasPort.Callbacks;
using KerasPort.Models;

namespace KerasPort.Tests.Callbacks;

/// <summary>The times at which Keras' ModelCheckpoint saves, its file names, and its messages (<c>callbacks-checkpoint.json</c>).</summary>
public sealed class ModelCheckpointTests : IDisposable
{
    private static readonly double[] s_values = [0.9, 0.5, 0.7, 0.5, 0.49999998, double.NaN, 0.4, 0.45], s_rising = [0.1, 0.3, 0.2, 0.3, 0.9, 0.9, 0.8, 1.0];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_saves_when_Keras_does() => Assert.All(Fixtures.Cases("callbacks-checkpoint.json"), @case =>
    {
        var options = @case.GetProperty("options");
        bool Is(string name) => options.TryGetProperty(name, out var value) && value.GetBoolean();
        string? Text(string name) => options.TryGetProperty(name, out var value) ? value.GetString() : null;
        int? Number(string name) => options.TryGetProperty(name, out var value) ? value.GetInt32() : null;
        string folder = _folder[Guid.NewGuid().ToString("N")], sub = Path.Combine(folder, "sub");
        var model = Compiled();
        var saved = new List<string[]>();
        string? error = null, text = null;

        // The files that a call saved are those that exist after it.
        void Call(Action call)
        {
            call();
            string[] files = Directory.Exists(sub) ? Directory.GetFiles(sub) : [];
            saved.Add([.. files.Select(f => $"sub/{Path.GetFileName(f)}")]);
            foreach (string file in files) File.Delete(file);
        }
        string warned = Printed.ToErrorBy(() => text = Printed.By(() =>
        {
            var callback = keras.callbacks.ModelCheckpoint(Path.Combine(sub, @case.GetProperty("pattern").GetString()!), Text("monitor") ?? "val_loss",
                Number("verbose") ?? 0, Is("save_best_only"), Is("save_weights_only"), Text("mode") ?? "auto",
                    Number("save_freq") is { } batches ? batches : "epoch",
                options.TryGetProperty("initial_value_threshold", out var threshold) ? threshold.GetDouble() : null);
            callback.model = model;
            try
            {
                callback.on_train_begin([]);
                for (int epoch = 0; epoch < s_values.Length; epoch++)
                {
                    callback.on_epoch_begin(epoch, []);
                    for (int batch = 0; batch < 3; batch++)
                        Call(() => callback.on_train_batch_end(batch, new Logs { ["accuracy"] = s_rising[epoch], ["loss"] = s_values[epoch] + batch / 100.0 }));
                    Call(() => callback.on_epoch_end(epoch, new Logs
                    {
                        ["accuracy"] = s_rising[epoch], ["loss"] = s_values[epoch],
                        ["val_accuracy"] = s_rising[epoch], ["val_loss"] = s_values[epoch]
                    }));
                }
                callback.on_train_end([]);
            }
            catch (ValueError e)
            {
                error = e.Message;
            }
        }));
        string name = options.GetRawText();
        Assert.True(@case.GetProperty("saved").EnumerateArray().Select(s => string.Join(' ', s.EnumerateArray().Select(f => f.GetString())))
            .SequenceEqual(saved.Select(s => string.Join(' ', s))), $"{name}: {string.Join(" | ", saved.Select(s => string.Join(' ', s)))}");
        Assert.Equal(@case.GetProperty("text").GetString(), text!.Replace(folder, "FOLDER"));
        Assert.Equal(@case.GetProperty("warnings").EnumerateArray().Select(w => $"UserWarning: {w.GetString()}"),
            warned.Split('\n', StringSplitOptions.RemoveEmptyEntries).Distinct().Order());
        if (@case.GetProperty("error").GetString() is { } recorded)
            Assert.EndsWith(error!.Replace(folder, "FOLDER"),
                recorded.Replace("KeyError: 'Failed", "Failed").Replace("\\'", "'").Replace("''", "'").TrimEnd('\'')
                + (recorded.StartsWith("KeyError", StringComparison.Ordinal) ? "'" : ""));
        else Assert.Null(error);
    });

    /// <summary>Saving the best after batches, Keras fails with a TypeError before the first epoch's end; here the value decides.</summary>
    [Fact]
    public void The_best_after_batches_is_known_from_the_first_epoch_on()
    {
        var callback = keras.callbacks.ModelCheckpoint(_folder["m{batch}.keras"], monitor: "loss", save_best_only: true, save_freq: 1);
        callback.model = Compiled();
        callback.on_epoch_begin(0, []);
        foreach (var (batch, loss) in new[] { 0.9, 1.0, 0.8 }.Index()) callback.on_train_batch_end(batch, new Logs { ["loss"] = loss });
        Assert.Equal(["m1.keras", "m3.keras"], _folder.Names);
        Assert.Equal(0.8, callback.best);
    }

    [Fact]
    public void What_it_saves_in_a_fit_loads_and_is_the_best()
    {
        var (x, y) = SyntheticData.Rows(60, 3);
        y = new NDArray([.. y.ToInts().Select(label => label % 2)]);
        var model = Compiled();
        var history = model.fit(x, y, epochs: 6, validation_split: 0.5, verbose: 0, callbacks:
        [
            keras.callbacks.ModelCheckpoint(_folder["best.keras"], save_best_only: true),
            keras.callbacks.ModelCheckpoint(_folder["{epoch:02d}-{val_loss:.3f}.weights.h5"], save_weights_only: true),
        ]).history;
        var best = keras.saving.load_model(_folder["best.keras"]);
        Assert.Equal(history["val_loss"].Min(), best.evaluate(x[30..], y[30..], verbose: 0)[0], 1e-6);
        string last = $"06-{history["val_loss"][5].ToString("F3", System.Globalization.CultureInfo.InvariantCulture)}.weights.h5";
        Assert.Contains(last, _folder.Names);
        var other = Compiled();
        other.load_weights(_folder[last]);
        Assert.Equal(model.predict(x, verbose: 0).ToFloats(), other.predict(x, verbose: 0).ToFloats());
    }

    [Fact]
    public void Bad_arguments_are_refused_in_Keras_words()
    {
        Assert.Equal("Unrecognized save_freq: batch. Expected save_freq are 'epoch' or integer values",
            Assert.Throws<ValueError>(() => keras.callbacks.ModelCheckpoint("m.keras", save_freq: "batch")).Message);
        Assert.StartsWith("When using `save_weights_only=True`",
            Assert.Throws<ValueError>(() => keras.callbacks.ModelCheckpoint("m.keras", save_weights_only: true)).Message);
        Assert.StartsWith("The filepath provided must end in `.keras`", Assert.Throws<ValueError>(() => keras.callbacks.ModelCheckpoint("m.zip")).Message);
        Directory.CreateDirectory(_folder["m.keras"]);
        var callback = keras.callbacks.ModelCheckpoint(_folder["m.keras"]);
        callback.model = Compiled();
        Assert.StartsWith("Please specify a non-directory filepath",
            Assert.Throws<IOException>(() => callback.on_epoch_end(0, new Logs { ["loss"] = 1 })).Message);
    }

    [Fact]
    public void A_file_in_the_place_of_a_folder_is_named()
    {
        string file = _folder["taken"];
        File.WriteAllText(file, "");
        var callback = keras.callbacks.ModelCheckpoint(Path.Combine(file, "m.keras"));
        callback.model = Compiled();
        Assert.EndsWith($"'{file}' is a file, expected a folder",
            Assert.Throws<IOException>(() => callback.on_epoch_end(0, new Logs { ["loss"] = 1 })).Message);
        Assert.Equal($"cannot write event files to '{file}': it is a file; name a folder",
            Assert.Throws<IOException>(() => new KerasPort.Summaries.EventFile(file, TimeProvider.System)).Message);
        Assert.Equal($"cannot write the data set to '{file}': it is a file; name a folder",
            Assert.Throws<IOException>(() => tf.data.Dataset.range(3).save(file)).Message);
    }

    private static Sequential Compiled()
    {
        keras.utils.set_random_seed(1);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(4, activation: "relu"), keras.layers.Dense(2, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
        return model;
    }
}
