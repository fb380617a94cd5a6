using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace KerasPort.Console;

/// <summary>The help of each command: usage and options, then examples, where settings come from, and the exit codes.</summary>
internal sealed class HelpText(HelpAction standard) : SynchronousCommandLineAction
{
    // The column in which the meanings of exit codes begin.
    private const int Indent = 17;

    private static readonly string[] s_asking = ["--help", "-h", "-?", "/?", "/h"];

    private static readonly Dictionary<string, string[]> s_examples = new()
    {
        ["run"] =
        [
            "run --model cnn-16-16 --epochs 1 --seed 1", "run --optimizer sgd --learning-rate 0.1 --validation-split 0.1",
            "run --config configs/cpu.json --report out.json", "run --checkpoint ck --save {model}.keras",
        ],
        ["evaluate"] = ["evaluate mymodel.keras"],
        ["export"] = ["export mymodel.keras mymodel.onnx"],
        ["inspect"] = ["inspect mymodel.keras"],
        ["parity"] = ["parity --model baseline --seed 1", "parity --recorded --model baseline --seeds 0,1,2"],
        ["sweep"] = ["sweep configs/sweep.json", "sweep configs/sweep.json --folder /shared/lr --shard 2/8", "sweep --collect /shared/lr"],
        ["exercises"] = ["exercises --seed 1", "exercises --epochs 1 --at-once 1"],
        ["convolve"] = ["convolve 0 --filter edges --pool 2 --png after.png", "convolve photo.jpg --filter \"-2 -1 0 -1 1 1 0 1 2\""],
        ["predict"] = ["predict --model model.keras shoe.png coat.jpg 17"],
        ["show"] = ["show 3", "show 3 --model model.keras --layer max_pooling2d"],
        ["report"] = ["report report.json"],
        ["plot"] = ["plot report.json --format png"],
        ["new"] = ["new clothes", "new clothes --source ~/kerasport-packages"],
        ["schema"] = ["schema > kerasport.schema.json", "schema --sweep > sweep.schema.json"],
        ["doctor"] = ["doctor"],
    };

    /// <summary>Whether a word of the command line asks for help, which goes before any mistake; words behind <c>--</c> are names.</summary>
    public static bool IsAskedFor(string[] arguments) =>
        arguments is ["help", ..] || arguments.TakeWhile(word => word != "--").Any(s_asking.Contains);

    /// <summary>The names that lead to a command, without the tool's own name.</summary>
    public static IEnumerable<string> PathOf(CommandResult result) => result.Parent is CommandResult above ? PathOf(above).Append(result.Command.Name) : [];

    /// <summary>Lists commands before options, because the tool's own options fill a screen.</summary>
    private static string CommandsFirst(string text)
    {
        int options = text.IndexOf("\nOptions:", StringComparison.Ordinal) + 1, commands = text.IndexOf("\nCommands:", StringComparison.Ordinal) + 1;
        return options == 0 || commands < options ? text : text[..options] + text[commands..] + text[options..commands];
    }

    public override int Invoke(ParseResult parsed)
    {
        var output = parsed.InvocationConfiguration.Output;
        using var text = new StringWriter { NewLine = output.NewLine };
        parsed.InvocationConfiguration.Output = text;
        int code = standard.Invoke(parsed);
        parsed.InvocationConfiguration.Output = output;
        output.Write(CommandsFirst(text.ToString()));
        int width = Terminal.Current is { IsTerminal: true } terminal ? terminal.Width : int.MaxValue;
        var command = parsed.CommandResult.Command;
        output.WriteLine("Examples:");
        foreach (string example in s_examples.GetValueOrDefault(command.Name) ?? s_examples["run"]) output.WriteLine($"  {CommandLine.Tool} {example}");
        output.WriteLine();
        if (command.Options.OfType<SettingOption>().Any())
        {
            const string sources = "Settings come from the command line, else the environment [NAME], else the config, else the default.";
            const string names = "An unknown name is refused; a known one that this command doesn't use is named on stderr.";
            foreach (string line in new[] { sources, names }.SelectMany(sentence => FactTable.Wrapped(sentence, width))) output.WriteLine(line);
            output.WriteLine();
        }
        output.WriteLine("Exit codes:");
        foreach (var (number, meaning) in ExitCode.All)
        {
            string[] lines = [.. FactTable.Wrapped(meaning, Math.Max(width - Indent, Indent))];
            for (int i = 0; i < lines.Length; i++) output.WriteLine($"  {(i == 0 ? number : ""),-15}{lines[i]}");
        }
        return code;
    }
}
