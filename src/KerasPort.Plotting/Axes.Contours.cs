namespace KerasPort.Plotting;

// Contour lines and their labels.
public partial class Axes
{
    /// <summary>Draws contour lines.</summary>
    /// <param name="X">The x coordinates of the columns: a list, or as <c>meshgrid</c> gives them.</param>
    /// <param name="Y">The y coordinates of the rows.</param>
    /// <param name="Z">The values: (rows, columns).</param>
    /// <param name="levels">The values of the lines, or the largest number of lines.</param>
    /// <param name="cmap">The colour map.</param>
    /// <param name="colors">One colour for all lines.</param>
    /// <param name="linewidths">The width in points.</param>
    /// <param name="alpha">Opacity, 0 to 1.</param>
    /// <exception cref="TypeError">The values aren't a matrix of the coordinates' size.</exception>
    /// <exception cref="ValueError">An argument is invalid.</exception>
    public ContourSet contour(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null,
        double? alpha = null) =>
        Mapped(Add(new ContourSet(X, Y, Z, levels, false, cmap ?? Figure.Map, colors?.Only("colors"),
            linewidths ?? Settings.Number("lines.linewidth"), alpha)));

    /// <summary>The same over the indices of columns and rows, from 0.</summary>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public ContourSet contour(Series Z, Series? levels = null, Colormap? cmap = null, Paint? colors = null, double? linewidths = null, double? alpha = null)
    {
        var (X, Y) = ContourSet.PlacesOf(Z);
        return contour(X, Y, Z, levels, cmap, colors, linewidths, alpha);
    }

    /// <summary>Fills the areas between contour lines.</summary>
    /// <inheritdoc cref="contour(Series, Series, Series, Series, Colormap, Paint, double?, double?)"/>
    public ContourSet contourf(Series X, Series Y, Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null) =>
        Mapped(Add(new ContourSet(X, Y, Z, levels, true, cmap ?? Figure.Map, null, 0, alpha)));

    /// <summary>The same over the indices of columns and rows, from 0.</summary>
    /// <exception cref="TypeError">The array isn't a matrix.</exception>
    public ContourSet contourf(Series Z, Series? levels = null, Colormap? cmap = null, double? alpha = null)
    {
        var (X, Y) = ContourSet.PlacesOf(Z);
        return contourf(X, Y, Z, levels, cmap, alpha);
    }

    /// <summary>Writes the values of contour lines onto them.</summary>
    /// <param name="CS">The result of <c>contour</c>.</param>
    /// <param name="inline">Whether a line is interrupted at its label.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="fmt">The format of numbers: <c>"%.1f"</c>; by default as on an axis.</param>
    /// <exception cref="ValueError">The contours are filled, or an argument is invalid.</exception>
    public void clabel(ContourSet CS, bool inline = true, Series? fontsize = null, string? fmt = null) =>
        CS.Name(Wording.SizeOf(fontsize, Settings.Font), inline, fmt);
}
