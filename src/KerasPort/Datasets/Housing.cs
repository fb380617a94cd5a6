using KerasPort.Random;

namespace KerasPort.Datasets;

/// <summary>Rows in numpy's order from a seed, the last of them to test with: how Keras hands out its tables of houses.</summary>
internal static class Housing
{
    /// <exception cref="ValueError">The fraction isn't one.</exception>
    public static double Checked(double test_split) => test_split is >= 0 and < 1 ? test_split : throw new ValueError(
        $"Invalid `test_split` argument: {PythonText.Str(test_split)}. It must be between 0 and 1 (exclusive of 1).");

    public static ((NDArray x_train, NDArray y_train), (NDArray x_test, NDArray y_test)) Split(NDArray x, NDArray y, double test_split, long? seed)
    {
        int[] order = new RandomState(seed).Permutation(x.Length);
        int train = (int)(x.Length * (1 - test_split));
        return ((x[order[..train]], y[order[..train]]), (x[order[train..]], y[order[train..]]));
    }
}
