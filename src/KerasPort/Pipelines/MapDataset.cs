using System.Reflection;
using KerasPort.Random;

namespace KerasPort.Pipelines;

/// <summary>
/// What a function gives for each element, by several threads. Results wait for their turn, so that their order is the elements'; a few elements a
/// thread are under way and no more.
/// </summary>
/// <param name="input">The elements.</param>
/// <param name="function">The function.</param>
/// <param name="parallel">Calls at the same time.</param>
/// <param name="what">What it does, where it is one of the library's; <c>null</c> where it is somebody's own.</param>
/// <param name="waiting">Results under way at the most; by default so many a thread that short calls don't wait for whoever takes the results.</param>
internal sealed class MapDataset(Dataset input, Func<Tensor, Tensor> function, int parallel, string? what, int? waiting = null) : Dataset(input)
{
    private const int WaitingOfThread = 8;

    private readonly int _waiting = waiting ?? parallel * WaitingOfThread;

    private volatile bool _draws;

    internal override long Count => input.Count;

    internal override bool IsForeign => what is null;

    // What was drawn for elements that wait for their turn would be drawn once more.
    internal override string? WhyNotAgain => _draws ? "map draws random numbers, and what it has drawn isn't saved" : null;

    // What is open may be of any length: what comes out at two of them is open where it differs.
    internal override TensorSpec? Spec => input.Spec is not { } given ? null : !given.IsOpen ? TensorSpec.Of(function(given.Zeros(1)))
        : TensorSpec.Joined(TensorSpec.Of(function(given.Zeros(2))), TensorSpec.Of(function(given.Zeros(3))));

    internal override string Describe() => $"map({what ?? function.GetMethodInfo().Name})";

    private Dataset Input => input;

    private Func<Tensor, Tensor> Function => function;

    private int Threads => parallel;

    private bool IsOwn => what is not null;

    /// <summary>Whether threads of its own make elements ahead of whoever takes them, all of them.</summary>
    public bool IsAhead => parallel > 1 && what is not null;

    internal override IEnumerator<Tensor> Open() => Open(0);

    /// <summary>A pass with so many more results under way.</summary>
    public IEnumerator<Tensor> Open(int more) => new Pass(this, _waiting + more);

    private Tensor Call(Tensor element)
    {
        int before = RandomStates.DrawsOfThread;
        var result = function(element);
        if (RandomStates.DrawsOfThread != before) _draws = true;
        return result;
    }

    // No iterator of C#'s: those end with an exception, and this one goes on behind it, where somebody ignores errors.
    private sealed class Pass(MapDataset map, int waiting) : IEnumerator<Tensor>
    {
        private IEnumerator<Tensor>? _elements = map.Threads == 1 ? map.Input.Open() : null;
        private Calls<Tensor, Tensor>? _calls;
        private bool _isBegun;

        public Tensor Current { get; private set; } = null!;

        object System.Collections.IEnumerator.Current => Current;

        public bool MoveNext()
        {
            // The first call tells whether random numbers are drawn: threads would draw them in whichever order they come.
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
