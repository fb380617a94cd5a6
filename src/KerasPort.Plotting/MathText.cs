using System.Text;

namespace KerasPort.Plotting;

/// <summary>
/// Formulas between dollar signs, as in matplotlib: x^2 and x_{i} are raised and lowered, \alpha and \leq are symbols, \mathrm{loss} is upright
/// text. On one line: \frac{1}{2} is 1/2 here, \sqrt{x} is √x.
/// </summary>
internal static class MathText
{
    private static readonly Dictionary<string, string> s_signs = Signs();

    private static Dictionary<string, string> Signs()
    {
        string[] greek = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "omicron", "pi",
            "rho", "varsigma", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega"];
        var signs = new Dictionary<string, string>
        {
            ["times"] = "\u00d7", ["cdot"] = "\u22c5", ["pm"] = "\u00b1", ["div"] = "\u00f7", ["circ"] = "\u2218", ["partial"] = "\u2202", ["nabla"] = "\u2207",
            ["infty"] = "\u221e", ["sum"] = "\u2211", ["prod"] = "\u220f", ["int"] = "\u222b", ["leq"] = "\u2264", ["le"] = "\u2264",
            ["geq"] = "\u2265", ["ge"] = "\u2265",
            ["neq"] = "\u2260", ["ne"] = "\u2260", ["approx"] = "\u2248", ["equiv"] = "\u2261", ["sim"] = "\u223c", ["propto"] = "\u221d", ["in"] = "\u2208",
            ["notin"] = "\u2209", ["subset"] = "\u2282", ["cup"] = "\u222a", ["cap"] = "\u2229", ["forall"] = "\u2200", ["exists"] = "\u2203",
            ["leftarrow"] = "\u2190", ["rightarrow"] = "\u2192", ["to"] = "\u2192", ["Rightarrow"] = "\u21d2", ["ldots"] = "\u2026",
            ["dots"] = "\u2026", ["ell"] = "\u2113",
            ["varepsilon"] = "\u03b5", ["vartheta"] = "\u03d1", ["varphi"] = "\u03c6", ["quad"] = "  ", ["odot"] = "\u2299",
        };
        for (int i = 0; i < greek.Length; i++)
        {
            char small = (char)('\u03b1' + i);
            signs[greek[i]] = small.ToString();
            signs[char.ToUpperInvariant(greek[i][0]) + greek[i][1..]] = ((char)(small - 32)).ToString();
        }
        (signs["epsilon"], signs["phi"]) = ("\u03f5", "\u03d5");
        return signs;
    }

    /// <summary>A line as pieces that are raised (1), lowered (-1) or neither (0).</summary>
    public static IReadOnlyList<(string Text, int Level)> Runs(string line)
    {
        string[] parts = line.Split('$');
        // With an odd number of dollar signs they are plain text.
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
                        case "frac":
                            Inner(Group(math, ref i));
                            text.Append('/');
                            Inner(Group(math, ref i));
                            break;
                        case "sqrt":
                            text.Append('\u221a');
                            Inner(Group(math, ref i));
                            break;
                        case "left" or "right" or "displaystyle": break;
                        case "mathrm" or "text" or "mathbf" or "mathit" or "operatorname":
                            text.Append(Group(math, ref i));
                            break;
                        default: text.Append(s_signs.GetValueOrDefault(name, name)); break;
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

        // The numerator or the denominator, in parentheses where it has several parts.
        void Inner(string group)
        {
            bool isOne = group.All(sign => char.IsAsciiLetterOrDigit(sign) || sign == '.') || group is ['\\', .. var name] && name.All(char.IsAsciiLetter);
            if (!isOne) text.Append('(');
            Flush();
            Set(group, level, runs);
            if (!isOne) text.Append(')');
        }

        void Flush()
        {
            if (text.Length > 0 && runs is [.., var last] && last.Item2 == level) runs[^1] = (last.Item1 + text, level);
            else if (text.Length > 0) runs.Add((text.ToString(), level));
            text.Clear();
        }
    }

    /// <summary>The argument of a command: a group in braces, a command, or a character.</summary>
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
