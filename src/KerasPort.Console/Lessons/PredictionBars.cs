using System.Globalization;
using KerasPort.Datasets;
using Spectre.Console;

namespace KerasPort.Console.Lessons;

/// <summary>A model's ten probabilities for a picture. In a narrow terminal, picture and bars shrink; names and numbers stay.</summary>
internal static class PredictionBars
{
    private const int Longest = 20, Shortest = 5, Gap = 2;

    /// <summary>The columns of names and numbers: "T-shirt/top  100.0 %".</summary>
    private static readonly int s_numbers = FashionMnist.Classes.Max(name => name.Length) + Gap + "100.0 %".Length;

    /// <summary>The most probable class, with its probability.</summary>
    public static string Best(float[] probabilities)
    {
        int best = Array.IndexOf(probabilities, probabilities.Max());
        return string.Create(CultureInfo.InvariantCulture, $"{FashionMnist.Classes[best]}, {probabilities[best] * 100:0.0} %");
    }

    /// <summary>Writes the picture and the ten probabilities with a bar each, beside it or, if there is no room, below it.</summary>
    public static void Write(IAnsiConsole console, Picture picture, float[] probabilities)
    {
        int width = console.Profile.Width, left = width - picture.Width - Gap - s_numbers - Gap;
        var drawing = new PictureDrawing(picture);
        if (left >= Shortest)
        {
            var grid = new Grid()
                .AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, Gap, 0) })
                .AddColumn(new GridColumn { Padding = new Padding(0) });
            console.Write(grid.AddRow(drawing, Bars(console, probabilities, left)));
            return;
        }
        if (picture.Width <= width) console.Write(drawing);
        console.Write(Bars(console, probabilities, width - s_numbers - Gap));
    }

    private static Grid Bars(IAnsiConsole console, float[] probabilities, int width)
    {
        bool shown = width >= Shortest;
        var bars = new Grid().AddColumn(Column(Gap)).AddColumn(Column(shown ? Gap : 0).RightAligned());
        if (shown) bars.AddColumn(Column(0));
        for (int i = 0; i < probabilities.Length; i++)
        {
            var style = probabilities[i] == probabilities.Max() ? new Style(decoration: Decoration.Bold) : Style.Plain;
            string bar = new(console.Profile.Capabilities.Unicode ? '━' : '=', (int)Math.Round(probabilities[i] * Math.Clamp(width, 0, Longest)));
            Text[] cells = [new(FashionMnist.Classes[i], style),
                new(string.Create(CultureInfo.InvariantCulture, $"{probabilities[i] * 100:0.0} %"), style),
                new(bar, style)];
            bars.AddRow(cells[..(shown ? 3 : 2)]);
        }
        return bars;
    }

    private static GridColumn Column(int gap) => new() { NoWrap = true, Padding = new Padding(0, 0, gap, 0) };
}
