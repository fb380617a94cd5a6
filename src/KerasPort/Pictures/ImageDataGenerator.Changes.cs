namespace KerasPort.Pictures;

/// <content>The random changes of a picture: how they are drawn, and how they are applied.</content>
public sealed partial class ImageDataGenerator
{
    private readonly double _rotation, _shear, _channelShift;
    private readonly ShiftRange _width, _height;
    private readonly (double Least, double Most)? _brightness;
    private readonly ZoomRange _zoom;
    private readonly bool _flipsSideways, _flipsOver;
    private readonly AffineTransform _affine;

    private static readonly string[] s_parameters =
        ["theta", "tx", "ty", "shear", "zx", "zy", "flip_horizontal", "flip_vertical", "channel_shift_intensity", "brightness"];

    /// <summary>The changes that are drawn for one picture.</summary>
    internal readonly record struct Change(double Theta, double Down, double Across, double Shear, double ZoomDown, double ZoomAcross, bool Sideways, bool Over,
        double? ChannelShift, double? Brightness);

    /// <summary>Draws changes from <c>np.random</c>, in Keras' order.</summary>
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

    /// <summary>Changes a picture at random.</summary>
    /// <param name="x">[height, width, channels], or with the channels first if the generator has that format.</param>
    /// <param name="seed">The seed that <c>np.random</c> gets first; <c>null</c> leaves it as it is.</param>
    public NDArray random_transform(NDArray x, long? seed = null) => apply_transform(x, get_random_transform(x.shape, seed));

    /// <summary>Draws changes for one picture, with Keras' names: theta, tx, ty, shear, zx, zy, flip_horizontal, flip_vertical (1 for yes),
    /// and if they are set channel_shift_intensity and brightness.</summary>
    /// <param name="img_shape">The picture's shape.</param>
    /// <param name="seed">The seed that <c>np.random</c> gets first; <c>null</c> leaves it as it is.</param>
    public Dictionary<string, double> get_random_transform(Shape img_shape, long? seed = null)
    {
        if (img_shape.Rank != 3) throw new ValueError($"A picture has three axes. Received: img_shape={img_shape}");
        if (seed is not null) Python.np.random.seed(seed);
        int rows = _channelsFirst ? 1 : 0;
        var drawn = Draw(img_shape[rows] ?? 0, img_shape[rows + 1] ?? 0);
        Dictionary<string, double> named = new()
        {
            ["theta"] = drawn.Theta,
            ["tx"] = drawn.Down,
            ["ty"] = drawn.Across,
            ["shear"] = drawn.Shear,
            ["zx"] = drawn.ZoomDown,
            ["zy"] = drawn.ZoomAcross,
            ["flip_horizontal"] = drawn.Sideways ? 1 : 0,
            ["flip_vertical"] = drawn.Over ? 1 : 0,
        };
        if (drawn.ChannelShift is { } shift) named["channel_shift_intensity"] = shift;
        if (drawn.Brightness is { } brightness) named["brightness"] = brightness;
        return named;
    }

    /// <summary>Applies changes to a picture, by the names of <see cref="get_random_transform"/>; those that aren't named have no effect.</summary>
    /// <exception cref="ValueError">The array isn't a picture, or there is no change of that name.</exception>
    public NDArray apply_transform(NDArray x, Dictionary<string, double> transform_parameters)
    {
        if (x.ndim != 3) throw new ValueError($"A picture has three axes. Received: x.shape={x.shape}");
        if (transform_parameters.Keys.FirstOrDefault(name => Array.IndexOf(s_parameters, name) < 0) is { } strange)
            throw new ValueError($"There is no transform parameter '{strange}'; there is {string.Join(", ", s_parameters)}.");
        double Of(string name, double otherwise) => transform_parameters.GetValueOrDefault(name, otherwise);
        double? Maybe(string name) => transform_parameters.TryGetValue(name, out double value) ? value : null;
        return First(Changed(Last(x.astype(DType.float32)), new Change(Of("theta", 0), Of("tx", 0), Of("ty", 0), Of("shear", 0), Of("zx", 1), Of("zy", 1),
            Of("flip_horizontal", 0) != 0, Of("flip_vertical", 0) != 0, Maybe("channel_shift_intensity"), Maybe("brightness"))));
    }

    /// <summary>
    /// Standardizes a picture, or several, as <see cref="flow"/> does after changing them: the preprocessing function, rescaling, centring, whitening.
    /// </summary>
    /// <exception cref="ValueError">The generator needs data first, by <see cref="fit"/>.</exception>
    public NDArray standardize(NDArray x) => First(Standardized(Last(x.astype(DType.float32))));

    /// <summary>The picture with changes applied.</summary>
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

    // As in Pillow, the brightness is interpolated between black and the picture's bytes; other values are scaled to bytes and back.
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

/// <summary>The range of an ImageDataGenerator's shifts: a share below 1 or pixels, any number within; an integer for whole pixels below it.</summary>
public readonly struct ShiftRange
{
    private readonly double _value;
    private readonly bool _isWhole;

    private ShiftRange(double value, bool isWhole) => (_value, _isWhole) = (value, isWhole);

    /// <summary>Converts a share of the side if it is below 1, else pixels.</summary>
    public static implicit operator ShiftRange(double range) => new(range, false);

    /// <summary>Converts a number of whole pixels.</summary>
    /// <exception cref="ValueError">It is negative.</exception>
    public static implicit operator ShiftRange(int pixels) =>
        pixels >= 0 ? new(pixels, true) : throw new ValueError($"A shift of whole pixels is positive. Received: {pixels}");

    internal double Draw(Random.RandomState random, int side)
    {
        if (_value == 0) return 0;
        if (_isWhole) return random.choice((int)_value) * (random.choice(2) == 0 ? -1.0 : 1.0);
        double drawn = -_value + 2 * _value * random.NextDouble();
        return _value < 1 ? drawn * side : drawn;
    }
}

/// <summary>The range of an ImageDataGenerator's zoom: from 1 - z to 1 + z, or from one factor to another.</summary>
public readonly struct ZoomRange
{
    private readonly (double Least, double Most)? _range;

    private ZoomRange(double least, double most) => _range = (least, most);

    internal double Least => _range?.Least ?? 1;

    internal double Most => _range?.Most ?? 1;

    internal bool IsNone => Least == 1 && Most == 1;

    /// <summary>Converts a range to both sides of 1.</summary>
    public static implicit operator ZoomRange(double range) => new(1 - range, 1 + range);

    /// <summary>Converts a range between two factors.</summary>
    public static implicit operator ZoomRange((double least, double most) range) => new(range.least, range.most);
}
