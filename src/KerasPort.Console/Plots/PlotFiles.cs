using System.Text;
using KerasPort.Plotting;
using ScottPlot;

namespace KerasPort.Console.Plots;

/// <summary>Plots as files in a folder, each in all formats asked for.</summary>
/// <param name="folder">The folder that the files go to.</param>
/// <param name="formats">The formats: png, svg.</param>
internal sealed class PlotFiles(string folder, string[] formats)
{
    // A temporary name adds 40 to it, and file systems take 255 bytes.
    private const int Longest = 200;

    private readonly HashSet<string> _names = [];

    public int Written { get; private set; }

    /// <param name="plot">The plot.</param>
    /// <param name="name">The file's name without its extension; a name from a report may contain any character.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    public void Save(Plot plot, string name, int width, int height)
    {
        string plain = string.Concat(name.Take(Longest).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')), safe = plain;
        // Names may differ only in characters that were replaced or cut off.
        for (int other = 2; !_names.Add(safe); other++) safe = $"{plain}-{other}";
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
