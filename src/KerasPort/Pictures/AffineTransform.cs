namespace KerasPort.Pictures;

/// <summary>
/// Rotation, shift, slant and zoom of a picture around its middle: each output pixel is looked up at a place of the input, as scipy's
/// <c>ndimage.affine_transform</c> does with splines of order 0 or 1, in double.
/// </summary>
/// <param name="fill">What lies outside: nearest, constant, reflect or wrap.</param>
/// <param name="constant">The constant.</param>
/// <param name="order">1 between pixels, 0 for the nearest.</param>
internal sealed class AffineTransform(string fill, double constant, int order)
{
    /// <summary>The picture [height, width, channels] with that change; itself where nothing moves.</summary>
    public float[] Apply(float[] x, int height, int width, int channels, in ImageDataGenerator.Change change)
    {
        if (change is { Theta: 0, Down: 0, Across: 0, Shear: 0, ZoomDown: 1, ZoomAcross: 1 }) return x;
        // Rows first, as the matrices of Keras have them: out to in.
        double theta = double.DegreesToRadians(change.Theta), shear = double.DegreesToRadians(change.Shear);
        var (cos, sin) = (Math.Cos(theta), Math.Sin(theta));
        // rotation · shift · shear · zoom.
        double a = cos * change.ZoomDown, b = (-cos * Math.Sin(shear) - sin * Math.Cos(shear)) * change.ZoomAcross;
        double c = sin * change.ZoomDown, d = (-sin * Math.Sin(shear) + cos * Math.Cos(shear)) * change.ZoomAcross;
        double e = cos * change.Down - sin * change.Across, f = sin * change.Down + cos * change.Across;
        double middleDown = height / 2.0 - 0.5, middleAcross = width / 2.0 - 0.5;
        e += middleDown - a * middleDown - b * middleAcross;
        f += middleAcross - c * middleDown - d * middleAcross;
        // Keras exchanges the axes of the finished matrix: what was drawn for rows moves columns, and in no square the middle isn't the middle.
        var to = new float[x.Length];
        for (int i = 0; i < height; i++)
            for (int j = 0; j < width; j++)
                Look(x, height, width, channels, d * i + c * j + f, b * i + a * j + e, to.AsSpan((i * width + j) * channels, channels));
        return to;
    }

    private void Look(float[] x, int height, int width, int channels, double row, double column, Span<float> to)
    {
        if (Placed(row, height) is not { } y || Placed(column, width) is not { } z)
        {
            to.Fill((float)constant);
            return;
        }
        if (order == 0)
        {
            x.AsSpan((Within((int)Math.Floor(y + 0.5), height) * width + Within((int)Math.Floor(z + 0.5), width)) * channels, channels).CopyTo(to);
            return;
        }
        int top = (int)Math.Floor(y), left = (int)Math.Floor(z);
        double down = y - top, across = z - left;
        int above = Within(top, height) * width, below = Within(top + 1, height) * width, before = Within(left, width), behind = Within(left + 1, width);
        for (int k = 0; k < channels; k++)
            to[k] = (float)(x[(above + before) * channels + k] * (1 - down) * (1 - across) + x[(above + behind) * channels + k] * (1 - down) * across
                + x[(below + before) * channels + k] * down * (1 - across) + x[(below + behind) * channels + k] * down * across);
    }

    /// <summary>The place within the side that one outside stands for; none where there is the constant.</summary>
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

    // Of a pixel's neighbour outside: the one that is mirrored there.
    private static int Within(int at, int length) => at < 0 ? Math.Min(-at - 1, length - 1) : at >= length ? Math.Max(2 * length - at - 1, 0) : at;
}
