using System.Reflection;
using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary>
/// The results of a function for each element, computed by several threads, in the order of the elements, with at most a few per thread under way.
/// </summary>
/// <param name="input">The elements.</param>
/// <param name="function">The function.</param>
/// <param name="parallel">Concurrent calls.</param>
/// <param name="what">A description of one of the library's functions; <c>null</c> for the program's own.</param>
/// <param name="waiting">The most results that are being computed; by default enough per thread that short calls don't wait for the consumer.</param>
internal sealed class MapDataset(Dataset input, Func<Tensor, Tensor> function, int parallel, string? what, int? waiting = null) : Dataset(input)
{
    private const int WaitingOfThread = 8;

    private readonly int _waiting = waiting ?? parallel * WaitingOfThread;

    private volatile bool _draws;

    internal override long Count => input.Count;

    internal override bool IsForeign => what is null;

    // Elements that wait for their turn have drawn numbers already; a resumed run would draw them again.
    internal override string? WhyNotAgain => _draws ? "map draws random numbers, and what it has drawn isn't saved" : null;

    // An open dimension may have any length: the function is called with two lengths, and the result is open where its shapes differ.
    internal override TensorSpec? Spec => input.Spec is not { } given ? null : !given.IsOpen ? TensorSpec.Of(function(given.Zeros(1)))
        : TensorSpec.Joined(TensorSpec.Of(function(given.Zeros(2))), TensorSpec.Of(function(given.Zeros(3))));

    internal override string Describe() => $"map({what ?? function.GetMethodInfo().Name})";

    private Dataset Input => input;

    private Func<Tensor, Tensor> Function => function;

    private int Threads => parallel;

    private bool IsOwn => what is not null;

    /// <summary>Whether its threads make all elements ahead of the consumer.</summary>
    public bool IsAhead => parallel > 1 && what is not null;

    internal override IEnumerator<Tensor> Open() => Open(0);

    /// <summary>A pass with <paramref name="more"/> additional results under way.</summary>
    public IEnumerator<Tensor> Open(int more) => new Pass(this, _waiting + more);

    private Tensor Call(Tensor element)
    {
        int before = RandomStates.DrawsOfThread;
        var result = function(element);
        if (RandomStates.DrawsOfThread != before) _draws = true;
        return result;
    }

    // Not a C# iterator, which ends with an exception: ignore_errors goes on behind one.
    private sealed class Pass(MapDataset map, int waiting) : IEnumerator<Tensor>
    {
        private IEnumerator<Tensor>? _elements = map.Threads == 1 ? map.Input.Open() : null;
        private Calls<Tensor, Tensor>? _calls;
        private bool _isBegun;

        public Tensor Current { get; private set; } = null!;

        object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext()
        {
            // The first call shows whether the function draws random numbers; if so, it stays on one thread, since the order of draws must not vary.
            bool isFirst = !_isBegun && !map.IsOwn;
            _isBegun = true;
            _elements ??= map.Input.Open();
            if (map.Threads == 1 || isFirst || map._draws)
            {
                if (!_elements.MoveNext()) return false;
                Current = map.Call(_elements.Current);
                return true;
            }
            _calls ??= new Calls<Tensor, Tensor>(_elements, map.Function, map.Threads, waiting);
            if (_calls.Next() is not { } next) return false;
            Current = next;
            return true;
        }

        public void Reset() => throw new NotSupportedException();

        public void Dispose()
        {
            _calls?.Dispose();
            _elements?.Dispose();
        }
    }
}
