using System.Globalization;
using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// The checkpoints of a run of several models: a folder each, in the folder that was asked for, beside a note of what the run is.
/// They are there until the report is written, so that the same command goes on after whatever happened.
/// </summary>
internal sealed class RunCheckpoints : IDisposable
{
    // The settings that results depend on; data, engine and models are compared by each model's own checkpoint.
    private static readonly Setting[] s_decisive =
        [Settings.Models, Settings.Resume, Settings.Epochs, Settings.BatchSize, Settings.Scaling, Settings.Seed, Settings.LearningRate];

    private readonly CheckpointFolder? _folder;     // of processes that train together the first one's
    private readonly Frequency _every;
    private readonly List<string> _models = [];

    private RunCheckpoints(RunSettings settings, string path)
    {
        FullPath = Path.GetFullPath(path);
        _every = settings.Get(Settings.CheckpointEvery) is { } batches ? batches : "epoch";
        if (!Ranks.Current.IsFirst) return;
        _folder = new CheckpointFolder(path);
        try
        {
            if (_folder.Newest() is { } saved) Compare(settings, new TrainingState(saved));
            else _folder.Add(Note(settings).ToBytes());
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string FullPath { get; }

    /// <summary>The checkpoints of this run; <c>null</c> when none were asked for.</summary>
    /// <exception cref="CheckpointException">The checkpoints in the folder are of another run.</exception>
    /// <exception cref="IOException">The folder can't be written, or another process uses it.</exception>
    public static RunCheckpoints? Open(RunSettings settings) =>
        settings.Get(Settings.Checkpoint) is { } path ? new RunCheckpoints(settings, path) : null;

    /// <summary>The callbacks that save and resume the next model's training, and report that.</summary>
    public Callback[] Next(string model)
    {
        _models.Add(string.Create(CultureInfo.InvariantCulture, $"{_models.Count + 1}-{model}"));
        var backup = new BackupAndRestore(Path.Combine(FullPath, _models[^1]), _every, delete_checkpoint: false);
        return [backup, new LambdaCallback(
            on_train_begin: _ =>
            {
                if (backup.restored is (var epoch, var batch))
                    CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
                        $"{model} goes on after {epoch} epochs and {batch} batches, from {backup.backup_dir}"));
            },
            // Also with a frequency in batches: what is complete is not to be trained again.
            on_epoch_end: (_, _) => backup.model.Progress!.Ask())];
    }

    /// <summary>Removes them: the run is complete and its report written.</summary>
    public void Clear()
    {
        if (_folder is null) return;
        foreach (string model in _models) new CheckpointFolder(Path.Combine(FullPath, model)).Clear();
        _folder.Clear();
    }

    public void Dispose() => _folder?.Dispose();

    private static TrainingState Note(RunSettings settings)
    {
        var note = new TrainingState();
        foreach (var setting in s_decisive)
        {
            string? text = settings.Text(setting);
            note.Keep(setting.Name, ref text);
        }
        return note;
    }

    private void Compare(RunSettings settings, TrainingState saved)
    {
        foreach (var setting in s_decisive)
        {
            string? then = null, now = settings.Text(setting);
            saved.Keep(setting.Name, ref then);
            // A checkpoint of a version that didn't know the setting yet is of a run with its default.
            if (setting == Settings.LearningRate) then ??= "null";
            if (then != now)
                throw new CheckpointException($"the checkpoint in '{FullPath}' is of a run with {setting.Name} {then ?? "unknown"}, " +
                    $"this one has {now}: give the same settings to go on, or another folder to begin anew");
        }
    }
}
