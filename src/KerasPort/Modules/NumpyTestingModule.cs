using System.Globalization;

namespace KerasPort;

/// <summary><c>np.testing</c>: assertions about arrays.</summary>
public sealed class NumpyTestingModule
{
    internal NumpyTestingModule() { }

    /// <summary>Asserts that all elements are close: no farther apart than atol + rtol · |desired|. NaN equals NaN.</summary>
    /// <exception cref="AssertionError">Two elements aren't close, or the shapes differ.</exception>
    public void assert_allclose(NDArray actual, NDArray desired, double rtol = 1e-07, double atol = 0, string err_msg = "") =>
        Require(actual, desired, Python.np.isclose, rtol, atol, err_msg,
            string.Create(CultureInfo.InvariantCulture, $"Not equal to tolerance rtol={rtol}, atol={atol}"));

    /// <summary>Asserts that two arrays have equal elements and the same shape, or one is a single number. NaN equals NaN.</summary>
    /// <exception cref="AssertionError">Elements or shapes differ.</exception>
    public void assert_array_equal(NDArray actual, NDArray desired, string err_msg = "") =>
        Require(actual, desired, Python.np.isclose, 0, 0, err_msg, "Arrays are not equal");

    /// <inheritdoc cref="assert_array_equal(NDArray, NDArray, string)"/>
    public void assert_equal(NDArray actual, NDArray desired, string err_msg = "") => assert_array_equal(actual, desired, err_msg);

    /// <summary>Asserts that no two elements differ by more than 1.5 units of the given decimal.</summary>
    /// <exception cref="AssertionError">Two elements do, or the shapes differ.</exception>
    public void assert_almost_equal(NDArray actual, NDArray desired, int @decimal = 7, string err_msg = "") =>
        Require(actual, desired, Python.np.isclose, 0, 1.5 * Math.Pow(10, -@decimal), err_msg, $"Arrays are not almost equal to {@decimal} decimals");

    /// <inheritdoc cref="assert_almost_equal(NDArray, NDArray, int, string)"/>
    public void assert_array_almost_equal(NDArray actual, NDArray desired, int @decimal = 6, string err_msg = "") =>
        assert_almost_equal(actual, desired, @decimal, err_msg);

    /// <inheritdoc cref="assert_allclose(NDArray, NDArray, double, double, string)"/>
    [OverloadResolutionPriority(-1)]
    public void assert_allclose(Tensor actual, Tensor desired, double rtol = 1e-07, double atol = 0, string err_msg = "") =>
        assert_allclose(actual.numpy(), desired.numpy(), rtol, atol, err_msg);

    /// <inheritdoc cref="assert_array_equal(NDArray, NDArray, string)"/>
    [OverloadResolutionPriority(-1)]
    public void assert_array_equal(Tensor actual, Tensor desired, string err_msg = "") => assert_array_equal(actual.numpy(), desired.numpy(), err_msg);

    /// <inheritdoc cref="assert_array_equal(NDArray, NDArray, string)"/>
    [OverloadResolutionPriority(-1)]
    public void assert_equal(Tensor actual, Tensor desired, string err_msg = "") => assert_array_equal(actual, desired, err_msg);

    /// <inheritdoc cref="assert_almost_equal(NDArray, NDArray, int, string)"/>
    [OverloadResolutionPriority(-1)]
    public void assert_almost_equal(Tensor actual, Tensor desired, int @decimal = 7, string err_msg = "") =>
        assert_almost_equal(actual.numpy(), desired.numpy(), @decimal, err_msg);

    /// <inheritdoc cref="assert_almost_equal(NDArray, NDArray, int, string)"/>
    [OverloadResolutionPriority(-1)]
    public void assert_array_almost_equal(Tensor actual, Tensor desired, int @decimal = 6, string err_msg = "") =>
        assert_almost_equal(actual, desired, @decimal, err_msg);

    private static void Require(NDArray actual, NDArray desired, Func<NDArray, NDArray, double, double, bool, NDArray> isClose, double rtol, double atol,
        string message, string fault)
    {
        string said = message.Length > 0 ? message + ": " : "";
        if (actual.shape != desired.shape && actual.ndim > 0 && desired.ndim > 0)
            throw new AssertionError($"{said}{fault}: the shapes are {actual.shape} and {desired.shape}");
        var close = isClose(actual, desired, rtol, atol, true);
        if (close.all()) return;
        int[] apart = (~close).Where();
        var (a, b) = (actual.To([.. close.shape]).ravel(), desired.To([.. close.shape]).ravel());
        throw new AssertionError($"{said}{fault}: {apart.Length} of {close.size} elements differ, the first at {apart[0]}: {a[apart[0]]} is not {b[apart[0]]}");
    }
}
