using System.Diagnostics;
using System.Text.Json.Nodes;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Gpu;

/// <summary><c>tests/gpu-check</c> from end to end, on a processor and with small numbers.</summary>
public sealed class GpuCheckTests
{
    [Fact]
    [Slow]
    [Needs(Need.Pocl, Need.FashionMnist)]
    public void It_gives_every_part_that_a_processor_can_give()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, GpuCheck.WriteData(folder["data"], 320));
        var start = new ProcessStartInfo("dotnet", [typeof(GpuCheckTests).Assembly.Location, GpuCheck.Command, folder["out"], "--data", folder["data"],
            "--pocl", "--epochs", "1", "--contract", typeof(CudaPtxTests).FullName!])
        { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said);

        var found = JsonNode.Parse(File.ReadAllText(folder["out/gpu-check.json"]))!.AsObject();
        Assert.Equal(["doctor", "baseline, batch 32", "cnn-64-64, batch 32", "baseline, batch 256", "cnn-64-64, batch 256", "baseline, kernels of a step",
            "cnn-64-64, kernels of a step", "kill and resume", "TF32", "contract"], found.Select(part => part.Key));
        Assert.Equal(16, found["cnn-64-64, kernels of a step"]!["launches a step"]!.GetValue<long>());
        Assert.Equal((string?)found["kill and resume"]!["ran through"], (string?)found["kill and resume"]!["went on to"]);
        Assert.StartsWith("batch", (string?)found["kill and resume"]!["killed after"]);
        Assert.Contains("Failed: 0", (string?)found["contract"]!["tests"]);
        Assert.Contains("## kill and resume", File.ReadAllText(folder["out/gpu-check.md"]));
    }
}
