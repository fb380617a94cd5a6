using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// What a run knows of the sweep that started it as a process of its own: after how many epochs it pauses, and that it ends, with a
/// checkpoint, when the sweep does. The sweep holds the other end of its standard input; that closes however a process ends.
/// </summary>
internal sealed class SweepPart
{
    /// <summary>The option by which a sweep sets this. It isn't a setting, so that the report's config is that of a run which anybody can repeat.</summary>
    public const string Option = "--part-of-sweep";

    private readonly int _epochs;

    private SweepPart(int epochs) => _epochs = epochs;

    /// <summary>Whether the training rests before its end, and goes on from its checkpoint when it is asked for more epochs.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>The callback that ends the training after those epochs.</summary>
    public IEnumerable<Callback> Callbacks => [new Pause(this)];

    /// <exception cref="UsageException">The text isn't a number of epochs.</exception>
    public static SweepPart? Of(string? epochs) => epochs is null ? null : new SweepPart((int)Settings.Epochs.Parse(epochs, Option)!);

    /// <summary>Waits until no other process trains this run: the sweep that started that one may have been killed just now.</summary>
    /// <returns>What keeps others waiting.</returns>
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

    /// <summary>The last of the callbacks: all others know of the epoch when the checkpoint is written.</summary>
    private sealed class Pause(SweepPart part) : Callback
    {
        internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

        // A run that was killed behind its checkpoint has nothing left to train.
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
