using KerasPort.Layers;
using KerasPort.Models;

namespace KerasPort.Tests.Models;

/// <summary>Layers that change the number of samples are refused in a model, by name, and work on arrays.</summary>
public class KeptBatchTests
{
    private static readonly NDArray s_x = np.ones([6, 4]);

    private sealed class Twice(string? name = null) : Layer(name)
    {
        public override Tensor call(Tensor x, bool training) => keras.ops.concatenate([x, x], axis: 0);
    }

    private sealed class Whole(string? name = null) : Layer(name)
    {
        public override Tensor call(Tensor x, bool training) => keras.ops.mean(x, axis: 0);
    }

    private sealed class Net : Model
    {
        private readonly Layer _dense = keras.layers.Dense(2);

        public override Tensor call(Tensor x, bool training) => new Twice().Apply(_dense.Apply(x));
    }

    public static TheoryData<string> Layers => ["concatenate", "negative", "twice", "whole", "lambda", "turned"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void It_is_refused_where_a_model_is_made(string which)
    {
        Tensor a = keras.Input(4), b = keras.Input(4);
        Layer layer = which switch
        {
            "concatenate" => keras.layers.Concatenate(axis: 0, name: which),
            "negative" => keras.layers.Concatenate(axis: -2, name: which),
            "twice" => new Twice(which),
            "whole" => new Whole(which),
            "lambda" => keras.layers.Lambda(x => keras.ops.sum(x, axis: 0), name: which),
            _ => keras.layers.Lambda(x => keras.ops.transpose(x), name: which),
        };
        string refusal = Assert.Throws<ValueError>(() => layer is Merge ? layer.Apply([a, b]) : layer.Apply(a)).Message;
        Assert.StartsWith($"Layer '{which}' ({layer.GetType().Name}) changes the batch", refusal);
    }

    [Fact]
    public void Arrays_are_joined_as_one_wishes()
    {
        Assert.Equal([12, 4], ((NDArray)keras.layers.Concatenate(axis: 0).Apply([s_x, s_x])).shape);
        Assert.Equal([12, 4], ((NDArray)new Twice().Apply(s_x)).shape);
        Assert.Equal([4], ((NDArray)new Whole().Apply(s_x)).shape);
    }

    /// <summary>Layers whose change shows only when the model runs.</summary>
    [Fact]
    public void A_model_of_ones_own_says_so_when_it_runs()
    {
        Assert.Contains("the batch must stay the first axis", Assert.Throws<ValueError>(() => new Net().predict(s_x, verbose: 0)).Message);
        var claims = keras.Sequential([keras.Input(4), keras.layers.Lambda(x => keras.ops.sum(x, axis: 0), output_shape: 4)]);
        Assert.Contains("the batch must stay the first axis", Assert.Throws<ValueError>(() => claims.predict(s_x, verbose: 0)).Message);
    }
}
