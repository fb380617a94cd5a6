using System.CommandLine;
using KerasPort.Saving;

namespace KerasPort.Console;

/// <summary><c>kerasport inspect FILE</c>: lists the content of a model file and what would be refused, without building the model.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "a file that was saved: .keras, .h5, .hdf5 or .weights.h5" };
        var command = new Command("inspect", "Show what a model file holds and what loading it would refuse, without building the model.") { file };
        command.SetAction(parsed =>
        {
            ModelArgument.Require(parsed.GetRequiredValue(file));
            var inspection = ModelInspection.Of(parsed.GetRequiredValue(file));
            inspection.Write(System.Console.Out, Terminal.Current);
            return inspection.Refusals.Count == 0 ? ExitCode.Ok : ExitCode.ModelFile;
        });
        return command;
    }
}
