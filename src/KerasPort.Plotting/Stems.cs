namespace KerasPort.Plotting;

/// <summary>The result of <c>stem</c>: its markers, its lines, and its baseline.</summary>
/// <param name="markerline">The markers.</param>
/// <param name="stemlines">The lines.</param>
/// <param name="baseline">The baseline.</param>
public sealed class StemContainer(Line2D markerline, Line2D stemlines, Line2D baseline)
{
    /// <summary>The markers.</summary>
    public Line2D markerline { get; } = markerline;

    /// <summary>The lines.</summary>
    public Line2D stemlines { get; } = stemlines;

    /// <summary>The baseline.</summary>
    public Line2D baseline { get; } = baseline;

    /// <summary><c>var (markers, lines, baseline) = plt.stem(x, y);</c></summary>
    public void Deconstruct(out Line2D markers, out Line2D lines, out Line2D baseline_) =>
        (markers, lines, baseline_) = (this.markerline, this.stemlines, this.baseline);
}
