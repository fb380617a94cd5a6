using System.Collections;
using System.Globalization;
using KerasPort.Pipelines;

namespace KerasPort;

/// <summary>What <see cref="Dataset.window"/> gives: a data set of neighbouring elements for each place, which <see cref="flat_map"/> makes one of.</summary>
public sealed class Windows : IEnumerable<Dataset>
{
    private readonly Dataset _input;
    private readonly int _size, _shift, _stride;
    private readonly bool _dropsRemainder;

    internal Windows(Dataset input, int size, int shift, int stride, bool dropsRemainder) =>
        (_input, _size, _shift, _stride, _dropsRemainder) = (input, size, shift, stride, dropsRemainder);

    /// <summary>The elements of what a function makes of each window, one window after the other: <c>window => window.batch(5)</c>.</summary>
    public Dataset flat_map(Func<Dataset, Dataset> map_func) => new Flattened(this, map_func);

    /// <summary>The windows of a pass, which begins now.</summary>
    public IEnumerator<Dataset> GetEnumerator()
    {
        int whole = (_size - 1) * _stride + 1;
        var held = new Queue<Tensor>();
        using var elements = _input.Open();
        for (bool more = true; ;)
        {
            while (more && held.Count < whole && (more = elements.MoveNext())) held.Enqueue(elements.Current);
            if (held.Count == 0 || held.Count < whole && _dropsRemainder) yield break;
            yield return new Window([.. held.Where((_, i) => i % _stride == 0).Take(_size)]);
            for (int i = 0; i < _shift; i++)
                if (!held.TryDequeue(out _) && (!more || !(more = elements.MoveNext()))) yield break;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Window(IReadOnlyList<Tensor> elements) : Dataset
    {
        internal override long Count => elements.Count;

        internal override string Describe() => "a window";

        internal override IEnumerator<Tensor> Open() => elements.GetEnumerator();
    }

    private sealed class Flattened(Windows windows, Func<Dataset, Dataset> function) : Dataset(windows._input)
    {
        internal override long Count => Unknown;

        internal override bool IsForeign => true;

        internal override string Describe() =>
            string.Create(CultureInfo.InvariantCulture, $"window({windows._size}, {windows._shift}, {windows._stride}, {windows._dropsRemainder})");

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
