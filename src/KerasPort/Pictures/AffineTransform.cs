namespace KerasPort.Pictures;

/// <summary>
/// Rotation, shift, shear and zoom of a picture around its centre. Each output pixel is interpolated at a point of the input by a spline through the
/// pixels, in double, as scipy's <c>ndimage.affine_transform</c> does.
/// </summary>
/// <param name="fill">The mode for points outside of the picture: nearest, constant, reflect or wrap.</param>
/// <param name="constant">The value outside for mode constant.</param>
/// <param name="order">The order of the spline: 0 for the nearest pixel, 1 for linear interpolation, up to 5.</param>
internal sealed class AffineTransform(string fill, double constant, int order)
{
    // A spline depends on pixels farther away: scipy pads the picture with 12 copies of its edge in mode nearest.
    private readonly int _margin = order > 1 && fill == "nearest" ? 12 : 0;

    private readonly Spline _spline = new(order, isMirrored: fill is "constant" or "wrap");

    /// <summary>The transformed picture [height, width, channels]; the same array if nothing moves.</summary>
    public float[] Apply(float[] x, int height, int width, int channels, in ImageDataGenerator.Change change)
    {
        if (change is { Theta: 0, Down: 0, Across: 0, Shear: 0, ZoomDown: 1, ZoomAcross: 1 }) return x;
        // Matrices map output to input, rows first, as Keras' do.
        double theta = double.DegreesToRadians(change.Theta), shear = double.DegreesToRadians(change.Shear);
        var (cos, sin) = (Math.Cos(theta), Math.Sin(theta));
        // rotation · shift · shear · zoom.
        double a = cos * change.ZoomDown, b = (-cos * Math.Sin(shear) - sin * Math.Cos(shear)) * change.ZoomAcross;
        double c = sin * change.ZoomDown, d = (-sin * Math.Sin(shear) + cos * Math.Cos(shear)) * change.ZoomAcross;
        double e = cos * change.Down - sin * change.Across, f = sin * change.Down + cos * change.Across;
        double middleDown = height / 2.0 - 0.5, middleAcross = width / 2.0 - 0.5;
        e += middleDown - a * middleDown - b * middleAcross;
        f += middleAcross - c * middleDown - d * middleAcross;
        // Keras exchanges the axes of the finished matrix: what was drawn for rows moves columns, and the centre is off unless the picture is square.
        var from = Coefficients(x, height, width, channels);
        var to = new float[x.Length];
        for (int i = 0; i < height; i++)
            for (int j = 0; j < width; j++)
                Look(from, d * i + c * j + f, b * i + a * j + e, to.AsSpan((i * width + j) * channels, channels));
        return to;
    }

    private Plane Coefficients(float[] x, int height, int width, int channels)
    {
        int rows = height + 2 * _margin, columns = width + 2 * _margin;
        var values = new double[rows * columns * channels];
        for (int i = 0, at = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
            {
                int source = (Math.Clamp(i - _margin, 0, height - 1) * width + Math.Clamp(j - _margin, 0, width - 1)) * channels;
                for (int k = 0; k < channels; k++) values[at++] = x[source + k];
            }
        var plane = new Plane(values, rows, columns, channels);
        for (int j = 0; j < columns * channels; j++) _spline.Prepare(values, j, rows, columns * channels);
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < channels; k++) _spline.Prepare(values, i * columns * channels + k, columns, channels);
        return plane;
    }

    private void Look(in Plane from, double row, double column, Span<float> to)
    {
        if (Placed(row + _margin, from.Rows) is not { } y || Placed(column + _margin, from.Columns) is not { } z)
        {
            to.Fill((float)constant);
            return;
        }
        Span<double> down = stackalloc double[order + 1], across = stackalloc double[order + 1];
        int top = _spline.Weigh(y, down), left = _spline.Weigh(z, across);
        for (int k = 0; k < to.Length; k++)
        {
            double sum = 0;
            for (int i = 0; i <= order; i++)
            {
                int start = Within(top + i, from.Rows) * from.Columns;
                for (int j = 0; j <= order; j++)
                    sum += from.Values[(start + Within(left + j, from.Columns)) * from.Channels + k] * down[i] * across[j];
            }
            to[k] = (float)sum;
        }
    }

    /// <summary>The coordinate within the picture that one outside stands for; <c>null</c> for the constant.</summary>
    private double? Placed(double at, int length)
    {
        int last = length - 1;
        if (at >= 0 && at <= last) return at;
        switch (fill)
        {
            case "constant":
                return null;
            case "nearest":
                return Math.Clamp(at, 0, last);
            case "wrap":
                if (last == 0) return 0;
                return at < 0 ? at + last * (Math.Truncate(-at / last) + 1) : at - last * Math.Truncate(at / last);
            default:
                if (last == 0) return 0;
                int both = 2 * length;
                if (at < 0)
                {
                    if (at < -both) at += both * Math.Truncate(-at / both);
                    return at < -length ? at + both : (at > -1e-15 ? 1e-15 : -at) - 1;
                }
                at -= both * Math.Truncate(at / both);
                return at >= length ? both - at - 1 : at;
        }
    }

    // The index of a pixel, or of the one that stands for it outside of the picture.
    private int Within(int at, int length) => at >= 0 && at < length ? at : fill == "nearest" ? Math.Clamp(at, 0, length - 1) : _spline.Within(at, length);

    /// <summary>Coefficients [rows, columns, channels].</summary>
    private readonly record struct Plane(double[] Values, int Rows, int Columns, int Channels);
}
