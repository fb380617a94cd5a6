namespace KerasPort;

/// <content>
/// Parts of an array whose elements don't lie one behind the other: rows of a transposed matrix, every second pixel. They share them with the array. What
/// reads them reads a copy in row-major order, which is made when it is first asked for and again after an element was set.
/// </content>
public sealed partial class NDArray
{
    private Copy? _copy;

    // What the array or part is of.
    private ElementStore Base => _elements ?? throw None();

    // The elements in row-major order; the first lies at the offset.
    private ElementStore _store => _strides is null ? Base : Gathered();

    private int _offset => _strides is null ? _first : 0;

    private ElementStore Gathered()
    {
        int version = Base.Version;
        if (_copy is { } kept && kept.Version == version) return kept.Store;
        var copy = new Copy(Fresh(), version);
        _copy = copy;
        return copy.Store;
    }

    // A copy that nobody else has.
    private ElementStore Fresh() => Base.With(new View(_shape, _strides ?? Strides(_shape), _first).Elements(Base.Elements));

    /// <summary>
    /// How far apart the neighbours along each axis of another shape lie, axes cut in pieces or put together; <c>null</c> where a part's elements can't
    /// be reached so.
    /// </summary>
    private static int[]? Split(int[] from, int[] strides, int[] to)
    {
        if (from.Contains(0)) return Strides(to);
        var (lengths, apart) = (from.Where(d => d != 1).ToArray(), strides.Where((_, axis) => from[axis] != 1).ToArray());
        var result = new int[to.Length];
        int given = 0, made = 0;
        while (given < lengths.Length)
        {
            // The fewest axes of both shapes that hold as many elements.
            int firstGiven = given, firstMade = made, old = lengths[given++], wanted = to[made++];
            while (old != wanted)
            {
                if (old < wanted) old *= lengths[given++];
                else wanted *= to[made++];
            }
            for (int axis = firstGiven; axis < given - 1; axis++) if (apart[axis] != lengths[axis + 1] * apart[axis + 1]) return null;
            for (int axis = made - 1, step = apart[given - 1]; axis >= firstMade; step *= to[axis--]) result[axis] = step;
        }
        // What is left has length 1.
        return result;
    }

    private sealed record Copy(ElementStore Store, int Version);
}
