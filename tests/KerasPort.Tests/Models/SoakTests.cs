using System.Diagnostics;

namespace KerasPort.Tests.Models;

/// <summary>A long run takes no more memory than a short one.</summary>
[Trait("Category", Figures.Category)]
[Slow]
public class SoakTests
{
    [Fact]
    public void Epochs_and_predictions_leave_memory_flat()
    {
        int epochs = Figures.Count(30, 100, 1000), predictions = Figures.Count(4_000, 20_000, 1_000_000);
        using var folder = new TemporaryFolder();
        var (x, y) = SyntheticData.Rows(320, 12, 12, 1);
        var model = keras.Sequential([keras.Input((12, 12, 1)), keras.layers.Conv2D(8, 3, activation: "relu"), keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(), keras.layers.Dense(32, activation: "relu"), keras.layers.Dense(5, activation: "softmax")]);
        model.compile("adam", "sparse_categorical_crossentropy", ["accuracy"]);

        void Fit(int count) => model.fit(x, y, epochs: count, validation_split: 0.2, verbose: 0,
            callbacks: [keras.callbacks.BackupAndRestore(folder["ck"], save_freq: 50), keras.callbacks.CSVLogger(folder["log.csv"])]);
        void Predict(int count)
        {
            for (int done = 0; done < count; done += 20) model.predict(x[..20], verbose: 0);
        }
        Fit(epochs / 10);
        Predict(predictions / 10);
        var (managed, resident) = Memory();
        Fit(epochs);
        Predict(predictions);
        var (managedAfter, residentAfter) = Memory();
        Figures.Tell($"soak: {epochs} epochs and {predictions} predictions; managed memory {managed / 1e6:0.0} MB before, {managedAfter / 1e6:0.0} MB after");
        Figures.Tell($"soak: the process {resident / 1e6:0} MB before, {residentAfter / 1e6:0} MB after");
        Assert.InRange(managedAfter - managed, long.MinValue, 1 << 20);
        Assert.InRange(residentAfter - resident, long.MinValue, 50 << 20);
    }

    private static (long Managed, long Resident) Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return (GC.GetTotalMemory(forceFullCollection: true), Process.GetCurrentProcess().WorkingSet64);
    }
}
