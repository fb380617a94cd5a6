using KerasPort.Pictures;

namespace KerasPort.Plotting;

/// <summary><c>matplotlib.image</c>.</summary>
public sealed class PyPlotImageModule
{
    internal PyPlotImageModule() { }

    /// <summary>A picture's file as an array: of a PNG fractions of 1, of others bytes.</summary>
    /// <exception cref="DatasetException">It is no picture.</exception>
    public NDArray imread(string fname)
    {
        NDArray picture = PictureCodec.Open("imread").Read(fname);
        return Path.GetExtension(fname).Equals(".png", StringComparison.OrdinalIgnoreCase) ? (picture / 255.0).astype("float32") : picture;
    }
}
