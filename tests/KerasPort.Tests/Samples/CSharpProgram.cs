using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KerasPort.Tests.Samples;

/// <summary>
/// Translates a C# program into its Python: types, <c>var</c>, <c>new</c> and semicolons are dropped, and each spelling in
/// <c>docs/spelling.md</c>'s table becomes Python's. Code that has no row in the table is left as C#, which no Python equals.
/// </summary>
internal sealed class CSharpProgram
{
    private static readonly Dictionary<string, string> s_usings = new()
    {
        ["tf"] = "KerasPort.Python",
        ["keras"] = "KerasPort.Python",
        ["np"] = "KerasPort.Python",
        ["plt"] = "KerasPort.Plotting.PyPlot",
    };

    private readonly List<string> _lines = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _usings;
    private readonly PythonExpression _expression;

    private CSharpProgram(CompilationUnitSyntax root, IReadOnlyDictionary<string, string> defaults)
    {
        _usings = [.. root.Usings.Where(u => u.StaticKeyword.ValueText.Length > 0).Select(u => u.Name!.ToString())];
        _expression = new PythonExpression(_names, defaults);
    }

    /// <summary>The statements of a program without a Main, normalised.</summary>
    public static List<string> Statements(string text) => PythonProgram.Statements(AsPython(text));

    /// <summary>The statements of a method, where parameters, which the Python program lacks, are replaced by their defaults.</summary>
    public static List<string> StatementsOfMethod(string text, string name)
    {
        var root = Root(text);
        var method = root.DescendantNodes().OfType<MethodDeclarationSyntax>().FirstOrDefault(m => m.Identifier.ValueText == name);
        if (method?.Body is null) return [];
        var defaults = method.ParameterList.Parameters.Where(p => p.Default is not null)
            .ToDictionary(p => p.Identifier.ValueText, p => p.Default!.Value.ToString());
        var program = new CSharpProgram(root, defaults);
        foreach (var statement in method.Body.Statements) program.Add(statement, 0);
        return PythonProgram.Statements(program.Text());
    }

    /// <summary>The Python program.</summary>
    public static string AsPython(string text)
    {
        var root = Root(text);
        var program = new CSharpProgram(root, new Dictionary<string, string>());
        foreach (var member in root.Members)
        {
            if (member is GlobalStatementSyntax { Statement: var statement }) program.Add(statement, 0);
            else if (member is ClassDeclarationSyntax type) program.Add(type);
            else program.Line(0, Left(member));
        }
        return program.Text();
    }

    /// <summary>The syntax of a file-based program, with its directives for the SDK.</summary>
    public static CompilationUnitSyntax Root(string text) => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(text, Options).GetRoot();

