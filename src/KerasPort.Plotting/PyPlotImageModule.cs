using KerasPort.Pictures;
using KerasPort.Saving;

namespace KerasPort.Plotting;

/// <summary><c>matplotlib.image</c>.</summary>
public sealed class PyPlotImageModule
{
    internal PyPlotImageModule() { }

    /// <inheritdoc cref="PyPlotModule.imsave"/>
    public void imsave(string fname, Series arr, Colormap? cmap = null, double? vmin = null, double? vmax = null)
    {
        var (height, width, _) = AxesImage.SizeOf(arr);
        var picture = new AxesImage(arr, (0, 1, 0, 1), false, Shades.Over(arr.Values, vmin, vmax, cmap ?? "viridis"), null, null);
        string format = Path.GetExtension(fname).TrimStart('.').ToLowerInvariant() switch { "jpg" => "jpeg", "" => "png", var ending => ending };
        byte[] file = PictureCodec.Open("imsave").Encode(new Image(height, width, 4, picture.Rgba()), format);
        WholeFile.Write(fname, file, "the picture ");
    }

    /// <summary>Reads a picture as an array: a PNG as fractions of 1, others as bytes.</summary>
    /// <exception cref="DatasetException">The file isn't a picture.</exception>
    public NDArray imread(string fname)
    {
        NDArray picture = PictureCodec.Open("imread").Read(fname);
        return Path.GetExtension(fname).Equals(".png", StringComparison.OrdinalIgnoreCase) ? (picture / 255.0).astype("float32") : picture;
    }
}
