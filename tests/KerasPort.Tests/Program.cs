using System.Globalization;
using KerasPort.Tests.Datasets;
using KerasPort.Tests.Engines.Formulas;
using KerasPort.Tests.Gpu;
using KerasPort.Tests.Pictures;
using KerasPort.Tests.Saving;

namespace KerasPort.Tests;

/// <summary>Runs the tests, or one of the programs that tests start as processes.</summary>
internal static class Program
{
    public const string CacheProcess = "cache-process", LoadFiles = "load-files";

    public static Task<int> Main(string[] arguments) => arguments switch
    {
        [CacheProcess] => Task.FromResult(CacheProcessTests.Serve()),
        [WidthTests.Command] => Task.FromResult(WidthTests.PrintSums()),
        [BoundedMemoryTests.Command, var folder] => Task.FromResult(BoundedMemoryTests.Train(folder)),
        [LoadFiles, var folder] => Task.FromResult(TraceTests.Load(folder)),
        [GpuCheck.Command, .. var rest] => Task.FromResult(GpuCheck.Run(rest)),
        [GpuCheck.TrainCommand, var checkpoints, var data, var card] => Task.FromResult(GpuCheck.Train(checkpoints, data, card == "pocl")),
        [GpuCheck.DataCommand, var folder, var rows] => Task.FromResult(GpuCheck.WriteData(folder, int.Parse(rows, CultureInfo.InvariantCulture))),
        _ => Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(arguments),
    };
}
