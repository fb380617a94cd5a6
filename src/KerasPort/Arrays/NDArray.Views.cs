namespace KerasPort;

/// <content>
/// Strided views: parts whose elements aren't contiguous, such as rows of a transposed matrix or every second pixel. They share the array's elements.
/// Reading goes through a copy in row-major order, made when first needed and again after an element was set.
/// </content>
public sealed partial class NDArray
{
    private Copy? _copy;

    // The elements that the array shares with its views.
    private ElementStore Base => _elements ?? throw None();

    // The elements in row-major order, the first at the offset: a cached copy for a strided view.
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

    // An unshared copy in row-major order.
    private ElementStore Fresh() => Base.With(new View(_shape, _strides ?? Strides(_shape), _first).Elements(Base.Elements));

    /// <summary>
    /// The strides of a strided view under another shape, with axes split or merged; <c>null</c> where no strides reach its elements in that order,
    /// and reshape has to copy.
    /// </summary>
    private static int[]? Split(int[] from, int[] strides, int[] to)
    {
        if (from.Contains(0)) return Strides(to);
        var (lengths, apart) = (from.Where(d => d != 1).ToArray(), strides.Where((_, axis) => from[axis] != 1).ToArray());
        var result = new int[to.Length];
        int given = 0, made = 0;
        while (given < lengths.Length)
        {
            // The smallest groups of axes of both shapes that hold equally many elements.
            int firstGiven = given, firstMade = made, old = lengths[given++], wanted = to[made++];
            while (old != wanted)
            {
                if (old < wanted) old *= lengths[given++];
                else wanted *= to[made++];
            }
            for (int axis = firstGiven; axis < given - 1; axis++) if (apart[axis] != lengths[axis + 1] * apart[axis + 1]) return null;
            for (int axis = made - 1, step = apart[given - 1]; axis >= firstMade; step *= to[axis--]) result[axis] = step;
        }
        // The remaining axes have length 1.
        return result;
    }

    private sealed record Copy(ElementStore Store, int Version);
}
