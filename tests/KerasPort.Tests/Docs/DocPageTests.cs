namespace KerasPort.Tests.Docs;

/// <summary>Every block of a page says how it is run, links lead somewhere, and quotes of the source are in the source.</summary>
public class DocPageTests
{
    [Fact]
    public void Each_block_says_who_runs_it()
    {
        Assert.All(DocPage.All, page => Assert.True(page.IsClosed, $"{page.Name}: the last block is not closed"));
        var blocks = DocPage.All.SelectMany(page => page.Blocks).ToList();
        Assert.True(blocks.Count > 30, $"The pages have {blocks.Count} blocks.");
        Assert.All(blocks, block => Assert.True(Says(block),
            $"{block}: '{block.Language} {block.Word}' is no language with run, ci or 'not run: reason'; a test runs bash and csharp, .ci/run runs bash"));
    }

    private static bool Says(DocBlock block) => block.Word switch
    {
        "run" => block.Language is "bash" or "csharp",
        "ci" => block.Language == "bash",
        var word => block.Language.Length > 0 && word.StartsWith("not run: ", StringComparison.Ordinal) && word.Length > "not run: ".Length + 4,
    };

    [Fact]
    public void Every_link_leads_to_a_file_and_a_heading_that_are_there()
    {
        var broken = DocPage.All.SelectMany(page => page.Links.Select(link => (page, link))).Where(l => !Resolves(l.page, l.link)).ToList();
        Assert.True(broken.Count == 0, string.Join('\n', broken.Select(l => $"{l.page.Name}: {l.link}")));
    }

    private static bool Resolves(DocPage page, string link)
    {
        if (Uri.TryCreate(link, UriKind.Absolute, out var address)) return address.Scheme == "https";
        string[] parts = link.Split('#', 2);
        string path = parts[0].Length == 0 ? page.Name : Path.Combine(Path.GetDirectoryName(page.Name)!, parts[0]);
        string full = Path.GetFullPath(Repository.File(path)), name = Path.GetRelativePath(Repository.Root, full).Replace('\\', '/');
        if (name.StartsWith("..", StringComparison.Ordinal) || !Path.Exists(full)) return false;
        return parts.Length == 1 || (DocPage.All.FirstOrDefault(other => other.Name == name)?.Anchors.Contains(parts[1]) ?? false);
    }

    /// <summary>The README is short enough to be read to its end: long texts are in docs.</summary>
    [Fact]
    public void The_readme_has_120_lines_at_most() => Assert.InRange(File.ReadAllLines(Repository.File("README.md")).Length, 60, 120);

    /// <summary>The lines that a patch adds are in the file that it names, one after the other in that order.</summary>
    [Fact]
    public void Patches_show_what_stands_in_the_source()
    {
        var patches = DocPage.All.SelectMany(page => page.Blocks).Where(block => block.Language == "diff").ToList();
        Assert.NotEmpty(patches);
        Assert.All(patches, patch =>
        {
            string[] source = [];
            int at = 0;
            foreach (string line in patch.Text.Split('\n'))
            {
                if (line.StartsWith("+++ b/", StringComparison.Ordinal)) (source, at) = (File.ReadAllLines(Repository.File(line[6..])), 0);
                else if (line.StartsWith('+') && line.Trim('+', ' ').Length > 0)
                {
                    int found = Array.FindIndex(source, at, text => text == line[1..]);
                    Assert.True(found >= 0, $"{patch}: not in the file, or not behind the line before it: {line}");
                    at = found + 1;
                }
            }
        });
    }
}
