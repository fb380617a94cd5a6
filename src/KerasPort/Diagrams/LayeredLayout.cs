namespace KerasPort.Diagrams;

/// <summary>
/// Boxes in ranks below each other, so that edges go down and cross as little as can be found quickly (Sugiyama's method): ranks by the longest
/// path, order in a rank by the places of what is above and below, chains on one line where they can be, edges along right angles in
/// channels between ranks. An edge that passes a rank has a place of its own there, and so crosses no box.
/// </summary>
internal sealed class LayeredLayout
{
    /// <summary>Between boxes of one rank.</summary>
    public const double Gap = 28;

    /// <summary>How much wider than the box is what belongs to it where it leads to itself.</summary>
    public const double Loop = 18;

    private readonly IReadOnlyList<LayoutBox> _boxes;
    private readonly HashSet<LayoutEdge> _turned = [];

    /// <summary>Lays them out: the boxes have places then, and the edges corners.</summary>
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

    /// <summary>Where the edges make a circle, those that close it lead up: a depth-first walk meets their end on its own path.</summary>
    private void FindTurned(LayoutEdge[] edges)
    {
        var leaving = edges.ToLookup(edge => edge.From);
        var state = new Dictionary<LayoutBox, bool>();      // false: on the path, true: done
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
        // What leads to more than leads to it goes as far down as it can: an input stands right above what reads it.
        foreach (var box in Enumerable.Reverse(order))
            if (outOf[box].Count() > into[box].Count()) box.Rank = outOf[box].Min(edge => Lower(edge).Rank) - 1;
        if (!_boxes.Any(box => box.End != ClusterEnd.None)) return;
        // The ends of a cluster have the first and the last rank for themselves.
        var inner = _boxes.Where(box => box.End == ClusterEnd.None).ToArray();
        int first = inner.Min(box => box.Rank), last = inner.Max(box => box.Rank);
        foreach (var box in _boxes)
            box.Rank = box.End switch { ClusterEnd.Entry => 0, ClusterEnd.Exit => last - first + 2, _ => box.Rank - first + 1 };
    }
}
