using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using KerasPort.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KerasPort.Tests.Arrays;

/// <summary>
/// Random expressions give what numpy gave for them (<c>numpy-expressions.json</c>, written by make/numpy_expressions.py). Their C# is compiled here,
/// all at once.
/// </summary>
[Slow]
public class NumpyExpressionTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("numpy-expressions.json")).RootElement;

    private static readonly Lazy<Func<object>[]> s_compiled = new(Compile);

    public static TheoryData<string> Kinds => [.. s_recorded.GetProperty("cases").EnumerateArray().Select(Kind).Distinct()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Random_expressions_give_what_numpy_gives(string kind)
    {
        var faults = new List<string>();
        int count = 0;
        foreach (var (recorded, run) in s_recorded.GetProperty("cases").EnumerateArray().Zip(s_compiled.Value))
        {
            if (Kind(recorded) != kind) continue;
            count++;
            if (Fault(recorded, run) is { } fault) faults.Add($"{recorded.GetProperty("python").GetString()}: {fault}");
        }
        Assert.True(count >= 50, $"{count} expressions of {kind}");
        Assert.True(faults.Count == 0, $"{faults.Count} of {count} differ:\n{string.Join("\n", faults)}");
    }

    private static string Kind(JsonElement recorded) => recorded.GetProperty("kind").GetString()!;

    private static string? Fault(JsonElement recorded, Func<object> run)
    {
        var gives = recorded.GetProperty("gives");
        bool fails = gives.TryGetProperty("error", out var error);
        try
        {
            object given = run();
            return fails ? $"gives {given}, numpy raises {error}" : Difference(gives, given, recorded.TryGetProperty("close", out var steps)
                ? steps.GetDouble() : 0);
        }
        catch (KerasException e)
        {
            return fails ? e.Message.Contains('\n') ? $"more than a line: {e.Message}" : null : $"{e.GetType().Name} {e.Message}";
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name} {e.Message} {e.StackTrace?.Split('\n')[0]}";
        }
    }

    private static string? Difference(JsonElement expected, object given, double steps)
    {
        if (expected.TryGetProperty("items", out var items))
        {
            object[] all = given switch
            {
                ITuple tuple => [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!)],
                NDArray several => [.. Enumerable.Range(0, several.Length).Select(i => several[i])],
                _ => [.. ((IEnumerable)given).Cast<object>()],
            };
            return all.Length != items.GetArrayLength() ? $"{all.Length} items, numpy {items.GetArrayLength()}"
                : items.EnumerateArray().Zip(all, (item, one) => Difference(item, one, steps)).FirstOrDefault(fault => fault is not null);
        }
        if (expected.TryGetProperty("text", out var text)) return text.GetString() == (string)given ? null : $"{given}\nnumpy: {text.GetString()}";
        NDArray array = given switch
        {
            NDArray a => a,
            NumpyScalar s => s,
            bool b => b,
            int i => (long)i,
            long l => l,
            double d => d,
            _ =>
            throw new InvalidCastException($"{given}")
        };
        string type = expected.GetProperty("dtype").GetString()!;
        int[] shape = [.. expected.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        if ((array.dtype.name, array.shape) != (type, (ArrayShape)shape)) return $"{array.dtype} {array.shape}, numpy {type} {(ArrayShape)shape}";
        var flat = array.ravel();
        foreach (var (value, i) in expected.GetProperty("data").EnumerateArray().Select((value, i) => (value, i)))
            if (!Same(value, flat[i], type, steps)) return $"{flat[i]} at {i}, numpy {value} ({type})";
        return null;
    }

    private static bool Same(JsonElement expected, NDArray given, string type, double steps)
    {
        if (expected.ValueKind == JsonValueKind.Number) return expected.GetRawText() == (type == "bool" ? (bool)given ? "1" : "0" : given.ToString());
        double number = double.Parse(expected.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture),
            value = given.item();
        if (number.Equals(value)) return BitConverter.DoubleToInt64Bits(number) == BitConverter.DoubleToInt64Bits(value) || double.IsNaN(number) || steps > 0;
        double step = type switch { "float16" => 1e-3, "float32" => 1.2e-7, _ => 2.3e-16 };
        return Math.Abs(number - value) <= step * steps * Math.Max(Math.Abs(number), 1);
    }

    private static Func<object>[] Compile()
    {
        var source = new StringBuilder("""
            using System;
            using System.Collections.Generic;
            using KerasPort;
            using static KerasPort.Python;
            public static class Expressions
            {
                public static Dictionary<string, NDArray> X;
                static object Part(NDArray x, Func<NDArray, NDArray> part, Action<NDArray, NDArray> change)
                {
                    var all = x.copy();
                    var p = part(all);
                    _ = p.ToString();
                    change(all, p);
                    return (all, p);
                }
                static object Set(NDArray x, Action<NDArray> set) { var copy = x.copy(); set(copy); return copy; }

            """);
        foreach (var operand in s_recorded.GetProperty("operands").EnumerateObject()) source.AppendLine(
            $"static NDArray {operand.Name} => X[\"{operand.Name}\"];");
        source.AppendLine("public static Func<object>[] All() => new Func<object>[] {");
        foreach (var recorded in s_recorded.GetProperty("cases").EnumerateArray()) source.AppendLine($"() => {recorded.GetProperty("csharp").GetString()},");
        source.AppendLine("}; }");
        using var image = new MemoryStream();
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary);
        var result = CSharpCompilation.Create("expressions", [CSharpSyntaxTree.ParseText(source.ToString())], SampleProgram.References, options).Emit(image);
        string[] lines = source.ToString().Split('\n');
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)
            .Select(d => $"{d.GetMessage(CultureInfo.InvariantCulture)}: {lines[d.Location.GetLineSpan().StartLinePosition.Line]}")));
        var compiled = Assembly.Load(image.ToArray()).GetType("Expressions")!;
        compiled.GetField("X")!.SetValue(null, s_recorded.GetProperty("operands").EnumerateObject().ToDictionary(o => o.Name, o => Operand(o.Value)));
        return (Func<object>[])compiled.GetMethod("All")!.Invoke(null, null)!;
    }

    private static NDArray Operand(JsonElement recorded)
    {
        double[] data = [.. recorded.GetProperty("data").EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Number ? v.GetDouble()
            : v.GetString() == "nan" ? Python.np.nan : double.Parse(v.GetString()!.Replace("inf", "Infinity", StringComparison.Ordinal),
                CultureInfo.InvariantCulture))];
        int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
        return new NDArray(data, (ArrayShape)shape).astype(recorded.GetProperty("dtype").GetString()!);
    }
}
