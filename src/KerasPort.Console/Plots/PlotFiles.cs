using System.Text;
using KerasPort.Plotting;
using ScottPlot;

namespace KerasPort.Console.Plots;

/// <summary>Plots as files in a folder, each in all formats asked for.</summary>
/// <param name="folder">Where they go.</param>
/// <param name="formats">png, svg.</param>
internal sealed class PlotFiles(string folder, string[] formats)
{
    public int Written { get; private set; }

    /// <param name="plot">The plot.</param>
    /// <param name="name">The file's name without its ending; what a report names may hold anything.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public void Save(Plot plot, string name, int width, int height)
    {
        string safe = string.Concat(name.Take(80).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_'));
        foreach (string format in formats)
        {
            byte[] content = format == "png"
                ? plot.GetImageBytes(width, height, ImageFormat.Png)
                : Encoding.UTF8.GetBytes(plot.GetSvgXml(width, height).Replace(PlotFont.InSvgAsDrawn, PlotFont.InSvg));
            new ReportFile(Path.Combine(folder, $"{safe}.{format}"), "picture").Write(content);
            Written++;
        }
    }
}
