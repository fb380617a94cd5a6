using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace KerasPort.Pipelines;

/// <summary>Elements that a thread makes ahead of whoever takes them, so many at the most.</summary>
/// <param name="input">The elements.</param>
/// <param name="size">
/// How many; <c>null</c> for a few, and where they are small for so many more that whoever takes them doesn't wait while the thread has no core:
/// on a busy machine that lasts for milliseconds.
/// </param>
internal sealed class PrefetchDataset(Dataset input, int? size) : Dataset(input)
{
    private const int Few = 4, Many = 24, BytesAhead = 8 << 20;

    internal override long Count => input.Count;

    internal override string Describe() => "prefetch";

    // A map's threads are ahead already: they get by that much further.
    internal override IEnumerator<Tensor> Open() => input is MapDataset { IsAhead: true } map ? map.Open(size ?? Few) : ByThread();

    private IEnumerator<Tensor> ByThread()
    {
        using var ahead = new Ahead(input.Open(), size);
        while (ahead.Next() is { } element) yield return element;
    }

    /// <summary>The thread, until it is disposed of; the elements' enumerator is its own.</summary>
    private sealed class Ahead : IDisposable
    {
        private readonly BlockingCollection<(Tensor? Element, ExceptionDispatchInfo? Failure)> _made = [];
        private readonly SemaphoreSlim _room;
        private readonly CancellationTokenSource _ended = new();
        private readonly Thread _thread;

        public Ahead(IEnumerator<Tensor> elements, int? size)
        {
            _room = new(size ?? Few);
            _thread = new Thread(() => Make(elements, mayGrow: size is null)) { IsBackground = true, Name = "prefetch" };
            _thread.Start();
        }

        public Tensor? Next()
        {
            var (element, failure) = _made.Take();
            _room.Release();
            failure?.Throw();
            return element;
        }

        public void Dispose()
        {
            _ended.Cancel();
            _thread.Join();
            _made.Dispose();
            _room.Dispose();
            _ended.Dispose();
        }

        private void Make(IEnumerator<Tensor> elements, bool mayGrow)
        {
            try
            {
                using (elements)
                    while (elements.MoveNext())
                    {
                        Add(elements.Current, null);
                        if (mayGrow && MoreOf(elements.Current) is > 0 and var more) _room.Release(more);
                        mayGrow = false;
                    }
                Add(null, null);
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
                    Add(null, ExceptionDispatchInfo.Capture(e));
                }
                catch (OperationCanceledException)
                {
                    // Nor does anybody want that.
                }
            }
        }

        private void Add(Tensor? element, ExceptionDispatchInfo? failure)
        {
            _room.Wait(_ended.Token);
            _made.Add((element, failure));
        }

        private static int MoreOf(Tensor element)
        {
            long bytes = element.Leaves.Sum(leaf => (long)leaf.Size * sizeof(float));
            return (int)Math.Min(BytesAhead / Math.Max(bytes, 1), Many) - Few;
        }
    }
}
