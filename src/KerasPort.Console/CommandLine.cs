using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;

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
        var config = new Option<string>("--config") { HelpName = "FILE", Description = "take settings from a config file (configs/cpu.json)" };
        var options = Settings.All.ToDictionary(s => s, AsOption);

        int Train(ParseResult parsed)
        {
            var given = new Dictionary<Setting, object?>();
            foreach (var (setting, option) in options)
            {
                if (parsed.GetResult(option) is { Implicit: false } result)
                    given[setting] = setting.Parse(string.Join(' ', result.Tokens.Select(t => t.Value)), setting.Option);
            }
            return CodelabRun.Run(RunSettings.Resolve(given, Environment.GetEnvironmentVariable, parsed.GetValue(config)));
        }

        // The same options on both, so that `kerasport --epochs 1` is `kerasport run --epochs 1`.
        var run = new Command("run", "Train the models and write the report; also what happens without a command.");
        var root = new RootCommand("The Fashion-MNIST convolutions codelab: trains a dense and a convolutional network, prints what Keras prints.") { run };
        foreach (var command in new[] { root, run })
        {
            command.Add(config);
            foreach (var option in options.Values) command.Add(option);
            command.SetAction(Train);
        }
        var schema = new Command("schema", "Print the JSON schema of config files.");
        schema.SetAction(_ => System.Console.Out.Write(ConfigSchema.Text()));
        root.Add(schema);

        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new Help((HelpAction)help.Action!);
        return root;
    }

    private static Option AsOption(Setting setting)
    {
        // Values stay text here: the setting itself reads them, and says what is wrong in its own words.
        Option option = setting.Kind is ModelNames
            ? new Option<string[]>(setting.Option) { Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true }
            : new Option<string>(setting.Option);
        option.HelpName = setting.HelpName;
        option.Description = $"{setting.Help} [{setting.Variable}]";
        return option;
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
