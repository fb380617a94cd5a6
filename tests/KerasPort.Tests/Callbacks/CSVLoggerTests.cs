using System.Text.Json;
using KerasPort.Callbacks;

namespace KerasPort.Tests.Callbacks;

/// <summary>Byte for byte what Keras' CSVLogger writes (<c>callbacks-csv.json</c>).</summary>
public sealed class CSVLoggerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_writes_what_Keras_writes() => Assert.All(Fixtures.Cases("callbacks-csv.json"), @case =>
    {
        var options = @case.GetProperty("options");
        string path = _folder[$"{Guid.NewGuid():N}.csv"];
        var logger = keras.callbacks.CSVLogger(path,
            separator: options.TryGetProperty("separator", out var separator) ? separator.GetString()! : ",",
            append: options.TryGetProperty("append", out _));
        foreach (var fit in @case.GetProperty("fits").EnumerateArray())
        {
            logger.on_train_begin([]);
            foreach (var (epoch, logs) in fit.EnumerateArray().Index()) logger.on_epoch_end(epoch, RecordedLogs.Of(logs));
            logger.on_train_end([]);
        }
        Assert.Equal(@case.GetProperty("written").GetString(), File.ReadAllText(path));
    });

    /// <summary>The rows of epochs that a resumed training repeats are in the file once.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_training_that_goes_on_writes_the_same_file(bool append)
    {
        var (x, y) = SyntheticData.Rows(20, 4);
        string Run(string name, int? dies)
        {
            keras.utils.set_random_seed(1);
            var model = keras.Sequential([keras.Input(4), keras.layers.Dense(5, activation: "softmax")]);
            model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);
            var last = keras.callbacks.LambdaCallback(on_epoch_end: (epoch, _) => { if (epoch == dies) throw new OperationCanceledException(); });
            try
            {
                model.fit(x, y, epochs: 4, verbose: 0, callbacks: [keras.callbacks.CSVLogger(_folder[name + ".csv"], append: append), last,
                    keras.callbacks.BackupAndRestore(_folder[name])]);
            }
            catch (OperationCanceledException) { }
            return File.ReadAllText(_folder[name + ".csv"]);
        }
        foreach (string name in new[] { "a", "b" }) File.WriteAllText(_folder[name + ".csv"], "older\r\n");
        string through = Run("a", null);
        Run("b", dies: 2);
        Assert.Equal(4, Run("b", dies: 2).Split("\r\n").Length - 1);
        Assert.Equal(through, Run("b", null));
        Assert.Equal(append, through.StartsWith("older", StringComparison.Ordinal));
    }

    [Fact]
    public void A_separator_is_one_character() =>
        Assert.Contains("\"delimiter\" must be a 1-character string", Assert.Throws<ValueError>(() => keras.callbacks.CSVLogger("x", separator: ", ")).Message);
}

/// <summary>Logs from a fixture, where numbers that JSON lacks are written as in Python.</summary>
internal static class RecordedLogs
{
    public static Logs Of(JsonElement logs)
    {
        var read = new Logs();
        foreach (var log in logs.EnumerateObject())
        {
            read[log.Name] = log.Value.ValueKind == JsonValueKind.Number ? log.Value.GetDouble()
                : log.Value.GetString() switch { "nan" => double.NaN, "inf" => double.PositiveInfinity, _ => throw new InvalidDataException() };
        }
        return read;
    }
}
