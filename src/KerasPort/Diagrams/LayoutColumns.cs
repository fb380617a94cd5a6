namespace KerasPort.Diagrams;

/// <summary>
/// Assigns horizontal positions to the cells of ordered ranks. Linked cells become one column where possible. A column moves to the mean position of the
/// cells that it is linked to, as far as its neighbours leave room; columns that touch move together.
/// </summary>
internal sealed class LayoutColumns
{
    private const int Rounds = 60;

    private readonly LayoutRanks _ranks;
    private readonly List<Column> _columns = [];
    private readonly Dictionary<LayoutCell, (Column Column, double Offset)> _of = [];

    public LayoutColumns(LayoutRanks ranks)
    {
        _ranks = ranks;
        var below = new Dictionary<LayoutCell, LayoutLink>();
        for (int rank = 0; rank + 1 < ranks.Ranks.Length; rank++)
            foreach (var link in Straight(ranks.Ranks[rank])) below[link.Upper] = link;
        foreach (var cell in ranks.Ranks.SelectMany(rank => rank))
        {
            if (_of.ContainsKey(cell)) continue;
            var column = new Column();
            double offset = 0;
            for (var at = cell; ;)
            {
                column.Cells.Add((at, offset));
                _of[at] = (column, offset);
                if (!below.TryGetValue(at, out var link)) break;
                offset += link.Exit - link.Entry;
                at = link.Lower;
            }
            _columns.Add(column);
        }
        foreach (var row in ranks.Ranks)
        {
            for (int i = 1; i < row.Count; i++)
            {
                var (left, right) = (row[i - 1], row[i]);
                double apart = left.Half + left.Beside + right.Half + (left.Box is null && right.Box is null ? 0 : left.Box is null || right.Box is null
                    ? LayeredLayout.Gap / 2 : LayeredLayout.Gap);
                var (from, to) = (_of[left], _of[right]);
                var pair = new Pair(from.Column, to.Column, apart + from.Offset - to.Offset);
                pair.Left.Rights.Add(pair);
                pair.Right.Lefts.Add(pair);
            }
        }
    }

    /// <summary>Sets the position of each cell.</summary>
    public void Place()
    {
        Pack();
        for (int round = 0; round < Rounds; round++)
        {
            foreach (var column in round % 2 == 0 ? _columns : Enumerable.Reverse(_columns)) Move([column], Wish(column));
            foreach (var group in Touching()) Move(group, group.Average(Wish));
        }
        foreach (var column in _columns)
            foreach (var (cell, offset) in column.Cells) cell.X = column.X + offset;
        double left = _ranks.Ranks.SelectMany(rank => rank).Select(cell => cell.X - cell.Half).DefaultIfEmpty(0).Min();
        foreach (var cell in _ranks.Ranks.SelectMany(rank => rank)) cell.X -= left;
    }

    /// <summary>
    /// The links between a rank and the next that are to be straight, by priority: between passing edges, then between boxes, then those that join a box to a
    /// passing edge. A box between two branches of equal priority is centred between them; one of three is aligned with the middle one.
    /// </summary>
    private static List<LayoutLink> Straight(List<LayoutCell> rank)
    {
        var straight = new List<LayoutLink>();
        foreach (var links in rank.SelectMany(cell => cell.Down).GroupBy(Right).OrderByDescending(group => group.Key))
        {
            foreach (var link in links)
            {
                if (!IsMiddle(link, link.Upper.Down, other => other.Lower.Place) || !IsMiddle(link, link.Lower.Up, other => other.Upper.Place)) continue;
                if (straight.Exists(other => other.Upper == link.Upper || other.Lower == link.Lower
                    || (other.Upper.Place < link.Upper.Place) != (other.Lower.Place < link.Lower.Place))) continue;
                straight.Add(link);
            }
        }
        return straight;

        static int Right(LayoutLink link) => link.Upper.Box is null == (link.Lower.Box is null) ? link.Upper.Box is null ? 2 : 1 : 0;

        // Only the links with the highest priority at a cell count.
        static bool IsMiddle(LayoutLink link, List<LayoutLink> all, Func<LayoutLink, int> place)
        {
            int most = all.Max(Right);
            LayoutLink[] equals = [.. all.Where(other => Right(other) == most).OrderBy(place)];
            return equals.Length % 2 == 1 && equals[equals.Length / 2] == link;
        }
    }

    /// <summary>Moves all columns as far left as possible, beginning with those that have none to their left.</summary>
    private void Pack()
    {
        var open = _columns.ToDictionary(column => column, column => column.Lefts.Count);
        var ready = new Queue<Column>(_columns.Where(column => open[column] == 0));
        while (ready.TryDequeue(out var column))
        {
            column.X = column.Lefts.Select(pair => pair.Left.X + pair.Apart).DefaultIfEmpty(0).Max();
            foreach (var pair in column.Rights)
                if (--open[pair.Right] == 0) ready.Enqueue(pair.Right);
        }
    }

    /// <summary>The distance by which a column should move.</summary>
    private double Wish(Column column)
    {
        double sum = 0, weights = 0;
        foreach (var (cell, offset) in column.Cells)
        {
            foreach (var link in cell.Up) Add(link.Upper, link.Exit - link.Entry - offset);
            foreach (var link in cell.Down) Add(link.Lower, link.Entry - link.Exit - offset);
        }
        return weights == 0 ? 0 : sum / weights - column.X;

        void Add(LayoutCell other, double apart)
        {
            var (there, offset) = _of[other];
            if (there == column) return;
            // A passing edge has little weight: it goes around obstacles, and shouldn't move boxes.
            double weight = other.Box is null ? 0.2 : 1;
            (sum, weights) = (sum + weight * (there.X + offset + apart), weights + weight);
        }
    }

    private static void Move(HashSet<Column> group, double by)
    {
        foreach (var column in group)
        {
            foreach (var pair in column.Lefts)
                if (by < 0 && !group.Contains(pair.Left)) by = Math.Min(0, Math.Max(by, pair.Left.X + pair.Apart - column.X));
            foreach (var pair in column.Rights)
                if (by > 0 && !group.Contains(pair.Right)) by = Math.Max(0, Math.Min(by, pair.Right.X - pair.Apart - column.X));
        }
        foreach (var column in group) column.X += by;
    }

    /// <summary>The groups of columns that touch, directly or through others.</summary>
    private IEnumerable<HashSet<Column>> Touching()
    {
        var met = new HashSet<Column>();
        foreach (var start in _columns)
        {
            if (!met.Add(start)) continue;
            HashSet<Column> group = [];
            var found = new Queue<Column>([start]);
            while (found.TryDequeue(out var column))
            {
                group.Add(column);
                foreach (var pair in column.Rights) if (pair.Touches && met.Add(pair.Right)) found.Enqueue(pair.Right);
                foreach (var pair in column.Lefts) if (pair.Touches && met.Add(pair.Left)) found.Enqueue(pair.Left);
            }
            if (group.Count > 1) yield return group;
        }
    }

    private sealed class Column
    {
        public double X { get; set; }

        public List<(LayoutCell Cell, double Offset)> Cells { get; } = [];

        public List<Pair> Lefts { get; } = [];

        public List<Pair> Rights { get; } = [];
    }

    private sealed record Pair(Column Left, Column Right, double Apart)
    {
        public bool Touches => Right.X - Left.X - Apart < 0.01;
    }
}
