using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace KerasPort.Pipelines;

/// <summary>Elements that a thread makes ahead of the consumer, up to a limit.</summary>
/// <param name="input">The elements.</param>
/// <param name="size">
/// The limit; <c>null</c> for a few elements, or for more where they are small, so that the consumer doesn't wait while the thread has no core:
/// on a busy machine that lasts for milliseconds.
/// </param>
internal sealed class PrefetchDataset(Dataset input, int? size) : Dataset(input)
{
    private const int Few = 4, Many = 24, BytesAhead = 8 << 20;

    internal override long Count => input.Count;

    internal override string Describe() => "prefetch";

    // A parallel map's threads run ahead already: they may go that much further, and no other thread is needed.
    internal override IEnumerator<Tensor> Open() => input is MapDataset { IsAhead: true } map ? map.Open(size ?? Few) : ByThread();

    private IEnumerator<Tensor> ByThread()
    {
        using var ahead = new Ahead(input.Open(), size);
        while (ahead.Next() is { } element) yield return element;
    }

    /// <summary>The thread, until disposal; it owns the enumerator of the elements.</summary>
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
                // Disposed of meanwhile: no more elements are wanted.
            }
            catch (Exception e)
            {
                // The exception is rethrown where the consumer would take the element.
                try
                {
                    Add(null, ExceptionDispatchInfo.Capture(e));
                }
                catch (OperationCanceledException)
                {
                    // Disposed of meanwhile.
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
