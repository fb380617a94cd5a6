using System.Collections.Concurrent;

namespace KerasPort.Pipelines;

/// <summary>
/// Ordered parallel map: threads of its own call a function for each element, and the results come in the order of the elements. A thread takes its next
/// element itself, because a dispatcher might have no core just then and all would wait for it.
/// </summary>
internal sealed class Calls<TElement, TResult> : IDisposable where TResult : class
{
    private readonly Lock _turn = new();
    private readonly IEnumerator<TElement> _elements;
    private readonly Func<TElement, TResult> _function;
    private readonly BlockingCollection<Task<TResult>> _underWay;      // in the order of the elements
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread[] _threads;
    private bool _hasAll;       // guarded by the turn

    /// <param name="elements">The elements; the caller disposes of the enumerator.</param>
    /// <param name="function">The function.</param>
    /// <param name="threads">Concurrent calls.</param>
    /// <param name="waiting">The most results that are being computed or wait to be taken.</param>
    public Calls(IEnumerator<TElement> elements, Func<TElement, TResult> function, int threads, int waiting)
    {
        (_elements, _function, _underWay) = (elements, function, new(waiting));
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++) (_threads[i] = new Thread(Work) { IsBackground = true, Name = "map" }).Start();
    }

    /// <summary>The next result; <c>null</c> after the last. Rethrows the exception that the function threw for that element.</summary>
    public TResult? Next() => _underWay.TryTake(out var call, Timeout.Infinite) ? call.GetAwaiter().GetResult() : null;

    /// <summary>Waits for the calls under way, because they may use what the end of the pass disposes of.</summary>
    public void Dispose()
    {
        _ended.Cancel();
        foreach (var thread in _threads) thread.Join();
        _underWay.Dispose();
        _ended.Dispose();
    }

    private void Work()
    {
        while (Due() is { } call) call.RunSynchronously();
    }

    /// <summary>The call for the next element, added to the queue; <c>null</c> after the last element.</summary>
    private Task<TResult>? Due()
    {
        lock (_turn)
        {
            if (_hasAll || _ended.IsCancellationRequested) return null;
            _hasAll = true;
            try
            {
                if (_elements.MoveNext())
                {
                    var element = _elements.Current;
                    var call = new Task<TResult>(() => _function(element));
                    _underWay.Add(call, _ended.Token);
                    _hasAll = false;
                    return call;
                }
                _underWay.CompleteAdding();
            }
            catch (OperationCanceledException) when (_ended.IsCancellationRequested)
            {
                // Disposed of meanwhile: no more results are wanted.
            }
            catch (Exception e)
            {
                // The exception takes the element's place in line; the enumerator decides whether there are more elements behind it.
                _hasAll = false;
                return Failed(e);
            }
            return null;
        }
    }

    private Task<TResult>? Failed(Exception e)
    {
        try
        {
            var call = new Task<TResult>(() => throw e);
            _underWay.Add(call, _ended.Token);
            return call;
        }
        catch (OperationCanceledException)
        {
            // Disposed of meanwhile: this result isn't wanted either.
            return null;
        }
    }
}
