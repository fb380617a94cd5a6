using KerasPort.Models;

namespace KerasPort.Callbacks;

/// <summary>Decides whether a monitored value is better than another, as Keras' MonitorCallback does.</summary>
/// <param name="Smaller">Whether smaller is better.</param>
/// <param name="LeastChange">The least change that counts as an improvement.</param>
internal readonly record struct Improvement(bool Smaller, double LeastChange)
{
    /// <summary>The mode as given; an unknown one is replaced by "auto", with a warning.</summary>
    public static string Mode(string callback, string mode)
    {
        if (mode is "auto" or "min" or "max") return mode;
        Console.Error.WriteLine($"UserWarning: {callback} mode '{mode}' is unknown, fallback to auto mode.");
        return "auto";
    }

    /// <summary>The rule for a name in the logs; with mode "auto" a smaller loss is better, and a metric says itself whether smaller is.</summary>
    /// <exception cref="ValueError">The mode is "auto", and the name is neither the loss nor that of a metric that says whether smaller is better.</exception>
    public static Improvement Of(string callback, string monitor, string mode, Model? model, double leastChange = 0)
    {
        if (monitor is null) throw new ValueError($"{callback} needs a name in logs to monitor. Received: monitor=None");
        if (mode is "min" or "max") return new Improvement(mode == "min", leastChange);
        string watched = monitor.StartsWith("val_", StringComparison.Ordinal) ? monitor[4..] : monitor;
        // A callback can be called by hand, without a model.
        var metrics = model is null ? [] : model.Measured.Concat(model.metrics);
        bool? smaller = metrics.Where(metric => metric.name == watched).Select(metric => metric.SmallerIsBetter).LastOrDefault(known => known is not null)
            ?? (watched == "loss" ? true : null);
        return smaller is { } known ? new Improvement(known, leastChange)
            : throw new ValueError($"{callback} callback received monitor={monitor}, but Keras isn't able to automatically determine " +
                "whether that metric should be maximized or minimized. Pass `mode='max'` in order to monitor based on the highest metric value, " +
                "or pass `mode='min'` in order to use the lowest value.");
    }

    // Keras compares in float32.
    public bool IsOne(double value, double? than) => than is not { } reference
        || (Smaller ? (float)(value + LeastChange) < (float)reference : (float)(value - LeastChange) > (float)reference);
}
