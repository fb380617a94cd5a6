using System.Reflection;
using KerasPort.Tests.Samples;
using Microsoft.CodeAnalysis.CSharp;

namespace KerasPort.Tests.Docs;

/// <summary>The house rules on the source's text that <c>dotnet format</c> doesn't check.</summary>
public class StyleTests
{
    private const int LongestLine = 160;

    private static IEnumerable<string> Sources => new[] { "src", "tests", "samples" }
        .SelectMany(folder => Directory.GetFiles(Repository.File(folder), "*.cs", SearchOption.AllDirectories))
        .Where(path => !Path.GetRelativePath(Repository.Root, path).Split(Path.DirectorySeparatorChar).Any(name => name is "obj" or "bin"));

    /// <summary>Except for lines of raw strings, which can't be broken.</summary>
    [Fact]
    public void No_line_has_more_than_160_characters()
    {
        List<string> tooLong = [];
        foreach (string path in Sources)
        {
            string text = File.ReadAllText(path);
            if (text.Split('\n').All(line => line.TrimEnd('\r').Length <= LongestLine)) continue;
            var root = CSharpProgram.Root(text);
            var lines = root.GetText(System.Text.Encoding.UTF8).Lines;
            var raw = root.DescendantTokens().Where(token => token.Text.Contains("\"\"\"", StringComparison.Ordinal) || token.Kind() is
                SyntaxKind.InterpolatedMultiLineRawStringStartToken or SyntaxKind.InterpolatedSingleLineRawStringStartToken).Select(token => token.Parent!)
                .SelectMany(node => Enumerable.Range(Line(node.SpanStart), Line(node.Span.End) - Line(node.SpanStart) + 1)).ToHashSet();
            tooLong.AddRange(lines.Where(line => line.Span.Length > LongestLine && !raw.Contains(line.LineNumber))
                .Select(line => $"{Path.GetRelativePath(Repository.Root, path)}:{line.LineNumber + 1}: {line.Span.Length} characters"));

            int Line(int position) => lines.GetLineFromPosition(position).LineNumber;
        }
        Assert.True(tooLong.Count == 0, string.Join('\n', tooLong));
    }

    /// <summary>A_typo_is_refused_with_its_line, and not ATypoIsRefused.</summary>
    [Fact]
    public void Names_of_tests_are_sentences_with_underscores()
    {
        string[] others = [.. typeof(StyleTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttribute<FactAttribute>() is not null && !method.Name.Contains('_', StringComparison.Ordinal))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];
        Assert.True(others.Length == 0, string.Join('\n', others));
    }
}
