using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KerasPort.Tests.Samples;

/// <summary>
/// A sample, compiled as by <c>dotnet run</c>, but in memory and with two differences: <c>load_data()</c> returns <see cref="SampleData"/>,
/// and a web service runs in a <see cref="SampleHost"/>.
/// </summary>
internal sealed class SampleProgram
{
    internal const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private const string WebUsings = """
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        global using System.Net.Http.Json;
        """;

    internal static MetadataReference[] References { get; } = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path))];

    private readonly MethodInfo _main;

    private SampleProgram(MethodInfo main) => _main = main;

    /// <summary>Compiles the program; a warning fails the test, as it fails the build.</summary>
    public static SampleProgram Compile(Sample sample) => Compile(sample.Name, sample.CSharp);

    /// <inheritdoc cref="Compile(Sample)"/>
    public static SampleProgram Compile(string name, string text)
    {
        var root = (CSharpSyntaxNode)new ForTests().Visit(CSharpProgram.Root(text));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication, optimizationLevel: OptimizationLevel.Release,
            nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error);
        string usings = text.Contains("#:sdk Microsoft.NET.Sdk.Web", StringComparison.Ordinal) ? Usings + "\n" + WebUsings : Usings;
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(usings, CSharpProgram.Options), CSharpSyntaxTree.Create(root, CSharpProgram.Options)];
        using var image = new MemoryStream();
        var result = CSharpCompilation.Create(name, trees, References, options).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
        return new SampleProgram(Assembly.Load(image.ToArray()).EntryPoint!);
    }

    /// <summary>Runs the program to its end.</summary>
    public void Run()
    {
        object?[] arguments = _main.GetParameters().Length > 0 ? [Array.Empty<string>()] : [];
        _main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private sealed class ForTests : CSharpSyntaxRewriter
    {
        private static readonly ExpressionSyntax
            s_data = SyntaxFactory.ParseExpression($"global::{typeof(SampleData).FullName}.{nameof(SampleData.Of)}"),
            s_host = SyntaxFactory.ParseExpression($"global::{typeof(SampleHost).FullName}.{nameof(SampleHost.Run)}");

        public override SyntaxNode? VisitInvocationExpression(InvocationExpressionSyntax call) => call.Expression switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "load_data", Expression: var dataset } => Call(s_data, dataset),
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run", Expression: var app } =>
                Call(s_host, [app, .. call.ArgumentList.Arguments.Select(argument => argument.Expression)]),
            _ => base.VisitInvocationExpression(call),
        };

        private static InvocationExpressionSyntax Call(ExpressionSyntax function, params IEnumerable<ExpressionSyntax> arguments) =>
            SyntaxFactory.InvocationExpression(function, SyntaxFactory.ArgumentList([.. arguments.Select(SyntaxFactory.Argument)]));
    }
}
