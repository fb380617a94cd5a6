using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

/// <summary>Rows in numpy's order, of a table whose row i is (i, -i) at the price 10 i.</summary>
public sealed class HousingTests
{
    private static readonly NDArray s_x = new([.. Enumerable.Range(0, 20).Select(i => i % 2 == 0 ? i / 2.0 : -(i / 2))], 10, 2);
    private static readonly NDArray s_y = new([.. Enumerable.Range(0, 10).Select(i => 10.0 * i)]);

    /// <summary>Seed 113 and a fifth are Keras' defaults; the orders are numpy's RandomState's.</summary>
    [Theory]
    [InlineData(0.2, 113, "9 3 6 1 0 7 4 8 | 2 5")]
    [InlineData(0.35, 113, "9 3 6 1 0 7 | 4 8 2 5")]
    [InlineData(0.0, 113, "9 3 6 1 0 7 4 8 2 5 | ")]
    [InlineData(0.5, 7, "8 5 0 2 1 | 9 7 3 6 4")]
    public void Rows_are_shuffled_and_split_as_in_Keras(double test_split, long seed, string expected)
    {
        var ((x_train, y_train), (x_test, y_test)) = Housing.Split(s_x, s_y, test_split, seed);
        Assert.Equal(expected, $"{Text(x_train[.., 0])} | {Text(x_test[.., 0])}");
        Assert.Equal((x_train[.., 0] * 10).ToDoubles(), y_train.ToDoubles());
        Assert.Equal((x_test[.., 1] * -10).ToDoubles(), y_test.ToDoubles());
        Assert.Equal([2], x_test.shape[1..]);
    }

    /// <summary>numpy's order for the 506 rows of Boston.</summary>
    [Fact]
    public void The_order_of_506_rows()
    {
        var rows = new NDArray([.. Enumerable.Range(0, 506).Select(i => (double)i)]);
        var ((_, train), (_, test)) = Housing.Split(rows.reshape(506, 1), rows, 0.2, 113);
        Assert.Equal([22, 202, 368, 335, 461, 323], train[..6].ToDoubles());
        Assert.Equal(165, test[^1].item());
        Assert.Equal(404, train.Length);
    }

    [Fact]
    public void The_small_version_is_the_first_600_rows()
    {
        var x = new NDArray(new float[700 * 8], 700, 8);
        var y = new NDArray([.. Enumerable.Range(0, 700).Select(i => (float)i)]);
        var ((x_train, y_train), (x_test, y_test)) = CaliforniaHousing.Load(() => [x, y], "small", 0.2, 113);
        Assert.Equal([480, 8], x_train.shape);
        Assert.Equal([120, 8], x_test.shape);
        Assert.Equal(Enumerable.Range(0, 600), y_train.ToInts().Concat(y_test.ToInts()).Order());
        Assert.Equal(DType.float32, y_test.dtype);
        Assert.Equal([560, 8], CaliforniaHousing.Load(() => [x, y], "large", 0.2, 113).Item1.x_train.shape);
    }

    [Fact]
    public void What_is_wrong_is_told_before_anything_is_fetched()
    {
        NDArray[] none() => throw new InvalidOperationException("Nothing had to be read.");
        Assert.Equal("Argument `version` must be one of 'small', 'large'. Received: version=huge",
            Assert.Throws<ValueError>(() => CaliforniaHousing.Load(none, "huge", 0.2, 113)).Message);
        foreach (double test_split in (double[])[-0.1, 1, double.NaN])
        {
            Assert.StartsWith("Invalid `test_split` argument: ",
                Assert.Throws<ValueError>(() => CaliforniaHousing.Load(none, "large", test_split, 113)).Message);
            Assert.StartsWith("Invalid `test_split` argument: ",
                Assert.Throws<ValueError>(() => new BostonHousing().load_data(test_split: test_split)).Message);
        }
        Assert.StartsWith("Paths are no longer accepted", Assert.Throws<ValueError>(() => new BostonHousing().load_data(path: "a/b")).Message);
    }

    private static string Text(NDArray column) => string.Join(' ', column.ToInts());
}
