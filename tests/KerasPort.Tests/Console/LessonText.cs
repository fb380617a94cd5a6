using System.Text.RegularExpressions;

namespace KerasPort.Tests.Console;

/// <summary>
/// The statements of a lesson in one notation, so that the Python text and the C# text can be compared. What Python has no
/// word for drops out (var, ;, trailing commas), named arguments become keyword arguments, and the parameters of Run,
/// which the codelab doesn't have, are replaced by their defaults.
/// </summary>
internal static class LessonText
{
    private const string Import = "import tensorflow as tf", Using = "using static KerasPort.Python;";
    private const string Token = @"""[^""\n]*""|'[^'\n]*'|\?\?=|\w+|\n|[^\s]";

    public static List<string> OfPython(string text)
    {
        text = Regex.Replace(text, "#[^\n]*", "");
        return Statements(Tokens(text), end: "\n");
    }

    public static List<string> OfCSharp(string text)
    {
        text = Regex.Replace(text, "//[^\n]*", "");
        var run = Regex.Match(text, @"public static void Run\((?<parameters>[^)]*)\)\s*\{(?<body>.*?)\n    \}", RegexOptions.Singleline);
        var defaults = Regex.Matches(run.Groups["parameters"].Value, @"(\w+) = (\w+)").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        return OfCSharp(run.Groups["body"].Value, defaults, text.Contains(Using));
    }

    /// <summary>A script's statements; its directives, usings and classes have no counterpart.</summary>
    public static List<string> OfScript(string text)
    {
        text = Regex.Replace(text, "(//|#:)[^\n]*", "");
        text = Regex.Replace(text, @"\nclass .*", "", RegexOptions.Singleline);
        return OfCSharp(Regex.Replace(text, @"using [^;]*;", ""), [], text.Contains(Using));
    }

    private static List<string> OfCSharp(string body, Dictionary<string, string> defaults, bool imports)
    {
        var tokens = Tokens(body);
        tokens.RemoveAll(token => token is "\n" or "var" or "new");
        for (int i = 0; i + 1 < tokens.Count; i++)
        {
            // `model ??= X` is `model = X` where nothing is passed.
            if (tokens[i + 1] == "??=" && defaults.GetValueOrDefault(tokens[i]) == "null") tokens[i + 1] = "=";
            if (i == 0 || tokens[i + 1] != ":" || tokens[i - 1] is not ("(" or ",")) continue;
            // `name: value` is `name=value`; a parameter of Run stands for its default, and null for no argument.
            tokens[i + 1] = "=";
            if (tokens[i + 3] is "," or ")" && defaults.TryGetValue(tokens[i + 2], out var value)) tokens[i + 2] = value;
            if (tokens[i + 2] != "null") continue;
            tokens.RemoveRange(i - 1, 4);
            i--;
        }
        var statements = Statements(tokens, end: ";");
        if (imports) statements.Insert(0, Import);
        return statements;
    }

    private static List<string> Tokens(string text) =>
        [.. Regex.Matches(text, Token).Select(m => m.Value[0] == '\'' ? '"' + m.Value[1..^1] + '"' : m.Value)];

    private static List<string> Statements(List<string> tokens, string end)
    {
        var statements = new List<string>();
        var statement = new List<string>();
        int depth = 0;
        foreach (string token in tokens.Append(end))
        {
            depth += token is "(" or "[" ? 1 : token is ")" or "]" ? -1 : 0;
            if (depth == 0 && token == end)
            {
                if (statement.Count > 0) statements.Add(string.Join(' ', WithoutOuterParentheses(statement)));
                statement.Clear();
            }
            else if (token != "\n")
            {
                if (token is ")" or "]" && statement is [.., ","]) statement.RemoveAt(statement.Count - 1);
                statement.Add(token);
            }
        }
        // A bracket that never closes.
        if (statement.Count > 0) statements.Add(string.Join(' ', statement));
        return statements;
    }

    /// <summary><c>(a, b) = …</c> as <c>a, b = …</c>, which is how Python writes a tuple on the left.</summary>
    private static List<string> WithoutOuterParentheses(List<string> statement)
    {
        int equals = statement.IndexOf("="), depth = 0;
        for (int i = 0; i < equals; i++)
        {
            depth += statement[i] == "(" ? 1 : statement[i] == ")" ? -1 : 0;
            // Only a pair that spans all of the left side.
            if (depth == 0 && i < equals - 1) return statement;
        }
        return statement[0] == "(" && statement[equals - 1] == ")" ? [.. statement[1..(equals - 1)], .. statement[equals..]] : statement;
    }
}
