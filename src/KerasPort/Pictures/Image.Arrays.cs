namespace KerasPort.Pictures;

/// <content>Conversions between files, pictures and arrays, as in <c>keras.utils</c>.</content>
public sealed partial class Image
{
    private static readonly string[] s_modes = ["grayscale", "rgb", "rgba"];

    /// <inheritdoc cref="UtilsModule.load_img(string, string, ValueTuple{int, int}?, string, bool)"/>
    internal static Image Load(string path, string color_mode, (int, int)? target_size, string interpolation, bool keep_aspect_ratio)
    {
        _ = ChannelsOf(color_mode);
        return Fitted(PictureCodec.Open("load_img").Read(path), color_mode, target_size, interpolation, keep_aspect_ratio);
    }

    /// <summary>Converts a picture to a colour mode and a size.</summary>
    internal static Image Fitted(Image image, string color_mode, (int, int)? target_size, string interpolation, bool keep_aspect_ratio)
    {
        image = image.WithChannels(ChannelsOf(color_mode));
        if (target_size is not var (rows, columns) || (rows, columns) == (image.height, image.width)) return image;
        if (!keep_aspect_ratio) return image.Resized(columns, rows, interpolation, (0, 0, image.width, image.height));
        if (rows < 1 || columns < 1) throw new ValueError($"`target_size` must be positive. Received: target_size=({rows}, {columns})");
        int across = Math.Min(image.width, (int)((long)image.height * columns / rows));
        int down = Math.Min(image.height, (int)((long)image.width * rows / columns));
        int left = (image.width - across) / 2, top = (image.height - down) / 2;
        return image.Resized(columns, rows, interpolation, (left, top, left + across, top + down));
    }

    /// <summary>The number of channels of a colour mode.</summary>
    internal static int ChannelsOf(string color_mode) => Array.IndexOf(s_modes, color_mode) switch
    {
        0 => 1,
        1 => 3,
        2 => 4,
        _ => throw new ValueError($"color_mode must be \"grayscale\", \"rgb\", or \"rgba\". Received: color_mode={color_mode}"),
    };

    /// <summary>The bytes as an array [height, width, channels], float32 by default.</summary>
    internal NDArray ToArray(DType? dtype) => new NDArray([.. Pixels], height, width, Channels).astype(dtype ?? DType.float32);

    /// <summary>Converts an array to a picture.</summary>
    /// <param name="x">[height, width, channels] with 1, 3 or 4 channels.</param>
    /// <param name="scale">Whether values are scaled so that the least becomes 0 and the largest 255; otherwise they are truncated.</param>
    /// <exception cref="ValueError">The array isn't a picture.</exception>
    internal static Image Of(NDArray x, bool scale)
    {
        if (x.ndim != 3) throw new ValueError($"Expected image array to have rank 3 (single image). Got array with shape: {x.shape}");
        if (x.shape[2] is not (1 or 3 or 4)) throw new ValueError($"Unsupported channel number: {x.shape[2]}");
        var values = x.ToFloats();
        if (scale && values.Length > 0)
        {
            float least = values.Min(), most = values.Max() - least;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= least;
                if (most != 0) values[i] /= most;
                values[i] *= 255;
            }
        }
        if (x.shape[2] == 1 && values.Length > 0 && values.Max() > 255)
            throw new ValueError($"A grey picture holds numbers up to 255, this one up to {PythonText.Str(values.Max())}: let it be scaled.");
        return new Image(x.shape[0], x.shape[1], x.shape[2], Array.ConvertAll(values, v => unchecked((byte)(long)v)));
    }

    /// <summary>Saves the picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">png, jpeg or bmp; by default that of the file name's ending.</param>
    /// <exception cref="ValueError">The format isn't supported, or the package KerasPort.Pictures is missing.</exception>
    public void save(string path, string? format = null)
    {
        string name = (format ?? Path.GetExtension(path).TrimStart('.')).ToLowerInvariant();
        if (name == "jpg") name = "jpeg";
        File.WriteAllBytes(path, PictureCodec.Open("save_img").Encode(name == "jpeg" && Channels == 4 ? WithChannels(3) : this, name));
    }
}
