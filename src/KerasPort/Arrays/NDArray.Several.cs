using System.Diagnostics.CodeAnalysis;

namespace KerasPort;

/// <content>
/// What <c>predict</c> of a model with several outputs gives: a list of arrays in Python, which C# can only give as an array. It is taken
/// apart by <c>predictions[0]</c> or <c>var (a, b) = …</c>; nothing else can be done with it.
/// </content>
public sealed partial class NDArray
{
    private readonly NDArray[]? _several;

    private NDArray(NDArray[] several) => (_several, _shape, _elements, size) = (several, [several.Length], null!, 0);

    private ElementStore _store => _elements ?? throw new ValueError(_named is { } named ? named.NotOne() :
        $"These are the {_several!.Length} outputs of a model, not one array: take one by its number, `predictions[0]`, or all by `var (a, b) = predictions`.");

    /// <summary>Several arrays as one thing, one as itself.</summary>
    internal static NDArray Of(NDArray[] arrays) => arrays is [var only] ? only : new(arrays);

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
        if (Length != count) throw new ValueError($"{(Length < count ? "not enough" : "too many")} values to unpack (expected {count}, got {Length})");
    }
}
