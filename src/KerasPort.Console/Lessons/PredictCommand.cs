using System.CommandLine;
using KerasPort.Activations;
using KerasPort.Datasets;
using KerasPort.Models;
using Spectre.Console;
using static KerasPort.Python;

namespace KerasPort.Console.Lessons;

/// <summary><c>kerasport predict</c>: classifies a user's own pictures with a saved model.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var images = new Argument<string[]>("IMAGE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "picture files (" + PictureFile.Formats + ") of a garment on a plain ground, or numbers of test images",
        };
        var model = new Option<string>("--model")
        {
            HelpName = "FILE",
            Required = true,
            Description = "a saved model (.keras, .h5, .hdf5) of 28x28 grey pictures and ten classes",
        };
        var invert = new Option<string>("--invert")
        {
            HelpName = "auto|yes|no",
            DefaultValueFactory = _ => "auto",
            Description = "whether to swap dark and light: the data set's garments are light on black; auto looks at the border",
        };
        var command = new Command("predict", "Classify pictures of your own with a saved model and show its ten probabilities; " +
            "a picture that can't be read is named and left out.")
            { images, model, invert };
        command.SetAction(parsed => Run(parsed.GetValue(model)!, parsed.GetValue(images)!, parsed.GetValue(invert) switch
        {
            "auto" => null,
            "yes" => true,
            "no" => false,
            var other => throw new UsageException($"--invert: expected auto, yes or no, got \"{other}\""),
        }));
        return command;
    }

    /// <summary>The ten probabilities of each picture.</summary>
    /// <exception cref="UsageException">The model's inputs are other pictures, or its outputs other classes.</exception>
    public static NDArray Probabilities(Model model, IReadOnlyList<Picture> pictures, string name)
    {
        if (model.inputs.Count > 1 || model.outputs.Count > 1)
            throw new UsageException(
                $"{name} has {model.inputs.Count} inputs and {model.outputs.Count} outputs; expected a model of one each, as the codelab's are");
        Shape input = model.input_shape[1..], output = model.output_shape[1..];
        if ((input != (28, 28) && input != (28, 28, 1)) || output != FashionMnist.Classes.Count)
            throw new UsageException($"{name} takes {input} and gives {output}; " +
                "expected a model that takes (28, 28) or (28, 28, 1) and gives (10,), as the codelab's do");
        float[] pixels = [.. pictures.SelectMany(p => p.Pixels.Select(pixel => pixel / 255))];
        var outputs = model.predict(new NDArray(pixels, [pictures.Count, .. input.ToArray()]), verbose: 0);
        if (model.OutputActivation is Activations.Softmax) return outputs;
        var probabilities = outputs.ToFloats().Chunk(FashionMnist.Classes.Count).SelectMany(logits =>
        {
            float[] powers = [.. logits.Select(z => MathF.Exp(z - logits.Max()))];
            return powers.Select(p => p / powers.Sum());
        });
        return new NDArray([.. probabilities], outputs.shape);
    }

    private static int Run(string file, string[] images, bool? invert)
    {
        var model = ModelArgument.Load(file, compile: false);
        var pictures = new List<(string Name, Picture Picture)>();
        int code = ExitCode.Ok;
        foreach (string image in images)
        {
            try
            {
                pictures.Add((image, Garment.Of(Picture.Open(image), invert, image)));
            }
            // The other pictures are still classified.
            catch (Exception e) when (images.Length > 1 && e is PictureException or UsageException)
            {
                int failed = CommandLine.Fail(e, System.Console.Error);
                if (code == ExitCode.Ok) code = failed;
            }
        }
        if (pictures.Count == 0) return code;
        var probabilities = Probabilities(model, [.. pictures.Select(p => p.Picture)], file);
        var console = Terminals.Output();
        for (int i = 0; i < pictures.Count; i++)
        {
            float[] row = probabilities[i].ToFloats();
            Terminals.WriteLine($"{pictures[i].Name}: {PredictionBars.Best(row)}");
            PredictionBars.Write(console, pictures[i].Picture, row);
        }
        return code;
    }
}
