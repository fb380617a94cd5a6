using System.Diagnostics;
using KerasPort.Tests.Console;
using KerasPort.Tests.Samples;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KerasPort.Tests.Docs;

/// <summary>
/// Runs the blocks marked <c>run</c>. Those of a page belong together: C# is one program, with a few made-up rows in place of data sets;
/// commands run one after the other in one folder, which has the configs and samples and knows the built tool by its name.
/// </summary>
public class DocBlockTests
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(5);

    public static TheoryData<string> PagesWithPrograms => [.. Pages("csharp")];

    public static TheoryData<string> PagesWithCommands => [.. Pages("bash")];

    private static IEnumerable<string> Pages(string language) => DocPage.All.Where(page => Run(page, language).Any()).Select(page => page.Name);

    private static IEnumerable<DocBlock> Run(DocPage page, string language) =>
        page.Blocks.Where(block => block.Language == language && block.Word == "run");

    private static DocPage Page(string name) => DocPage.All.Single(page => page.Name == name);

    [Theory]
    [Slow]
    [MemberData(nameof(PagesWithPrograms))]
    public void Its_program_runs(string page)
    {
        var program = SampleProgram.Compile(Path.GetFileNameWithoutExtension(page), Together(Run(Page(page), "csharp").Select(block => block.Text)));
        string before = Environment.CurrentDirectory;
        using var folder = new TemporaryFolder();
        keras.utils.clear_session();
        try
        {
            Environment.CurrentDirectory = folder.Path;
            Printed.By(program.Run);
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }
    }

    [Theory]
    [Slow]
    [Needs(Need.Unix, Need.FashionMnist)]
    [MemberData(nameof(PagesWithCommands))]
    public void Its_commands_run(string page)
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["configs", "samples"]) Directory.CreateSymbolicLink(folder[name], Repository.File(name));
        string tool = string.Join(' ', Tool.Built.Select(word => $"'{word}'"));
        foreach (var block in Run(Page(page), "bash"))
        {
            var (code, text) = Bash($"kerasport() {{ {tool} \"$@\"; }}\n{block.Text}", folder.Path);
            Assert.True(code == 0, $"{block} ends with exit code {code}:\n{text}");
        }
    }

    private static (int Code, string Text) Bash(string script, string folder)
    {
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-eu", "-o", "pipefail", "-c", "exec 2>&1\n" + script])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        })!;
        var text = shell.StandardOutput.ReadToEndAsync();
        if (!shell.WaitForExit(s_longest))
        {
            shell.Kill(entireProcessTree: true);
            throw new TimeoutException($"It still runs after {s_longest}:\n{script}");
        }
        return (shell.ExitCode, text.Result);
    }

    /// <summary>Blocks as one program: its usings, its statements, its classes.</summary>
    private static string Together(IEnumerable<string> blocks)
    {
        var roots = blocks.Select(CSharpProgram.Root).ToList();
        var members = roots.SelectMany(root => root.Members).ToList();
        return string.Concat((string[])
        [
            .. roots.SelectMany(root => root.Usings).DistinctBy(u => u.ToString()).Select(u => u.ToFullString()),
            .. members.Where(member => member is GlobalStatementSyntax).Select(member => member.ToFullString()),
            .. members.Where(member => member is not GlobalStatementSyntax).Select(member => member.ToFullString()),
        ]);
    }
}
