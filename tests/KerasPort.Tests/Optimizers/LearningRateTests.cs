using KerasPort.Optimizers;
using KerasPort.Schedules;

namespace KerasPort.Tests.Optimizers;

/// <summary>A learning rate is a number or a schedule, and can be read as a number either way.</summary>
public sealed class LearningRateTests
{
    [Fact]
    public void A_number_can_be_changed()
    {
        var optimizer = keras.optimizers.SGD(0.5);
        optimizer.learning_rate *= 0.5;
        Assert.Equal(0.25, optimizer.learning_rate.Value);
        optimizer.learning_rate = 1e-4;
        Assert.Equal((float)1e-4, optimizer.learning_rate.Value);
        double number = optimizer.learning_rate + 1;
        Assert.Equal(1 + (double)(float)1e-4, number);
        Assert.Equal(1, keras.optimizers.Adam(1).learning_rate.Value);
        Assert.Equal("0.0001 9.999999747378752e-05 9.999999747378752e-05\n",
            Printed.By(() => print($"{optimizer.learning_rate:.4f}", optimizer.learning_rate, $"{optimizer.learning_rate}")));
    }

    [Fact]
    public void A_schedule_is_followed_and_not_overwritten()
    {
        var optimizer = keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.5, 1, 0.5));
        Assert.Equal(0.5, optimizer.learning_rate.Value);
        optimizer.Batches = 2;
        Assert.Equal(0.125, optimizer.learning_rate.Value);
        Assert.StartsWith("This optimizer was created with a `LearningRateSchedule` object",
            Assert.Throws<TypeError>(() => optimizer.learning_rate = 0.1).Message);
        Assert.Throws<TypeError>(() => optimizer.learning_rate *= 0.1);
        optimizer.learning_rate = keras.optimizers.schedules.ExponentialDecay(1, 2, 0.5);
        Assert.Equal(0.5, optimizer.learning_rate.Value);

        var plain = keras.optimizers.Adam();
        plain.learning_rate = new Own();
        Assert.Equal(0.5f, (float)plain.learning_rate);
    }

    [Theory]
    [InlineData(
        "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: clipnorm=1.0, clipvalue=2.0, global_clipnorm=None", 1.0, 2.0, null,
        null)]
    [InlineData(
        "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received: clipnorm=None, clipvalue=0.0, global_clipnorm=3.0", null, 0.0, 3.0,
        null)]
    [InlineData("`gradient_accumulation_steps` must be an integer >= 2. Received: gradient_accumulation_steps=1", null, null, null, 1)]
    [InlineData("`gradient_accumulation_steps` must be an integer >= 2. Received: gradient_accumulation_steps=-3", null, null, null, -3)]
    [InlineData(null, -1.0, null, null, 0)]
    public void What_Keras_refuses_is_refused_in_its_words(string? message, double? norm, double? value, double? all, int? steps)
    {
        Optimizer[] Make() => [keras.optimizers.SGD(clipnorm: norm, clipvalue: value, global_clipnorm: all, gradient_accumulation_steps: steps),
            keras.optimizers.Adam(clipnorm: norm, clipvalue: value, global_clipnorm: all, gradient_accumulation_steps: steps)];
        Assert.Equal(message, message is null ? Make()[0] is null ? "" : null : Assert.Throws<ValueError>(Make).Message);
    }

    [Fact]
    public void Other_arguments_are_refused()
    {
        Assert.Equal("`momentum` must be a float between [0, 1].", Assert.Throws<ValueError>(() => keras.optimizers.SGD(momentum: 2)).Message);
        Assert.Equal("Argument `decay_steps` must be > 0. Received: decay_steps=0.0",
            Assert.Throws<ValueError>(() => keras.optimizers.schedules.ExponentialDecay(0.1, 0, 0.5)).Message);
        Assert.Contains("Received: [", Assert.Throws<ValueError>(() => keras.optimizers.SGD().exclude_from_weight_decay(var_names: ["["])).Message);
        Assert.Contains("Received instead: learning_rate=-1.0", Assert.Throws<ValueError>(() => keras.optimizers.SGD(-1)).Message);
    }

    /// <summary>
    /// Weight decay can exclude a variable or a name, which then stay constant where all else decays to nothing; even once the training has begun.
    /// </summary>
    [Fact]
    public void Weights_are_spared_by_name_and_by_themselves()
    {
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(3, name: "a"), keras.layers.Dense(2, name: "b")], name: "m");
        var optimizer = keras.optimizers.SGD(1e-12, weight_decay: 1e12);
        var (x, y) = (new NDArray(new float[8], 4, 2), new NDArray(new float[8], 4, 2));
        model.compile(optimizer, "mse");
        double[] After(IEnumerable<KerasPort.Layers.Variable>? list, params string[] names)
        {
            model.set_weights([.. model.variables.Select(w => new NDArray([.. Enumerable.Repeat(1f, w.size)], w.shape))]);
            optimizer.exclude_from_weight_decay(list, names);
            model.fit(x, y, verbose: 0);
            return [.. model.get_weights().Select(w => Math.Round((double)w.mean(), 3))];
        }

        Assert.Equal([0, 0, 0, 0], After(null));
        Assert.Equal([1, 0, 0, 0], After([model.variables[0]]));
        Assert.Equal([0, 1, 0, 1], After(null, "bias"));
        Assert.Equal([1, 0, 0, 1], After([model.variables[0]], "^m/b/bias:0$"));
    }

    /// <summary>As in programs for Keras 2: the optimizer's variables are set through the backend.</summary>
    [Fact]
    public void The_backend_reads_and_sets_what_an_optimizer_shows()
    {
        var K = keras.backend;
        var model = keras.Sequential([keras.Input(2), keras.layers.Dense(1)]);
        model.compile(keras.optimizers.SGD(0.5), "mse");
        K.set_value(model.optimizer!.learning_rate, K.get_value(model.optimizer.learning_rate) * 0.5);
        Assert.Equal(0.25, (double)model.optimizer.learning_rate);
        Assert.True(model.optimizer.learning_rate == 0.25);
        K.set_value(model.variables[1], np.array([3.0]));
        Assert.Equal([3f], K.get_value(model.variables[1]).ToFloats());
        Assert.Contains("`set_value` takes what an optimizer shows", Assert.Throws<ValueError>(() => K.set_value(0.1, 0.2)).Message);
        var scheduled = keras.optimizers.SGD(keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.5));
        Assert.Throws<TypeError>(() => K.set_value(scheduled.learning_rate, 0.2));
    }

    /// <summary>Numbers of Keras 3.15.1.</summary>
    [Fact]
    public void A_schedule_of_many_steps_gives_as_many_rates()
    {
        var schedule = keras.optimizers.schedules.InverseTimeDecay(0.1, 10, 0.5);
        Assert.Equal([0.1f, 0.08888889f, 0.06666667f], schedule.Apply(np.array([0.0, 2.5, 10.0])).ToFloats());
        Assert.Equal([0.5f, 0.25f], new Own().Apply(np.array([0.0, 1.0])).ToFloats());
        Assert.Equal("{\"initial_learning_rate\":0.1,\"decay_steps\":10,\"decay_rate\":0.5,\"staircase\":false,\"name\":\"InverseTimeDecay\"}",
            schedule.get_config().ToJsonString());
        Assert.StartsWith("{\"boundaries\":[100,110],\"values\":[1.0,0.5,0.1]",
            keras.optimizers.schedules.PiecewiseConstantDecay([100, 110], [1.0, 0.5, 0.1]).get_config().ToJsonString());
        Assert.Equal(0.25, (double)keras.optimizers.SGD(0.25).learning_rate.numpy());
    }

    private sealed class Own : LearningRateSchedule
    {
        public override float Apply(long step) => 0.5f / (step + 1);
    }
}
