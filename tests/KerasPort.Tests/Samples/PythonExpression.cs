using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KerasPort.Tests.Samples;

/// <summary>Translates C# expressions into Python.</summary>
/// <param name="names">Receives the names at the start of expressions.</param>
/// <param name="defaults">The parameters of a method, which are replaced by their defaults.</param>
internal sealed class PythonExpression(HashSet<string> names, IReadOnlyDictionary<string, string> defaults)
{
    /// <summary>The code that no row of the table covers, on one line.</summary>
    public static string Left(SyntaxNode node) => "C# " + node.NormalizeWhitespace(" ", " ").ToString();

    /// <summary>The Python expression.</summary>
    public string Of(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => Literal(literal),
        IdentifierNameSyntax { Identifier.ValueText: var name } => Named(name),
        PredefinedTypeSyntax type => type.ToString(),
        GenericNameSyntax or ThisExpressionSyntax => Left(expression),
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name.Identifier.ValueText: var name } => name,
        MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax, Name.Identifier.ValueText: var name } => $"super().{name}",
        MemberAccessExpressionSyntax { Name: IdentifierNameSyntax { Identifier.ValueText: var name } } member => $"{Of(member.Expression)}.{name}",
        InvocationExpressionSyntax call => Call(call),
        ElementAccessExpressionSyntax element => $"{Of(element.Expression)}[{Indices(element.ArgumentList)}]",
        CollectionExpressionSyntax { Elements: [SpreadElementSyntax { Expression: QueryExpressionSyntax query }] } => $"[{Comprehension(query)}]",
        CollectionExpressionSyntax list => $"[{string.Join(", ", list.Elements.Select(Element))}]",
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var items } => $"[{All(items)}]",
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments: [], Initializer.Expressions: var entries } =>
            $"{{{string.Join(", ", entries.Select(Entry))}}}",
        ObjectCreationExpressionSyntax { Initializer: null, ArgumentList: { } arguments } made => $"{made.Type}({Arguments(arguments)})",
        CastExpressionSyntax cast => Cast(cast),
        TupleExpressionSyntax { Arguments: var items } => $"({All(items.Select(item => item.Expression))})",
        DeclarationExpressionSyntax { Designation: var designation } => Designation(designation),
        ParenthesizedExpressionSyntax { Expression: var inner } => $"({Of(inner)})",
        BinaryExpressionSyntax binary when Operator(binary) is { } word => $"{Of(binary.Left)} {word} {Of(binary.Right)}",
        IsPatternExpressionSyntax { Pattern: var pattern } test when NullTest(pattern) is { } word => $"{Of(test.Expression)} {word} None",
        PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "-" } minus => $"-{Of(minus.Operand)}",
        PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "!" } not => $"not {Of(not.Operand)}",
        PostfixUnaryExpressionSyntax { OperatorToken.ValueText: "!" } sure => Of(sure.Operand),
        ConditionalExpressionSyntax choice => $"{Of(choice.WhenTrue)} if {Of(choice.Condition)} else {Of(choice.WhenFalse)}",
        SimpleLambdaExpressionSyntax { ExpressionBody: { } body } lambda => $"lambda {lambda.Parameter.Identifier.ValueText}: {Of(body)}",
        ParenthesizedLambdaExpressionSyntax { ExpressionBody: { } body } lambda =>
            $"lambda {string.Join(", ", lambda.ParameterList.Parameters.Select(p => p.Identifier.ValueText))}: {Of(body)}",
        AssignmentExpressionSyntax set => $"{Of(set.Left)} {Assignment(set)} {Of(set.Right)}",
        InterpolatedStringExpressionSyntax text => $"f\"{string.Concat(text.Contents.Select(Part))}\"",
        _ => Left(expression),
    };

    private string All(IEnumerable<ExpressionSyntax> expressions) => string.Join(", ", expressions.Select(Of));

    private string Named(string name)
    {
        names.Add(name);
        return name == "Ellipsis" ? "..." : name;
    }

    private static string Literal(LiteralExpressionSyntax literal) => literal.Kind() switch
    {
        SyntaxKind.NullLiteralExpression => "None",
        SyntaxKind.TrueLiteralExpression => "True",
        SyntaxKind.FalseLiteralExpression => "False",
        SyntaxKind.NumericLiteralExpression or SyntaxKind.StringLiteralExpression => literal.Token.Text,
        _ => Left(literal),
    };

    /// <summary>Applying a layer is a call in Python; <c>f($"…")</c> is an f-string.</summary>
    private string Call(InvocationExpressionSyntax call) => call switch
    {
        { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Apply", Expression: var called } } =>
            $"{Of(called)}({Arguments(call.ArgumentList)})",
        { Expression: IdentifierNameSyntax { Identifier.ValueText: "f" }, ArgumentList.Arguments: [{ Expression: InterpolatedStringExpressionSyntax text }] } =>
            Of(text),
        _ => $"{Of(call.Expression)}({Arguments(call.ArgumentList)})",
    };

    private string Arguments(ArgumentListSyntax list) => string.Join(", ", list.Arguments.Select(Argument).OfType<string>());

    private string? Argument(ArgumentSyntax argument)
    {
        if (argument.NameColon is not { Name.Identifier.ValueText: var name }) return Of(argument.Expression);
        string value = argument.Expression is IdentifierNameSyntax { Identifier.ValueText: var parameter } && defaults.TryGetValue(parameter, out string? given)
            ? given : Of(argument.Expression);
        return value == "null" ? null : $"{name}={value}";
    }

    private string Indices(BracketedArgumentListSyntax list) => string.Join(", ", list.Arguments.Select(argument => Index(argument.Expression)));

    private string Index(ExpressionSyntax index) => index switch
    {
        RangeExpressionSyntax range => $"{End(range.LeftOperand)}:{End(range.RightOperand)}",
        PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "^" } => End(index),
        CastExpressionSyntax { Type: PredefinedTypeSyntax { Keyword.ValueText: "int" }, Expression: var whole } => Of(whole),
        InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "Slice" }, ArgumentList.Arguments: var parts } => Stepped(parts),
        _ => Of(index),
    };

    /// <summary><c>Slice(1, 9, step: 2)</c> is <c>1:9:2</c>.</summary>
    private string Stepped(SeparatedSyntaxList<ArgumentSyntax> parts)
    {
        string[] order = ["start", "stop", "step"], values = ["", "", ""];
        for (int i = 0; i < parts.Count; i++)
            values[parts[i].NameColon is { Name.Identifier.ValueText: var name } ? Array.IndexOf(order, name) : i] = End(parts[i].Expression);
        return string.Join(':', values[2].Length > 0 ? values : values[..2]);
    }

    /// <summary>An end of a range, which C# wants in parentheses where it is computed.</summary>
    private string End(ExpressionSyntax? end) => end switch
    {
        null => "",
        ParenthesizedExpressionSyntax { Expression: var inner } => Of(inner),
        PrefixUnaryExpressionSyntax { OperatorToken.ValueText: "^" } fromEnd => $"-{Of(fromEnd.Operand)}",
        _ => Of(end),
    };

    private string Element(CollectionElementSyntax element) => element switch
    {
        ExpressionElementSyntax { Expression: var item } => Of(item),
        SpreadElementSyntax { Expression: var items } => $"*{Of(items)}",
        _ => Left(element),
    };

    private string Entry(ExpressionSyntax entry) =>
        entry is AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: var key }] }, Right: var value }
            ? $"{Of(key)}: {Of(value)}" : Left(entry);

    private string Comprehension(QueryExpressionSyntax query) => query.Body switch
    {
        { Clauses: [], SelectOrGroup: SelectClauseSyntax { Expression: var item } } =>
            $"{Of(item)} for {query.FromClause.Identifier.ValueText} in {Of(query.FromClause.Expression)}",
        { Clauses: [WhereClauseSyntax { Condition: var condition }], SelectOrGroup: SelectClauseSyntax { Expression: var item } } =>
            $"{Of(item)} for {query.FromClause.Identifier.ValueText} in {Of(query.FromClause.Expression)} if {Of(condition)}",
        _ => Left(query),
    };

    private string Cast(CastExpressionSyntax cast)
    {
        string value = Of(cast.Expression is ParenthesizedExpressionSyntax { Expression: var inner } ? inner : cast.Expression);
        return cast.Type.ToString() switch
        {
            "double" => $"float({value})",
            "int" => $"int({value})",
            _ => Left(cast),
        };
    }

    private static string Designation(VariableDesignationSyntax designation) => designation switch
    {
        SingleVariableDesignationSyntax one => one.Identifier.ValueText,
        DiscardDesignationSyntax => "_",
        ParenthesizedVariableDesignationSyntax several => $"({string.Join(", ", several.Variables.Select(Designation))})",
        _ => Left(designation),
    };

    private static string? NullTest(PatternSyntax pattern) => pattern switch
    {
        ConstantPatternSyntax { Expression: LiteralExpressionSyntax { Token.ValueText: "null" } } => "is",
        UnaryPatternSyntax { Pattern: var inner } when NullTest(inner) == "is" => "is not",
        _ => null,
    };

    private static string? Operator(BinaryExpressionSyntax binary) => binary.OperatorToken.ValueText switch
    {
        "&&" => "and",
        "||" => "or",
        "+" or "-" or "*" or "/" or "%" or "==" or "!=" or "<" or ">" or "<=" or ">=" or "&" or "|" => binary.OperatorToken.ValueText,
        _ => null,
    };

    /// <summary><c>model ??= X</c> is <c>model = X</c>, because nothing is passed.</summary>
    private string Assignment(AssignmentExpressionSyntax set) =>
        set.OperatorToken.ValueText is "??=" && defaults.GetValueOrDefault(set.Left.ToString()) == "null" ? "=" : set.OperatorToken.ValueText;

    /// <summary>A part of an f-string; strings within its braces have the other quotes, as in Python.</summary>
    private string Part(InterpolatedStringContentSyntax part) => part switch
    {
        InterpolatedStringTextSyntax text => text.TextToken.Text,
        InterpolationSyntax { AlignmentClause: null } hole =>
            $"{{{Of(hole.Expression).Replace('"', '\'')}{(hole.FormatClause is { } format ? ":" + format.FormatStringToken.Text : "")}}}",
        _ => Left(part),
    };
}
