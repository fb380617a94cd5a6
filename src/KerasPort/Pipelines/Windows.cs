using System.Collections;
using System.Globalization;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>
/// The result of <see cref="Dataset.window"/>: a data set of data sets, each of successive elements, which
/// <see cref="flat_map(Func{Dataset, Dataset})"/> flattens to one data set.
/// </summary>
public sealed class Windows : IEnumerable<Dataset>
{
    private readonly Dataset _input;
    private readonly int _size, _shift, _stride;
    private readonly bool _dropsRemainder;
    private readonly (long First, long Count) _part;

    internal Windows(Dataset input, int size, int shift, int stride, bool dropsRemainder)
        : this(input, size, shift, stride, dropsRemainder, (0, long.MaxValue)) { }

    private Windows(Dataset input, int size, int shift, int stride, bool dropsRemainder, (long, long) part) =>
        (_input, _size, _shift, _stride, _dropsRemainder, _part) = (input, size, shift, stride, dropsRemainder, part);

    /// <summary>The first windows.</summary>
    /// <param name="count">The number of windows; all for -1.</param>
    public Windows take(long count) => count < 0 ? this : new(_input, _size, _shift, _stride, _dropsRemainder, (_part.First, Math.Min(_part.Count, count)));

    /// <summary>The windows without the first ones.</summary>
    /// <param name="count">The number of windows to leave out; all for -1.</param>
    public Windows skip(long count) => count < 0 ? take(0)
        : new(_input, _size, _shift, _stride, _dropsRemainder, (_part.First + count,
            _part.Count == long.MaxValue ? _part.Count : Math.Max(0, _part.Count - count)));

    /// <summary>Applies a function to each window and concatenates the results: <c>window => window.batch(5)</c>.</summary>
    public Dataset flat_map(Func<Dataset, Dataset> map_func) => new Flattened(this, map_func, Dataset.Unknown);

    /// <summary>Likewise for windows whose elements are two tensors, each a data set: <c>(x, y) => tf.data.Dataset.zip(x.batch(5), y.batch(5))</c>.</summary>
    /// <exception cref="ValueError">Later, when elements aren't of two tensors.</exception>
    public Dataset flat_map(Func<Dataset, Dataset, Dataset> map_func) =>
        new Flattened(this, window => map_func(window.Map("first", x => Element.Arguments(x, 2)[0], 1),
            window.Map("second", x => Element.Arguments(x, 2)[1], 1)), Dataset.Unknown);

    /// <summary>The result of a function for each window: <c>window => window.reduce(0, (state, x) => state + x)</c>.</summary>
    public Dataset map(Func<Dataset, Tensor> map_func) => new Flattened(this, window => new TensorDataset(map_func(window)), cardinality());

    /// <summary>The number of windows of a pass: -1 if it has no end, -2 if it is unknown.</summary>
    public long cardinality()
    {
        long elements = _input.Count, whole = (long)(_size - 1) * _stride + 1;
        if (elements < 0) return elements == Dataset.Infinite && _part.Count < long.MaxValue ? _part.Count : elements;
        long all = !_dropsRemainder ? (elements + _shift - 1) / _shift : elements < whole ? 0 : (elements - whole) / _shift + 1;
        return Math.Min(Math.Max(0, all - _part.First), _part.Count);
    }

    /// <summary>The windows of a new pass.</summary>
    public IEnumerator<Dataset> GetEnumerator()
    {
        if (_part.Count == 0) yield break;
        int whole = (_size - 1) * _stride + 1;
        var held = new Queue<Tensor>();
        using var elements = _input.Open();
        bool more = true;
        for (long at = 0; at - _part.First < _part.Count; at++)
        {
            while (more && held.Count < whole && (more = elements.MoveNext())) held.Enqueue(elements.Current);
            if (held.Count == 0 || held.Count < whole && _dropsRemainder) yield break;
            if (at >= _part.First) yield return new Window([.. held.Where((_, i) => i % _stride == 0).Take(_size)], _input.Spec);
            for (int i = 0; i < _shift; i++)
                if (!held.TryDequeue(out _) && (!more || !(more = elements.MoveNext()))) yield break;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Window(IReadOnlyList<Tensor> elements, TensorSpec? spec) : Dataset
    {
        internal override long Count => elements.Count;

        internal override TensorSpec? Spec => spec;

        internal override string Describe() => "a window";

        internal override IEnumerator<Tensor> Open() => elements.GetEnumerator();
    }

    private sealed class Flattened(Windows windows, Func<Dataset, Dataset> function, long count) : Dataset(windows._input)
    {
        internal override long Count => count;

        internal override bool IsForeign => true;

        internal override TensorSpec? Spec =>
            windows._input.Spec is { } given ? function(new Window([.. Enumerable.Repeat(given.Zeros(1), windows._size)], given)).Spec : null;

        internal override string Describe() => string.Create(CultureInfo.InvariantCulture,
            $"window({windows._size}, {windows._shift}, {windows._stride}, {windows._dropsRemainder}, {windows._part})");

        internal override IEnumerator<Tensor> Open()
        {
            foreach (var window in windows)
            {
                using var elements = function(window).Open();
                while (elements.MoveNext()) yield return elements.Current;
            }
        }
    }
}
