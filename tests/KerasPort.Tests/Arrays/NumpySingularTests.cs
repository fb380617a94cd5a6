namespace KerasPort.Tests.Arrays;

/// <summary>Singular values and vectors with LAPACK's signs, and numpy's random numbers that depend on them.</summary>
public class NumpySingularTests
{
    private static readonly Dictionary<string, Func<object>> s_cases = new()
    {
        ["np.linalg.svd([[2.0, 1.0], [1.0, 3.0]])"] = () => np.linalg.svd([[2.0, 1.0], [1.0, 3.0]]),
        ["np.linalg.svd([[1.0, 0.8], [0.8, 1.0]])"] = () => np.linalg.svd([[1.0, 0.8], [0.8, 1.0]]),
        ["np.linalg.svd([[-2.0, 1.0], [4.0, 3.0]])"] = () => np.linalg.svd([[-2.0, 1.0], [4.0, 3.0]]),
        ["np.linalg.svd([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5], [7.0, 8.5, 9.0]])"] = () =>
            np.linalg.svd([[1.0, 2.0, 3.0], [4.0, 5.0, 6.5], [7.0, 8.5, 9.0]]),
        ["np.linalg.svd([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])"] = () =>
            np.linalg.svd([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]]),
        ["np.linalg.svd(np.random.RandomState(0).randn(5, 5))"] = () => np.linalg.svd(np.random.RandomState(0).randn(5, 5)),
        ["np.linalg.svd(np.random.RandomState(1).randn(6, 6))"] = () => np.linalg.svd(np.random.RandomState(1).randn(6, 6)),
        ["np.linalg.svd(np.random.RandomState(2).randn(9, 4), full_matrices=False)"] = () =>
            np.linalg.svd(np.random.RandomState(2).randn(9, 4), full_matrices: false),
        ["np.linalg.svd(np.random.RandomState(3).randn(5, 4), full_matrices=False)"] = () =>
            np.linalg.svd(np.random.RandomState(3).randn(5, 4), full_matrices: false),
        ["np.linalg.svd(np.random.RandomState(5).randn(13, 3), full_matrices=False)"] = () =>
            np.linalg.svd(np.random.RandomState(5).randn(13, 3), full_matrices: false),
        ["np.linalg.svd(np.random.RandomState(6).randn(3, 6), full_matrices=False)"] = () =>
            np.linalg.svd(np.random.RandomState(6).randn(3, 6), full_matrices: false),
        ["np.random.RandomState(0).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 5)"] = () =>
            np.random.RandomState(0).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 5),
        ["np.random.RandomState(0).multivariate_normal([1, 2, 3], [[4, 1, 0.5], [1, 3, 0.2], [0.5, 0.2, 2]], (2, 2))"] = () =>
            np.random.RandomState(0).multivariate_normal([1, 2, 3], [[4, 1, 0.5], [1, 3, 0.2], [0.5, 0.2, 2]], (2, 2)),
        ["np.random.default_rng(0).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 5)"] = () =>
            np.random.default_rng(0).multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 5),
        ["np.random.default_rng(0).multivariate_normal([1, 2], [[2, -1.5], [-1.5, 3]])"] = () =>
            np.random.default_rng(0).multivariate_normal([1, 2], [[2, -1.5], [-1.5, 3]]),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Signs_are_LAPACKs(string python) => NumpyCases.Check(python, s_cases[python], closely: true, steps: 40000);
}
