using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace KerasPort.Tests.Arrays;

/// <summary>Python expressions with their counterparts in C#: each gives what numpy gave (<c>numpy-cases.json</c>, written by
/// make/numpy_cases.py).</summary>
internal static class NumpyCases
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("numpy-cases.json")).RootElement;

    public static void Check(string python, Func<object> run, bool closely = false, int steps = 4)
    {
        Assert.True(s_recorded.TryGetProperty(python, out var expected), $"{python} isn't recorded: run make/numpy_cases.py");
        if (expected.TryGetProperty("error", out _))
        {
            // The messages may differ from numpy's.
            string message = Assert.ThrowsAny<KerasException>(run).Message;
            Assert.DoesNotContain('\n', message);
            return;
        }
        Same(expected, run(), closely, steps);
    }

    private static void Same(JsonElement expected, object actual, bool closely, int steps)
    {
        if (expected.TryGetProperty("items", out var items))
        {
            object[] all = actual is System.Runtime.CompilerServices.ITuple tuple ? [.. Enumerable.Range(0, tuple.Length).Select(i => tuple[i]!)]
                : actual is NDArray several ? [.. Enumerable.Range(0, several.Length).Select(i =>
                    several[i])] : [.. ((System.Collections.IEnumerable)actual).Cast<object>()];
            Assert.Equal(items.GetArrayLength(), all.Length);
            foreach (var (one, given) in items.EnumerateArray().Zip(all)) Same(one, given, closely, steps);
            return;
        }
        if (expected.TryGetProperty("text", out var text))
        {
            Assert.Equal(text.GetString(), (string)actual);
            return;
        }
        var array = actual switch
        {
            NDArray a => a,
            NumpyScalar s => (NDArray)s,
            bool b => b,
            int i => (NDArray)(long)i,
            long l => l,
            double d => d,
            var other => throw new ArgumentException($"{other.GetType()} is nothing that numpy gives."),
        };
        Assert.Equal((expected.GetProperty("dtype").GetString(), Shape(expected)), (array.dtype.name, array.shape.ToString()));
        if (closely && expected.TryGetProperty("data", out var near))
        {
            double step = array.dtype == DType.float32 ? 1.2e-7 : 2.3e-16;
            foreach (var (one, i) in near.EnumerateArray().Select((one, i) => (double.Parse(Number(one), CultureInfo.InvariantCulture), i)))
                if (!one.Equals(array.ElementAt(i))) Assert.Equal(one, array.ElementAt(i), Math.Abs(one) * steps * step);
            return;
        }
        if (expected.TryGetProperty("data", out var data))
            Assert.Equal(data.EnumerateArray().Select(Number), Enumerable.Range(0, array.size).Select(i => Number(array.ravel()[i])));
        else
            Assert.Equal(expected.GetProperty("sha256").GetString(), Sha256(array));
        if (expected.TryGetProperty("str", out var str) && actual is NDArray or NumpyScalar) Assert.Equal(str.GetString(), actual.ToString());
        if (expected.TryGetProperty("repr", out var repr) && actual is NDArray) Assert.Equal(repr.GetString(), array.Repr());
    }

    private static string Shape(JsonElement recorded) =>
        new ArrayShape([.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())]).ToString();

    // Integers are compared exactly, floats to the last bit.
    private static string Number(JsonElement recorded) => recorded.ValueKind == JsonValueKind.Number ? recorded.GetRawText() : recorded.GetString()! switch
    {
        "nan" => "NaN",
        "inf" => "Infinity",
        "-inf" => "-Infinity",
        var digits => double.Parse(digits, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Number(NDArray element) => element.dtype.IsInexact ? element.item().ToString("R", CultureInfo.InvariantCulture)
        : element.dtype == DType.@bool ? (bool)element ? "1" : "0" : element.ToString();

    private static string Sha256(NDArray array)
    {
        byte[] bytes = [.. array.Bytes().SelectMany(piece => piece.ToArray())];
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}
