using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace KerasPort.Pipelines;

/// <summary>Elements that a thread makes ahead of whoever takes them, so many at the most.</summary>
internal sealed class PrefetchDataset(Dataset input, int size) : Dataset(input)
{
    internal override long Count => input.Count;

    internal override string Describe() => "prefetch";

    // A map's threads are ahead already: they get by that much further.
    internal override IEnumerator<Tensor> Open() => input is MapDataset { IsAhead: true } map ? map.Open(size) : ByThread();

    private IEnumerator<Tensor> ByThread()
    {
        using var ahead = new Ahead(input.Open(), size);
        while (ahead.Next() is { } element) yield return element;
    }

    /// <summary>The thread, until it is disposed of; the elements' enumerator is its own.</summary>
    private sealed class Ahead : IDisposable
    {
        private readonly BlockingCollection<(Tensor? Element, ExceptionDispatchInfo? Failure)> _made;
        private readonly CancellationTokenSource _ended = new();
        private readonly Thread _thread;

        public Ahead(IEnumerator<Tensor> elements, int size)
        {
            _made = new(size);
            _thread = new Thread(() => Make(elements)) { IsBackground = true, Name = "prefetch" };
            _thread.Start();
        }

        public Tensor? Next()
        {
            var (element, failure) = _made.Take();
            failure?.Throw();
            return element;
        }

        public void Dispose()
        {
            _ended.Cancel();
            _thread.Join();
            _made.Dispose();
            _ended.Dispose();
        }

        private void Make(IEnumerator<Tensor> elements)
        {
            try
            {
                using (elements)
                    while (elements.MoveNext()) _made.Add((elements.Current, null), _ended.Token);
                _made.Add((null, null), _ended.Token);
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                // Nobody wants more.
            }
            catch (Exception e)
            {
                // It is thrown where the element would have been taken.
                try
                {
                    _made.Add((null, ExceptionDispatchInfo.Capture(e)), _ended.Token);
                }
                catch (OperationCanceledException)
                {
                    // Nor does anybody want that.
                }
            }
        }
    }
}
