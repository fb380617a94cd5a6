using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Constraints;
using KerasPort.Cuda;
using KerasPort.Engines;
using KerasPort.Models;
using KerasPort.Optimizers;
using KerasPort.Saving;
using KerasPort.Tests.Engines;

namespace KerasPort.Tests.Constraints;

public class ConstraintTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("constraints.json")).RootElement;

    [Fact]
    public void Values_are_Keras_own()
    {
        foreach (var recorded in s_recorded.GetProperty("values").EnumerateArray())
        {
            string name = recorded.GetProperty("class_name").GetString()!;
            var constraint = (Constraint)ObjectConfig.Create(KnownClasses.Find(typeof(Constraint), name, name), recorded.GetProperty("config"), name);
            var w = Array(recorded, "w", [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())]);
            Near(Fixtures.Floats(recorded.GetProperty("y")), constraint.Apply(w).numpy().ToFloats(),
                $"{name} {recorded.GetProperty("config").GetRawText()}", 1e-6);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(recorded.GetProperty("config").GetRawText()), constraint.get_config()), name);
        }
    }

    public static TheoryData<int, string> Trainings
    {
        get
        {
            var all = new TheoryData<int, string>();
            for (int i = 0; i < s_recorded.GetProperty("training").GetArrayLength(); i++)
                foreach (string engine in new[] { "reference", "managed" }) all.Add(i, engine);
            return all;
        }
    }

    /// <summary>After each step the weights are Keras', even where a batch only adds its gradients for the next step.</summary>
    [Theory]
    [MemberData(nameof(Trainings))]
    public void A_model_trains_as_in_Keras(int number, string engine) => Train(number, engine == "managed" ? null : new ReferenceEngine());

    [Theory]
    [Slow]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [Needs(Need.Pocl)]
    public void A_model_trains_on_a_card_as_in_Keras(int number) => Train(number, new CudaEngine(PoclCard.Shared));

    private static void Train(int number, Engine? engine)
    {
        var recorded = s_recorded.GetProperty("training")[number];
        var model = keras.models.model_from_json(recorded.GetProperty("json").GetString()!);
        JsonElement[] before = [.. recorded.GetProperty("before").EnumerateArray()], after = [.. recorded.GetProperty("after").EnumerateArray()];
        model.set_weights([.. model.variables.Select((w, i) => new NDArray(Fixtures.Floats(before[i]), w.shape))]);
        string optimizer = recorded.GetProperty("optimizer").GetString()!;
        var made = (Optimizer)ObjectConfig.Create(KnownClasses.Find(typeof(Optimizer), optimizer, optimizer), recorded.GetProperty("config"), optimizer);
        model.compile(made, "mse", engine: engine);
        var history = model.fit(Array(recorded, "x", 20, 6, 6, 2), Array(recorded, "y", 20, 3), batch_size: 4, epochs: 2, shuffle: false, verbose: 0);
        Near(Fixtures.Floats(recorded.GetProperty("losses")), [.. history.history["loss"].Select(loss => (float)loss)], "losses", 2e-5);
        foreach (var (i, weight) in model.get_weights().Index()) Near(Fixtures.Floats(after[i]), weight.ToFloats(), $"{model.variables[i].name} {i}", 1e-4);
    }

    /// <summary>A custom constraint is written with functions of tensors, and holds from the first step on.</summary>
    [Fact]
    public void One_of_ones_own_is_applied()
    {
        var model = keras.Sequential([keras.Input(4), keras.layers.Dense(3, kernel_constraint: new Halves())]);
        model.compile(keras.optimizers.SGD(0.0), "mse");
        float[] before = model.get_weights()[0].ToFloats();
        model.fit(np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([[1.0, 2.0, 3.0]]), epochs: 2, verbose: 0);
        Assert.Equal(before.Select(w => w / 4), model.get_weights()[0].ToFloats());
        Assert.Contains("\"registered_name\":\"Halves\"", model.get_config().ToJsonString());
    }

    /// <summary>Names in both spellings; a variable knows its constraint; a frozen one is left alone.</summary>
    [Fact]
    public void Constraints_are_named_and_left_out_where_a_weight_is_frozen()
    {
        Assert.IsType<MaxNorm>((Constraint)"max_norm");
        Assert.IsType<MinMaxNorm>((Constraint)"MinMaxNorm");
        Assert.Contains("constraint identifier: nonneg", Assert.Throws<ValueError>(() => (Constraint)"nonneg").Message);
        var layer = keras.layers.Dense(2, kernel_constraint: "unit_norm", bias_constraint: keras.constraints.non_neg());
        var model = keras.Sequential([keras.Input(3), layer, keras.layers.Dense(1)]);
        Assert.Same(layer.kernel_constraint, layer.variables[0].constraint);
        Assert.Same(layer.bias_constraint, layer.variables[1].constraint);
        layer.trainable = false;
        model.compile("sgd", "mse");
        float[] before = layer.get_weights()[0].ToFloats();
        model.fit(np.array([[1.0, 2.0, 3.0]]), np.array([[1.0]]), verbose: 0);
        Assert.Equal(before, layer.get_weights()[0].ToFloats());
    }

    [Fact]
    public void An_axis_that_is_not_there_is_refused() =>
        Assert.Contains("axis 2 is out of bounds", Assert.Throws<ValueError>(() => keras.constraints.MaxNorm(axis: 2).Apply(np.array([[1.0]]))).Message);

    private sealed class Halves : Constraint
    {
        public override Tensor call(Tensor w) => w * 0.5;
    }

    private static NDArray Array(JsonElement of, string key, params int[] shape) => new(Fixtures.Floats(of.GetProperty(key)), shape);

    private static void Near(float[] expected, float[] actual, string what, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        float largest = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * Math.Max(1, largest), $"{what}, {i}: {actual[i]}, Keras {expected[i]}");
    }
}
