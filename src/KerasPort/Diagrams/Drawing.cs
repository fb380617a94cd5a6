namespace KerasPort.Diagrams;

/// <summary>A drawing of boxes, lines and text, in points of 1/72 inch from the upper left corner.</summary>
/// <param name="Width">The width.</param>
/// <param name="Height">The height.</param>
/// <param name="Marks">The elements; later ones cover earlier ones.</param>
internal sealed record Drawing(double Width, double Height, IReadOnlyList<Mark> Marks);

/// <summary>An element of a drawing.</summary>
internal abstract record Mark;

/// <summary>A rectangle, filled or framed by a dashed line.</summary>
internal sealed record BoxMark(double Left, double Top, double Width, double Height, string Color, bool IsDashed = false) : Mark;

/// <summary>A black line through these points.</summary>
internal sealed record LineMark((double X, double Y)[] Points) : Mark
{
    public const double Width = 2;
}

/// <summary>A black polygon with these corners.</summary>
internal sealed record AreaMark((double X, double Y)[] Points) : Mark;

/// <summary>Text on one line, stretched to <paramref name="Width"/>, whatever font the viewer has.</summary>
internal sealed record TextMark(double Left, double Baseline, string Text, double Size, bool IsBold, string Color, double Width) : Mark;
