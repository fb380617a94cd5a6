using System.Text.Json;
using KerasPort.Models;

namespace KerasPort.Tests.Metrics;

/// <summary>Losses, metrics and layers where a mask leaves steps out, with and without sample weights, as the real Keras has them (masks.json).</summary>
public class MaskedMetricTests
{
    private static readonly JsonElement s_cases = JsonDocument.Parse(Fixtures.Text("masks.json")).RootElement.GetProperty("cases");

    public static TheoryData<string> Names => [.. s_cases.EnumerateObject().Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_that_a_mask_leaves_out_count_as_in_Keras(string name)
    {
        var recorded = s_cases.GetProperty(name);
        var model = keras.models.model_from_json(recorded.GetProperty("model").GetRawText());
        model.set_weights(Arrays(recorded.GetProperty("weights")));
        NDArray[] x = Arrays(recorded.GetProperty("x"));
        NDArray y = Array(recorded.GetProperty("y"));
        Data? w = recorded.GetProperty("w") is { ValueKind: JsonValueKind.Object } weights ? (Data)Array(weights) : null;
        Near(recorded.GetProperty("predicted"), model.predict(x, verbose: 0), "predicted");
        foreach (var (i, logs) in recorded.GetProperty("logs").EnumerateArray().Index())
        {
            var here = i < 2 ? model.train_on_batch(x, y, sample_weight: w, return_dict: true) : model.test_on_batch(x, y, sample_weight: w, return_dict: true);
            foreach (var log in logs.EnumerateObject())
                Assert.True(Math.Abs(log.Value.GetDouble() - here[log.Name]) <= 2e-5 * Math.Max(1, Math.Abs(here[log.Name])),
                    $"{i}, {log.Name}: {here[log.Name]}, Keras {log.Value}");
            Assert.Equal(logs.EnumerateObject().Count(), here.Count);
        }
        foreach (var (weight, wanted) in model.get_weights().Zip(recorded.GetProperty("after").EnumerateArray())) Near(wanted, weight, "after");
    }

    private static NDArray[] Arrays(JsonElement arrays) => [.. arrays.EnumerateArray().Select(Array)];

    private static NDArray Array(JsonElement array) =>
        new(Fixtures.Floats(array.GetProperty("values")), [.. array.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())]);

    private static void Near(JsonElement expected, NDArray actual, string what)
    {
        float[] wanted = Fixtures.Floats(expected.GetProperty("values")), given = actual.ToFloats();
        Assert.Equal(wanted.Length, given.Length);
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(Math.Abs(wanted[i] - given[i]) <= 1e-5 * Math.Max(1, Math.Abs(wanted[i])), $"{what} {i}: {given[i]}, Keras {wanted[i]}");
    }
}
