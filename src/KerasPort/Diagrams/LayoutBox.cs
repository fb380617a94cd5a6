namespace KerasPort.Diagrams;

/// <summary>A box of a layered layout. All flows downwards here; <see cref="Flow"/> turns it where it is to go elsewhere.</summary>
/// <param name="width">How wide it is.</param>
/// <param name="height">How high it is.</param>
internal sealed class LayoutBox(double width, double height)
{
    public double Width { get; } = width;

    public double Height { get; } = height;

    /// <summary>Where along the upper side edges come in, from the left; <c>null</c>: wherever it is best.</summary>
    public double[]? Entries { get; init; }

    /// <summary>Where along the lower side edges go out, from the left; <c>null</c>: in the middle.</summary>
    public double[]? Exits { get; init; }

    /// <summary>Which end of a cluster it is, if any: a place on its frame.</summary>
    public ClusterEnd End { get; init; }

    /// <summary>The layer of the layout that it is in, from above.</summary>
    public int Rank { get; set; }

    public double Left { get; set; }

    public double Top { get; set; }

    public double Right => Left + Width;

    public double Bottom => Top + Height;

    public double Middle => Left + Width / 2;

    /// <summary>How far from the middle an edge goes out.</summary>
    public double ExitFromMiddle(int exit) => Exits is null ? 0 : Exits[exit] - Width / 2;

    /// <summary>How far from the middle an edge comes in, unless the layout is free to choose.</summary>
    public double EntryFromMiddle(int entry) => Entries is null ? 0 : Entries[entry] - Width / 2;
}

/// <summary>The ends of what is in a cluster.</summary>
internal enum ClusterEnd
{
    /// <summary>A box like any other.</summary>
    None,

    /// <summary>Where something comes in.</summary>
    Entry,

    /// <summary>Where something goes out.</summary>
    Exit,
}

/// <summary>An edge from one box to another, once for what may be several tensors.</summary>
/// <param name="From">The box that it leaves.</param>
/// <param name="Exit">Which of its exits.</param>
/// <param name="To">The box that it reaches.</param>
/// <param name="Entry">Which of its entries.</param>
internal sealed record LayoutEdge(LayoutBox From, int Exit, LayoutBox To, int Entry)
{
    /// <summary>Its corners, the first on the lower side of the one box, the last on the upper side of the other.</summary>
    public (double X, double Y)[] Points { get; set; } = [];
}
