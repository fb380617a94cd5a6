using System.Text;
using System.Text.RegularExpressions;

namespace KerasPort.Tests.Docs;

/// <summary>A fenced block: its language, how to run it by its info string, its first line's number and its lines.</summary>
internal sealed record DocBlock(DocPage Page, int Line, string Language, string Word, string Text)
{
    public override string ToString() => $"{Page.Name}:{Line}";
}

/// <summary>A page of the documentation, parsed.</summary>
internal sealed partial class DocPage
{
    private DocPage(string name)
    {
        Name = name;
        var (blocks, prose, inside) = (new List<DocBlock>(), new StringBuilder(), new StringBuilder());
        string? info = null;
        int start = 0;
        foreach (var (i, line) in File.ReadAllLines(Repository.File(name)).Index())
        {
            if (!line.TrimStart().StartsWith("```", StringComparison.Ordinal)) (info is null ? prose : inside).Append(line).Append('\n');
            else if (info is null) (info, start) = (line.TrimStart()[3..].Trim(), i + 1);
            else
            {
                string[] words = info.Split(' ', 2);
                blocks.Add(new DocBlock(this, start, words[0], words.Length > 1 ? words[1] : "", inside.ToString()));
                inside.Clear();
                info = null;
            }
        }
        IsClosed = info is null;
        Blocks = blocks;
        Prose = prose.ToString();
    }

    /// <summary>Every page for readers: those at the top level, in docs and in the samples.</summary>
    public static IReadOnlyList<DocPage> All { get; } =
    [
        .. Directory.GetFiles(Repository.Root, "*.md").Select(Path.GetFileName)
            .Concat(Directory.GetFiles(Repository.File("docs"), "*.md").Select(path => "docs/" + Path.GetFileName(path)))
            .Append("samples/README.md").Order(StringComparer.Ordinal).Select(name => new DocPage(name!)),
    ];

    /// <summary>The path from the top level, with slashes.</summary>
    public string Name { get; }

    public IReadOnlyList<DocBlock> Blocks { get; }

    /// <summary>Whether every block is closed.</summary>
    public bool IsClosed { get; }

    /// <summary>The text outside of blocks.</summary>
    public string Prose { get; }

    /// <summary>The targets of links and pictures, as they are written.</summary>
    public IEnumerable<string> Links => Link().Matches(Code().Replace(Prose, "")).Select(link => link.Groups[1].Value);

    /// <summary>The anchors that a link may name after #: the headings, as on GitHub.</summary>
    public IEnumerable<string> Anchors
    {
        get
        {
            var seen = new Dictionary<string, int>();
            foreach (Match heading in Heading().Matches(Prose))
            {
                string slug = NotInSlug().Replace(Target().Replace(heading.Groups[1].Value, "$1").ToLowerInvariant(), "").Replace(' ', '-');
                int before = seen.GetValueOrDefault(slug);
                seen[slug] = before + 1;
                yield return before == 0 ? slug : $"{slug}-{before}";
            }
        }
    }

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`\n]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^#+ +(.*?) *$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Target();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]")]
    private static partial Regex NotInSlug();
}
