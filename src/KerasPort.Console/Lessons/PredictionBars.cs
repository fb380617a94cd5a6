using System.Globalization;
using KerasPort.Datasets;
using Spectre.Console;

namespace KerasPort.Console.Lessons;

/// <summary>What a model takes a picture for, in a terminal.</summary>
internal static class PredictionBars
{
    private const int Width = 20;

    /// <summary>The likeliest class with its probability.</summary>
    public static string Best(float[] probabilities)
    {
        int best = Array.IndexOf(probabilities, probabilities.Max());
        return string.Create(CultureInfo.InvariantCulture, $"{FashionMnist.Classes[best]}, {probabilities[best] * 100:0.0} %");
    }

    /// <summary>The picture, and beside it the ten probabilities with a bar each.</summary>
    public static Grid Beside(Picture picture, float[] probabilities, IAnsiConsole console)
    {
        var bars = new Grid().AddColumn().AddColumn(new GridColumn { NoWrap = true }.RightAligned()).AddColumn(new GridColumn { NoWrap = true });
        for (int i = 0; i < probabilities.Length; i++)
        {
            var style = probabilities[i] == probabilities.Max() ? new Style(decoration: Decoration.Bold) : Style.Plain;
            bars.AddRow(
                new Text(FashionMnist.Classes[i], style),
                new Text(string.Create(CultureInfo.InvariantCulture, $"{probabilities[i] * 100:0.0} %"), style),
                new Text(new string(console.Profile.Capabilities.Unicode ? '━' : '=', (int)Math.Round(probabilities[i] * Width)), style));
        }
        var grid = new Grid().AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, 2, 0) }).AddColumn();
        return grid.AddRow(new PictureDrawing(picture), bars);
    }
}
