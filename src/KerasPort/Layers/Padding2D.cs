namespace KerasPort.Layers;

/// <summary>
/// Pixels at the four sides of an image: <c>1</c> at each; <c>(1, 2)</c>: 1 above and below, 2 at the left and the right; <c>((1, 0), (2, 3))</c>:
/// 1 above, none below, 2 at the left and 3 at the right.
/// </summary>
/// <param name="Height">Above and below.</param>
/// <param name="Width">At the left and at the right.</param>
public readonly record struct Padding2D((int, int) Height, (int, int) Width)
{
    internal bool IsNegative => Math.Min(Math.Min(Height.Item1, Height.Item2), Math.Min(Width.Item1, Width.Item2)) < 0;

    /// <summary>As many at each side.</summary>
    public static implicit operator Padding2D(int each) => new((each, each), (each, each));

    /// <summary>As many above as below, and as many at the left as at the right.</summary>
    public static implicit operator Padding2D((int, int) sides) => new((sides.Item1, sides.Item1), (sides.Item2, sides.Item2));

    /// <summary>Above and below, at the left and at the right.</summary>
    public static implicit operator Padding2D(((int, int), (int, int)) sides) => new(sides.Item1, sides.Item2);

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"({Height}, {Width})";
}
