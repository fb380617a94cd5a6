namespace KerasPort.Diagrams;

/// <summary>A picture of boxes, lines and words, in points of 1/72 inch from the upper left corner.</summary>
/// <param name="Width">How wide it is.</param>
/// <param name="Height">How high it is.</param>
/// <param name="Marks">What is drawn, the later over the earlier.</param>
internal sealed record Drawing(double Width, double Height, IReadOnlyList<Mark> Marks);

/// <summary>One thing that is drawn.</summary>
internal abstract record Mark;

/// <summary>A rectangle, filled or framed by a dashed line.</summary>
internal sealed record BoxMark(double Left, double Top, double Width, double Height, string Color, bool IsDashed = false) : Mark;

/// <summary>A black line through these points.</summary>
internal sealed record LineMark((double X, double Y)[] Points) : Mark
{
    public const double Width = 2;
}

/// <summary>A black surface between these points.</summary>
internal sealed record AreaMark((double X, double Y)[] Points) : Mark;

/// <summary>Words on one line, set as wide as <paramref name="Width"/>, whatever the letters of who draws them are like.</summary>
internal sealed record TextMark(double Left, double Baseline, string Text, double Size, bool IsBold, string Color, double Width) : Mark;
