using System.CommandLine;
using System.Globalization;
using KerasPort.Layers;
using Spectre.Console;
using Spectre.Console.Rendering;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary>
/// <c>kerasport convolve</c>, the codelab's idea before any training: a filter is moved over a picture, and pooling keeps the largest of each window.
/// Both are the layers that the codelab trains, with given weights.
/// </summary>
internal static class ConvolveCommand
{
    public static Command Create()
    {
        var image = new Argument<string>("IMAGE")
        {
            // The help text names the default: a DefaultValueFactory would add "[default: 0]" to the command in the tool's help.
            Arity = ArgumentArity.ZeroOrOne,
            Description = "number of a test image of the data set, by default 0, or a picture file (" + PictureFile.Formats + ")",
        };
        var filter = new Option<string>("--filter") { HelpName = "FILTER", DefaultValueFactory = _ => "edges", Description = Filter.Expected };
        var pool = new Option<string>("--pool")
        {
            HelpName = "N",
            DefaultValueFactory = _ => "2",
            Description = "pool windows of N x N pixels; 1 for no pooling",
        };
        var png = new Option<string>("--png") { HelpName = "FILE", Description = "also write before and after, side by side, to a PNG file" };
        var command = new Command("convolve", "Apply a filter and pooling to a picture and show it before and after: " +
            "a convolution without any training.")
            { image, filter, pool, png };
        command.SetAction(parsed =>
        {
            if (!int.TryParse(parsed.GetValue(pool), NumberStyles.None, CultureInfo.InvariantCulture, out int window) || window < 1)
                throw new UsageException($"--pool: expected a whole number of 1 or more, got \"{parsed.GetValue(pool)}\"");
            return Run(parsed.GetValue(image) ?? "0", Filter.Parse(parsed.GetValue(filter)!), window, parsed.GetValue(png));
        });
        return command;
    }

    /// <summary>The picture convolved with the filter.</summary>
    /// <exception cref="ValueError">The filter is larger than the picture.</exception>
    public static Picture Convolve(Picture picture, Filter filter)
    {
        int kernels = filter.Kernels.Length;
        // Keras' order of a kernel: [row, column, input channel, filter].
        float[] weights = [.. Enumerable.Range(0, filter.Size * filter.Size * kernels).Select(i => filter.Kernels[i % kernels][i / kernels])];
        var map = Through(picture, tf.keras.layers.Conv2D(kernels, filter.Size, use_bias: false), weights);
        return kernels == 1 ? map : map with { Pixels = [.. map.Pixels.Chunk(kernels).Select(values => MathF.Sqrt(values.Sum(v => v * v)))] };
    }

    /// <summary>The largest pixel of each window.</summary>
    /// <exception cref="ValueError">The window is larger than the picture.</exception>
    public static Picture Pool(Picture picture, int window) => Through(picture, tf.keras.layers.MaxPooling2D(window), null);

    private static int Run(string image, Filter filter, int window, string? png)
    {
        if (png is not null && Path.GetExtension(png).ToLowerInvariant() is not (".png" or ""))
            throw new UsageException($"--png: expected a name that ends in .png, got \"{png}\"");
        var file = png is null ? null : new ReportFile(png, "picture", madeOf: image);
        var before = Picture.Open(image);
        RequireRoom(before, image, filter, window);
        if (before.Stored != (before.Width, before.Height))
            CommandLine.Say($"{image} has {before.Stored.Width} x {before.Stored.Height} pixels, made {before.Width} x {before.Height} first");
        var convolved = Visible(Convolve(before, filter));
        List<(string Name, Picture Picture)> shown = [("before", before), (filter.Name, convolved)];
        if (window > 1) shown.Add(($"max pooled {window}x{window}", Pool(convolved, window)));

        var console = Terminals.Output();
        foreach (var kernel in filter.Kernels) console.WriteLine(string.Join('\n', Rows(kernel, filter.Size)) + "\n");
        console.Write(Panels(shown, filter.FindsLines, console.Profile.Width));
        if (file is null) return ExitCode.Ok;
        file.Write(Joined([.. shown.Select(s => s.Picture)]).ToPng());
        CommandLine.Say($"before and after written to {file.FullPath}");
        return ExitCode.Ok;
    }

