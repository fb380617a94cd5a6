namespace KerasPort.Diagrams;

/// <summary>A box of a layered layout, which goes downwards; <see cref="Flow"/> turns it to other directions.</summary>
/// <param name="width">The width.</param>
/// <param name="height">The height.</param>
internal sealed class LayoutBox(double width, double height)
{
    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>The positions along the upper side at which edges enter, from the left; <c>null</c> to let the layout choose.</summary>
    public double[]? Entries { get; init; }

    /// <summary>The positions along the lower side at which edges leave, from the left; <c>null</c> for the middle.</summary>
    public double[]? Exits { get; init; }

    /// <summary>The kind of box: an ordinary one, or one that stands for a position on a cluster's frame.</summary>
    public ClusterEnd End { get; init; }

    /// <summary>The rank of the layout that the box is in, from the top.</summary>
    public int Rank { get; set; }

    public double Left { get; set; }

    public double Top { get; set; }

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double Middle => Left + Width / 2;

    /// <summary>The distance of an exit from the middle.</summary>
    public double ExitFromMiddle(int exit) => Exits is null ? 0 : Exits[exit] - Width / 2;

    /// <summary>The distance of an entry from the middle; 0 if the layout may choose it.</summary>
    public double EntryFromMiddle(int entry) => Entries is null ? 0 : Entries[entry] - Width / 2;
}

/// <summary>The kinds of boxes: ordinary ones, and those that stand for positions on a cluster's frame.</summary>
internal enum ClusterEnd
{
    /// <summary>An ordinary box.</summary>
    None,

    /// <summary>An edge enters the cluster.</summary>
    Entry,

    /// <summary>An edge leaves the cluster.</summary>
    Exit,
}

/// <summary>An edge from one box to another, drawn once even for several tensors.</summary>
/// <param name="From">The box that it leaves.</param>
/// <param name="Exit">The index of its exit.</param>
/// <param name="To">The box that it reaches.</param>
/// <param name="Entry">The index of its entry.</param>
internal sealed record LayoutEdge(LayoutBox From, int Exit, LayoutBox To, int Entry)
{
    /// <summary>Its corners, from the lower side of the first box to the upper side of the second.</summary>
    public (double X, double Y)[] Points { get; set; } = [];
}
