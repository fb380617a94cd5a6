namespace KerasPort;

/// <summary>How arrays are printed, what <c>np.set_printoptions</c> sets.</summary>
/// <param name="Precision">Digits behind the point, at the most.</param>
/// <param name="Threshold">More elements than that are cut.</param>
/// <param name="EdgeItems">What is left at each end of a cut axis.</param>
/// <param name="LineWidth">Letters in a line.</param>
/// <param name="Suppress">Whether small numbers are written without an exponent.</param>
internal sealed record PrintOptions(int Precision = 8, int Threshold = 1000, int EdgeItems = 3, int LineWidth = 75, bool Suppress = false)
{
    public static PrintOptions Current { get; set; } = new();
}
