using System.Text;

namespace KerasPort.Tests.Surface;

/// <summary><c>docs/python.md</c> lists which parts of Keras' API exist here.</summary>
public class KerasPageTests
{
    [Fact]
    public void The_page_says_what_is_there()
    {
        string path = Repository.File("docs", "python.md"), page = Page();
        if (Environment.GetEnvironmentVariable("KERASPORT_WRITE") == "docs") File.WriteAllText(path, page);
        Assert.True(File.Exists(path) && File.ReadAllText(path) == page,
            "docs/python.md isn't what the code has; write it anew: KERASPORT_WRITE=docs dotnet test --filter FullyQualifiedName~KerasPage");
    }

    private static string Page()
    {
        var surface = KerasSurface.Here;
        var page = new StringBuilder("""
            # What of Keras' API is here

            Written by a test (`KerasPageTests`) from the code, beside the public names of Keras 3.15.1; it fails when this page is an older one.
            How Python is written in C# is in [spelling.md](spelling.md), what these names can do, area by area, in [contents.md](contents.md).

            ## By module

            | | here | of | |
            | --- | --- | --- | --- |

            """);
        void Row(string name, List<(string, bool IsHere)> names)
        {
            int here = names.Count(n => n.IsHere);
            page.Append($"| {name} | {here} | {names.Count} | {here * 100 / names.Count} % |\n");
        }
        foreach (var (module, names) in surface.Modules) Row(Title(module), names);
        foreach (var (kind, names) in surface.Text) Row($"{kind} by name", names);
        foreach (var (module, names) in surface.Modules.Concat(surface.Text.Select(t => (t.Module + " by name", t.Names))))
        {
            page.Append($"\n## {Title(module)}\n");
            List("Here", names.Where(n => n.IsHere).Select(n => n.Name));
            List("Not here", names.Where(n => !n.IsHere).Select(n => n.Name));
        }
        page.Append(
            "\n## Where parameters differ\n\nA setting that has one value here is no parameter; a file that gives it another value is refused by name.\n\n| "
            + "| parameter | | why |\n| --- | --- | --- | --- |\n");
        foreach (var (of, parameter, how) in surface.Differences.Distinct().OrderBy(d => d.Of, StringComparer.Ordinal))
            if (KerasSurfaceTests.ReasonOf(of, parameter) is { } reason && !reason.StartsWith("Keras takes it among", StringComparison.Ordinal)) page.Append(
                $"| {of} | {parameter} | {how} | {reason} |\n");
        return page.ToString();

        void List(string title, IEnumerable<string> names)
        {
            string all = string.Join(", ", names.Select(n => $"`{n}`"));
            if (all.Length > 0) page.Append($"\n{title}: {all}.\n");
        }
    }

    private static string Title(string module) => module is "keras.Model" or "keras.Sequential" ? $"{module}, methods" : module;
}
