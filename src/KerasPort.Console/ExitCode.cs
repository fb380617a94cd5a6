using KerasPort.Console.Lessons;

namespace KerasPort.Console;

/// <summary>The exit codes, and the exceptions that lead to them. <c>--help</c> lists them.</summary>
internal static class ExitCode
{
    public const int Ok = 0, Unexpected = 1, Usage = 2, Data = 3, Engine = 4, ModelFile = 5, Disk = 6, NoParity = 7, Rank = 8;

    /// <summary>128 + the signal's number, as shells report it.</summary>
    public const int Signal = 128, HungUp = Signal + 1, Interrupted = Signal + 2, Terminated = Signal + 15;

    public static readonly (string Code, string Meaning)[] All =
    [
        ($"{Ok}", "done"),
        ($"{Unexpected}", "an unexpected error (KERASPORT_DEBUG=1 shows the stack)"),
        ($"{Usage}", "a mistake in the command line, the environment or the config"),
        ($"{Data}", "the data set, a picture or a result of a sweep is missing or damaged"),
        ($"{Engine}", "the engine or device asked for is not there"),
        ($"{ModelFile}", "a model file is missing or was refused, or a checkpoint was refused"),
        ($"{Disk}", "a file or standard output cannot be written"),
        ($"{NoParity}", "parity does not hold"),
        ($"{Rank}", "one of several processes that train together was lost, or they can't train together"),
        ($"{HungUp}, {Interrupted}, {Terminated}", "stopped by SIGHUP, SIGINT or SIGTERM; the report says so"),
    ];

    public static int Of(Exception exception) => exception switch
    {
        UsageException or ValueError => Usage,
        DatasetException or PictureException or Sweeps.DamagedResultException => Data,
        EngineException => Engine,
        ModelFormatException or CheckpointException => ModelFile,
        DistributionException => Rank,
        IOException or UnauthorizedAccessException => Disk,
        _ => Unexpected,
    };
}

/// <summary>A mistake in the command line, the environment or a config file. The message is one line.</summary>
internal sealed class UsageException(string message) : Exception(message);
