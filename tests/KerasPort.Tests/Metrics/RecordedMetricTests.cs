using System.Globalization;
using System.Text.Json;
using KerasPort.Metrics;
using KerasPort.Saving;

namespace KerasPort.Tests.Metrics;

/// <summary>The values of Keras' metrics (<c>metrics.json</c>): batch by batch, with weights and without, reset in between.</summary>
public sealed class RecordedMetricTests
{
    private static readonly JsonElement[] s_cases = Fixtures.Cases("metrics.json");

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (var (i, c) in s_cases.Index())
                cases.Add(i, $"{Name(c)} {c.GetProperty("settings")}");
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void By_hand_it_gives_what_Keras_gives(int number, string _)
    {
        var metric = Make(number);
        foreach (var step in s_cases[number].GetProperty("steps").EnumerateArray())
        {
            if (step.GetProperty("reset").GetBoolean()) metric.reset_state();
            metric.update_state(Array(step, "y_true")!, Array(step, "y_pred")!, Array(step, "weight"));
            Same(Array(step, "result")!, metric.result());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Its_settings_make_it_again(int number, string _)
    {
        var metric = Make(number);
        var again = (Metric)ObjectConfig.Create(metric.GetType(), JsonText.Element(metric.get_config()), "metric");
        Assert.Equal(metric.get_config().ToJsonString(), again.get_config().ToJsonString());
        foreach (var setting in s_cases[number].GetProperty("settings").EnumerateObject())
        {
            // The thresholds of an AUC are sorted, as Keras writes them.
            string expected = metric is AUC && setting.Name == "thresholds"
                ? JsonSerializer.Serialize(setting.Value.EnumerateArray().Select(t => t.GetDouble()).Order()) : setting.Value.GetRawText();
            Assert.Equal(expected, metric.get_config()[setting.Name]?.ToJsonString() ?? "null");
        }
    }

    private static string Name(JsonElement of) => of.GetProperty("metric").GetString()!;

    private static Metric Make(int number) =>
        (Metric)ObjectConfig.Create(KnownClasses.Find(typeof(Metric), Name(s_cases[number]), "metric"), s_cases[number].GetProperty("settings"), "metric");

    private static void Same(NDArray expected, NDArray actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        foreach (var (wanted, given) in expected.ToFloats().Zip(actual.ToFloats())) Assert.Equal(wanted, given, 1e-6 * Math.Max(1, Math.Abs(wanted)));
    }

    /// <summary>NaN and infinities are written as text.</summary>
    private static float Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? float.Parse(value.GetString()!, CultureInfo.InvariantCulture) : value.GetSingle();

    private static NDArray? Array(JsonElement step, string key) => step.GetProperty(key) is { ValueKind: JsonValueKind.Object } array
        ? new NDArray((float[])[.. array.GetProperty("data").EnumerateArray().Select(Number)],
            ArrayShape.Create([.. array.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())]))
        : null;
}
