namespace KerasPort.Diagrams;

/// <summary>
/// Arranges boxes in ranks from top to bottom, so that edges go down and cross as little as can be found quickly (Sugiyama's method): ranks by the
/// longest path, the order in a rank by the positions of neighbours above and below, chains in one line where possible, edges at right angles in channels
/// between ranks. An edge that passes through a rank has a cell of its own there, and so crosses no box.
/// </summary>
internal sealed class LayeredLayout
{
    /// <summary>The gap between boxes of one rank.</summary>
    public const double Gap = 28;

    /// <summary>The additional width of a box with an edge to itself.</summary>
    public const double Loop = 18;

    private readonly IReadOnlyList<LayoutBox> _boxes;
    private readonly HashSet<LayoutEdge> _turned = [];

    /// <summary>Computes the layout: sets the positions of the boxes and the corners of the edges.</summary>
    public LayeredLayout(IReadOnlyList<LayoutBox> boxes, IReadOnlyList<LayoutEdge> edges)
    {
        _boxes = boxes;
        var loops = edges.Where(edge => edge.From == edge.To).ToArray();
        LayoutEdge[] between = [.. edges.Except(loops)];
        FindTurned(between);
        Rank(between);
        var looped = loops.Select(loop => loop.From).ToHashSet();
        var ranks = new LayoutRanks(boxes, between, _turned, looped);
        ranks.Order();
        new LayoutColumns(ranks).Place();
        (Width, Height) = new LayoutChannels(ranks).Route();
        foreach (var loop in loops)
        {
            var box = loop.From;
            double x = box.Right + Loop * 2 / 3, lower = box.Top + box.Height * 0.7, upper = box.Top + box.Height * 0.3;
            loop.Points = [(box.Right, lower), (x, lower), (x, upper), (box.Right, upper)];
        }
    }

    public double Width { get; }

    public double Height { get; }

    /// <summary>Reverses edges that close a cycle: those whose end a depth-first search meets on its own path.</summary>
    private void FindTurned(LayoutEdge[] edges)
    {
        var leaving = edges.ToLookup(edge => edge.From);
        var state = new Dictionary<LayoutBox, bool>();      // false: on the path; true: done
        foreach (var start in _boxes)
        {
            if (state.ContainsKey(start)) continue;
            var path = new Stack<(LayoutBox Box, IEnumerator<LayoutEdge> Left)>();
            Enter(start);
            while (path.TryPeek(out var at))
            {
                if (!at.Left.MoveNext())
                {
                    state[path.Pop().Box] = true;
                    continue;
                }
                var edge = at.Left.Current;
                if (!state.TryGetValue(edge.To, out bool done)) Enter(edge.To);
                else if (!done) _turned.Add(edge);
            }

            void Enter(LayoutBox box)
            {
                state[box] = false;
                path.Push((box, leaving[box].GetEnumerator()));
            }
        }
    }

    private LayoutBox Upper(LayoutEdge edge) => _turned.Contains(edge) ? edge.To : edge.From;

    private LayoutBox Lower(LayoutEdge edge) => _turned.Contains(edge) ? edge.From : edge.To;

    private void Rank(LayoutEdge[] edges)
    {
        var into = edges.ToLookup(Lower);
        var outOf = edges.ToLookup(Upper);
        var open = _boxes.ToDictionary(box => box, box => into[box].Count());
        var order = new List<LayoutBox>(_boxes.Where(box => open[box] == 0));
        for (int i = 0; i < order.Count; i++)
        {
            order[i].Rank = into[order[i]].Select(edge => Upper(edge).Rank + 1).DefaultIfEmpty(0).Max();
            foreach (var edge in outOf[order[i]])
                if (--open[Lower(edge)] == 0) order.Add(Lower(edge));
        }
        // A box with more outgoing than incoming edges is moved as far down as possible: an input is right above the layer that reads it.
        foreach (var box in Enumerable.Reverse(order))
            if (outOf[box].Count() > into[box].Count()) box.Rank = outOf[box].Min(edge => Lower(edge).Rank) - 1;
        if (!_boxes.Any(box => box.End != ClusterEnd.None)) return;
        // The entries and exits of a cluster get the first and the last rank to themselves.
        var inner = _boxes.Where(box => box.End == ClusterEnd.None).ToArray();
        int first = inner.Min(box => box.Rank), last = inner.Max(box => box.Rank);
        foreach (var box in _boxes)
            box.Rank = box.End switch { ClusterEnd.Entry => 0, ClusterEnd.Exit => last - first + 2, _ => box.Rank - first + 1 };
    }
}
