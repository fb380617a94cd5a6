namespace KerasPort.Diagrams;

/// <summary>The direction of a diagram, Graphviz' <c>rankdir</c>. Layouts go downwards, and are turned when they are drawn.</summary>
/// <param name="rankdir">TB, BT, LR or RL.</param>
/// <exception cref="ValueError">There is no such direction.</exception>
internal sealed class Flow(string rankdir)
{
    private readonly string _direction = rankdir is "TB" or "BT" or "LR" or "RL" ? rankdir
        : throw new ValueError($"`rankdir` must be 'TB', 'BT', 'LR' or 'RL'. Received: rankdir={PythonText.Repr(rankdir)}");

    /// <summary>Whether the direction is horizontal.</summary>
    public bool IsSideways => _direction is "LR" or "RL";

    /// <summary>Whether the direction is upwards or to the left.</summary>
    public bool IsBackwards => _direction is "BT" or "RL";

    /// <summary>Converts a size between the layout and the drawing.</summary>
    public (double Width, double Height) Turned(double width, double height) => IsSideways ? (height, width) : (width, height);

    /// <summary>The point in the drawing for a point in a layout of that height.</summary>
    public (double X, double Y) Drawn((double X, double Y) point, double height)
    {
        double along = IsBackwards ? height - point.Y : point.Y;
        return IsSideways ? (along, point.X) : (point.X, along);
    }
}
