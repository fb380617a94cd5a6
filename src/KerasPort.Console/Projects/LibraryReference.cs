using System.Xml.Linq;

namespace KerasPort.Console.Projects;

/// <summary>
/// How a project refers to the library: by its package where the tool was installed as a package or a folder of packages is given, by its source
/// where the tool was built from a clone, else by the assembly beside the tool.
/// </summary>
/// <param name="Item">The element of a project file.</param>
/// <param name="Source">A further folder in which packages are looked for; <c>null</c> for none.</param>
internal sealed record LibraryReference(XElement Item, string? Source = null)
{
    private const string Package = "KerasPort", Assembly = "KerasPort.Core";

    /// <summary>The reference for new projects of this tool.</summary>
    /// <param name="tool">The folder of the tool's program.</param>
    /// <param name="source">A folder of packages, such as <c>dotnet pack -o</c> makes; <c>null</c> where none is given.</param>
    /// <exception cref="UsageException">The library is in none of these places.</exception>
    public static LibraryReference Of(string tool, string? source = null)
    {
        if (source is not null && !File.Exists(Path.Combine(source, $"{Package}.{CommandLine.Version}.nupkg")))
            throw new UsageException($"--source: expected a folder with {Package}.{CommandLine.Version}.nupkg in it, got \"{source}\"");
        // Every packaged tool has this file beside its program.
        if (source is not null || File.Exists(Path.Combine(tool, "DotnetToolSettings.xml")))
        {
            return new LibraryReference(new XElement("PackageReference", new XAttribute("Include", Package), new XAttribute("Version", CommandLine.Version)),
                source is null ? null : Path.GetFullPath(source));
        }
        for (var folder = new DirectoryInfo(tool); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, "src", "KerasPort", "KerasPort.csproj");
            if (File.Exists(project)) return new LibraryReference(new XElement("ProjectReference", new XAttribute("Include", project)));
        }
        // The assembly's own dependencies are in the same folder, where the build finds them.
        string assembly = Path.Combine(Path.GetFullPath(tool), Assembly + ".dll");
        return File.Exists(assembly)
            ? new LibraryReference(new XElement("Reference", new XAttribute("Include", Assembly), new XElement("HintPath", assembly)))
            : throw new UsageException($"there is no library that a project could refer to: neither its source above {tool} nor {Assembly}.dll in it. "
                + "Run `kerasport new` from a clone of the repository, or publish the tool without -p:PublishSingleFile");
    }
}