    /// <summary>Refuses sizes that don't fit, in terms of pictures instead of the layers' shapes.</summary>
    private static void RequireRoom(Picture picture, string image, Filter filter, int window)
    {
        int side = Math.Min(picture.Width, picture.Height), left = side - filter.Size + 1;
        if (left >= window) return;
        bool isOfTheSet = image.All(char.IsAsciiDigit);
        string size = $"{(isOfTheSet ? "test image " : "")}{image} has {picture.Width} x {picture.Height} pixels";
        if (left < 1) throw new PictureException($"{size}, the filter {filter.Size} x {filter.Size}: expected a picture at least as large");
        string what = $"of which the filter leaves {picture.Width - filter.Size + 1} x {picture.Height - filter.Size + 1}, " +
            $"less than a window of {window} x {window}";
        if (isOfTheSet) throw new UsageException($"--pool: {size}, {what}; expected at most {left}");
        throw new PictureException($"{size}, {what}: expected a larger picture, or a smaller --pool");
    }

    private static Picture Through(Picture picture, Layer layer, float[]? weights)
    {
        var model = tf.keras.Sequential([tf.keras.Input((picture.Height, picture.Width, 1)), layer]);
        if (weights is not null) model.set_weights([new NDArray(weights, model.get_weights()[0].shape)]);
        var output = model.predict(new NDArray(picture.Pixels, 1, picture.Height, picture.Width, 1), verbose: 0);
        return new Picture(output.shape[2], output.shape[1], output.ToFloats());
    }

    /// <summary>The picture with its values clipped to black and white (a relu clips at black, too).</summary>
    private static Picture Visible(Picture picture) => picture with { Pixels = [.. picture.Pixels.Select(p => Math.Clamp(p, 0, 255))] };

    /// <summary>
    /// All pictures at the same scale, so that pooling shows as a smaller picture; one below the other in a narrow terminal. If they are too large, those of
    /// an edge filter are reduced by maxima, as pooling does, since means would wipe out its thin lines.
    /// </summary>
    private static Grid Panels(List<(string Name, Picture Picture)> pictures, bool lines, int width)
    {
        const int Gap = 2;
        int together = pictures.Sum(p => Math.Max(p.Picture.Width, p.Name.Length) + Gap), widest = pictures.Max(p => p.Picture.Width);
        bool beside = together <= width || (widest > width && width >= 60);
        double scale = Math.Min(1, beside ? (width - Gap * pictures.Count) / (double)pictures.Sum(p => p.Picture.Width) : width / (double)widest);
        var grid = new Grid();
        IRenderable[][] panels = [.. pictures.Select((p, i) => new IRenderable[]
        {
            new Text(p.Name), new Text($"{p.Picture.Width} x {p.Picture.Height}"), new PictureDrawing(Shown(p.Picture, lines && i > 0)),
        })];
        foreach (var _ in beside ? panels : panels[..1]) grid.AddColumn(new GridColumn { NoWrap = true, Padding = new Padding(0, 0, beside ? Gap : 0, 0) });
        if (beside) for (int row = 0; row < panels[0].Length; row++) grid.AddRow([.. panels.Select(panel => panel[row])]);
        else foreach (var part in panels.SelectMany(panel => panel)) grid.AddRow(part);
        return grid;

        Picture Shown(Picture p, bool strongest) => scale == 1 ? p
            : strongest ? p.Brightest(Scaled(p.Width), Scaled(p.Height)) : p.Resized(Scaled(p.Width), Scaled(p.Height));
        int Scaled(int size) => Math.Max(1, (int)(size * scale));
    }

    /// <summary>Joins pictures side by side on grey; small ones are enlarged so that every pixel shows as a square.</summary>
    private static Picture Joined(Picture[] pictures)
    {
        const int Gap = 8, Ground = 96, Wanted = 224;
        int scale = Math.Max(1, Wanted / Math.Max(pictures[0].Width, pictures[0].Height));
        int width = pictures.Sum(p => p.Width * scale + Gap) + Gap, height = pictures.Max(p => p.Height) * scale + 2 * Gap;
        var joined = new float[width * height];
        Array.Fill(joined, Ground);
        int left = Gap;
        foreach (var picture in pictures)
        {
            for (int y = 0; y < picture.Height * scale; y++)
                for (int x = 0; x < picture.Width * scale; x++) joined[(Gap + y) * width + left + x] = picture[x / scale, y / scale];
            left += picture.Width * scale + Gap;
        }
        return new Picture(width, height, joined);
    }

    private static IEnumerable<string> Rows(float[] kernel, int size)
    {
        string[] numbers = [.. kernel.Select(k => k.ToString("0.###", CultureInfo.InvariantCulture))];
        int width = numbers.Max(n => n.Length);
        return numbers.Select(n => n.PadLeft(width)).Chunk(size).Select(row => "  " + string.Join("  ", row));
    }
}
