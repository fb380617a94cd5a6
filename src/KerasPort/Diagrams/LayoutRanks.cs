namespace KerasPort.Diagrams;

/// <summary>A cell of a rank: a box, or a passing edge.</summary>
internal sealed class LayoutCell(LayoutBox? box, int rank, double half)
{
    /// <summary>The room that a passing edge needs to either side.</summary>
    public const double PassingHalf = 5;

    public LayoutBox? Box { get; } = box;

    public int Rank { get; } = rank;

    /// <summary>The distance from its middle to its right side, and to its left one unless the box has an edge to itself.</summary>
    public double Half { get; } = half;

    /// <summary>The additional room at its right.</summary>
    public double Beside { get; init; }

    public List<LayoutLink> Up { get; } = [];

    public List<LayoutLink> Down { get; } = [];

    /// <summary>Its index in the rank, from the left.</summary>
    public int Place { get; set; }

    /// <summary>The position of its middle.</summary>
    public double X { get; set; }
}

/// <summary>A section of an edge from one rank to the next; edges that leave one exit share sections.</summary>
/// <param name="Upper">The cell above.</param>
/// <param name="Exit">The distance of its start from the upper cell's middle.</param>
/// <param name="Lower">The cell below.</param>
/// <param name="Entry">The distance of its end from the lower cell's middle.</param>
/// <param name="IsFree">Whether its end along the lower box may be chosen.</param>
internal sealed record LayoutLink(LayoutCell Upper, double Exit, LayoutCell Lower, double Entry, bool IsFree)
{
    public double UpperX => Upper.X + Exit;

    /// <summary>The position of its end.</summary>
    public double LowerX { get; set; }

    public bool Equals(LayoutLink? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>The ranks of a layout, and the order of the cells in each.</summary>
internal sealed class LayoutRanks
{
    private const int Sweeps = 24;

    /// <param name="boxes">The boxes, whose ranks are set.</param>
    /// <param name="edges">The edges between them.</param>
    /// <param name="turned">The edges that were reversed to break cycles.</param>
    /// <param name="looped">The boxes with an edge to themselves.</param>
    public LayoutRanks(IReadOnlyList<LayoutBox> boxes, LayoutEdge[] edges, HashSet<LayoutEdge> turned, HashSet<LayoutBox> looped)
    {
        int count = boxes.Select(box => box.Rank).DefaultIfEmpty(-1).Max() + 1;
        Ranks = [.. Enumerable.Range(0, count).Select(_ => new List<LayoutCell>())];
        var cells = new Dictionary<LayoutBox, LayoutCell>();
        foreach (var box in boxes)
            Ranks[box.Rank].Add(cells[box] = new LayoutCell(box, box.Rank, box.Width / 2) { Beside = looped.Contains(box) ? LayeredLayout.Loop : 0 });
        foreach (var edge in edges.Where(turned.Contains)) Chain([edge], cells[edge.To], 0, upwards: true);
        foreach (var net in edges.Where(edge => !turned.Contains(edge)).GroupBy(edge => (edge.From, edge.Exit)))
            Chain([.. net], cells[net.Key.From], net.Key.From.ExitFromMiddle(net.Key.Exit), upwards: false);

        void Chain(LayoutEdge[] net, LayoutCell upper, double exit, bool upwards)
        {
            var ends = net.ToLookup(edge => (upwards ? edge.From : edge.To).Rank);
            int last = ends.Max(end => end.Key);
            var passed = new List<LayoutLink>();
            for (int rank = upper.Rank + 1; rank <= last; rank++)
            {
                foreach (var edge in ends[rank])
                {
                    var box = upwards ? edge.From : edge.To;
                    Paths[edge] = [.. passed, Link(cells[box], upwards ? 0 : box.EntryFromMiddle(edge.Entry), !upwards && box.Entries is null)];
                    if (upwards) Upwards.Add(edge);
                }
                if (rank == last) break;
                var passing = new LayoutCell(null, rank, LayoutCell.PassingHalf);
                Ranks[rank].Add(passing);
                passed.Add(Link(passing, 0, isFree: false));
                (upper, exit) = (passing, 0);
            }

            LayoutLink Link(LayoutCell lower, double entry, bool isFree)
            {
                var link = new LayoutLink(upper, exit, lower, entry, isFree);
                upper.Down.Add(link);
                lower.Up.Add(link);
                return link;
            }
        }
    }

    /// <summary>The cells of each rank, from left to right.</summary>
    public List<LayoutCell>[] Ranks { get; }

    /// <summary>The sections of each edge, from top to bottom.</summary>
    public Dictionary<LayoutEdge, LayoutLink[]> Paths { get; } = [];

    /// <summary>The edges that run upwards.</summary>
    public HashSet<LayoutEdge> Upwards { get; } = [];

    /// <summary>Orders each rank in alternating downward and upward sweeps, and keeps the order with the fewest crossings.</summary>
    public void Order()
    {
        foreach (var rank in Ranks) Number(rank);
        // The first order is that in which a search from the inputs met them.
        Sort(fromAbove: true);
        var (best, fewest) = (Places(), Crossings());
        for (int sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            Sort(fromAbove: sweep % 2 == 1);
            int crossings = Crossings();
            if (crossings < fewest) (best, fewest) = (Places(), crossings);
        }
        best.CopyTo(Ranks, 0);
        foreach (var rank in Ranks) Number(rank);
    }

    private List<LayoutCell>[] Places() => [.. Ranks.Select(rank => rank.ToList())];

    private static void Number(List<LayoutCell> rank)
    {
        for (int i = 0; i < rank.Count; i++) rank[i].Place = i;
    }

    private void Sort(bool fromAbove)
    {
        for (int i = 1; i < Ranks.Length; i++)
        {
            int at = fromAbove ? i : Ranks.Length - 1 - i;
            Ranks[at] = [.. Ranks[at].OrderBy(Wanted)];
            Number(Ranks[at]);
        }

        double Wanted(LayoutCell cell) =>
            fromAbove ? cell.Up.Select(FromLeft).DefaultIfEmpty(cell.Place).Average() : cell.Down.Select(ToRight).DefaultIfEmpty(cell.Place).Average();
    }

    // Positions by which links are ordered, where the exits and entries of one box come in order.
    private static double FromLeft(LayoutLink link) => link.Upper.Place + Share(link.Exit, link.Upper);

    private static double ToRight(LayoutLink link) => link.Lower.Place + Share(link.Entry, link.Lower);

    private static double Share(double fromMiddle, LayoutCell cell) => cell.Half == 0 ? 0 : fromMiddle / cell.Half * 0.49;

    private int Crossings()
    {
        int crossings = 0;
        foreach (var rank in Ranks)
        {
            (double From, double To)[] links = [.. rank.SelectMany(cell => cell.Down).Select(link => (FromLeft(link), ToRight(link))).Order()];
            for (int i = 0; i < links.Length; i++)
                for (int j = i + 1; j < links.Length; j++)
                    if (links[i].From < links[j].From && links[i].To > links[j].To) crossings++;
        }
        return crossings;
    }
}
