namespace KerasPort.Diagrams;

/// <summary>Which way a diagram goes: Graphviz' <c>rankdir</c>. A layout goes downwards, and is turned when it is drawn.</summary>
/// <param name="rankdir">TB, BT, LR or RL.</param>
/// <exception cref="ValueError">There is no such direction.</exception>
internal sealed class Flow(string rankdir)
{
    private readonly string _direction = rankdir is "TB" or "BT" or "LR" or "RL" ? rankdir
        : throw new ValueError($"`rankdir` must be 'TB', 'BT', 'LR' or 'RL'. Received: rankdir={PythonText.Repr(rankdir)}");

    /// <summary>Whether it goes to the side.</summary>
    public bool IsSideways => _direction is "LR" or "RL";

    /// <summary>Whether it ends where it would begin.</summary>
    public bool IsBackwards => _direction is "BT" or "RL";

    /// <summary>A size as the layout has it, or back.</summary>
    public (double Width, double Height) Turned(double width, double height) => IsSideways ? (height, width) : (width, height);

    /// <summary>The point of the picture for one of a layout of that height.</summary>
    public (double X, double Y) Drawn((double X, double Y) point, double height)
    {
        double along = IsBackwards ? height - point.Y : point.Y;
        return IsSideways ? (along, point.X) : (point.X, along);
    }
}
