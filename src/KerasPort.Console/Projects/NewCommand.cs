using System.CommandLine;

namespace KerasPort.Console.Projects;

/// <summary><c>kerasport new NAME</c>: creates a project that uses the library.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "name of the project and of its folder, which is created here" };
        var source = new Option<string?>("--source")
        {
            HelpName = "FOLDER",
            Description = "folder with the KerasPort package to refer to; by default a tool installed as a package refers to it in NuGet's sources",
        };
        var command = new Command("new", "Create a project that uses the library: one program and its config.") { name, source };
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
