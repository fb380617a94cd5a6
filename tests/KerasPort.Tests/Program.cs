using KerasPort.Tests.Datasets;

namespace KerasPort.Tests;

/// <summary>Runs the tests; or is one of the processes that a test starts.</summary>
internal static class Program
{
    public const string CacheProcess = "cache-process";

    public static Task<int> Main(string[] arguments) =>
        arguments is [CacheProcess] ? Task.FromResult(CacheProcessTests.Serve()) : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments);
}
