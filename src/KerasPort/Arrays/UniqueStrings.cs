namespace KerasPort;

/// <summary>The result of <c>np.unique</c> for strings, with the arrays that were asked for besides.</summary>
public sealed class UniqueStrings
{
    private readonly NDArray[] _more;

    internal UniqueStrings(Strings values, NDArray[] more) => (Values, _more) = (values, more);

    internal Strings Values { get; }

    /// <summary><c>var (names, counts) = np.unique(x, return_counts: true);</c></summary>
    /// <exception cref="ValueError">The number of arrays besides isn't one.</exception>
    public void Deconstruct(out Strings values, out NDArray more) =>
        (values, more) = _more is [var only] ? (Values, only) : throw Wrong(2);

    /// <summary><c>var (names, inverse, counts) = np.unique(x, return_inverse: true, return_counts: true);</c></summary>
    /// <exception cref="ValueError">The number of arrays besides isn't two.</exception>
    public void Deconstruct(out Strings values, out NDArray first, out NDArray second) =>
        (values, first, second) = _more is [var a, var b] ? (Values, a, b) : throw Wrong(3);

    private ValueError Wrong(int expected) => ValueError.Unpacking(expected, _more.Length + 1);
}
