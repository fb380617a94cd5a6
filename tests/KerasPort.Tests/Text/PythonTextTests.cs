using System.Globalization;
using System.Text.Json;

namespace KerasPort.Tests.Text;

/// <summary>Text is formatted as Python formats it (<c>python-format.json</c>).</summary>
public class PythonTextTests
{
    [Fact]
    public void Format_gives_Pythons_text_or_error() => Assert.All(Fixtures.Cases("python-format.json"), @case =>
    {
        string template = @case.GetProperty("template").GetString()!;
        object?[] args = [.. @case.GetProperty("args").EnumerateArray().Select(Read)];
        if (@case.TryGetProperty("text", out var text))
            Assert.Equal(text.GetString(), PythonFormat.Format(template, args));
        else
            Assert.Equal(@case.GetProperty("error").GetString(), Assert.Throws<ValueError>(() => PythonFormat.Format(template, args)).Message);
    });

    [Fact]
    public void The_percent_sign_gives_Pythons_text_or_error() => Assert.All(Fixtures.Cases("python-percent.json"), @case =>
    {
        string template = @case.GetProperty("template").GetString()!;
        object? values = Read(@case.GetProperty("values"));
        if (@case.TryGetProperty("text", out var text))
            Assert.Equal(text.GetString(), template % values);
        else
            Assert.Equal(@case.GetProperty("error").GetString(), Assert.Throws<ValueError>(() => template % values).Message);
    });

    [Fact]
    public void A_field_by_name_is_refused() =>
        Assert.Contains("'{loss}'", Assert.Throws<ValueError>(() => "{loss}".format(1)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_Keras_gives_prints_as_in_Python()
    {
        Assert.Equal("(None, 28, 28)", PythonText.Str(new Shape(null, 28, 28)));
        Assert.Equal("(3,)", PythonText.Str(new Shape(3)));
        Assert.Equal("{'accuracy': 0.5, 'loss': 1e-05}", PythonText.Str(new Logs { ["accuracy"] = 0.5, ["loss"] = 1e-5 }));
        Assert.Equal("[array([1., 2.], dtype=float32)]", PythonText.Str(new List<NDArray> { new([1f, 2f]) }));
        Assert.Equal("float32", PythonText.Str(DType.float32));
        Assert.Equal("7|3", "{}|{}".format(new NDArray([7]).reshape(Array.Empty<int>()), (byte)3));
        Assert.Equal("      2.50", "{:10.2f}".format(new NDArray([2.5f]).reshape(Array.Empty<int>())));
    }

    private static object? Read(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        _ => Read(value.EnumerateObject().Single()),
    };

    private static object Read(JsonProperty typed)
    {
        var items = typed.Value.ValueKind == JsonValueKind.Array ? typed.Value.EnumerateArray().ToArray() : [];
        return typed.Name switch
        {
            "float" => Float(typed.Value.GetString()!),
            "float32" => (float)Float(typed.Value.GetString()!),
            "int" when int.TryParse(typed.Value.GetString(), CultureInfo.InvariantCulture, out int small) => small,
            "int" => long.Parse(typed.Value.GetString()!, CultureInfo.InvariantCulture),
            "tuple" => Tuple([.. items.Select(Read)]),
            "dict" => items.ToDictionary(pair => Read(pair[0])!, pair => Read(pair[1])),
            _ => items.Select(Read).ToList(),
        };
    }

    private static object Tuple(object?[] items) => items switch
    {
        [] => ValueTuple.Create(),
        [var a] => ValueTuple.Create(a),
        [var a, var b] => (a, b),
        [var a, var b, var c] => (a, b, c),
        _ => throw new InvalidOperationException($"No tuple of {items.Length}."),
    };

    internal static double Float(string text) => text switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
