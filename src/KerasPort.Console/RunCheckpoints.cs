using System.Globalization;
using KerasPort.Callbacks;
using KerasPort.Distribution;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary>
/// The checkpoints of a run of several models: one folder per model in the given folder, beside a note of the run's settings.
/// They are kept until the report is written, so that the same command resumes after any failure.
/// </summary>
internal sealed class RunCheckpoints : IDisposable
{
    // The settings that results depend on; data, engine and models are compared by each model's own checkpoint.
    private static readonly Setting[] s_decisive =
        [Settings.Models, Settings.Resume, Settings.Epochs, Settings.BatchSize, Settings.Scaling, Settings.Seed, Settings.LearningRate];

    private readonly CheckpointFolder? _folder;     // of processes that train together, the first one's alone
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

    /// <summary>The folder's full path.</summary>
    public string FullPath { get; }

    /// <summary>The checkpoints of this run; <c>null</c> when none were asked for.</summary>
    /// <exception cref="CheckpointException">The checkpoints in the folder belong to another run.</exception>
    /// <exception cref="IOException">The folder can't be written, or another process uses it.</exception>
    public static RunCheckpoints? Open(RunSettings settings) =>
        settings.Get(Settings.Checkpoint) is { } path ? new RunCheckpoints(settings, path) : null;

    /// <summary>The callbacks that save the next model's training, resume it and report it.</summary>
    public Callback[] Next(string model)
    {
        _models.Add(string.Create(CultureInfo.InvariantCulture, $"{_models.Count + 1}-{model}"));
        var backup = new BackupAndRestore(Path.Combine(FullPath, _models[^1]), _every, delete_checkpoint: false);
        return [backup, new LambdaCallback(
            on_train_begin: _ =>
            {
                if (backup.restored is (var epoch, var batch))
                    CommandLine.Say(string.Create(CultureInfo.InvariantCulture,
                        $"{model} goes on after {epoch} epoch{(epoch == 1 ? "" : "s")} and {batch} batch{(batch == 1 ? "" : "es")}, from {backup.backup_dir}"));
            },
            // Also saved when the frequency is in batches: a completed epoch isn't to be trained again.
            on_epoch_end: (_, _) => backup.model.Progress!.Ask())];
    }

    /// <summary>Removes the checkpoints: the run is complete and its report written.</summary>
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
            // A checkpoint of a version without the setting belongs to a run with its default.
            if (setting == Settings.LearningRate) then ??= "null";
            if (then != now)
                throw new CheckpointException($"the checkpoint in '{FullPath}' is of a run with {setting.Name} {then ?? "unknown"}, " +
                    $"this one has {now}: give the same settings to go on, or another folder to begin anew");
        }
    }
}
