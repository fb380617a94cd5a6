namespace KerasPort.Datasets;

/// <summary>
/// Prices of houses around Boston in the 1970s, in thousands of dollars, with 13 attributes of each. Behind <c>keras.datasets.boston_housing</c>.
/// One of the attributes, B, is made from the share of Black residents, as if that set prices. Keras keeps the data to show such problems; to learn
/// regression, use <see cref="CaliforniaHousing"/>.
/// </summary>
/// <remarks>Found and checked as <see cref="Mnist"/> is.</remarks>
public sealed class BostonHousing
{
    private static readonly KerasDataset s_keras = new("Boston housing", new NpzArrays("boston_housing.npz", 57_026,
        "f553886a1f8d56431e820c5b82552d9d95cfcb96d1e678153f8839538947dff5", "x", "y"), KerasDataset.Bucket);

    /// <summary>The attributes, (rows, 13), and the prices, (rows,), in float64.</summary>
    /// <param name="path">The file's name in the cache.</param>
    /// <param name="test_split">The fraction of the 506 rows to test with.</param>
    /// <param name="seed">Of the rows' order; <c>null</c> for another each time.</param>
    /// <exception cref="DatasetException">The data set is found nowhere and can't be downloaded, or a file isn't the expected one.</exception>
    /// <exception cref="ValueError">The path is more than a name, or the fraction isn't from 0 to below 1.</exception>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data(
        string path = "boston_housing.npz", double test_split = 0.2, long? seed = 113)
    {
        Housing.Checked(test_split);
        var arrays = s_keras.Named(path).Load();
        return Housing.Split(arrays[0], arrays[1], test_split, seed);
    }
}
