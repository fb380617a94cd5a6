using KerasPort.Console;
using KerasPort.Engines;

namespace KerasPort.Tests.Console;

public sealed class DoctorTests
{
    [Fact]
    public void It_says_what_there_is_and_what_mends_what_is_missing()
    {
        var findings = Doctor.Examine(new NvidiaDriver(12040, [new(0, "Tesla P100", 6, 0, 17_071_734_784)])).ToList();
        Assert.Contains(new("driver", "NVIDIA's, for CUDA 12.4"), findings);
        Assert.Contains(new("card", "gpu:0 (Tesla P100), 17.1 GB, compute capability 6.0", "Use another card"), findings);
        Assert.Contains(new("managed", "trains on cpu"), findings);
        Assert.Contains(findings, f => f.Subject == "data set");
    }

    [Fact]
    public void Without_a_driver_the_engine_names_the_same_remedy()
    {
        var findings = Doctor.Examine(new NvidiaDriver(0, [], new("no driver", "Install one"))).ToList();
        Assert.Contains(new("driver", "no driver", "Install one"), findings);
        Assert.Contains(new("cuda", "built in, without a card to run on", "Install one"), findings);
    }

    [Fact]
    [Slow]
    public void The_tool_prints_a_line_each_and_is_content()
    {
        var (code, output, error) = Tool.Run(Path.GetTempPath(), ["doctor"]);
        Assert.Equal((0, ""), (code, error));
        string[] lines = output.TrimEnd().Split('\n');
        Assert.StartsWith("kerasport ", lines[0]);
        Assert.All(lines[1..], line => Assert.Matches("^  (ok|missing|       ) ", line));
        Assert.Contains("  ok       managed      trains on cpu", lines);
    }

    [Fact]
    [Slow]
    public void A_damaged_data_set_is_named_with_its_remedy()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var (code, output, _) = Tool.Run(folder, ["doctor"], new() { ["KERASPORT_DATA"] = folder });
            Assert.Equal(0, code);
            Assert.Matches(@"  missing  data set     \S*train-images-idx3-ubyte\.gz cannot be read: .*\n {24}Training fetches it", output);
        }
        finally
        {
            Directory.Delete(folder);
        }
    }
}
