using KerasPort.Callbacks;
using KerasPort.Training;

namespace KerasPort.Tests.Training;

/// <summary>The number of batches of an epoch and of an evaluation, and the epochs that one follows, with Keras' losses for the same rows.</summary>
public class StepsAndFrequencyTests
{
    private static readonly NDArray s_x = np.zeros([10, 1]), s_y = np.arange(10).reshape(10, 1);

    [Fact]
    public void Steps_go_on_behind_each_other_and_evaluations_begin_anew()
    {
        var history = Fit(2, 5, steps_per_epoch: 2, validation_steps: 2, validation_batch_size: 3, validation_freq: [2, 3]);
        Assert.Equal([3.5, 31.5, 72.5, 3.5, 31.5], history.history["loss"]);
        Assert.Equal([9.166666984558105, 9.166666984558105], history.history["val_loss"]);
    }

    /// <summary>With arrays, an epoch that ends where the data does makes the next one begin anew, without a warning.</summary>
    [Theory]
    [InlineData(2, new[] { 3.5, 31.5, 72.5, 3.5, 31.5 })]
    [InlineData(5, new[] { 28.5, 28.5, 28.5, 28.5, 28.5 })]
    public void A_data_set_s_steps_go_on_behind_each_other(int steps, double[] losses)
    {
        var dataset = tf.data.Dataset.from_tensor_slices((s_x, s_y)).batch(2);
        Assert.Equal(losses, Model().fit(dataset, epochs: 5, steps_per_epoch: steps, verbose: 0).history["loss"]);
    }

    [Fact]
    public void Each_second_epoch_is_followed_by_an_evaluation()
    {
        var history = Fit(3, 5, validation_steps: 3, validation_freq: 2);
        Assert.Equal([28.5, 28.5, 28.5, 28.5, 28.5], history.history["loss"]);
        Assert.Equal([22.66666603088379, 22.66666603088379], history.history["val_loss"]);
    }

    [Fact]
    public void Without_a_frequency_each_epoch_is() => Assert.Equal(3, Fit(3, 3).history["val_loss"].Count);

    [Fact]
    public void An_empty_list_is_never() => Assert.False(Fit(3, 3, validation_freq: Array.Empty<int>()).history.ContainsKey("val_loss"));

    [Fact]
    public void A_split_is_evaluated_from_its_first_row_on_each_time()
    {
        var history = Model().fit(s_x, s_y, batch_size: 4, epochs: 3,
            validation_split: 0.5, validation_steps: 2, validation_freq: [3], shuffle: false, verbose: 0);
        Assert.Equal([6.0, 6.0, 6.0], history.history["loss"]);
        Assert.Equal([51.0], history.history["val_loss"]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_frequency_that_is_none_is_refused(int every) => Assert.Equal(
        $"`validation_freq` must be a positive integer or a list of epochs. Received: validation_freq={every}",
        Assert.Throws<ValueError>(() => Fit(3, 2, validation_freq: every)).Message);

    private static History Fit(int batch_size, int epochs, int? steps_per_epoch = null, int? validation_steps = null, int? validation_batch_size = null,
        ValidationFreq validation_freq = default) =>
        Model().fit(s_x, s_y, batch_size: batch_size, epochs: epochs, validation_data: (s_x, s_y), shuffle: false, verbose: 0, steps_per_epoch: steps_per_epoch,
            validation_steps: validation_steps, validation_batch_size: validation_batch_size, validation_freq: validation_freq);

    private static KerasPort.Models.Sequential Model()
    {
        var model = keras.Sequential([keras.Input(1), keras.layers.Dense(1, kernel_initializer: "zeros")]);
        model.compile(keras.optimizers.SGD(0.0), "mse");
        return model;
    }
}
