namespace KerasPort;

/// <summary>
/// <c>np.einsum</c>: a sum over products of arrays whose axes have letters. The arrays are contracted two by two as batched products of matrices: a letter
/// that both share and nothing else needs is summed over, one that is needed later is a batch axis.
/// </summary>
internal sealed class Einstein
{
    private readonly (NDArray Array, string Letters)[] _terms;
    private readonly string _result;
    private readonly Dictionary<char, int> _lengths = [];

    /// <exception cref="ValueError">The letters don't fit the arrays.</exception>
    public Einstein(string subscripts, NDArray[] arrays)
    {
        string text = subscripts.Replace(" ", "", StringComparison.Ordinal);
        string[] sides = text.Split("->"), names = sides[0].Split(',');
        if (sides.Length > 2 || names.Length != arrays.Length)
            throw new ValueError($"einsum: {names.Length} terms in {PythonText.Repr(subscripts)} for {arrays.Length} arrays");
        // The axes of an ellipsis get letters of their own, counted from the last, so that broadcasting aligns them there.
        int most = 0;
        for (int i = 0; i < names.Length; i++) names[i] = Written(names[i], arrays[i].ndim, subscripts, ref most);
        string unnamed = Unnamed(most);
        _result = sides.Length == 2 ? sides[1].Replace("...", unnamed, StringComparison.Ordinal)
            : unnamed + string.Concat(string.Concat(names).Where(char.IsAsciiLetter).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order());
        foreach (var (array, letters) in arrays.Zip(names))
            for (int axis = 0; axis < letters.Length; axis++)
            {
                int length = array.shape[axis], known = _lengths.GetValueOrDefault(letters[axis], 1);
                if (known != 1 && length != 1 && known != length)
                    throw new ValueError(
                        $"operand has a mismatch in its core dimension: {letters[axis]} of {PythonText.Repr(subscripts)} is {known} and {length}");
                _lengths[letters[axis]] = known == 1 ? length : known;
            }
        if (_result.Distinct().Count() < _result.Length || _result.Any(c => !_lengths.ContainsKey(c)))
            throw new ValueError(
                $"einstein sum subscripts string {PythonText.Repr(subscripts)}: each letter of the result stands there once and in an operand");
        _terms = [.. arrays.Zip(names)];
    }

    /// <summary>The result.</summary>
    public NDArray Sum()
    {
        var sum = Reduced(0, _terms[0]);
        for (int i = 1; i < _terms.Length; i++) sum = Product(sum, Reduced(i, _terms[i]), Needed(i));
        return sum.Array.transpose([.. _result.Select(c => sum.Letters.IndexOf(c))]);
    }

    private static string Unnamed(int count) => string.Concat(Enumerable.Range(0, count).Reverse().Select(i => (char)('\u0100' + i)));

    private static string Written(string letters, int rank, string subscripts, ref int most)
    {
        int dots = letters.IndexOf("...", StringComparison.Ordinal), named = dots < 0 ? letters.Length : letters.Length - 3, unnamed = rank - named;
        if (letters.Replace("...", "", StringComparison.Ordinal).Any(c => !char.IsAsciiLetter(c)))
            throw new ValueError($"invalid subscript in {PythonText.Repr(subscripts)}: letters, commas, '...' and '->' are there");
        if (dots < 0 ? unnamed != 0 : unnamed < 0)
            throw new ValueError(
                $"einstein sum subscripts string contains {(unnamed < 0 ? "too many" : "too few")} subscripts for an operand of {rank} axes: {letters}");
        most = Math.Max(most, unnamed);
        return dots < 0 ? letters : letters[..dots] + Unnamed(unnamed) + letters[(dots + 3)..];
    }

    private string Needed(int after) => _result + string.Concat(_terms.Skip(after + 1).Select(term => term.Letters));

    // One array alone: a repeated letter takes the diagonal, a letter that nothing else needs is summed over.
    private (NDArray Array, string Letters) Reduced(int index, (NDArray Array, string Letters) term)
    {
        var (array, letters) = term;
        string once = string.Concat(letters.Distinct());
        if (once.Length < letters.Length)
        {
            int[] Shape(char c) => [.. once.Select(other => other == c ? _lengths[c] : 1)];
            array = array[[.. letters.Select(c => (Slice)Python.np.arange(_lengths[c]).reshape(Shape(c)))]];
        }
        string needed = _result + string.Concat(_terms.Where((_, i) => i != index).Select(other => other.Letters));
        int[] gone = [.. Enumerable.Range(0, once.Length).Where(i => !needed.Contains(once[i]))];
        if (gone.Length > 0) array = array.sum(gone).astype(array.dtype);
        once = string.Concat(once.Where(needed.Contains));
        return (array.To([.. once.Select(c => _lengths[c])]), once);
    }

    private (NDArray Array, string Letters) Product((NDArray Array, string Letters) a, (NDArray Array, string Letters) b, string needed)
    {
        string shared = string.Concat(a.Letters.Where(b.Letters.Contains)), kept = string.Concat(shared.Where(needed.Contains)),
            summed = string.Concat(shared.Where(c => !needed.Contains(c))), left = Other(a.Letters), right = Other(b.Letters);
        var product = NDArray.MatrixProduct(Matrices(a, kept, left, summed), Matrices(b, kept, summed, right));
        string letters = kept + left + right;
        return (product.reshape([.. letters.Select(c => _lengths[c])]), letters);

        string Other(string letters) => string.Concat(letters.Where(c => !shared.Contains(c)));
    }

    private NDArray Matrices((NDArray Array, string Letters) of, string kept, string rows, string columns)
    {
        int Size(string letters) => letters.Aggregate(1, (product, c) => product * _lengths[c]);
        int[] order = [.. (kept + rows + columns).Select(c => of.Letters.IndexOf(c))];
        return of.Array.transpose(order).reshape(Size(kept), Size(rows), Size(columns));
    }
}
