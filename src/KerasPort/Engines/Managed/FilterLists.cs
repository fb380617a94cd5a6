using System.Numerics;

namespace KerasPort.Engines.Managed;

/// <summary>
/// A list for each filter of a convolution: its gradients that aren't zero, and where the pixels begin that each is multiplied with.
/// Gradients come window by window, with the filters side by side. As many windows as a vector has lanes wait until they are turned, so that each
/// filter's live gradients are packed onto its list by a vector.
/// </summary>
internal unsafe struct FilterLists<S, V> where S : struct, ISimd<V> where V : struct
{
    private readonly int _filters, _room;
    private readonly int* _ends;
    private readonly float* _ats, _values, _waitingAts, _waitingValues;
    // The windows that wait, and floats before the current one's.
    private int _waiting, _place;

    /// <param name="scratch">Memory for as many floats as <see cref="Size"/> says.</param>
    /// <param name="filters">Filters, a whole number of vectors.</param>
    /// <param name="windows">The most gradients of a filter.</param>
    public FilterLists(float* scratch, int filters, int windows)
    {
        (_filters, _room) = (filters, Room(windows));
        _ats = scratch;
        _values = _ats + filters * _room;
        _waitingAts = _values + filters * _room;
        _waitingValues = _waitingAts + S.Lanes * filters;
        _ends = (int*)(_waitingValues + S.Lanes * filters);
        for (int f = 0; f < filters; f++) _ends[f] = f * _room;
    }

    public static int Size(int filters, int windows) => filters * (2 * Room(windows) + 2 * S.Lanes + 1);

    /// <summary>
    /// Floats of a list, with a vector's room behind it: an odd number of cache lines. With a power of two, all lists would begin in a few cache sets.
    /// </summary>
    private static int Room(int windows) => ((windows + S.Lanes + CacheLines.Floats - 1) / CacheLines.Floats | 1) * CacheLines.Floats;

    /// <summary>Where a filter's pixels begin, its gradients, and their number.</summary>
    public readonly void Get(int filter, out int* ats, out float* values, out int count)
    {
        ats = (int*)_ats + filter * _room;
        values = _values + filter * _room;
        count = _ends[filter] - filter * _room;
    }

    /// <summary>Takes the current window's gradients for a vector of filters, and where their pixels begin: as whole numbers, -1 for zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Take(V value, V at, int filter)
    {
        S.Store(value, _waitingValues + _place + filter);
        S.Store(at, _waitingAts + _place + filter);
    }

    /// <summary>Ends a window.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void EndWindow()
    {
        _place += _filters;
        if (++_waiting == S.Lanes) Append();
    }

    /// <summary>Lists the windows that still wait.</summary>
    public void Flush()
    {
        if (_waiting == 0) return;
        new Span<int>(_waitingAts + _place, (S.Lanes - _waiting) * _filters).Fill(-1);
        Append();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Append()
    {
        float* stack = stackalloc float[2 * S.Lanes * S.Lanes + CacheLines.Floats], ats = CacheLines.Aligned(stack), values = ats + S.Lanes * S.Lanes;
        for (int first = 0; first < _filters; first += S.Lanes)
        {
            S.Transpose(_waitingAts + first, _filters, ats, S.Lanes);
            S.Transpose(_waitingValues + first, _filters, values, S.Lanes);
            for (int f = 0; f < S.Lanes; f++)
            {
                // As a float, -1 is NaN.
                V at = S.Load(ats + f * S.Lanes), live = S.Equal(at, at);
                int end = _ends[first + f];
                S.StorePacked(at, live, _ats + end);
                S.StorePacked(S.Load(values + f * S.Lanes), live, _values + end);
                _ends[first + f] = end + BitOperations.PopCount(S.Bits(live));
            }
        }
        _waiting = _place = 0;
    }
}
