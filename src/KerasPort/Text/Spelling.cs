namespace KerasPort;

/// <summary>Suggests the known word nearest to a mistyped one.</summary>
internal static class Spelling
{
    /// <summary><c>, did you mean "epochs"?</c> when a known word is near, else the list of all, if any.</summary>
    /// <param name="word">The word that was typed.</param>
    /// <param name="known">The known words.</param>
    /// <param name="start">The number of leading characters that all known words share, which therefore don't count for nearness.</param>
    public static string Hint(string word, IReadOnlyCollection<string> known, int start = 0) =>
        known.Count == 0 ? "" : Nearest(word, known, start) is { Length: > 0 } near ? near : $"; known are {string.Join(", ", known)}";

    /// <summary><c>, did you mean "edges"?</c> when a known word is near, else nothing: for a message that lists them all anyway.</summary>
    /// <inheritdoc cref="Hint"/>
    public static string Nearest(string word, IReadOnlyCollection<string> known, int start = 0)
    {
        string nearest = known.MinBy(k => Distance(Plain(word[start..]), Plain(k[start..])))!;
        // A word is near to a known one only if they have a character in common: one edit makes a 0 of a 3.
        int distance = Distance(Plain(word[start..]), Plain(nearest[start..])), length = nearest.Length - start;
        return distance <= Math.Max(1, length / 3) && distance < length ? $", did you mean \"{nearest}\"?" : "";
    }

    /// <summary>A word without the differences that aren't mistakes: case, and the choice of dash or underscore.</summary>
    private static string Plain(string word) => word.ToLowerInvariant().Replace("-", "").Replace("_", "");

    /// <summary>The number of edits that turn one word into the other: insertions, deletions, replacements and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        // Only the last two rows of the table are read; the limit keeps hostile keys cheap.
        if (a.Length > 64) return a.Length;
        int[] before = [], above = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(above[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
            (before, above) = (above, row);
        }
        return above[^1];
    }
}
