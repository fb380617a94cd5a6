using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KerasPort.Tests.Samples;

/// <summary>Each sample's C# equals its Python, statement for statement, and the comparison notices every changed word in either.</summary>
public partial class SampleTextTests
{
    public static TheoryData<string> Names => [.. Sample.Pairs.Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Statement_for_statement(string name)
    {
        var sample = new Sample(name);
        Assert.Equal(PythonProgram.Statements(sample.Python), CSharpProgram.Statements(sample.CSharp));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Remarks_too(string name) => Assert.Equal(Remarks(new Sample(name).Python, "#"), Remarks(new Sample(name).CSharp, "//"));

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_word_of_the_Python_is_seen(string name)
    {
        var expected = CSharpProgram.Statements(new Sample(name).CSharp);
        string code = Remark().Replace(new Sample(name).Python, "");
        var words = Word().Matches(code);
        Assert.True(words.Count > 40);
        foreach (Match word in words)
            Assert.NotEqual(expected, PythonProgram.Statements(code[..word.Index] + word.Value + "1" + code[(word.Index + word.Length)..]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_line_left_out_or_written_twice_is_seen(string name)
    {
        var sample = new Sample(name);
        var (fromPython, fromCSharp) = (PythonProgram.Statements(sample.Python), CSharpProgram.Statements(sample.CSharp));
        foreach (var line in sample.Python.Split('\n').Index().Where(line => Remark().Replace(line.Item, "").Trim() is { Length: > 0 }))
        {
            var without = sample.Python.Split('\n').Where((_, at) => at != line.Index);
            Assert.NotEqual(fromCSharp, PythonProgram.Statements(string.Join('\n', without)));
        }
        foreach (var node in Alone(CSharpProgram.Root(sample.CSharp)))
        {
            Assert.NotEqual(fromPython, CSharpProgram.Statements(sample.CSharp.Remove(node.FullSpan.Start, node.FullSpan.Length)));
            Assert.NotEqual(fromPython, CSharpProgram.Statements(sample.CSharp.Insert(node.FullSpan.End, node.ToFullString())));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_changed_word_of_the_CSharp_is_seen(string name)
    {
        var sample = new Sample(name);
        var expected = PythonProgram.Statements(sample.Python);
        var words = CSharpProgram.Root(sample.CSharp).DescendantTokens().Where(IsSaid).ToList();
        Assert.True(words.Count > 40);
        foreach (var word in words)
        {
            int end = word.Span.End - (word.Text.EndsWith('"') ? 1 : 0);
            Assert.NotEqual(expected, CSharpProgram.Statements(sample.CSharp.Insert(end, word.IsKind(SyntaxKind.NumericLiteralToken) ? "1" : "x")));
        }
    }

    /// <summary>
    /// Names, numbers and texts, except for types and variables that are only declared, which Python lacks, and the replacements of its imports.
    /// </summary>
    private static bool IsSaid(SyntaxToken token) =>
        token.Kind() is SyntaxKind.IdentifierToken or SyntaxKind.NumericLiteralToken or SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
        && token.Text is not ("var" or "_")
        && token.Parent is not VariableDeclaratorSyntax { Initializer: null }
        && token.Parent!.AncestorsAndSelf().All(node => node is not UsingDirectiveSyntax
            && !(node is TypeSyntax && node.Parent is VariableDeclarationSyntax or ParameterSyntax or LocalFunctionStatementSyntax or ForEachStatementSyntax
                or TypeArgumentListSyntax or MethodDeclarationSyntax));

    /// <summary>Statements and the members of classes; a variable that is only declared has no counterpart.</summary>
    private static IEnumerable<SyntaxNode> Alone(CompilationUnitSyntax root) => root.DescendantNodes().Where(node =>
        node is StatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax }
            and not LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer: null }] }
        || node is BaseMethodDeclarationSyntax or ClassDeclarationSyntax or FieldDeclarationSyntax { Declaration.Variables: [{ Initializer: not null }] });

    private static IEnumerable<string> Remarks(string text, string mark) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith(mark + " ", StringComparison.Ordinal))
            .Select(line => line[mark.Length..].Trim());

    [GeneratedRegex(@"(?m)^\s*#[^\n]*")]
    private static partial Regex Remark();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
