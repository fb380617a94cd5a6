using KerasPort.Random;

namespace KerasPort.Tests.Pipelines;

/// <summary>Keras 3.15.1's results for the same data, sizes and seeds.</summary>
public sealed class SplitDatasetTests
{
    private static readonly NDArray s_x = new([0.0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    private static readonly NDArray s_y = new([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);

    [Fact]
    public void Pairs_are_shuffled_as_in_Python()
    {
        var (left, right) = keras.utils.split_dataset((s_x, s_y), left_size: 0.75, shuffle: true, seed: 7);
        Assert.Equal([8, 3, 1, 4, 7, 0, 9, 6], [.. left.Select(pair => pair.Parts![0].numpy().item())]);
        Assert.Equal([20, 50], [.. right.Select(pair => pair.Parts![1].numpy().item())]);
        // Python's generator, which seeds layers, continues from there.
        Assert.Equal(976787302, Seeds.ForInitializer());
    }

    [Fact]
    public void Without_a_seed_the_order_is_that_of_the_global_one()
    {
        double[][] orders = [.. Enumerable.Range(0, 2).Select(_ =>
        {
            keras.utils.set_random_seed(3);
            return Values(keras.utils.split_dataset(s_x, left_size: 9, shuffle: true).left);
        })];
        Assert.Equal(orders[0], orders[1]);
        Assert.NotEqual(s_x[..9].ToDoubles(), orders[0]);
    }

    [Fact]
    public void Sizes_are_counts_or_fractions()
    {
        Same(keras.utils.split_dataset(s_x, right_size: 3), [0, 1, 2, 3, 4, 5, 6], [7, 8, 9]);
        Same(keras.utils.split_dataset(s_x, left_size: 2, right_size: 3), [0, 1], [7, 8, 9]);
        Same(keras.utils.split_dataset(s_x, left_size: 0.25), [0, 1], [2, 3, 4, 5, 6, 7, 8, 9]);
        Same(keras.utils.split_dataset(s_x, left_size: 0.35), [0, 1, 2, 3], [4, 5, 6, 7, 8, 9]);
    }

    [Fact]
    public void Batches_are_taken_apart_and_made_again()
    {
        var (left, right) = keras.utils.split_dataset(tf.data.Dataset.range(10).batch(4), left_size: 0.5, shuffle: true, seed: 1);
        Assert.Equal(["[6 8 9 7]", "[5]"], [.. left.Select(batch => batch.numpy().ToString())]);
        Assert.Equal(["[3 0 4 1]", "[2]"], [.. right.Select(batch => batch.numpy().ToString())]);
        (left, right) = keras.utils.split_dataset(tf.data.Dataset.range(10).batch(5).prefetch(1), left_size: 0.5);
        Assert.Equal("[0 1 2 3 4]", Assert.Single(left).numpy().ToString());
        Assert.Equal("[5 6 7 8 9]", Assert.Single(right).numpy().ToString());
    }

    [Fact]
    public void What_cannot_be_split_is_told()
    {
        Refused("At least one of the `left_size` or `right_size` must be specified", s_x, null, null);
        Refused("`left_size` should be either a positive integer smaller than 10, or a float within the range `[0, 1]`. Received: left_size=10", s_x, 10, null);
        Assert.EndsWith("=10", Assert.Throws<ValueError>(() => keras.utils.split_dataset(s_x, left_size: 10)).Message, StringComparison.Ordinal);
        Refused("Received: left_size=1.0", s_x, 1.0, null);
        Refused("Received: left_size=-1", s_x, -1, null);
        Refused("Received: right_size=0", s_x, null, 0);
        Refused("Received: right_size=1.5", s_x, null, 1.5);
        Refused("The sum of `left_size` and `right_size` is greater than 1", s_x, 0.6, 0.6);
        Refused("Received: left_size + right_size = 12", s_x, 6, 6);
        Refused("Received: left_size + right_size = 12", s_x, 6, 0.6);
        Refused("With `dataset` of length=10, `left_size`=0 and `right_size`=10. Resulting left side", s_x, 0.01, null);
        Refused("Both `left_size` and `right_size` are zero", s_x, 0, 0);
        Refused("Received an empty dataset", s_x[..0], 0.5, null);
        Refused("Received an empty dataset", tf.data.Dataset.range(0), 0.5, null);
        Refused("all arrays of a data set have as many rows", (s_x, s_y[..4]), 0.5, null);
        Refused("The dataset is infinite", tf.data.Dataset.range(3).repeat(), 0.5, null);
    }

    private static void Refused(string why, Data data, SplitSize? left_size, SplitSize? right_size) =>
        Assert.Contains(why, Assert.Throws<ValueError>(() => keras.utils.split_dataset(data, left_size, right_size)).Message);

    private static void Same((Dataset Left, Dataset Right) split, double[] left, double[] right)
    {
        Assert.Equal(left, Values(split.Left));
        Assert.Equal(right, Values(split.Right));
    }

    private static double[] Values(Dataset dataset) => [.. dataset.Select(sample => sample.numpy().item())];
}
