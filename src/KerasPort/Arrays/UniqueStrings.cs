namespace KerasPort;

/// <summary>What <c>np.unique</c> gives of strings, with what was asked for beside them.</summary>
public sealed class UniqueStrings
{
    private readonly NDArray[] _more;

    internal UniqueStrings(Strings values, NDArray[] more) => (Values, _more) = (values, more);

    internal Strings Values { get; }

    /// <summary><c>var (names, counts) = np.unique(x, return_counts: true);</c></summary>
    /// <exception cref="ValueError">There is more, or less, than one beside them.</exception>
    public void Deconstruct(out Strings values, out NDArray more) =>
        (values, more) = _more is [var only] ? (Values, only) : throw Wrong(2);

    /// <summary><c>var (names, inverse, counts) = np.unique(x, return_inverse: true, return_counts: true);</c></summary>
    /// <exception cref="ValueError">There are more, or fewer, than two beside them.</exception>
    public void Deconstruct(out Strings values, out NDArray first, out NDArray second) =>
        (values, first, second) = _more is [var a, var b] ? (Values, a, b) : throw Wrong(3);

    private ValueError Wrong(int expected) => ValueError.Unpacking(expected, _more.Length + 1);
}
