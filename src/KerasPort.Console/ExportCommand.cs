using System.CommandLine;

namespace KerasPort.Console;

/// <summary><c>kerasport export FILE OUTPUT</c>: a saved model as ONNX.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a model that was saved: .keras, .h5 or .hdf5" };
        var output = new Argument<string>("OUTPUT") { Description = "the file to write: .onnx" };
        var command = new Command("export", "Write a saved model as ONNX, for inference elsewhere.") { file, output };
        command.SetAction(parsed =>
        {
            ModelArgument.Load(parsed.GetRequiredValue(file), compile: false).export(parsed.GetRequiredValue(output));
            CommandLine.Say($"model written to {Path.GetFullPath(parsed.GetRequiredValue(output))}");
            return ExitCode.Ok;
        });
        return command;
    }
}
