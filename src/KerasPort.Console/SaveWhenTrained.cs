using KerasPort.Callbacks;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>Saves a model when its training ends, also when a signal ends it: <c>run --save FILE</c>.</summary>
internal sealed class SaveWhenTrained(string path) : Callback
{
    private const string ModelsName = "{model}";

    // Only the end of the training counts: an engine may run ahead of the rest.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    /// <summary>The callbacks that save a model of that name: one or none.</summary>
    public static Callback[] For(RunSettings settings, string model) =>
        settings.Get(Settings.Save) is { } path ? [new SaveWhenTrained(path.Replace(ModelsName, model))] : [];

    /// <summary>Refuses before the training what would fail after it.</summary>
    /// <exception cref="UsageException">The name has no known ending, or is one for several models.</exception>
    /// <exception cref="IOException">There is no such folder.</exception>
    public static void Check(RunSettings settings)
    {
        if (settings.Get(Settings.Save) is not { } path) return;
        if (ModelFile.FormatOf(path) == ModelFile.Format.Other)
            throw new UsageException($"--save: expected a name that ends in .keras, .h5 or .weights.h5, got \"{path}\"");
        var models = settings.Get(Settings.Resume) is null ? settings.Get(Settings.Models) : [];
        if (models.Count > 1 && !path.Contains(ModelsName))
            throw new UsageException($"--save: {models.Count} models can't be saved to one file; " +
                $"put {ModelsName} into its name, or name one --model");
        if (models.Distinct().Count() < models.Count)
            throw new UsageException("--save: a model that is trained twice would be saved to one file twice; name each --model once");
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full) ?? full;
        if (Directory.Exists(full)) throw new IOException($"cannot write '{path}': it is a folder; name a file");
        if (!Directory.Exists(folder)) throw new IOException($"cannot write '{path}': there is no folder '{folder}'");
    }

    public override void on_train_end(Logs logs)
    {
        if (ModelFile.FormatOf(path) == ModelFile.Format.Weights) model.save_weights(path);
        else model.save(path);
        CommandLine.Say($"model saved to {Path.GetFullPath(path)}");
    }
}
