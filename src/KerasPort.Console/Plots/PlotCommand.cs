using System.CommandLine;
using KerasPort.Console.Html;
using KerasPort.Saving;

namespace KerasPort.Console.Plots;

/// <summary>The command line of <c>kerasport plot</c>.</summary>
internal static class PlotCommand
{
    public static Command Create()
    {
        var report = new Argument<string>("REPORT.json") { Description = "a report that run or parity wrote" };
        var output = new Option<string>("--output")
        {
            HelpName = "FOLDER",
            Description = "folder for the pictures, created if need be; by default REPORT-plots beside the report",
        };
        var format = new Option<string>("--format") { HelpName = "png|svg|both", DefaultValueFactory = _ => "both", Description = "formats of the pictures" };
        var command = new Command("plot", "Draw the charts of a JSON report as PNG and SVG files.") { report, output, format };
        command.SetAction(parsed => Run(parsed.GetValue(report)!, parsed.GetValue(output), parsed.GetValue(format) switch
        {
            "both" => ["png", "svg"],
            "png" or "svg" => [parsed.GetValue(format)!],
            var other => throw new UsageException($"--format: expected png, svg or both, got \"{other}\""),
        }));
        return command;
    }

    private static int Run(string path, string? output, string[] formats)
    {
        string folder = Path.GetFullPath(output ?? Path.ChangeExtension(path, null) + "-plots");
        int files = SavedReport.Read(path, report =>
        {
            WholeFile.MakeFolder(folder, "the pictures to ");
            return ReportPlots.Write(report, folder, formats);
        });
        CommandLine.Say($"{files} pictures written to {folder}");
        return ExitCode.Ok;
    }
}
