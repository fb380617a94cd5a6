namespace KerasPort.Datasets;

/// <summary>
/// Prices of houses in districts of California in 1990, in dollars, with 8 attributes of each: median income, age, rooms and bedrooms of a
/// household, population, people of a household, latitude, longitude. Behind <c>keras.datasets.california_housing</c>.
/// </summary>
/// <remarks>Found and checked as <see cref="Mnist"/> is.</remarks>
public sealed class CaliforniaHousing
{
    private const int Small = 600;

    private static readonly KerasDataset s_keras = new("California housing", new NpzArrays("california_housing.npz", 743_530,
        "1a2e3a52e0398de6463aebe6f4a8da34fb21fbb6b934cf88c3425e766f2a1a6f", "x", "y"), KerasDataset.Bucket);

    /// <summary>The attributes, (rows, 8), and the prices, (rows,).</summary>
    /// <param name="version">"large" for all 20,640 rows, "small" for the first 600.</param>
    /// <param name="path">The file's name in the cache.</param>
    /// <param name="test_split">The fraction of the rows to test with.</param>
    /// <param name="seed">Of the rows' order; <c>null</c> for another each time.</param>
    /// <exception cref="DatasetException">The data set is found nowhere and can't be downloaded, or a file isn't the expected one.</exception>
    /// <exception cref="ValueError">There is no such version, the path is more than a name, or the fraction isn't from 0 to below 1.</exception>
    public ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) load_data(
        string version = "large", string path = "california_housing.npz", double test_split = 0.2, long? seed = 113) =>
        Load(() => s_keras.Named(path).Load(), version, test_split, seed);

    internal static ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) Load(
        Func<NDArray[]> read, string version, double test_split, long? seed)
    {
        Housing.Checked(test_split);
        if (version is not ("small" or "large"))
            throw new ValueError($"Argument `version` must be one of 'small', 'large'. Received: version={version}");
        var arrays = read();
        if (version == "small") arrays = Array.ConvertAll(arrays, array => array[..Math.Min(Small, array.Length)]);
        return Housing.Split(arrays[0], arrays[1], test_split, seed);
    }
}
