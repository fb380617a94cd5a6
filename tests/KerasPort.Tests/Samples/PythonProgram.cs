using System.Text.RegularExpressions;

namespace KerasPort.Tests.Samples;

/// <summary>
/// The statements of a Python program in the notation of <see cref="CSharpProgram"/>: imports, then statements with
/// four spaces per level, then classes. Alternative spellings of Python are unified (quotes, <c>1.</c>, trailing commas, the parentheses
/// of a tuple), and parts without a counterpart in C# are dropped: <c>self</c>, the colon of a block, the defaults of a hook's arguments.
/// </summary>
internal static partial class PythonProgram
{
    /// <summary>The names that an import defines, by its text.</summary>
    public static IReadOnlyDictionary<string, string> Imports { get; } = new Dictionary<string, string>
    {
        ["import tensorflow as tf"] = "tf",
        ["import keras"] = "keras",
        ["from tensorflow import keras"] = "keras",
        ["import numpy as np"] = "np",
        ["import matplotlib . pyplot as plt"] = "plt",
    };

    private static readonly string[] s_openers = ["class", "def", "for", "if", "elif", "else", "while", "with"];

    /// <summary>The statements, normalised.</summary>
    public static List<string> Statements(string text)
    {
        var program = new Statements();
        var indents = new Stack<int>([0]);
        foreach (var (indent, tokens) in Lines(text))
        {
            while (indents.Peek() > indent) indents.Pop();
            if (indents.Peek() < indent) indents.Push(indent);
            Add(program, indents.Count - 1, tokens);
        }
        return program.InOrder();
    }

    private static void Add(Statements program, int depth, List<string> tokens)
    {
        if (tokens is [['"', ..]]) return; // A docstring is dropped like a comment.
        if (depth == 0 && tokens[0] is "import" or "from" && AddImport(program, tokens)) return;
        int colon = Array.IndexOf(s_openers, tokens[0]) < 0 ? -1 : Colon(tokens);
        if (colon < 0)
        {
            program.Add(depth, Text(tokens));
            return;
        }
        program.Add(depth, Opening(tokens[..colon]));
        if (colon + 1 < tokens.Count) Add(program, depth + 1, tokens[(colon + 1)..]);
    }

    /// <summary><c>from keras import layers, models</c> is two imports; in C# they are <c>var layers = keras.layers;</c> and so on.</summary>
    private static bool AddImport(Statements program, List<string> tokens)
    {
        string text = string.Join(' ', tokens);
        if (Imports.TryGetValue(text, out string? name))
        {
            program.Import(name);
            return true;
        }
        if (FromImport().Match(text) is not { Success: true } from) return false;
        foreach (string part in from.Groups["names"].Value.Split(" , ")) program.Import($"{part} from {from.Groups["module"].Value}");
        return true;
    }

