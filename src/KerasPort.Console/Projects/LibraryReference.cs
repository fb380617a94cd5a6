using System.Xml.Linq;

namespace KerasPort.Console.Projects;

/// <summary>How a project refers to the library: to its source where the tool was built from a clone, else to the assembly beside the tool.</summary>
internal static class LibraryReference
{
    private const string Assembly = "KerasPort.Core";

    /// <summary>The element of a project file.</summary>
    /// <param name="tool">The folder that the tool runs from.</param>
    /// <exception cref="UsageException">The library is in neither place.</exception>
    public static XElement Of(string tool)
    {
        for (var folder = new DirectoryInfo(tool); folder is not null; folder = folder.Parent)
        {
            string project = Path.Combine(folder.FullName, "src", "KerasPort", "KerasPort.csproj");
            if (File.Exists(project)) return new XElement("ProjectReference", new XAttribute("Include", project));
        }
        // What it needs itself lies beside it, and is found there by the build.
        string assembly = Path.Combine(Path.GetFullPath(tool), Assembly + ".dll");
        return File.Exists(assembly)
            ? new XElement("Reference", new XAttribute("Include", Assembly), new XElement("HintPath", assembly))
            : throw new UsageException($"there is no library that a project could refer to: neither its source above {tool} nor {Assembly}.dll in it. "
                + "Run `kerasport new` from a clone of the repository, or publish the tool without -p:PublishSingleFile");
    }
}
