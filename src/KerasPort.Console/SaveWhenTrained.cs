using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>Saves a model when its training is complete: <c>run --save FILE</c>. If a signal ends the training, the file stays as it was.</summary>
internal sealed class SaveWhenTrained(string path) : Callback
{
    private const string ModelsName = "{model}";

    // Only the end of the training matters: an engine may run ahead until then.
    internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

    /// <summary>The callbacks that save the model of that name: one or none.</summary>
    public static Callback[] For(RunSettings settings, string model) =>
        settings.Get(Settings.Save) is { } path ? [new SaveWhenTrained(PathOf(path, model))] : [];

    /// <summary>Refuses before the training a file that couldn't be saved after it.</summary>
    /// <exception cref="UsageException">The file has no known extension, or several models would be saved to it.</exception>
    /// <exception cref="IOException">The file can't be created.</exception>
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
        if (!Ranks.Current.IsFirst) return;
        string[] names = settings.Get(Settings.Resume) is { } resumed ? [NameOf(resumed)] : [.. models];
        foreach (string full in names.Select(name => Path.GetFullPath(PathOf(path, name))))
        {
            if (Directory.Exists(full)) throw new IOException($"cannot write '{full}': it is a folder; name a file");
            WholeFile.RequireWritable(full);
        }
    }

    /// <summary>The name of a model that was loaded from a file.</summary>
    public static string NameOf(string file) => Path.GetFileNameWithoutExtension(file);

    private static string PathOf(string path, string model) => path.Replace(ModelsName, model);

    public override void on_train_end(Logs logs)
    {
        if (ModelFile.FormatOf(path) == ModelFile.Format.Weights) model.save_weights(path);
        else model.save(path);
        CommandLine.Say($"model saved to {Path.GetFullPath(path)}");
    }
}
