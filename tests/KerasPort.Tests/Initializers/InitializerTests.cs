using System.Text.Json;
using System.Text.Json.Nodes;
using KerasPort.Initializers;
using KerasPort.Saving;

namespace KerasPort.Tests.Initializers;

public class InitializerTests
{
    private static readonly JsonElement s_recorded = JsonDocument.Parse(Fixtures.Text("initializers.json")).RootElement;

    /// <summary>
    /// Every float equals Keras', for each class, mode and distribution, odd seeds and continued states included; orthogonal matrices agree nearly.
    /// </summary>
    [Fact]
    public void Values_are_Keras_own()
    {
        foreach (var recorded in s_recorded.GetProperty("cases").EnumerateArray())
        {
            string name = recorded.GetProperty("class_name").GetString()!, config = recorded.GetProperty("config").GetRawText();
            var initializer = (Initializer)ObjectConfig.Create(KnownClasses.Find(typeof(Initializer), name, name), recorded.GetProperty("config"), name);
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(config), initializer.get_config()),
                $"{name}: {initializer.get_config().ToJsonString()}, Keras {config}");
            foreach (var draw in recorded.GetProperty("draws").EnumerateArray())
            {
                int[] shape = [.. draw.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
                float[] expected = Fixtures.Floats(draw.GetProperty("values")), values = initializer.Values(shape);
                Assert.Equal(expected.Length, values.Length);
                float tolerance = initializer is Orthogonal ? 3e-7f : initializer is STFT ? 6e-8f : 0;
                for (int i = 0; i < values.Length; i++) Assert.True(
                    Math.Abs(expected[i] - values[i]) <= tolerance, $"{name} {config}, {i}: {values[i]}, Keras {expected[i]}");
            }
        }
    }

    /// <summary>Each layer draws its seeds as in Keras: a model has the same weights, bit for bit.</summary>
    [Fact]
    public void A_seeded_model_has_Keras_own_weights()
    {
        foreach (var recorded in s_recorded.GetProperty("seeded").EnumerateArray())
        {
            keras.utils.set_random_seed(recorded.GetProperty("seed").GetInt64());
            var model = keras.models.model_from_json(recorded.GetProperty("json").GetString()!);
            foreach (var (expected, weight) in recorded.GetProperty("weights").EnumerateArray().Zip(model.variables))
                Assert.Equal(Fixtures.Floats(expected), weight.numpy().ToFloats());
        }
    }

    [Fact]
    public void Without_a_seed_one_is_drawn_when_it_is_made()
    {
        keras.utils.set_random_seed(3);
        float[] first = keras.initializers.VarianceScaling(1.0, "fan_avg", "uniform").Values([4, 3]);
        keras.utils.set_random_seed(3);
        Assert.Equal(first, keras.initializers.GlorotUniform().Values([4, 3]));
        Assert.NotEqual(first, keras.initializers.GlorotUniform().Values([4, 3]));
    }

    /// <summary>A state that two layers share continues from one weight to the next, whenever their values are read.</summary>
    [Fact]
    public void A_shared_state_goes_on_in_the_order_of_weights()
    {
        var state = keras.random.SeedGenerator(9);
        var shared = keras.initializers.HeNormal(state);
        var model = keras.Sequential([keras.Input(3), keras.layers.Dense(3, kernel_initializer: shared), keras.layers.Dense(3, kernel_initializer: shared)]);
        float[] second = model.layers[1].get_weights()[0].ToFloats(), first = model.layers[0].get_weights()[0].ToFloats();
        var again = keras.initializers.HeNormal(keras.random.SeedGenerator(9));
        Assert.Equal(first, again.Apply((3, 3)).ToFloats());
        Assert.Equal(second, again.Apply((3, 3)).ToFloats());
        Assert.Equal([9, 2], state.next().ToFloats());
    }

    /// <summary>Names in both spellings, and Keras' aliases.</summary>
    [Theory]
    [InlineData("he_normal", typeof(HeNormal))]
    [InlineData("HeNormal", typeof(HeNormal))]
    [InlineData("lecun_uniform", typeof(LecunUniform))]
    [InlineData("zero", typeof(Zeros))]
    [InlineData("one", typeof(Ones))]
    [InlineData("normal", typeof(RandomNormal))]
    [InlineData("uniform", typeof(RandomUniform))]
    [InlineData("OrthogonalInitializer", typeof(Orthogonal))]
    [InlineData("orthogonal", typeof(Orthogonal))]
    [InlineData("IdentityInitializer", typeof(Identity))]
    [InlineData("identity", typeof(Identity))]
    [InlineData("constant", typeof(Constant))]
    public void Names_are_Keras_own(string name, Type type)
    {
        Assert.IsType(type, (Initializer)name);
        Assert.Equal(type, KnownClasses.Find(typeof(Initializer), name, "here"));
    }

    [Fact]
    public void Mistakes_are_Keras_own()
    {
        Assert.Contains("Identity matrix initializer can only be used for 2D matrices. Received: shape=(3,) of rank 1.",
            Assert.Throws<ValueError>(() => keras.initializers.Identity().Values([3])).Message);
        Assert.Contains("must be at least two-dimensional. Received: shape=(3,) of rank 1.",
            Assert.Throws<ValueError>(() => keras.initializers.Orthogonal().Values([3])).Message);
        Assert.Contains("Could not interpret initializer identifier: he", Assert.Throws<ValueError>(() => (Initializer)"he").Message);
    }
}
