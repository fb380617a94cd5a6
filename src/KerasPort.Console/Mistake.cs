using System.CommandLine;
using System.CommandLine.Parsing;

namespace KerasPort.Console;

/// <summary>Finds the mistake in a command line, in this tool's own words.</summary>
internal static class Mistake
{
    /// <summary>The mistake on one line, or null if there is none.</summary>
    public static string? In(ParseResult parsed)
    {
        // Checked first: the parser takes an unknown option for a picture, a path or a model, with a misleading message.
        if (Unknown(parsed) is { } option)
        {
            string name = option.Split('=')[0];
            return $"unknown option \"{name}\"" + Spelling.Hint(name, [.. parsed.CommandResult.Command.Options.Where(o => !o.Hidden).Select(o => o.Name)]);
        }
        if (Doubled(parsed) is { } twice) return $"{twice.Option.Name} is given {twice.IdentifierTokenCount} times; give it once";
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is [var word, ..])
        {
            return command.Subcommands.Count > 0
                ? NoCommand(word, command)
                : $"{NameOf(parsed)} takes {Taken(command)}, got \"{word}\" too";
        }
        return Missing(parsed) ?? (parsed.Errors is [var error, ..] ? error.Message.TrimEnd('.') : null);
    }

    /// <summary>The mistake in a word that should be a command's name.</summary>
    public static string NoCommand(string word, Command among) =>
        $"unknown command \"{word}\"" + Spelling.Hint(word, [.. among.Subcommands.Select(c => c.Name)]);

    /// <summary>A required argument or option that is missing, or is a blank word: in scripts, a variable that isn't set.</summary>
    private static string? Missing(ParseResult parsed)
    {
        var given = parsed.CommandResult.Children.OfType<OptionResult>().Where(o => !o.Implicit).ToList();
        if (given.Find(o => o.Option.Arity.MinimumNumberOfValues > o.Tokens.Count || Blank(o) is not null) is { Option: var empty } option)
            return $"{empty.Name} needs a value{Blank(option)}: {(empty is SettingOption of ? of.Setting.Expected : empty.Description)}";
        var command = parsed.CommandResult.Command;
        if (command.Arguments.FirstOrDefault(a => Blank(parsed.GetResult(a)) is not null
                || a.Arity.MinimumNumberOfValues > 0 && !a.HasDefaultValue && parsed.GetResult(a) is null or { Tokens.Count: 0 }) is { } argument)
            return $"{NameOf(parsed)} needs {argument.Name}{Blank(parsed.GetResult(argument))}: {argument.Description}";
        return command.Options.FirstOrDefault(o => o.Required && given.All(g => g.Option != o)) is { } required
            ? $"{NameOf(parsed)} needs {required.Name}: {required.Description}" : null;
    }

    /// <summary><c>, got " "</c> if one of the words is blank, else null.</summary>
    private static string? Blank(SymbolResult? given) =>
        given?.Tokens.FirstOrDefault(word => string.IsNullOrWhiteSpace(word.Value)) is { Value: var blank } ? $", got \"{blank}\"" : null;

    /// <summary>The first word that looks like an option, but was taken for something else or for nothing.</summary>
    private static string? Unknown(ParseResult parsed)
    {
        // Words after -- are names, whatever they look like.
        var names = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).ToHashSet(ReferenceEqualityComparer.Instance);
        var taken = parsed.CommandResult.Children.SelectMany(child => child.Tokens).ToHashSet(ReferenceEqualityComparer.Instance);
        var left = parsed.UnmatchedTokens.ToHashSet();
        return parsed.Tokens.Where(token => token.Type == TokenType.Argument && !names.Contains(token) && (taken.Contains(token) || left.Contains(token.Value)))
            .Select(token => token.Value).FirstOrDefault(IsOption);
    }

    private static OptionResult? Doubled(ParseResult parsed) => parsed.CommandResult.Children.OfType<OptionResult>()
        .FirstOrDefault(o => o.IdentifierTokenCount > 1 && !o.Option.AllowMultipleArgumentsPerToken);

    private static string NameOf(ParseResult parsed) => string.Join(' ', [CommandLine.Tool, .. HelpText.PathOf(parsed.CommandResult)]);

    private static string Taken(Command command) =>
        command.Arguments.Count == 0 ? "options only" : "only " + string.Join(" and ", command.Arguments.Select(a => a.Name));

    /// <summary>Whether a word is one or two dashes and a letter; a negative number isn't.</summary>
    private static bool IsOption(string word) =>
        word is ['-', '-', var first, ..] && char.IsAsciiLetter(first) || word is ['-', var only, ..] && char.IsAsciiLetter(only);
}
