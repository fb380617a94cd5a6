using System.Text.Json;
using KerasPort.Activations;

namespace KerasPort.Tests.Engines;

// Activations with arguments, which no configuration holds, compared with values and gradients of Keras' functions.
public abstract partial class RecordedContract
{
    [Fact]
    public void Activations_with_arguments_give_what_Keras_computed()
    {
        foreach (var recorded in Fixtures.Cases("activations.json"))
        {
            string name = recorded.GetProperty("name").GetString()!;
            var arguments = recorded.GetProperty("arguments");
            var function = Made(name, arguments);
            using var kernels = Open();
            var plan = new ShortPlan(kernels, training: true, fuses: false);
            var x = plan.Input(new NDArray(Floats("x"), Shape("shape")), needsGradient: true);
            var y = function.Call(plan.Graph, x);
            Assert.Equal(Shape("y_shape"), y.shape.ToArray());
            Assert.Equal(y.shape, function.OutputShape(x.shape));
            var dx = plan.Gradients(y, plan.Input(new NDArray(Floats("dy"), Shape("y_shape"))), [x])[0]!;
            plan.Run();
            Near(Doubles("y"), plan.Read(y), $"{name} {arguments.GetRawText()} y");
            Near(Doubles("dx"), plan.Read(dx), $"{name} {arguments.GetRawText()} dx");

            float[] Floats(string key) => [.. Doubles(key).Select(v => (float)v)];
            double[] Doubles(string key) => [.. recorded.GetProperty(key).EnumerateArray().Select(v => v.GetDouble())];
            int[] Shape(string key) => [.. recorded.GetProperty(key).EnumerateArray().Select(d => d.GetInt32())];
        }
    }

    private static ActivationFunction Made(string name, JsonElement arguments)
    {
        double? Maybe(string key) => arguments.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        double Number(string key, double otherwise = 0) => Maybe(key) ?? otherwise;
        int Axis() => arguments.TryGetProperty("axis", out var axis) ? axis.GetInt32() : -1;
        return name switch
        {
            "relu" => new Relu(Number("negative_slope"), Maybe("max_value"), Number("threshold")),
            "leaky_relu" => new LeakyRelu(Number("negative_slope")),
            "elu" => new Elu(Number("alpha")),
            "celu" => new Celu(Number("alpha")),
            "gelu" => new Gelu(arguments.GetProperty("approximate").GetBoolean()),
            "hard_shrink" => new HardShrink(Number("threshold")),
            "soft_shrink" => new SoftShrink(Number("threshold")),
            "threshold" => new Threshold(Number("threshold"), Number("default_value")),
            "squareplus" => new Squareplus(Number("b")),
            "softmax" => new Softmax(Axis()),
            "log_softmax" => new LogSoftmax(Axis()),
            "sparsemax" => new Sparsemax(Axis()),
            "glu" => new Glu(Axis()),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }
}