    /// <summary>As <c>dotnet run file.cs</c> reads it.</summary>
    public static CSharpParseOptions Options { get; } =
        CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14).WithFeatures([new("FileBasedProgram", "true")]);

    private string Text()
    {
        var imports = PythonProgram.Imports.DistinctBy(import => import.Value)
            .Where(import => _names.Contains(import.Value) && _usings.Contains(s_usings[import.Value])).Select(import => import.Key);
        return string.Join('\n', [.. imports, .. _lines]);
    }

    private void Line(int depth, string text) => _lines.Add(new string(' ', 4 * depth) + text);

    private string Of(ExpressionSyntax expression) => _expression.Of(expression);

    /// <summary>The code that no row of the table covers.</summary>
    private static string Left(SyntaxNode node) => PythonExpression.Left(node);

    private void Body(StatementSyntax body, int depth)
    {
        if (body is BlockSyntax { Statements: [] }) Line(depth, "pass");
        else Add(body, depth);
    }

    private void Add(StatementSyntax statement, int depth)
    {
        switch (statement)
        {
            case BlockSyntax block:
                foreach (var inner in block.Statements) Add(inner, depth);
                break;
            case LocalDeclarationStatementSyntax { Declaration.Variables: [{ Initializer.Value: MemberAccessExpressionSyntax whole } module] }
                when depth == 0 && Module(whole, module.Identifier.ValueText) is { } package:
                Line(0, $"from {package} import {module.Identifier.ValueText}");
                break;
            case LocalDeclarationStatementSyntax { UsingKeyword.ValueText: "" } local:
                foreach (var variable in local.Declaration.Variables)
                {
                    if (variable.Initializer is { Value: var value }) Line(depth, $"{variable.Identifier.ValueText} = {Of(value)}");
                }
                break;
            case ExpressionStatementSyntax { Expression: var expression }:
                Line(depth, Of(expression));
                break;
            case ForEachStatementSyntax loop:
                Line(depth, $"for {loop.Identifier.ValueText} in {Of(loop.Expression)}:");
                Body(loop.Statement, depth + 1);
                break;
            case ForEachVariableStatementSyntax loop:
                Line(depth, $"for {Of(loop.Variable)} in {Of(loop.Expression)}:");
                Body(loop.Statement, depth + 1);
                break;
            case WhileStatementSyntax loop:
                Line(depth, $"while {Of(loop.Condition)}:");
                Body(loop.Statement, depth + 1);
                break;
            case UsingStatementSyntax { Expression: { } resource, Statement: var body }:
                Line(depth, $"with {Of(resource)}:");
                Body(body, depth + 1);
                break;
            case IfStatementSyntax choice:
                Add(choice, depth, "if");
                break;
            case LocalFunctionStatementSyntax function:
                Function(function.Identifier.ValueText, function.ParameterList, function.Body, function.ExpressionBody, function.ReturnType, depth);
                break;
            case ReturnStatementSyntax { Expression: var value }:
                Line(depth, value is null ? "return" : $"return {Of(value)}");
                break;
            case BreakStatementSyntax or ContinueStatementSyntax:
                Line(depth, statement.GetFirstToken().ValueText);
                break;
            default:
                Line(depth, Left(statement));
                break;
        }
    }

    /// <summary>A module's import: <c>var layers = keras.layers;</c>.</summary>
    private static string? Module(MemberAccessExpressionSyntax whole, string name) =>
        whole.Name.Identifier.ValueText != name ? null : whole.Expression.ToString() switch { "keras" => "keras", "tf.keras" => "tensorflow.keras", _ => null };

    private void Add(IfStatementSyntax choice, int depth, string word)
    {
        Line(depth, $"{word} {Of(choice.Condition)}:");
        Body(choice.Statement, depth + 1);
        if (choice.Else is not { Statement: var otherwise }) return;
        if (otherwise is IfStatementSyntax next)
        {
            Add(next, depth, "elif");
            return;
        }
        Line(depth, "else:");
        Body(otherwise, depth + 1);
    }

    private void Function(string name, ParameterListSyntax parameters, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, TypeSyntax returns, int depth)
    {
        Head(name, parameters, depth);
        if (body is not null) Body(body, depth + 1);
        else if (arrow is not null) Line(depth + 1, (returns is PredefinedTypeSyntax { Keyword.ValueText: "void" } ? "" : "return ") + Of(arrow.Expression));
    }

    private void Head(string name, ParameterListSyntax? parameters, int depth)
    {
        var names = parameters?.Parameters.Select(p => p.Default is null ? p.Identifier.ValueText : $"{p.Identifier.ValueText}={Of(p.Default.Value)}") ?? [];
        Line(depth, $"def {name}({string.Join(", ", names)}):");
    }

    /// <summary>A class; arguments of its header, and fields with a value, become assignments in Python's <c>__init__</c>.</summary>
    private void Add(ClassDeclarationSyntax type)
    {
        string bases = string.Join(", ", type.BaseList?.Types.Select(b => b.Type.ToString()) ?? []);
        Line(0, bases.Length > 0 ? $"class {type.Identifier.ValueText}({bases}):" : $"class {type.Identifier.ValueText}:");
        var given = type.ParameterList?.Parameters ?? [];
        var fields = type.Members.OfType<FieldDeclarationSyntax>().SelectMany(field => field.Declaration.Variables)
            .Where(variable => variable.Initializer is not null).ToList();
        if (given.Count + fields.Count > 0)
        {
            Head("__init__", type.ParameterList, 1);
            if (bases.Length > 0) Line(2, "super().__init__()");
            foreach (var parameter in given) Line(2, $"self.{parameter.Identifier.ValueText} = {parameter.Identifier.ValueText}");
            foreach (var field in fields) Line(2, $"self.{field.Identifier.ValueText} = {Of(field.Initializer!.Value)}");
        }
        foreach (var member in type.Members)
        {
            if (member is MethodDeclarationSyntax method)
                Function(method.Identifier.ValueText, method.ParameterList, method.Body, method.ExpressionBody, method.ReturnType, 1);
            else if (member is not FieldDeclarationSyntax) Line(1, Left(member));
        }
    }
}
