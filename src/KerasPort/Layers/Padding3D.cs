namespace KerasPort.Layers;

/// <summary>
/// Pixels at the six sides of a volume: <c>1</c> at each, <c>(1, 2, 3)</c> as many at both ends of each axis, or <c>((1, 0), (2, 3), (0, 4))</c>.
/// </summary>
/// <param name="Depth">Before and behind.</param>
/// <param name="Height">Above and below.</param>
/// <param name="Width">At the left and at the right.</param>
public readonly record struct Padding3D((int, int) Depth, (int, int) Height, (int, int) Width)
{
    internal bool IsNegative => Depth is ( < 0, _) or (_, < 0) || new Padding2D(Height, Width).IsNegative;

    /// <summary>As many at each side.</summary>
    public static implicit operator Padding3D(int each) => new((each, each), (each, each), (each, each));

    /// <summary>As many at both ends of each axis.</summary>
    public static implicit operator Padding3D((int, int, int) sides) =>
        new((sides.Item1, sides.Item1), (sides.Item2, sides.Item2), (sides.Item3, sides.Item3));

    /// <summary>Both ends of each axis.</summary>
    public static implicit operator Padding3D(((int, int), (int, int), (int, int)) sides) => new(sides.Item1, sides.Item2, sides.Item3);

    /// <summary>As Python shows it.</summary>
    public override string ToString() => $"({Depth}, {Height}, {Width})";
}
