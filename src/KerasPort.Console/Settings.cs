namespace KerasPort.Console;

/// <summary>
/// Everything that can be set for a run. The list is the only one: the command line, the environment, config files,
/// their schema and the report all follow it, so a new setting is one line here.
/// </summary>
internal static class Settings
{
    private static readonly List<Setting> Listed = [];

    public static readonly Setting<string> Engine = New("engine", new Choice("auto", "managed", "tensorflow", "cuda", "cuda-tf32"), "auto",
        "engine that computes: managed is pure C#; cuda-tf32 uses tensor cores, whose digits differ; auto takes the fastest of the others on the device");

    public static readonly Setting<string> Device = New("device", new DeviceName(), "cpu",
        "cpu, gpu, or gpu:1 for the second one");

    public static readonly Setting<int?> Threads = New<int?>("threads", new WholeNumber<int>(1, 256), null,
        "threads that compute, null for one per core; any number gives the same bits");

    public static readonly Setting<IReadOnlyList<string>> Models = New<IReadOnlyList<string>>("models", new ModelNames(), ["baseline", "cnn-64-64"],
        "models to train, in the given order: " + ModelName.Allowed, option: "--model");

    public static readonly Setting<int> Epochs = New("epochs", new WholeNumber<int>(1, 1_000_000), 5,
        "passes over the training images");

    public static readonly Setting<int> BatchSize = New("batch_size", new WholeNumber<int>(1, 60_000), 32,
        "images per step");

    public static readonly Setting<string> Distribution = New("distribution", new Choice("auto", "none", "data_parallel"), "auto",
        "data_parallel trains one model in several processes, each with a part of every batch; auto does so where mpirun or srun started them");

    public static readonly Setting<int?> Pieces = New<int?>("pieces", new WholeNumber<int>(1, 60_000), null,
        "pieces of a batch that such processes share, null for four or more of at most 32 images; any number of processes gives the same bits");

    public static readonly Setting<string> Scaling = New("scaling", new Choice("strong", "weak", "weak_linear"), "strong",
        "whose images batch_size counts: strong, those of all processes; weak, of each; weak_linear, of each, with the learning rate times their number");

    public static readonly Setting<int> RankTimeout = New("rank_timeout", new WholeNumber<int>(1, 86_400), 20,
        "seconds that processes wait for another one before it counts as lost");

    public static readonly Setting<long?> Seed = New<long?>("seed", new WholeNumber<long>(0, uint.MaxValue), null,
        "seed set before each model is built, which gives the digits of Python Keras with that seed; null makes each run differ");

    public static readonly Setting<string> Optimizer = New("optimizer",
        new Choice("adam", "adadelta", "adafactor", "adagrad", "adamax", "adamw", "ftrl", "lamb", "lion", "muon",
            "nadam", "rmsprop", "schedulefreeadamw", "sgd"),
        "adam", "optimizer; the codelab's is adam");

    public static readonly Setting<double?> LearningRate = New<double?>("learning_rate", new RealNumber(1e-12, 1000), null,
        "learning rate, null for the optimizer's own default");

    public static readonly Setting<double> ValidationSplit = New("validation_split", new RealNumber(0, 0.9), 0.0,
        "share of the training images, the last ones, held back and evaluated after each epoch");

    public static readonly Setting<string?> Data = New<string?>("data", new FilePath(), null,
        "folder with the Fashion-MNIST files; null looks in Keras' cache and in the system's data sets, then downloads");

    public static readonly Setting<string?> Save = New<string?>("save", new FilePath(), null,
        "file to save the trained model to: .keras, .h5, or .weights.h5 for the weights alone; {model} in it becomes the model's name");

    public static readonly Setting<string?> Resume = New<string?>("resume", new FilePath(), null,
        "saved model (.keras, .h5 or .hdf5) to train further, instead of the models; its optimizer continues where it was");

    public static readonly Setting<string> Report = New("report", new FilePath(), "report.json",
        "file to write the JSON report to");

    public static readonly Setting<string?> Checkpoint = New<string?>("checkpoint", new FilePath(), null,
        "folder for checkpoints: a run that was killed continues when it is started again, and ends with the same bits");

    public static readonly Setting<int?> CheckpointEvery = New<int?>("checkpoint_every", new WholeNumber<int>(1, int.MaxValue), null,
        "batches between two checkpoints, null for one after each epoch only");

    public static readonly Setting<string?> Html = New<string?>("html", new FilePath(), null,
        "file to write the report to as an HTML page, if any");

    public static readonly Setting<object> Verbose = New<object>("verbose", new Choice("auto", 0, 1, 2), "auto",
        "what fit and evaluate print: 0 nothing, 1 a progress bar, 2 a line per epoch; auto is 1 on a terminal, else 2");

    /// <summary>The settings for processes that train together.</summary>
    public static IReadOnlyList<Setting> OfRanks => [Distribution, Pieces, Scaling, RankTimeout];

    /// <summary>All settings, in the order of the help.</summary>
    public static IReadOnlyList<Setting> All => Listed;

    private static Setting<T> New<T>(string name, Kind kind, T initial, string help, string? option = null)
    {
        var setting = new Setting<T>(name, kind, initial, help, option);
        Listed.Add(setting);
        return setting;
    }
}

/// <summary>One setting: its name in each source, the kind of its values, and its default.</summary>
internal abstract class Setting(string name, Kind kind, object? initial, string help, string? option)
{
    public string Name => name;
    public Kind Kind => kind;
    public object? Default => initial;
    public string Help => help;

    /// <summary><c>batch_size</c> is <c>--batch-size</c> on the command line …</summary>
    public string Option { get; } = option ?? "--" + name.Replace('_', '-');

    /// <summary>… and <c>KERASPORT_BATCH_SIZE</c> in the environment.</summary>
    public string Variable { get; } = "KERASPORT_" + name.ToUpperInvariant();

    /// <summary>All variables for the setting: where the option is spelled otherwise (<c>--model</c>), also one after that spelling.</summary>
    public IReadOnlyList<string> Variables => [.. new[] { Variable, "KERASPORT_" + Option.TrimStart('-').Replace('-', '_').ToUpperInvariant() }.Distinct()];

    /// <summary>The placeholder of the value in the help.</summary>
    public string HelpName => kind.HelpName;

    /// <summary>Whether null is a value: only where it is the default.</summary>
    public bool Nullable => initial is null;

    public string Expected => Nullable ? kind.Expected + " or null" : kind.Expected;

    /// <summary>The value from the environment, and whether there is one.</summary>
    /// <param name="variable">Reads a variable; empty counts as not set.</param>
    /// <exception cref="UsageException">The value is invalid, or two variables give it.</exception>
    public (object? Value, bool Given) FromEnvironment(Func<string, string?> variable)
    {
        string[] set = [.. Variables.Where(name => variable(name) is { Length: > 0 })];
        if (set.Length > 1) throw new UsageException($"{string.Join(" and ", set)} are both set and mean the same: expected one of them");
        return set is [var one] ? (Parse(variable(one)!, one), true) : (null, false);
    }

    /// <summary>Parses the text of an option or a variable.</summary>
    /// <exception cref="UsageException">The text is invalid for the setting.</exception>
    public object? Parse(string text, string source) =>
        Nullable && text == "null" ? null
        : kind.Parse(text) ?? throw new UsageException($"{source}: expected {Expected}, got \"{text}\"" + kind.Hint(text));
}

/// <summary>A setting whose values are of type <typeparamref name="T"/>.</summary>
internal sealed class Setting<T>(string name, Kind kind, T initial, string help, string? option)
    : Setting(name, kind, initial, help, option);
