using System.CommandLine;

namespace KerasPort.Console.Projects;

/// <summary><c>kerasport new NAME</c>: a project of one's own with the library.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "what the project and its folder, made here, are called" };
        var source = new Option<string?>("--source")
        {
            HelpName = "FOLDER",
            Description = "refer to the library's package, which is in this folder; a tool that is a package refers to it without, from NuGet's sources",
        };
        var command = new Command("new", "Make a project of your own with the library: one program and its config.") { name, source };
        command.SetAction(parsed =>
        {
            var library = LibraryReference.Of(AppContext.BaseDirectory, parsed.GetValue(source));
            string folder = NewProject.Create(Directory.GetCurrentDirectory(), parsed.GetRequiredValue(name), library);
            CommandLine.Say($"made {folder}; train with: cd {parsed.GetRequiredValue(name)} && dotnet run -c Release");
            return ExitCode.Ok;
        });
        return command;
    }
}
