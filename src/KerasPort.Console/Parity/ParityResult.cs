using System.Text.Json;

namespace KerasPort.Console.Parity;

/// <summary>All comparisons of <c>kerasport parity</c>, as the report's <c>parity</c> has them.</summary>
internal sealed class ParityResult(bool recorded)
{
    public List<Comparison> Comparisons { get; } = [];

    public List<PairedTest> Tests { get; } = [];

    /// <summary>The worst verdict of all lines.</summary>
    public Verdict Verdict => Comparisons.Select(c => c.Verdict).DefaultIfEmpty(Verdict.Identical).Max();

    /// <summary>The number of lines and tests that differ, in words.</summary>
    public string Differing
    {
        get
        {
            int lines = Comparisons.Sum(c => c.Lines.Count(l => l.Verdict == Verdict.Differs)) + Tests.Count(t => t.Differs);
            return lines == 1 ? "1 line differs" : $"{lines} lines differ";
        }
    }

    public bool Holds => Comparisons.All(c => c.Holds) && Tests.All(t => !t.Differs);

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("holds", Holds);
        json.WriteString("verdict", VerdictText.Of(Verdict));
        json.WriteBoolean("recorded", recorded);
        json.WriteStartArray("comparisons");
        foreach (var comparison in Comparisons) Write(json, comparison, recorded);
        json.WriteEndArray();
        json.WriteStartArray("seed_tests");
        foreach (var test in Tests) Write(json, test);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Comparison comparison, bool recorded)
    {
        var python = comparison.Python;
        json.WriteStartObject();
        json.WriteString("model", python.Model);
        json.WriteNumber("seed", python.Seed);
        json.WriteString("python", python.Source);
        json.WriteString("python_machine", python.Machine);
        json.WriteBoolean("holds", comparison.Holds);
        json.WriteString("verdict", VerdictText.Of(comparison.Verdict));
        WriteFlip(json, comparison.Flip);
        json.WriteStartArray("remarks");
        foreach (string remark in Remarks.On(comparison, recorded)) json.WriteStringValue(remark);
        json.WriteEndArray();
        json.WriteStartArray("lines");
        foreach (var line in comparison.Lines)
        {
            json.WriteStartObject();
            json.WriteString("name", line.Name);
            json.WriteString("python", line.Python);
            json.WriteString("python_without_onednn", line.Plain);
            json.WriteString("kerasport", line.Port);
            JsonText.WriteNumber(json, "difference", line.Difference);
            JsonText.WriteNumber(json, "from_nearest", line.Nearest);
            JsonText.WriteNumber(json, "one_rounding", line.Rounding);
            JsonText.WriteNumber(json, "python_kerases", line.Kerases);
            json.WriteString("verdict", VerdictText.Of(line.Verdict));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartObject("python_history");
        foreach (var (name, values) in python.History) JsonText.WriteNumbers(json, name, values);
        json.WriteEndObject();
        JsonText.WriteNumbers(json, "python_first_losses", python.FirstLosses ?? []);
        JsonText.WriteNumbers(json, "kerasport_first_losses", comparison.Port.FirstLosses ?? []);
        json.WriteEndObject();
    }

    private static void WriteFlip(Utf8JsonWriter json, Flip? flip)
    {
        if (flip is null)
        {
            json.WriteNull("flip");
            return;
        }
        json.WriteStartObject("flip");
        json.WriteNumber("step", flip.Step);
        json.WriteString("layer", flip.Layer);
        json.WriteNumber("unit", flip.Unit);
        json.WriteStartArray("place");
        if (flip.Place is { } place)
        {
            json.WriteNumberValue(place.Row);
            json.WriteNumberValue(place.Column);
        }
        json.WriteEndArray();
        json.WriteNumber("image_of_batch", flip.Row);
        json.WriteString("on_in", flip.OnInPython ? "Python" : "KerasPort");
        JsonText.WriteNumber(json, "value", flip.Value);
        json.WriteNumber("parted_step", flip.PartedStep);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PairedTest test)
    {
        json.WriteStartObject();
        json.WriteString("model", test.Model);
        json.WriteStartArray("seeds");
        foreach (long seed in test.Seeds) json.WriteNumberValue(seed);
        json.WriteEndArray();
        json.WriteString("test", PairedTest.Name);
        json.WriteNumber("python_mean", test.PythonMean);
        json.WriteNumber("python_standard_deviation", test.PythonDeviation);
        json.WriteNumber("kerasport_mean", test.PortMean);
        json.WriteNumber("kerasport_standard_deviation", test.PortDeviation);
        json.WriteNumber("mean_difference", test.MeanDifference);
        json.WriteNumber("half_interval_95", test.HalfInterval);
        JsonText.WriteNumber(json, "t", test.Statistic);
        json.WriteNumber("degrees_of_freedom", test.DegreesOfFreedom);
        json.WriteNumber("p", test.P);
        json.WriteNumber("level", PairedTest.Level);
        json.WriteBoolean("differs", test.Differs);
        json.WriteEndObject();
    }
}
