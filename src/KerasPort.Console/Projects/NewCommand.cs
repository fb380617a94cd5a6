using System.CommandLine;

namespace KerasPort.Console.Projects;

/// <summary><c>kerasport new NAME</c>: a project of one's own with the library.</summary>
internal static class NewCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("NAME") { Description = "what the project and its folder, made here, are called" };
        var command = new Command("new", "Make a project of your own with the library: one program and its config.") { name };
        command.SetAction(parsed =>
        {
            string folder = NewProject.Create(Directory.GetCurrentDirectory(), parsed.GetRequiredValue(name), LibraryReference.Of(AppContext.BaseDirectory));
            CommandLine.Say($"made {folder}; train with: cd {parsed.GetRequiredValue(name)} && dotnet run -c Release");
            return ExitCode.Ok;
        });
        return command;
    }
}
