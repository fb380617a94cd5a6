namespace KerasPort.Plotting;

// Legends.
public partial class Axes
{
    /// <summary>Adds a legend of all artists that have a label.</summary>
    /// <param name="labels">Labels for the artists in their order, in place of their own.</param>
    /// <param name="loc">The location: 'best', 'upper right', …, or matplotlib's number.</param>
    /// <param name="fontsize">The font size: points, or a name such as 'small'.</param>
    /// <param name="title">The title.</param>
    /// <param name="bbox_to_anchor">
    /// The position of the corner <paramref name="loc"/> of the box, as fractions of the axes' width and height: <c>(1.02, 1)</c> is beside them.
    /// </param>
    /// <param name="ncol">The number of columns.</param>
    /// <param name="ncols">The same as <paramref name="ncol"/>.</param>
    /// <param name="frameon">Whether it has a frame and a background.</param>
    /// <param name="framealpha">The background's opacity; 0.8 by default.</param>
    /// <param name="shadow">Whether it has a shadow.</param>
    /// <param name="facecolor">The background's colour.</param>
    /// <param name="edgecolor">The frame's colour.</param>
    /// <param name="title_fontsize">The title's font size.</param>
    /// <exception cref="ValueError">The location is unknown, or an argument is invalid.</exception>
    public Legend legend(Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null, (double, double)? bbox_to_anchor = null,
        int? ncol = null, int? ncols = null, bool? frameon = null, double? framealpha = null, bool shadow = false, Paint? facecolor = null,
        Paint? edgecolor = null, Series? title_fontsize = null)
    {
        if (labels?.Names is { } names)
        {
            // As in matplotlib's legend(["a", "b"]): lines, points, bars and shapes, in order of addition.
            var shown = _artists.Where(artist => artist is Line2D or PathCollection or BarContainer or PolyCollection or Rule or Patch).ToArray();
            for (int i = 0; i < Math.Min(names.Length, shown.Length); i++) shown[i].set_label(names[i]);
        }
        else if (labels is not null)
        {
            throw new ValueError($"`labels` must be a list of names. Received: {PythonText.Repr(labels.Text ?? (object)labels.Values)}");
        }
        return Take(LegendBox.Of(Settings, null, loc, fontsize, title, bbox_to_anchor, ncols ?? ncol, frameon, framealpha, shadow, facecolor, edgecolor,
            title_fontsize));
    }

    /// <summary>The same for given artists, which may be of other axes: <c>ax.legend(handles: [line1, line2])</c>.</summary>
    /// <param name="handles">The artists in the legend.</param>
    /// <param name="labels">Labels in place of the artists' own.</param>
    /// <param name="bbox_to_anchor">The position of that corner of the box, as fractions of the axes' width and height.</param>
    /// <inheritdoc cref="legend(Series?, Series?, Series?, string?, ValueTuple{double, double}?, int?, int?, bool?, double?, bool, Paint?, Paint?, Series?)"/>
    public Legend legend(IReadOnlyList<Artist> handles, Series? labels = null, Series? loc = null, Series? fontsize = null, string? title = null,
        (double, double)? bbox_to_anchor = null, int? ncol = null, int? ncols = null, bool? frameon = null, double? framealpha = null, bool shadow = false,
        Paint? facecolor = null, Paint? edgecolor = null, Series? title_fontsize = null)
    {
        string[] names = labels is null ? [.. handles.Select(handle => handle.Label ?? "")] : Labels(labels);
        RequireOne();
        return Take(LegendBox.Of(Settings, [.. handles.Zip(names)], loc, fontsize, title, bbox_to_anchor, ncols ?? ncol, frameon, framealpha, shadow,
            facecolor, edgecolor, title_fontsize));
    }

    private Legend Take(LegendBox box) => new(LegendBox = box, changed => LegendBox = changed);

    /// <summary>The artists that have labels, and the labels: <c>var (lines, labels) = ax.get_legend_handles_labels();</c>.</summary>
    public (Artist[] handles, string[] labels) get_legend_handles_labels()
    {
        Artist[] named = [.. Labelled];
        return (named, Array.ConvertAll(named, artist => artist.Label!));
    }

    /// <summary>The artists that have labels.</summary>
    internal IEnumerable<Artist> Labelled => _artists.Where(artist => artist.Label is { Length: > 0 } label && label[0] != '_');
}
