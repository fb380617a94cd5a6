using System.Reflection;
using KerasPort.Cuda;
using KerasPort.Pictures;
using KerasPort.Plotting;
using PublicApiGenerator;

namespace KerasPort.Tests.Surface;

/// <summary>The public API of each package is recorded in a file beside this one, so that every change to it is deliberate.</summary>
public class PublicApiTests
{
    private const string Anew = "KERASPORT_WRITE=api dotnet test -c Release tests/KerasPort.Tests --filter FullyQualifiedName~PublicApiTests";

    private static readonly ApiGeneratorOptions s_options = new() { IncludeAssemblyAttributes = false, DenyNamespacePrefixes = [] };

    public static TheoryData<string> Packages => ["KerasPort", "KerasPort.Cuda", "KerasPort.Pictures", "KerasPort.Plotting"];

    [Theory]
    [MemberData(nameof(Packages))]
    public void It_is_what_the_file_says(string package)
    {
        string path = Repository.File("tests", "KerasPort.Tests", "Surface", package + ".api.txt");
        string here = Of(package).ReplaceLineEndings("\n").TrimEnd() is { Length: > 0 } some ? some + "\n" : "// Nothing: it is found by its name.\n";
        if (Environment.GetEnvironmentVariable("KERASPORT_WRITE") == "api") File.WriteAllText(path, here);
        string recorded = File.Exists(path) ? File.ReadAllText(path) : "";
        Assert.True(recorded == here, Said(package, recorded, here));
    }

    [Fact]
    public void A_break_is_named_before_what_is_new()
    {
        const string Start = "namespace N\n{\n    public class A\n    {\n        ", End = "\n    }\n}\n";
        string said = Said("KerasPort", Start + "public int b() { }" + End, Start + "public int b(int c) { }\n        public int d() { }" + End);
        Assert.Equal($$"""
            The public API of KerasPort isn't what KerasPort.api.txt records: 1 line is gone, which may break programs, and 2 are new.
            - public class A: public int b() { }
            + public class A: public int b(int c) { }
            + public class A: public int d() { }
            Where that is meant, record it: {{Anew}}
            """, said);
    }

    private static string Of(string package) => (package switch
    {
        "KerasPort" => typeof(Python),
        "KerasPort.Cuda" => typeof(CudaEngine),
        "KerasPort.Pictures" => typeof(SkiaCodec),
        "KerasPort.Plotting" => typeof(PyPlot),
        _ => throw new ArgumentException(package),
    }).Assembly.GeneratePublicApi(s_options);

    private static string Said(string package, string recorded, string here)
    {
        var (gone, added) = (Without(recorded, here), Without(here, recorded));
        var lines = gone.Select(line => $"- {line}\n").Concat(added.Select(line => $"+ {line}\n"));
        return $"The public API of {package} isn't what {package}.api.txt records: {gone.Count} {(gone.Count == 1 ? "line is" : "lines are")} gone, "
            + $"which may break programs, and {added.Count} {(added.Count == 1 ? "is" : "are")} new.\n"
            + string.Concat(lines.Take(60)) + $"Where that is meant, record it: {Anew}";
    }

    /// <summary>The lines of one text that the other lacks, counting repetitions, each with its type's name.</summary>
    private static List<string> Without(string text, string other)
    {
        var known = Lines(other).CountBy(line => line).ToDictionary();
        return [.. Lines(text).Where(line => known.GetValueOrDefault(line) == 0 || known[line]-- == 0)];
    }

    private static IEnumerable<string> Lines(string text)
    {
        string type = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith("    p", StringComparison.Ordinal)) type = line.Trim().Split(" : ")[0];
            yield return line.StartsWith("     ", StringComparison.Ordinal) ? $"{type}: {line.Trim()}" : line.Trim();
        }
    }
}
