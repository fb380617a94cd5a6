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

    internal override string Describe() => $"map({what ?? function.GetMethodInfo().Name})";

    internal override IEnumerator<Tensor> Open() => parallel > 1 ? InParallel() : OneByOne(input.Open());

    private IEnumerator<Tensor> OneByOne(IEnumerator<Tensor> elements)
    {
        using (elements)
            while (elements.MoveNext()) yield return Call(elements.Current);
    }

    private IEnumerator<Tensor> InParallel()
    {
        using var elements = input.Open();
        if (what is null)
        {
            // The first call tells whether random numbers are drawn: threads would draw them in whichever order they come.
            if (!elements.MoveNext()) yield break;
            yield return Call(elements.Current);
        }
        if (_draws)
            while (elements.MoveNext()) yield return Call(elements.Current);
        var threads = new TaskFactory(new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, parallel).ConcurrentScheduler);
        var calls = new Queue<Task<Tensor>>();
        try
        {
            for (bool more = true; ;)
            {
                while (more && calls.Count < _waiting && (more = elements.MoveNext()))
                {
                    var element = elements.Current;
                    calls.Enqueue(threads.StartNew(() => function(element)));
                }
                if (calls.Count == 0) break;
                yield return calls.Dequeue().GetAwaiter().GetResult();
            }
        }
        finally
        {
            // Nobody takes what is still under way, and what goes wrong in it is nobody's concern; but it may use what goes away with the pass.
            foreach (var call in calls) ((IAsyncResult)call).AsyncWaitHandle.WaitOne();
        }
    }

    private Tensor Call(Tensor element)
    {
        int before = RandomStates.DrawsOfThread;
        var result = function(element);
        if (RandomStates.DrawsOfThread != before) _draws = true;
        return result;
    }
}
