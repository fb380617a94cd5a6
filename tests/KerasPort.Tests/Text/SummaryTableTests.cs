using System.Text.Json;

namespace KerasPort.Tests.Text;

/// <summary><c>summary()</c> in terminals of many widths and colours, as Keras and rich print it (<c>summary.json</c>).</summary>
public class SummaryTableTests
{
    [Fact]
    public void Summaries_print_as_in_Keras() => Assert.All(Fixtures.Cases("summary.json"), @case =>
    {
        if (@case.TryGetProperty("error", out var error))
            Assert.Equal(error.GetString(), Assert.Throws<ValueError>(() => Print(@case)).Message);
        else
            Assert.Equal(@case.GetProperty("text").GetString(), Print(@case));
    });

    [Fact]
    public void A_terminal_that_is_too_narrow_prints_nothing()
    {
        var output = new StringWriter();
        var error = Assert.Throws<ValueError>(() => SummaryTable.Write(output, Terminal.Pipe with { Width = 15 }, "m", [], default, default));
        Assert.Equal("Insufficient console width to print summary.", error.Message);
        Assert.Equal("", output.ToString());
    }

    private static string Print(JsonElement @case)
    {
        var output = new StringWriter();
        var colors = Enum.Parse<Colors>(@case.GetProperty("colors").GetString()!);
        SummaryTable.Write(output, new Terminal(colors != Colors.None, @case.GetProperty("columns").GetInt32(), colors),
            @case.GetProperty("name").GetString()!, [.. @case.GetProperty("rows").EnumerateArray().Select(Row)],
            Total(@case.GetProperty("trainable"))!.Value, Total(@case.GetProperty("nonTrainable"))!.Value, Total(@case.GetProperty("optimizer")));
        return output.ToString();
    }

    private static SummaryRow Row(JsonElement row) => new(row[0].GetString()!, row[1].GetString()!,
        row[2].ValueKind == JsonValueKind.Null ? null : [new Shape([.. row[2].EnumerateArray().Select(Dimension)])],
        row[3].ValueKind == JsonValueKind.Null ? null : row[3].GetInt64());

    private static int? Dimension(JsonElement dimension) => dimension.ValueKind == JsonValueKind.Null ? null : dimension.GetInt32();

    private static SummaryTotal? Total(JsonElement total) =>
        total.ValueKind == JsonValueKind.Null ? null : new SummaryTotal(total[0].GetInt64(), total[1].GetInt64());
}
