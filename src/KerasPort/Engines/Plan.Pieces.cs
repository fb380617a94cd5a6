using System.Diagnostics;
using KerasPort.Graphs;
using KerasPort.Random;

namespace KerasPort.Engines;

// A plan for a piece of a batch is cut at each node whose value is added up over all pieces.
internal sealed partial class Plan
{
    private SeedGenerator[]? _draws;

    /// <summary>A piece's plan, cut where pieces are added up; empty for a plan of a whole batch.</summary>
    public IReadOnlyList<Stretch> Stretches { get; } = [];

    /// <summary>The size of each value that is reported of a batch.</summary>
    public int[] Sizes => Array.ConvertAll(_values, value => value.Size);

    /// <summary>The values that are added up over pieces after it has run: where each lies in the plan, and where among the variables.</summary>
    public IReadOnlyList<(Storage Storage, int Start, int Size)> Given { get; init; } = [];

    /// <summary>The random states that it draws from.</summary>
    public SeedGenerator[] Draws => _draws ??=
        [.. Stretches.SelectMany(stretch => stretch.Runs).SelectMany(run => run.Nodes).OfType<IDraws>().Select(node => node.Seeds).Distinct()];

    private static List<Stretch> Cut(List<Node> nodes, int forward)
    {
        var stretches = new List<Stretch>();
        for (int start = 0; start <= nodes.Count;)
        {
            int end = nodes.FindIndex(start, node => node is PieceSumNode);
            if (end < 0) end = nodes.Count;
            var parts = new List<(Run, int, bool)>();
            foreach (bool isForward in new[] { true, false })
            {
                int at = isForward ? start : Math.Max(start, forward);
                foreach (var run in Runs(nodes.Take(isForward ? Math.Min(end, forward) : end).Skip(at)))
                    parts.Add((run, nodes.IndexOf(run.Nodes[^1]), isForward));
            }
            stretches.Add(new Stretch(parts, end < nodes.Count ? nodes[end] : null));
            start = end + 1;
        }
        return stretches;
    }

    /// <summary>Nodes that run one after the other, up to the next sum over pieces.</summary>
    internal sealed class Stretch
    {
        private readonly List<(Run Run, int Last, bool IsForward)> _runs;

        internal Stretch(List<(Run Run, int Last, bool IsForward)> runs, Node? sum) => (_runs, Sum) = (runs, sum);

        /// <summary>The node whose value is added up after it; <c>null</c> for the last stretch.</summary>
        public Node? Sum { get; }

        /// <summary>Its nodes, layer by layer.</summary>
        public IEnumerable<Run> Runs => _runs.Select(part => part.Run);

        /// <summary>Runs its nodes, and calls <paramref name="ran"/> after each layer with the number of the layer's last node.</summary>
        public void Run(Kernels kernels, bool timed, Action<int>? ran)
        {
            foreach (var (run, last, isForward) in _runs)
            {
                if (run.When is not { } isDue || isDue())
                {
                    long began = timed ? Stopwatch.GetTimestamp() : 0;
                    foreach (var node in run.Nodes) node.Run(kernels);
                    if (timed && run.Layer is not null) Telemetry.Record(run.Layer, isForward ? "forward" : "backward", began);
                }
                ran?.Invoke(last);
            }
        }
    }
}
