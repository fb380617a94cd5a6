using System.Text;
using KerasPort.Pictures;
using KerasPort.Saving;

namespace KerasPort.Diagrams;

/// <summary>A model's drawing, which <c>keras.utils.model_to_dot</c> gives: as text or bytes, or in a file. It is drawn here and not by Graphviz.</summary>
public sealed class ModelDot
{
    private const double PointsPerInch = 72;
    private readonly Drawing _drawing;
    private readonly double _scale;
    private readonly string _title;

    internal ModelDot(Drawing drawing, int dpi, string title) => (_drawing, _scale, _title) = (drawing, dpi / PointsPerInch, title);

    /// <summary>The picture's bytes.</summary>
    /// <param name="prog">What lays it out: "dot".</param>
    /// <param name="format">"svg", or "png", which needs the package KerasPort.Pictures.</param>
    /// <exception cref="ValueError">Another program or format, or the package isn't there.</exception>
    public byte[] create(string prog = "dot", string format = "svg") => (prog, format) switch
    {
        ("dot", "svg") => Encoding.UTF8.GetBytes(SvgText.Of(_drawing, _scale, _title)),
        ("dot", "png") => PictureCodec.Open("model_to_dot").Draw(_drawing, _scale),
        _ => throw new ValueError($"A model is laid out as by dot, and drawn as svg or png here. Received: prog={prog}, format={format}"),
    };

    /// <summary>Writes it as PNG.</summary>
    public void write_png(string path) => WholeFile.Write(path, create(format: "png"), "the picture ");

    /// <summary>Writes it as SVG.</summary>
    public void write_svg(string path) => WholeFile.Write(path, create(), "the picture ");
}
