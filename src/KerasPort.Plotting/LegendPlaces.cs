using ScottPlot;

namespace KerasPort.Plotting;

/// <summary>The position of a legend: the given one, or the one that hides the least; of equal ones matplotlib's first.</summary>
internal static class LegendPlaces
{
    private static readonly Alignment[] s_alignments =
    [
        Alignment.UpperRight, Alignment.UpperLeft, Alignment.LowerLeft, Alignment.LowerRight, Alignment.MiddleRight, Alignment.MiddleLeft,
        Alignment.MiddleRight, Alignment.LowerCenter, Alignment.UpperCenter, Alignment.MiddleCenter,
    ];

    /// <summary>The location of matplotlib's number, 1 to 10.</summary>
    public static Alignment Of(int place) => s_alignments[place - 1];

    /// <param name="place">matplotlib's number, 0 for the best.</param>
    /// <param name="limits">The limits of the axes.</param>
    /// <param name="artists">The artists that the legend should not hide.</param>
    /// <param name="size">The legend's size.</param>
    /// <param name="away">The distance to the frame.</param>
    /// <param name="box">The frame.</param>
    /// <param name="isLogX">Whether x values are exponents.</param>
    /// <param name="isLogY">Whether y values are exponents.</param>
    public static Alignment AlignmentOf(int place, AxisLimits limits, Artist[] artists, PixelSize size, float away, PixelRect box, bool isLogX, bool isLogY)
    {
        if (place > 0) return Of(place);
        var points = artists.Where(artist => artist is not BarContainer).SelectMany(Points).ToArray();
        PixelRect[] bars = [.. artists.OfType<BarContainer>().SelectMany(container => container.Boxes).Select(bar =>
        {
            Pixel one = At(bar.Left, bar.Bottom), other = At(bar.Right, bar.Top);
            return new PixelRect(Math.Min(one.X, other.X), Math.Max(one.X, other.X), Math.Max(one.Y, other.Y), Math.Min(one.Y, other.Y));
        })];
        return s_alignments.MinBy(alignment =>
        {
            var rect = new PixelRect(0, size.Width, size.Height, 0).AlignedInside(box, alignment, new PixelPadding(away));
            return points.Count(point => rect.Contains(point))
                + bars.Count(bar => bar.Left < rect.Right && bar.Right > rect.Left && bar.Top < rect.Bottom && bar.Bottom > rect.Top);
        });

        // The points of lines, and some between them.
        IEnumerable<Pixel> Points(Artist artist)
        {
            double[] xs = artist.Xs, ys = artist.Ys;
            int count = Math.Min(xs.Length, ys.Length);
            for (int i = 0; i < count; i++)
            {
                var (a, b) = (At(xs[i], ys[i]), At(xs[Math.Min(i + 1, count - 1)], ys[Math.Min(i + 1, count - 1)]));
                int steps = artist is Line2D && count < 1000 ? 8 : 1;
                for (int k = 0; k < steps; k++) yield return new Pixel(a.X + (b.X - a.X) * k / steps, a.Y + (b.Y - a.Y) * k / steps);
            }
        }

        Pixel At(double x, double y)
        {
            var (u, v) = (isLogX ? Math.Log10(x) : x, isLogY ? Math.Log10(y) : y);
            return new Pixel(box.Left + (u - limits.Left) / (limits.Right - limits.Left) * box.Width,
                box.Bottom - (v - limits.Bottom) / (limits.Top - limits.Bottom) * box.Height);
        }
    }
}
