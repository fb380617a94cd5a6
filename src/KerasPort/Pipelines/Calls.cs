using System.Collections.Concurrent;

namespace KerasPort.Pipelines;

/// <summary>
/// What a function gives for each of some elements, in their order, by threads of its own until it is disposed of. A thread that has made one takes
/// the next element itself: nobody is waited for to hand it out, who may have no core at the time.
/// </summary>
internal sealed class Calls<TElement, TResult> : IDisposable where TResult : class
{
    private readonly Lock _turn = new();
    private readonly IEnumerator<TElement> _elements;
    private readonly Func<TElement, TResult> _function;
    private readonly BlockingCollection<Task<TResult>> _underWay;      // in the elements' order
    private readonly CancellationTokenSource _ended = new();
    private readonly Thread[] _threads;
    private bool _hasAll;       // in a thread's turn

    /// <param name="elements">The elements, which stay their owner's.</param>
    /// <param name="function">The function.</param>
    /// <param name="threads">Calls at the same time.</param>
    /// <param name="waiting">Results under way at the most.</param>
    public Calls(IEnumerator<TElement> elements, Func<TElement, TResult> function, int threads, int waiting)
    {
        (_elements, _function, _underWay) = (elements, function, new(waiting));
        _threads = new Thread[threads];
        for (int i = 0; i < threads; i++) (_threads[i] = new Thread(Work) { IsBackground = true, Name = "map" }).Start();
    }

    /// <summary>The next result; <c>null</c> behind the last. What went wrong for its element is thrown.</summary>
    public TResult? Next() => _underWay.TryTake(out var call, Timeout.Infinite) ? call.GetAwaiter().GetResult() : null;

    /// <summary>Waits for the calls under way: they may use what goes away with the pass.</summary>
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

    /// <summary>The call for the next element, which whoever wants its result sees under way from now on.</summary>
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
                // Nobody wants more.
            }
            catch (Exception e)
            {
                // In the element's place; whether there are more behind it the elements know.
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
            // Nobody wants that either.
            return null;
        }
    }
}