    /// <summary>The colon that ends a block's head.</summary>
    private static int Colon(List<string> tokens)
    {
        int depth = 0, lambdas = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            depth += tokens[i] is "(" or "[" or "{" ? 1 : tokens[i] is ")" or "]" or "}" ? -1 : 0;
            if (tokens[i] == "lambda") lambdas++;
            else if (tokens[i] == ":" && depth == 0 && lambdas-- == 0) return i;
        }
        return -1;
    }

    private static string Opening(List<string> tokens)
    {
        string text = Text(tokens);
        if (tokens[0] == "class") return ModuleOfBase().Replace(text, "( ${name} )");
        if (tokens[0] != "def") return text;
        text = text.Replace("( self , ", "( ", StringComparison.Ordinal).Replace("( self )", "( )", StringComparison.Ordinal);
        return DefaultOfHook().Replace(text, "${name}");
    }

    private static string Text(List<string> tokens)
    {
        var text = new List<string>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i] == "self" && i + 1 < tokens.Count && tokens[i + 1] == ".") i++;
            else if (tokens[i] is ")" or "]" or "}" && text is [.., ","])
            {
                text.RemoveAt(text.Count - 1);
                text.Add(tokens[i]);
                // `(784,)` is a tuple of one number, which C# writes as the number.
                if (text is [.., "=" or "," or "(" or "[", "(", var only, ")"]) text = [.. text[..^3], only];
            }
            else text.Add(tokens[i]);
        }
        return Tuples.WithoutParentheses(text);
    }

    /// <summary>The logical lines: their tokens, and the indentation of the first.</summary>
    private static IEnumerable<(int Indent, List<string> Tokens)> Lines(string text)
    {
        int lineStart = 0, depth = 0, indent = 0;
        var tokens = new List<string>();
        foreach (Match match in Token().Matches(text + "\n"))
        {
            string token = match.Value;
            if (token == "\n")
            {
                lineStart = match.Index + 1;
                if (depth > 0 || tokens.Count == 0) continue;
                yield return (indent, tokens);
                tokens = [];
            }
            else if (token[0] != '#')
            {
                if (tokens.Count == 0) indent = match.Index - lineStart;
                depth += token is "(" or "[" or "{" ? 1 : token is ")" or "]" or "}" ? -1 : 0;
                tokens.Add(Normal(match));
            }
        }
        // A bracket that is never closed.
        if (tokens.Count > 0) yield return (indent, tokens);
    }

    private static string Normal(Match match)
    {
        if (match.Groups["string"].Success) return match.Groups["string"].Value[0] == 'f' ? Formatted(match.Value[2..^1]) : Quoted(Content(match.Value));
        return match.Groups["number"].Success ? Number(match.Value) : match.Value;
    }

    private static string Content(string literal) =>
        literal.StartsWith("\"\"\"", StringComparison.Ordinal) ? literal[3..^3] : literal[1..^1];

    /// <summary>A string's text as written between double quotes.</summary>
    private static string Quoted(string content) => $"\"{BareQuote().Replace(content.Replace("\\'", "'", StringComparison.Ordinal), "\\\"")}\"";

    /// <summary>An f-string, with the expressions between its braces normalised too.</summary>
    private static string Formatted(string content) => $"f{Quoted(Hole().Replace(content, hole =>
    {
        var tokens = Lines(hole.Groups["value"].Value).SelectMany(line => line.Tokens);
        return $"{{{Text([.. tokens]).Replace('"', '\'')}{hole.Groups["format"].Value}}}";
    }))}";

    /// <summary><c>1.</c> and <c>.5</c> as <c>1.0</c> and <c>0.5</c>.</summary>
    public static string Number(string text)
    {
        if (text[0] == '.') text = '0' + text;
        return BarePoint().Replace(text.Replace("_", "", StringComparison.Ordinal), ".0");
    }

    [GeneratedRegex("""
        (?<string>"{3}(?:.|\n)*?"{3}|f?"(?:\\.|[^"\\\n])*"|f?'(?:\\.|[^'\\\n])*')
        |(?<number>(?:\d[\d_]*\.?\d*|\.\d+)(?:e[+-]?\d+)?(?!\w))
        |\#[^\n]*|\.\.\.|\*\*=?|//=?|[-+*/%=!<>]=|\w+|\n|[^\s]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Token();

    [GeneratedRegex(@"^from (?<module>keras|tensorflow \. keras) import (?<names>\w+( , \w+)*)$")]
    private static partial Regex FromImport();

    /// <summary>Keras' own classes, whose module C# names by a using.</summary>
    [GeneratedRegex(@"\( (tf \. )?keras \. (callbacks|layers|losses|metrics|models) \. (?<name>\w+) \)|\( (tf \. )?keras \. (?<name>Model) \)")]
    private static partial Regex ModuleOfBase();

    [GeneratedRegex(@"\b(?<name>logs|training) = (None|False)(?= [,)])")]
    private static partial Regex DefaultOfHook();

    [GeneratedRegex(@"(?<!\\)""")]
    private static partial Regex BareQuote();

    [GeneratedRegex(@"(?<!\{)\{(?<value>[^{}:]+)(?<format>:[^{}]*)?\}(?!\})")]
    private static partial Regex Hole();

    [GeneratedRegex(@"\.(?!\d)")]
    private static partial Regex BarePoint();
}
