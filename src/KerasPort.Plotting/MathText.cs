using System.Text;

namespace KerasPort.Plotting;

/// <summary>
/// What stands between dollar signs, as matplotlib sets it: x^2 and x_{i} raise and lower, \frac{1}{2} is 1/2 here, and Greek letters, which the
/// font has not, are spelled: \alpha is alpha.
/// </summary>
internal static class MathText
{
    /// <summary>A line as pieces that are raised (1), lowered (-1) or neither (0).</summary>
    public static IReadOnlyList<(string Text, int Level)> Runs(string line)
    {
        string[] parts = line.Split('$');
        // An odd dollar sign is one.
        if (parts.Length % 2 == 0) return [(line, 0)];
        var runs = new List<(string, int)>();
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1) Set(parts[i], 0, runs);
            else if (parts[i].Length > 0) runs.Add((parts[i], 0));
        }
        return runs;
    }

    private static void Set(string math, int level, List<(string, int)> runs)
    {
        var text = new StringBuilder();
        for (int i = 0; i < math.Length;)
        {
            switch (math[i])
            {
                case '^' or '_':
                    int shift = math[i] == '^' ? 1 : -1;
                    i++;
                    string group = Group(math, ref i);
                    Flush();
                    Set(group, shift, runs);
                    break;
                case '\\':
                    int end = i + 1;
                    while (end < math.Length && char.IsAsciiLetter(math[end])) end++;
                    string name = math[(i + 1)..end];
                    i = end;
                    switch (name)
                    {
                        case "": if (i < math.Length && math[i] is ',' or ';' or ' ') text.Append(' '); i++; break;
                        case "frac": text.Append(Group(math, ref i)).Append('/').Append(Group(math, ref i)); break;
                        case "sqrt": text.Append("sqrt(").Append(Group(math, ref i)).Append(')'); break;
                        case "times": text.Append('\u00d7'); break;
                        case "cdot": text.Append('\u00b7'); break;
                        case "pm": text.Append('\u00b1'); break;
                        case "mu": text.Append('\u03bc'); break;
                        default: text.Append(name); break;
                    }
                    break;
                case ' ' or '{' or '}': i++; break;
                case '-':
                    text.Append('\u2212');
                    i++;
                    break;
                default: text.Append(math[i++]); break;
            }
        }
        Flush();

        void Flush()
        {
            if (text.Length > 0) runs.Add((text.ToString(), level));
            text.Clear();
        }
    }

    /// <summary>What belongs to a sign: a group in braces, a command, or a character.</summary>
    private static string Group(string math, ref int i)
    {
        if (i >= math.Length) return "";
        int start = i;
        if (math[i] != '{')
        {
            i++;
            if (math[start] == '\\') while (i < math.Length && char.IsAsciiLetter(math[i])) i++;
            return math[start..i];
        }
        int depth = 0;
        do
        {
            depth += math[i] == '{' ? 1 : math[i] == '}' ? -1 : 0;
            i++;
        }
        while (depth > 0 && i < math.Length);
        return depth > 0 ? math[(start + 1)..] : math[(start + 1)..(i - 1)];
    }
}
