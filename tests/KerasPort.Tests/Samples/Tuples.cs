namespace KerasPort.Tests.Samples;

/// <summary><c>(a, b) = (c, d)</c>, <c>return (a, b)</c> and <c>for (a, b) in</c> as Python writes them, without the parentheses.</summary>
internal static class Tuples
{
    /// <summary>A statement's tokens as text.</summary>
    public static string WithoutParentheses(List<string> tokens)
    {
        int equals = tokens.FindIndex(token => token == "=");
        if (Depth(tokens, equals) > 0) equals = -1; // The equals sign of a named argument.
        return tokens switch
        {
            ["return", .. var value] => $"return {Bare(value)}",
            ["for", .. var rest] when rest.IndexOf("in") is > 0 and var at => $"for {Bare(rest[..at])} {string.Join(' ', rest[at..])}",
            _ when equals > 0 => $"{Bare(tokens[..equals])} = {Bare(tokens[(equals + 1)..])}",
            _ => string.Join(' ', tokens),
        };
    }

    private static int Depth(List<string> tokens, int end) =>
        tokens.Take(Math.Max(end, 0)).Sum(token => token is "(" or "[" or "{" ? 1 : token is ")" or "]" or "}" ? -1 : 0);

    /// <summary>Removes the parentheses where they belong to a tuple that is the whole text.</summary>
    private static string Bare(List<string> tokens)
    {
        if (tokens is not ["(", .., ")"]) return string.Join(' ', tokens);
        int depth = 0;
        bool several = false;
        for (int i = 0; i < tokens.Count - 1; i++)
        {
            depth += tokens[i] is "(" or "[" or "{" ? 1 : tokens[i] is ")" or "]" or "}" ? -1 : 0;
            if (depth == 0) return string.Join(' ', tokens);
            several |= depth == 1 && tokens[i] == ",";
        }
        return string.Join(' ', several ? tokens[1..^1] : tokens);
    }
}
