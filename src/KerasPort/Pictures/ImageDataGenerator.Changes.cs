namespace KerasPort.Pictures;

/// <content>What is drawn for a picture, and what it does to it.</content>
public sealed partial class ImageDataGenerator
{
    private readonly double _rotation, _shear, _channelShift;
    private readonly ShiftRange _width, _height;
    private readonly (double Least, double Most)? _brightness;
    private readonly ZoomRange _zoom;
    private readonly bool _flipsSideways, _flipsOver;
    private readonly AffineTransform _affine;

    /// <summary>What is drawn for one picture.</summary>
    internal readonly record struct Change(double Theta, double Down, double Across, double Shear, double ZoomDown, double ZoomAcross, bool Sideways, bool Over,
        double? ChannelShift, double? Brightness);

    /// <summary>Draws of <c>np.random</c>, in Keras' order.</summary>
    internal Change Draw(int height, int width)
    {
        var random = Python.np.random;
        double Within(double least, double most) => least + (most - least) * random.NextDouble();
        double theta = _rotation != 0 ? Within(-_rotation, _rotation) : 0;
        double down = _height.Draw(random, height), across = _width.Draw(random, width);
        double shear = _shear != 0 ? Within(-_shear, _shear) : 0, zoomDown = 1, zoomAcross = 1;
        if (!_zoom.IsNone) (zoomDown, zoomAcross) = (Within(_zoom.Least, _zoom.Most), Within(_zoom.Least, _zoom.Most));
        bool sideways = random.NextDouble() < 0.5 & _flipsSideways, over = random.NextDouble() < 0.5 & _flipsOver;
        double? channels = _channelShift != 0 ? Within(-_channelShift, _channelShift) : null;
        return new Change(theta, down, across, shear, zoomDown, zoomAcross, sideways, over, channels,
            _brightness is var (least, most) ? Within(least, most) : null);
    }

    /// <summary>The picture with that done to it.</summary>
    internal NDArray Changed(NDArray image, Change change)
    {
        var (height, width, channels) = image.shape;
        float[] x = _affine.Apply(image.ToFloats(), height, width, channels, change);
        if (change.ChannelShift is { } shift)
        {
            float least = x.Min(), most = x.Max();
            for (int i = 0; i < x.Length; i++) x[i] = Math.Clamp(x[i] + (float)shift, least, most);
        }
        if (change.Sideways || change.Over)
        {
            var from = (float[])x.Clone();
            for (int i = 0; i < height; i++)
                for (int j = 0; j < width; j++)
                    from.AsSpan(((change.Over ? height - 1 - i : i) * width + (change.Sideways ? width - 1 - j : j)) * channels, channels)
                        .CopyTo(x.AsSpan((i * width + j) * channels));
        }
        return change.Brightness is { } factor ? Brightened(new NDArray(x, height, width, channels), (float)factor) : new NDArray(x, height, width, channels);
    }

    // As Pillow does it, between black and the picture's bytes; numbers that aren't bytes are scaled to these and back.
    private static NDArray Brightened(NDArray x, float factor)
    {
        float least = (float)x.min(), most = (float)x.max();
        bool scales = least < 0 || most > 255;
        var image = Image.Of(x, scales);
        var bright = Array.ConvertAll(image.Pixels, v => (float)(byte)Math.Clamp(v * factor, 0, 255));
        if (image.Channels == 4) for (int i = 3; i < bright.Length; i += 4) bright[i] = image.Pixels[i];
        if (scales) for (int i = 0; i < bright.Length; i++) bright[i] = bright[i] / 255 * (most - least) + least;
        return new NDArray(bright, x.shape);
    }
}

/// <summary>How far an ImageDataGenerator shifts: a share below 1 or pixels, any number between; a whole number for whole pixels below it.</summary>
public readonly struct ShiftRange
{
    private readonly double _value;
    private readonly bool _isWhole;

    private ShiftRange(double value, bool isWhole) => (_value, _isWhole) = (value, isWhole);

    /// <summary>A share of the side, or pixels.</summary>
    public static implicit operator ShiftRange(double range) => new(range, false);

    /// <summary>Whole pixels.</summary>
    /// <exception cref="ValueError">It is negative.</exception>
    public static implicit operator ShiftRange(int pixels) => pixels >= 0 ? new(pixels, true) : throw new ValueError($"A shift of whole pixels is positive. Received: {pixels}");

    internal double Draw(Random.RandomState random, int side)
    {
        if (_value == 0) return 0;
        if (_isWhole) return random.choice((int)_value) * (random.choice(2) == 0 ? -1.0 : 1.0);
        double drawn = -_value + 2 * _value * random.NextDouble();
        return _value < 1 ? drawn * side : drawn;
    }
}

/// <summary>How far an ImageDataGenerator zooms: from 1 - z to 1 + z, or from one factor to another.</summary>
public readonly struct ZoomRange
{
    private readonly (double Least, double Most)? _range;

    private ZoomRange(double least, double most) => _range = (least, most);

    internal double Least => _range?.Least ?? 1;

    internal double Most => _range?.Most ?? 1;

    internal bool IsNone => Least == 1 && Most == 1;

    /// <summary>To either side of 1.</summary>
    public static implicit operator ZoomRange(double range) => new(1 - range, 1 + range);

    /// <summary>Between two factors.</summary>
    public static implicit operator ZoomRange((double least, double most) range) => new(range.least, range.most);
}
