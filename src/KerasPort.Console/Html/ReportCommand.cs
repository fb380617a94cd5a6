using System.CommandLine;

namespace KerasPort.Console.Html;

/// <summary>The command line of <c>kerasport report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var report = new Argument<string>("REPORT.json") { Description = "a report that run or parity wrote" };
        var output = new Option<string>("--output") { HelpName = "FILE", Description = "page to write; by default REPORT.html beside the report" };
        var command = new Command("report", "Make an HTML page of a JSON report.") { report, output };
        command.SetAction(parsed => Run(parsed.GetValue(report)!, parsed.GetValue(output)));
        return command;
    }

    private static int Run(string path, string? output)
    {
        byte[] page = SavedReport.Read(path, HtmlReport.Page);
        var file = new ReportFile(output ?? Path.ChangeExtension(path, ".html"), "page", madeOf: path);
        file.Write(page);
        CommandLine.Say($"page written to {file.FullPath}");
        return ExitCode.Ok;
    }
}
