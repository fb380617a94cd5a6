using System.CommandLine;
using System.Globalization;
using KerasPort.Console.Analysis;
using KerasPort.Datasets;
using KerasPort.Layers;
using KerasPort.Models;
using Spectre.Console;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary><c>kerasport show</c>: shows an image of the data set, its classification by a saved model, and the output of one of the layers.</summary>
internal static class ShowCommand
{
    public static Command Create()
    {
        var number = new Argument<string>("N") { Description = "number of the image, from 0" };
        var train = new Option<bool>("--train") { Description = "an image of the training set, not of the test set" };
        var model = new Option<string>("--model") { HelpName = "FILE", Description = "a saved model (.keras, .h5, .hdf5): show its ten probabilities too" };
        var layer = new Option<string>("--layer")
        {
            HelpName = "NAME|INDEX",
            Description = "a convolution or pooling of the model, by name or by index from 0: show its feature maps too",
        };
        var command = new Command("show",
            "Draw an image of the data set in the terminal; of a saved model also its probabilities and a layer's feature maps.")
            { number, train, model, layer };
        command.SetAction(parsed => Run(parsed.GetValue(number)!, parsed.GetValue(train), parsed.GetValue(model), parsed.GetValue(layer)));
        return command;
    }

    /// <summary>The layer with this name or index, whose output must be pictures.</summary>
    /// <exception cref="UsageException">There is no such layer.</exception>
    public static Layer Find(Model model, string text)
    {
        var layer = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            ? model.layers.ElementAtOrDefault(place)
            : model.layers.FirstOrDefault(l => l.name == text);
        var pictured = model.layers.Select((l, i) => (Layer: l, Place: i)).Where(
            l => l.Layer is not InputLayer && l.Layer.output_shape is { Rank: 4 }).ToArray();
        if (pictured.Any(p => p.Layer == layer)) return layer!;
        throw new UsageException(pictured.Length == 0
            ? $"--layer: this model has no layer that gives pictures; expected a model that begins with a convolution"
            : $"--layer: expected one of {string.Join(", ", pictured.Select(p => $"{p.Layer.name} ({p.Place})"))}, got \"{text}\"");
    }

    private static int Run(string text, bool train, string? file, string? layerName)
    {
        if (layerName is not null && file is null) throw new UsageException("--layer: expected --model FILE beside it, the model whose layer it is");
        var (training, test) = tf.keras.datasets.fashion_mnist.load_data();
        var (images, labels) = train ? training : test;
        string set = train ? "training" : "test";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number >= images.shape[0])
            throw new UsageException($"there is no {set} image {text}: expected a number from 0 to {images.shape[0] - 1}");
        var model = file is null ? null : ModelArgument.Load(file, compile: false);
        var layer = layerName is null ? null : Find(model!, layerName);

        var picture = new Picture(images.shape[2], images.shape[1], images[number].ToFloats());
        var console = Terminals.Output();
        string label = FashionMnist.Classes[labels[number].ToInts()[0]];
        if (model is null)
        {
            Terminals.WriteLine($"{set} image {number}: {label}");
            console.Write(new PictureDrawing(picture));
            return ExitCode.Ok;
        }
        float[] probabilities = PredictCommand.Probabilities(model, [picture], file!).ToFloats();
        Terminals.WriteLine($"{set} image {number}: {label}; {file} says {PredictionBars.Best(probabilities)}");
        PredictionBars.Write(console, picture, probabilities);
        if (layer is not null) WriteMaps(console, model, layer, picture);
        return ExitCode.Ok;
    }

    /// <summary>Writes all channels side by side, about eight per line, reduced if they don't fit; black is 0.</summary>
    private static void WriteMaps(IAnsiConsole console, Model model, Layer layer, Picture picture)
    {
        const int Across = 8, Gap = 1;
        var input = new NDArray([.. picture.Pixels.Select(p => p / 255)], [1, .. model.input_shape[1..].ToArray()]);
        var output = FeatureMaps.Outputs(model, [input]).First(o => o.Layer == layer).Outputs[0];
        int height = output.shape[1], width = output.shape[2], channels = output.shape[3];
        float largest = (float)output.max();
        Terminals.WriteLine("");
        Terminals.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{layer.name}: {channels} maps of {width} x {height}, the brightest is {largest:0.00}"));

        int tile = Math.Min(width, Math.Max(5, console.Profile.Width / Across - Gap)), line = Math.Max(1, console.Profile.Width / (tile + Gap));
        int tall = Math.Max(1, (int)Math.Round((double)tile * height / width));
        foreach (int[] numbers in Enumerable.Range(0, channels).Chunk(line))
        {
            var grid = new Grid();
            foreach (int _ in numbers) grid.AddColumn(new GridColumn { NoWrap = true, Width = tile, Padding = new Padding(0, 0, Gap, 0) });
            grid.AddRow([.. numbers.Select(n => new Text($"{n}"))]);
            grid.AddRow([.. numbers.Select(n =>
            {
                var map = new Picture(width, height, [.. output[0, .., .., n].ToFloats().Select(v => Math.Max(v, 0) / Math.Max(largest, 1e-9f) * 255)]);
                return new PictureDrawing(map.Resized(tile, tall), Palette.Heat);
            })]);
            console.Write(grid);
        }
    }
}
