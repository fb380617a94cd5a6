using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Reflection;
using KerasPort.Console.Html;
using KerasPort.Console.Lessons;
using KerasPort.Console.Parity;
using KerasPort.Console.Plots;
using KerasPort.Console.Projects;
using KerasPort.Console.Sweeps;
using KerasPort.Distribution;

namespace KerasPort.Console;

/// <summary>Parses the command line and runs commands; turns every mistake and failure into a message and an exit code.</summary>
internal static class CommandLine
{
    public const string Tool = "kerasport";

    public static string Version { get; } = typeof(CommandLine).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static int Run(string[] arguments)
    {
        try
        {
            var parsed = Parse([.. arguments.Select(AtHome)]);
            if (arguments is ["help", [not ('-' or '/'), ..] and not "help" and var word, ..] && parsed.CommandResult.Command is RootCommand root)
                throw new UsageException(Mistake.NoCommand(word, root));
            if (HelpText.IsAskedFor(arguments)) parsed = Parse([.. HelpText.PathOf(parsed.CommandResult), "--help"]);
            else if (Mistake.In(parsed) is { } mistake) throw new UsageException(mistake);
            else if (!parsed.CommandResult.Children.OfType<OptionResult>().Any(o => o.Option is VersionOption)) Variables.Check(parsed.CommandResult.Command);
            // The run itself handles interrupts and exceptions.
            int code = parsed.Invoke(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
            // MPI is finalized only after success. After a failure, mpirun (or another launcher) ends the other processes.
            if (code == ExitCode.Ok) OpenMpi.End();
            return code;
        }
        catch (Exception e)
        {
            return Fail(e, System.Console.Error);
        }
    }

    /// <summary>Prints a failure on one line, and returns its exit code.</summary>
    public static int Fail(Exception e, TextWriter output)
    {
        int code = ExitCode.Of(e);
        string what = code == ExitCode.Unexpected ? $"{e.GetType().Name}: {e.Message}" : e.Message;
        output.WriteLine($"{Tool}: error: " + string.Join(' ',
            what.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
        if (Environment.GetEnvironmentVariable("KERASPORT_DEBUG") == "1") output.WriteLine(e);
        return code;
    }

    /// <summary>Prints a line of the tool's own on stderr: stdout has what Keras prints.</summary>
    public static void Say(string line)
    {
        if (Ranks.Current.IsFirst) System.Console.Error.WriteLine($"{Tool}: {line}");
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Root()
    {
        var options = new RunOptions();

        // Both have the same options, so that `kerasport --epochs 1` means `kerasport run --epochs 1`.
        var run = new Command("run", "Train the models and write the report; kerasport without a command does the same.");
        var root = new RootCommand("The Fashion-MNIST convolutions codelab: trains a dense and a convolutional network, prints what Keras prints.") { run };
        foreach (var command in new[] { root, run })
        {
            options.AddTo(command);
            var part = new Option<string>(SweepPart.Option)
            {
                Hidden = true,
                HelpName = "EPOCHS",
                Description = "a sweep started this run: it pauses after so many epochs",
            };
            command.Add(part);
            command.SetAction(parsed => CodelabRun.Run(options.Resolve(parsed), SweepPart.Of(parsed.GetValue(part))));
        }
        root.Add(EvaluateCommand.Create());
        root.Add(ExportCommand.Create());
        root.Add(InspectCommand.Create());
        root.Add(ParityCommand.Create(new RunOptions(without: [Settings.Save, Settings.Resume, Settings.Checkpoint, Settings.CheckpointEvery,
            Settings.Optimizer, Settings.LearningRate, Settings.ValidationSplit, .. Settings.OfRanks])));
        root.Add(SweepCommand.Create());
        root.Add(ExercisesCommand.Create());
        root.Add(ConvolveCommand.Create());
        root.Add(PredictCommand.Create());
        root.Add(ShowCommand.Create());
        root.Add(ReportCommand.Create());
        root.Add(PlotCommand.Create());
        root.Add(NewCommand.Create());
        var ofSweeps = new Option<bool>("--sweep") { Description = "the schema of sweep configs instead" };
        var schema = new Command("schema", "Print the JSON schema of config files.") { ofSweeps };
        schema.SetAction(parsed => System.Console.Out.Write(parsed.GetValue(ofSweeps) ? ConfigSchema.OfSweeps() : ConfigSchema.Text()));
        root.Add(schema);
        var doctor = new Command("doctor", "Show what this machine can train with, and for each thing that is missing the line that mends it.");
        doctor.SetAction(_ => Doctor.Run(System.Console.Out));
        root.Add(doctor);

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpText((HelpAction)help.Action!);
        return root;
    }

    /// <summary>Expands a ~ in <c>--data=~/x</c>, as shells expand it only at the start of a word.</summary>
    private static string AtHome(string word)
    {
        int value = word.StartsWith("--", StringComparison.Ordinal) ? word.IndexOf('=') + 1 : 0;
        return word[..value] + FilePath.Expand(word[value..]);
    }

    // No response files (@file): a picture may have such a name.
    internal static ParseResult Parse(string[] arguments) => Root().Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
}
