using System.Diagnostics;
using KerasPort.Tests.Docs;

namespace KerasPort.Tests.Console;

/// <summary><c>dotnet run src/codelab.cs</c>, as a learner runs it and after a learner's changes, and a library user's first program.</summary>
[Needs(Need.FashionMnist)]
[Slow]
public class ScriptTests
{
    [Fact]
    public void The_script_runs_and_can_be_edited()
    {
        using var folder = new TemporaryFolder();
        string script = File.ReadAllText(Repository.File("src", "codelab.cs"));
        foreach (var (from, to) in new[]
        {
            ("#:project KerasPort/", $"#:project {Repository.File("src", "KerasPort")}/"),
            ("// keras.utils", "keras.utils"),
            ("Conv2D(64", "Conv2D(2"),
            ("epochs: 5", "epochs: 3, batch_size: 512, verbose: 2, callbacks: [new StopAt95()]"),
            ("> 0.95", "> 0.7"),
        })
        {
            Assert.Contains(from, script);
            script = script.Replace(from, to);
        }
        File.WriteAllText(folder["codelab.cs"], script);

        var (code, text, error) = NewProjectTests.DotnetRun(folder.Path, "codelab.cs");
        Assert.True(code == 0, text + error);
        string[] output = text.Split('\n');
        Assert.Equal(2, output.Count(line => line.StartsWith("Test loss: 0.")));
        // With that seed the first model classifies 70 % of the training images correctly after one epoch.
        Assert.Equal(["Epoch 1/3", "Epoch 1/3"], output.Where(line => line.StartsWith("Epoch")).Take(2));
        Assert.Contains("Reached 95% accuracy so cancelling training!", output);
        Assert.Contains("│ conv2d_1 (Conv2D)               │ (None, 11, 11, 2)      │            38 │", output);
    }

    /// <summary>The README's program, unchanged, in an empty folder, built on the source as docs/spelling.md says.</summary>
    [Fact]
    public void A_first_program_runs_from_an_empty_folder()
    {
        using var folder = new TemporaryFolder();
        string program = DocPage.All.Single(page => page.Name == "README.md").Blocks.Single(block => block.Language == "csharp").Text;
        string library = Repository.File("src", "KerasPort", "KerasPort.csproj");
        File.WriteAllText(folder["first.cs"], $"#:project {library}\n#:property PublishAot=false\n{program}");

        var (code, text, error) = NewProjectTests.DotnetRun(folder.Path, "first.cs");
        Assert.True(code == 0, text + error);
        Assert.Contains("Epoch 5/5", text);
        Assert.Matches(@"\[0\.[34]\d*, 0\.8[5-9]\d*\]", text.Split('\n').Last(line => line.Length > 0));
    }
}
