using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using KerasPort.Console.Html;
using KerasPort.Console.Lessons;
using KerasPort.Console.Parity;
using KerasPort.Console.Plots;

namespace KerasPort.Console;

/// <summary>The command line: what it means, its help, and how every mistake and failure leaves the process.</summary>
internal static class CommandLine
{
    public const string Tool = "kerasport";

    public static string Version { get; } = typeof(CommandLine).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static int Run(string[] arguments)
    {
        try
        {
            var parsed = Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (parsed.Errors.Count > 0) throw new UsageException(Mistake(parsed));
            // Interrupts are the run's business, and so is what an exception means.
            return parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (Exception e)
        {
            return Fail(e, System.Console.Error);
        }
    }

    /// <summary>Says on one line what went wrong, and gives the exit code for it.</summary>
    public static int Fail(Exception e, TextWriter output)
    {
        int code = ExitCode.Of(e);
        string what = code == ExitCode.Unexpected ? $"{e.GetType().Name}: {e.Message}" : e.Message;
        output.WriteLine($"{Tool}: error: " + string.Join(' ', what.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        if (Environment.GetEnvironmentVariable("KERASPORT_DEBUG") == "1") output.WriteLine(e);
        return code;
    }

    /// <summary>One line of the tool's own, on stderr: stdout holds what Keras prints.</summary>
    public static void Say(string line) => System.Console.Error.WriteLine($"{Tool}: {line}");

    private static RootCommand Root()
    {
        var options = new RunOptions();

        // The same options on both, so that `kerasport --epochs 1` is `kerasport run --epochs 1`.
        var run = new Command("run", "Train the models and write the report; also what happens without a command.");
        var root = new RootCommand("The Fashion-MNIST convolutions codelab: trains a dense and a convolutional network, prints what Keras prints.") { run };
        foreach (var command in new[] { root, run })
        {
            options.AddTo(command);
            command.SetAction(parsed => CodelabRun.Run(options.Resolve(parsed)));
        }
        root.Add(EvaluateCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(InspectCommand.Create());
        root.Add(ParityCommand.Create(new RunOptions(without: [Settings.Save, Settings.Resume, Settings.Checkpoint, Settings.CheckpointEvery])));
        root.Add(ExercisesCommand.Create());
        root.Add(ConvolveCommand.Create());
        root.Add(PredictCommand.Create());
        root.Add(ShowCommand.Create());
        root.Add(ReportCommand.Create());
        root.Add(PlotCommand.Create());
        var schema = new Command("schema", "Print the JSON schema of config files.");
        schema.SetAction(_ => System.Console.Out.Write(ConfigSchema.Text()));
        root.Add(schema);
        var doctor = new Command("doctor", "Say what there is to train with here, and for each thing missing the one line that mends it.");
        doctor.SetAction(_ => Doctor.Run(System.Console.Out));
        root.Add(doctor);

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
        return root;
    }

    private static string Mistake(ParseResult parsed)
    {
        string? unknown = parsed.UnmatchedTokens.FirstOrDefault();
        if (unknown is null) return parsed.Errors[0].Message.TrimEnd('.');
        var command = parsed.CommandResult.Command;
        return unknown.StartsWith('-')
            ? $"unknown option \"{unknown}\"" + Spelling.Hint(unknown, [.. command.Options.Select(o => o.Name)])
            : $"unknown command \"{unknown}\"" + Spelling.Hint(unknown, [.. command.Subcommands.Select(c => c.Name)]);
    }

    private sealed class Help(HelpAction standard) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parsed)
        {
            int code = standard.Invoke(parsed);
            var output = parsed.InvocationConfiguration.Output;
            output.WriteLine("Settings come from the command line, else the environment [NAME], else the config, else the default.");
            output.WriteLine();
            output.WriteLine("Exit codes:");
            foreach (var (number, meaning) in ExitCode.All) output.WriteLine($"  {number,-9}{meaning}");
            return code;
        }
    }
}
