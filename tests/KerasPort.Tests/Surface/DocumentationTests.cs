using System.Xml.Linq;
using KerasPort.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KerasPort.Tests.Surface;

/// <summary>The XML documentation of public members.</summary>
public class DocumentationTests
{
    /// <summary>A user's program, which sees only the library's public members.</summary>
    private static CSharpCompilation User(params SyntaxTree[] trees) =>
        CSharpCompilation.Create("user", trees, SampleProgram.References, new CSharpCompilationOptions(OutputKind.ConsoleApplication));

    /// <summary>Documentation is inherited from public members only, because an editor looks them up by their id.</summary>
    [Fact]
    public void What_a_text_is_taken_from_is_public()
    {
        var user = User();
        var hidden = XmlDocs.Members
            .Where(member => IsSeen(XmlDocs.Id(member), user))
            .SelectMany(member => member.Elements("inheritdoc").Attributes("cref").Select(from => (Member: XmlDocs.Id(member), From: from.Value)))
            .Where(taken => !IsSeen(taken.From, user)).ToList();
        Assert.True(hidden.Count == 0, "An editor shows nothing of these, whose text stands at what isn't public:\n" + string.Join('\n', hidden));
    }

    /// <summary>The documentation is the member's own or inherited.</summary>
    [Fact]
    public void Who_explains_one_parameter_explains_all()
    {
        var user = User();
        var half = XmlDocs.Members.Where(member => member.Elements("param").Any())
            .Select(member => DocumentationCommentId.GetFirstSymbolForDeclarationId(XmlDocs.Id(member), user)).OfType<IMethodSymbol>()
            .Select(method => (Method: method.ToDisplayString(), Missing: string.Join(", ", Unexplained(method))))
            .Where(found => found.Missing.Length > 0).ToList();
        Assert.True(half.Count == 0, "These leave some parameters without a word:\n" + string.Join('\n', half));
    }

    /// <summary>Parameters are documented where a member that programs call has several, except for Python's own functions.</summary>
    [Fact]
    [Slow]
    public void What_the_samples_call_says_what_each_parameter_is()
    {
        var bare = Sample.Pairs.SelectMany(sample => Called(sample.CSharp)).Distinct<IMethodSymbol>(SymbolEqualityComparer.Default)
            .Select(method => (Method: method.ToDisplayString(), Missing: Unexplained(method).ToList()))
            .Where(found => found.Missing.Count > 0).OrderBy(found => found.Method, StringComparer.Ordinal).ToList();
        Assert.True(bare.Count == 0, $"{bare.Count} methods leave parameters without a word:\n"
            + string.Join('\n', bare.Select(found => $"{found.Method}: {string.Join(", ", found.Missing)}")));
    }

    private static IEnumerable<string> Unexplained(IMethodSymbol method)
    {
        var said = XmlDocs.Said(method.GetDocumentationCommentId()!).ToList();
        return method.Parameters.Select(p => p.Name).Except(said.Where(part => part.Name == "param").Select(part => part.Attribute("name")!.Value));
    }

    private static IEnumerable<IMethodSymbol> Called(string program)
    {
        var tree = CSharpProgram.Root(program).SyntaxTree;
        var model = User(tree, CSharpSyntaxTree.ParseText(SampleProgram.Usings, CSharpProgram.Options)).GetSemanticModel(tree);
        return tree.GetRoot().DescendantNodes().Select(node => model.GetSymbolInfo(node).Symbol).OfType<IMethodSymbol>()
            .Where(method => method.MethodKind is MethodKind.Ordinary or MethodKind.Constructor && method.Parameters.Length > 1
                && method.ContainingAssembly.Name is "KerasPort.Core" or "KerasPort.Plotting" && method.ContainingType.Name != nameof(Python))
            .Select(method => method.OriginalDefinition);
    }

    private static bool IsSeen(string id, Compilation user)
    {
        var symbol = DocumentationCommentId.GetFirstSymbolForDeclarationId(id, user);
        for (var part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingSymbol)
        {
            if (part.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)) return false;
        }
        return symbol is not null;
    }
}
