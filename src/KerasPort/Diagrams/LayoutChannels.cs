namespace KerasPort.Diagrams;

/// <summary>
/// Assigns vertical positions to ranks, and routes edges between them: down from the upper cell, along a horizontal track of the channel, down to the
/// lower cell. Edges of one exit share a track; those of different exits that would overlap get different ones.
/// </summary>
internal sealed class LayoutChannels(LayoutRanks ranks)
{
    /// <summary>The distance from a box to the first track below it.</summary>
    private const double Above = 12;

    /// <summary>The distance from the last track to the boxes below it, with room for arrowheads.</summary>
    private const double Below = 20;

    /// <summary>The distance between tracks.</summary>
    private const double Track = 9;

    /// <summary>The distances between the ends of edges at one box, and from its corners.</summary>
    private const double EndGap = 14, CornerGap = 10;

    /// <summary>Sets the tops of the boxes and the corners of the edges.</summary>
    /// <returns>The size of the layout.</returns>
    public (double Width, double Height) Route()
    {
        var tops = new double[ranks.Ranks.Length];
        var bottoms = new double[ranks.Ranks.Length];
        var trackOf = new Dictionary<LayoutLink, double>();
        double y = 0, width = 0;
        for (int i = 0; i < ranks.Ranks.Length; i++)
        {
            var rank = ranks.Ranks[i];
            double height = rank.Max(cell => cell.Box?.Height ?? 0);
            (tops[i], bottoms[i]) = (y, y + height);
            foreach (var cell in rank)
            {
                width = Math.Max(width, cell.X + cell.Half + cell.Beside);
                if (cell.Box is { } box) (box.Left, box.Top) = (cell.X - cell.Half, y + (height - box.Height) / 2);
            }
            y += height;
            if (i + 1 == ranks.Ranks.Length) break;
            foreach (var cell in ranks.Ranks[i + 1]) Enter(cell);
            int tracks = Assign(rank, trackOf, y + Above);
            y += Above + Below + Math.Max(0, tracks - 1) * Track;
        }
        foreach (var (edge, path) in ranks.Paths) edge.Points = Corners(edge, path, trackOf);
        return (width, y);
    }

    /// <summary>Sets the positions at which edges enter a box: in the order of their upper ends, and right below them if there is room.</summary>
    private static void Enter(LayoutCell cell)
    {
        foreach (var link in cell.Up) link.LowerX = cell.X + link.Entry;
        LayoutLink[] free = [.. cell.Up.Where(link => link.IsFree).OrderBy(link => link.UpperX)];
        if (free.Length == 0) return;
        double corner = Math.Min(CornerGap, cell.Half), left = cell.X - cell.Half + corner, right = cell.X + cell.Half - corner;
        double gap = free.Length == 1 ? 0 : Math.Min(EndGap, (right - left) / (free.Length - 1));
        for (int i = 0; i < free.Length; i++)
            free[i].LowerX = Math.Max(Math.Clamp(free[i].UpperX, left, right), i == 0 ? left : free[i - 1].LowerX + gap);
        for (int i = free.Length - 1; i >= 0; i--)
            free[i].LowerX = Math.Min(free[i].LowerX, right - (free.Length - 1 - i) * gap);
    }

    /// <summary>Assigns tracks to the horizontal parts of edges below a rank.</summary>
    /// <returns>The number of tracks.</returns>
    private static int Assign(List<LayoutCell> rank, Dictionary<LayoutLink, double> trackOf, double first)
    {
        var nets = rank.SelectMany(cell => cell.Down.GroupBy(link => link.Exit)).Select(group => new Net([.. group]))
            .Where(net => net.Right - net.Left > 0.5).ToList();
        var placed = new List<Net>();
        int tracks = 0;
        while (nets.Count > 0)
        {
            // An edge that starts where another ends must turn above it. If two do so to each other, they overlap in one place.
            var next = nets.Find(net => !nets.Exists(other => other != net && net.EndsWith(other.Start))) ?? nets[0];
            nets.Remove(next);
            int track = 0;
            foreach (var other in placed)
                if (next.EndsWith(other.Start)) track = Math.Max(track, other.Track + 1);
            while (placed.Exists(other => other.Track == track && other.Left <= next.Right + 4 && next.Left <= other.Right + 4)) track++;
            next.Track = track;
            placed.Add(next);
            tracks = Math.Max(tracks, track + 1);
            foreach (var link in next.Links) trackOf[link] = first + track * Track;
        }
        return tracks;
    }

    private (double X, double Y)[] Corners(LayoutEdge edge, LayoutLink[] path, Dictionary<LayoutLink, double> trackOf)
    {
        bool isUpwards = ranks.Upwards.Contains(edge);
        var (upper, lower) = isUpwards ? (edge.To, edge.From) : (edge.From, edge.To);
        var points = new List<(double X, double Y)> { (path[0].UpperX, upper.Bottom) };
        foreach (var link in path)
        {
            if (!trackOf.TryGetValue(link, out double y)) continue;
            points.Add((link.UpperX, y));
            if (link.LowerX != link.UpperX) points.Add((link.LowerX, y));
        }
        points.Add((path[^1].LowerX, lower.Top));
        if (isUpwards) points.Reverse();
        return [.. points];
    }

    /// <summary>The edges that leave one exit, within one channel.</summary>
    private sealed class Net(LayoutLink[] links)
    {
        public LayoutLink[] Links { get; } = links;

        public double Start { get; } = links[0].UpperX;

        public double Left { get; } = links.Min(link => Math.Min(link.UpperX, link.LowerX));

        public double Right { get; } = links.Max(link => Math.Max(link.UpperX, link.LowerX));

        public int Track { get; set; }

        /// <summary>Whether one of the edges ends at that position.</summary>
        public bool EndsWith(double x) => Array.Exists(Links, link => Math.Abs(link.LowerX - x) < 4);
    }
}
