namespace KerasPort.Tests.Samples;

/// <summary>The table of <c>samples/README.md</c> has each program with its number of lines.</summary>
public class SampleReadmeTests
{
    private static readonly string[] s_rows =
        [.. File.ReadAllLines(Repository.File("samples", "README.md")).Where(line => line.StartsWith("| [", StringComparison.Ordinal))];

    [Fact]
    public void Each_sample_has_a_row() =>
        Assert.Equal(Sample.Pairs.Select(sample => $"[{sample.Name}]({sample.Name}.cs)").Order(), s_rows.Select(row => row.Split('|')[1].Trim()).Order());

    /// <summary>The number of lines without empty ones, comments and directives.</summary>
    [Fact]
    public void Its_lines_are_counted() => Assert.All(Sample.Pairs, sample =>
    {
        string row = Assert.Single(s_rows, row => row.Contains($"[{sample.Name}]", StringComparison.Ordinal));
        Assert.Equal($"{Lines(sample.Python, "#")}, {Lines(sample.CSharp, "//", "#:")}", row.Split('|')[4].Trim());
    });

    /// <summary>Every project that a program refers to exists, and each program is a script.</summary>
    [Fact]
    public void What_a_sample_refers_to_is_there() => Assert.All(Directory.GetFiles(Repository.File("samples"), "*.cs"), path =>
    {
        var lines = File.ReadLines(path).TakeWhile(line => line.StartsWith("#:", StringComparison.Ordinal)).ToList();
        Assert.Contains("#:project ../src/KerasPort/KerasPort.csproj", lines);
        Assert.Contains("#:property PublishAot=false", lines);
        Assert.All(lines.Where(line => line.StartsWith("#:project ", StringComparison.Ordinal)),
            line => Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, line["#:project ".Length..])), $"{path}: {line}"));
    });

    private static int Lines(string text, params string[] marks) => text.Split('\n').Select(line => line.Trim())
        .Count(line => line.Length > 0 && !marks.Any(mark => line.StartsWith(mark, StringComparison.Ordinal)));
}
