using System.Diagnostics.CodeAnalysis;

namespace KerasPort;

/// <content>
/// Several arrays, where Python returns a list or a tuple and C#'s return type is an array: <c>predict</c> of a model with several outputs,
/// <c>np.where(mask)</c>, <c>np.unique(x, return_counts: true)</c>. <c>all[0]</c>, <c>var (a, b) = …</c> and <c>foreach</c>
/// take them apart; every other use throws, except that the result of <c>np.where</c> is an index.
/// </content>
public sealed partial class NDArray
{
    private readonly NDArray[]? _several;

    private readonly bool _isTuple, _isOutput;

    private readonly string[]? _outputNames;

    private NDArray(NDArray[] several, bool isTuple, bool isOutput, string[]? names = null) =>
        (_several, _isTuple, _isOutput, _outputNames, _shape, _elements, size) = (several, isTuple, isOutput, names, [several.Length], null!, 0);

    private ValueError None() => new(_named is { } named ? named.NotOne() : _isOutput
        ? $"These are the {_several!.Length} outputs of a model, not one array: take one by its number, `predictions[0]`, or all by `var (a, b) = predictions`."
        : $"These are {_several!.Length} arrays, not one: take one by its number, `all[0]`, or all by `var (a, b) = all`.");

    /// <summary>The outputs of a model: several arrays as one object, a single one as itself.</summary>
    internal static NDArray Of(NDArray[] arrays) => arrays is [var only] ? only : new(arrays, isTuple: false, isOutput: true);

    /// <summary>The outputs of a model that gives a list or a dictionary, also where it is one.</summary>
    internal static NDArray Outputs(NDArray[] arrays, string[]? names) => new(arrays, isTuple: names is null, isOutput: true, names);

    /// <summary>Arrays as Python's list, even of one.</summary>
    internal static NDArray List(NDArray[] arrays) => new(arrays, isTuple: false, isOutput: false);

    /// <summary>Arrays as Python's tuple, even of one.</summary>
    internal static NDArray Tuple(NDArray[] arrays) => new(arrays, isTuple: true, isOutput: false);

    /// <summary>Two outputs, or the two rows of an array.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out NDArray first, out NDArray second)
    {
        RequireCount(2);
        (first, second) = (this[0], this[1]);
    }

    /// <summary>Three outputs, or the three rows of an array.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out NDArray first, out NDArray second, out NDArray third)
    {
        RequireCount(3);
        (first, second, third) = (this[0], this[1], this[2]);
    }

    /// <summary>Four outputs, or the four rows of an array.</summary>
    /// <exception cref="ValueError">There are fewer or more.</exception>
    public void Deconstruct(out NDArray first, out NDArray second, out NDArray third, out NDArray fourth)
    {
        RequireCount(4);
        (first, second, third, fourth) = (this[0], this[1], this[2], this[3]);
    }

    private string SeveralText() => _outputNames is { } names
        ? $"{{{string.Join(", ", names.Zip(_several!, (name, array) => $"{PythonText.Repr(name)}: {array.Repr()}"))}}}"
        : _isTuple ? $"({string.Join(", ", _several!.Select(array => array.Repr()))}{(_several!.Length == 1 ? "," : "")})"
        : $"[{string.Join(", ", _several!.Select(array => array.Repr()))}]";

    private bool TryGetOutput(ReadOnlySpan<Slice> slices, [NotNullWhen(true)] out NDArray? output)
    {
        output = null;
        if (_several is null) return false;
        if (slices is not [{ Kind: KerasPort.Slice.Kinds.One } only]) _ = _store;
        else output = _several[only.On(_several.Length, 0).Start];
        return output is not null;
    }

    private void RequireCount(int count)
    {
        if (Length != count) throw ValueError.Unpacking(count, Length);
    }
}
