using System.Text.Json;
using KerasPort.Engines;
using KerasPort.Engines.Managed;
using KerasPort.Graphs;
using KerasPort.Optimizers;
using KerasPort.Saving;
using Xunit;

namespace KerasPort.Tests.Optimizers;

/// <summary>Optimizers make of weights what Keras' make of them (<c>optimizers.json</c>, by <c>make_optimizers.py</c>).</summary>
public sealed class RecordedOptimizerTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("optimizers.json")).RootElement;

    public static TheoryData<int> Steps => [.. Enumerable.Range(0, s_recorded.GetProperty("steps").GetArrayLength())];

    /// <summary>Twenty steps of given gradients.</summary>
    [Theory]
    [MemberData(nameof(Steps))]
    public void Steps_are_those_of_Keras(int number)
    {
        var recorded = s_recorded.GetProperty("steps")[number];
        var optimizer = Make<Optimizer>(recorded);
        float[] weights = Floats(recorded.GetProperty("p0"));
        using var engine = new ManagedEngine(1);
        using var kernels = engine.OpenKernels();
        var (w, g) = (kernels.Allocate(weights.Length), kernels.Allocate(weights.Length));
        kernels.Write(weights, w);
        var slots = Enumerable.Range(0, optimizer.SlotCount).Select(_ => kernels.Allocate(weights.Length)).ToArray();
        var update = new VariableUpdate(new FlatVariables(w, g, slots), 0, weights.Length, null, null);
        foreach (var (step, expected) in recorded.GetProperty("p").EnumerateArray().Index())
        {
            kernels.Write(Floats(recorded.GetProperty("g")[step]), g);
            optimizer.iterations++;
            optimizer.Update(kernels, update);
            kernels.Read(w, weights);
            Near(expected, weights, 1e-6, $"{recorded.GetProperty("config")}, step {step}");
        }
    }

    private static T Make<T>(JsonElement of) where T : class =>
        (T)ObjectConfig.Create(KnownClasses.Find(typeof(T), of.GetProperty("class_name").GetString()!, "recorded"), of.GetProperty("config"), "recorded");

    private static float[] Floats(JsonElement numbers) => [.. numbers.EnumerateArray().Select(n => n.GetSingle())];

    private static void Near(JsonElement expected, float[] actual, double within, string what)
    {
        Assert.Equal(expected.GetArrayLength(), actual.Length);
        for (int i = 0; i < actual.Length; i++)
        {
            double wanted = expected[i].GetDouble();
            Assert.True(Math.Abs(wanted - actual[i]) <= within * Math.Max(Math.Abs(wanted), 0.1), $"{what}, value {i}: {actual[i]}, Keras {wanted}");
        }
    }
}
