using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The part of a sweep in a run that it started as a separate process: the number of epochs after which the run pauses, and that it ends, with a
/// checkpoint, when the sweep does. The sweep holds the other end of the run's standard input, which closes however the sweep's process ends.
/// </summary>
internal sealed class SweepPart
{
    /// <summary>
    /// The option by which a sweep sets the pause. It isn't a setting, so that the report's config is that of a run which anybody can repeat.
    /// </summary>
    public const string Option = "--part-of-sweep";

    private readonly int _epochs;

    private SweepPart(int epochs) => _epochs = epochs;

    /// <summary>Whether the training pauses before its last epoch, to resume from its checkpoint when the sweep wants more epochs.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The callback that pauses the training.</summary>
    public IEnumerable<Callback> Callbacks => [new Pause(this)];

    /// <exception cref="UsageException">The text isn't a number of epochs.</exception>
    public static SweepPart? Of(string? epochs) => epochs is null ? null : new SweepPart((int)Settings.Epochs.Parse(epochs, Option)!);

    /// <summary>Waits until no other process trains this run, which a sweep that was just killed may have started.</summary>
    /// <returns>The lock that keeps other processes waiting.</returns>
    /// <exception cref="OperationCanceledException">The run was asked to end.</exception>
    public IDisposable Begin(RunSettings settings, Interruption interruption)
    {
        new Thread(() =>
        {
            using var input = System.Console.OpenStandardInput();
            try { while (input.ReadByte() >= 0) { } }
            catch (IOException) { /* As closed as it can be. */ }
            interruption.Leave();
        })
        { IsBackground = true }.Start();
        string file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(settings.Get(Settings.Report)))!, Claim.OfProcess);
        while (true)
        {
            interruption.ThrowIfRequested();
            if (Claim.TryTake(file) is { } turn) return turn;
            Thread.Sleep(50);
        }
    }

    /// <summary>Pauses last of all callbacks: all others have seen the epoch's end when the checkpoint is written.</summary>
    private sealed class Pause(SweepPart part) : Callback
    {
        internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

        // A run that was killed after its checkpoint has nothing left to train.
        public override void on_train_begin(Logs logs)
        {
            if (model.Progress!.Epoch < part._epochs || part._epochs >= model.Progress.Epochs) return;
            part.IsPaused = true;
            throw new OperationCanceledException("paused");
        }

        public override void on_epoch_end(int epoch, Logs logs)
        {
            if (epoch + 1 < part._epochs || epoch + 1 >= model.Progress!.Epochs) return;
            part.IsPaused = true;
            model.Progress.Interrupt();
        }
    }
}
