using System.Text.Json;
using Xunit;
using static KerasPort.Python;

namespace KerasPort.Tests.Initializers;

public class VarianceScalingTests
{
    /// <summary>Every float is Keras' own, for each distribution and mode, odd seeds among them.</summary>
    [Fact]
    public void Values_are_Keras_own()
    {
        foreach (var recorded in Fixtures.Cases("initializers.json"))
        {
            string distribution = recorded.GetProperty("distribution").GetString()!;
            var initializer = keras.initializers.VarianceScaling(recorded.GetProperty("scale").GetDouble(), recorded.GetProperty("mode").GetString()!, distribution, recorded.GetProperty("seed").GetInt64());
            int[] shape = [.. recorded.GetProperty("shape").EnumerateArray().Select(d => d.GetInt32())];
            float[] expected = [.. recorded.GetProperty("values").EnumerateArray().Select(v => (float)v.GetDouble())], values = initializer.Values(shape);
            Assert.Equal(expected.Length, values.Length);
            // Logarithm, sine and cosine of another system's library may round a last digit otherwise.
            float tolerance = distribution == "uniform" || OperatingSystem.IsLinux() ? 0 : 1e-6f;
            for (int i = 0; i < values.Length; i++) Assert.True(Math.Abs(expected[i] - values[i]) <= tolerance, $"{recorded.GetRawText()[..90]}, {i}: {values[i]}, Keras {expected[i]}");
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
}
