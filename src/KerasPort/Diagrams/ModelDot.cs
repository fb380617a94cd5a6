using System.Text;
using KerasPort.Pictures;
using KerasPort.Saving;

namespace KerasPort.Diagrams;

/// <summary>
/// A model's drawing, the result of <c>keras.utils.model_to_dot</c>: as text or bytes, or in a file. It is drawn by this library, not by Graphviz.
/// </summary>
public sealed class ModelDot
{
    private const double PointsPerInch = 72;
    private readonly Drawing _drawing;
    private readonly double _scale;
    private readonly string _title;

    internal ModelDot(Drawing drawing, int dpi, string title) => (_drawing, _scale, _title) = (drawing, dpi / PointsPerInch, title);

    /// <summary>The drawing as bytes of a file.</summary>
    /// <param name="prog">The layout program, always "dot".</param>
    /// <param name="format">"svg", or "png", which needs the package KerasPort.Pictures.</param>
    /// <exception cref="ValueError">Another program or format is given, or the package is missing.</exception>
    public byte[] create(string prog = "dot", string format = "svg") => (prog, format) switch
    {
        ("dot", "svg") => Encoding.UTF8.GetBytes(SvgText.Of(_drawing, _scale, _title)),
        ("dot", "png") => PictureCodec.Open("model_to_dot").Draw(_drawing, _scale),
        _ => throw new ValueError($"A model is laid out as by dot, and drawn as svg or png here. Received: prog={prog}, format={format}"),
    };

    /// <summary>Saves the drawing as PNG.</summary>
    public void write_png(string path) => WholeFile.Write(path, create(format: "png"), "the picture ");

    /// <summary>Saves the drawing as SVG.</summary>
    public void write_svg(string path) => WholeFile.Write(path, create(), "the picture ");
}
