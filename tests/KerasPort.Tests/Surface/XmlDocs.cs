using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KerasPort.Tests.Surface;

/// <summary>The XML documentation in the packages, beside their assemblies.</summary>
internal static partial class XmlDocs
{
    /// <summary>The documentation of each member, by its id.</summary>
    public static IReadOnlyList<XElement> Members { get; } = [.. new[] { "KerasPort.Core", "KerasPort.Plotting", "KerasPort.Cuda", "KerasPort.Pictures" }
        .SelectMany(name => XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml")).Descendants("member"))];

    /// <summary>The code of each example, by the id of its member.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = Members
        .Where(member => member.Element("example") is not null)
        .ToDictionary(Id, member => Indent().Replace(string.Concat(member.Elements("example").Elements("code").Select(code => code.Value)), "").Trim() + "\n");

    private static readonly ILookup<string, XElement> s_byId = Members.ToLookup(Id);

    /// <summary>A member's whole documentation, including inherited text.</summary>
    public static IEnumerable<XElement> Said(string id) => s_byId[id].Elements().SelectMany(part =>
        part.Name == "inheritdoc" && part.Attribute("cref") is { } from ? Said(from.Value) : [part]);

    /// <summary>An id as the compiler writes it: <c>M:KerasPort.Layers.Dense.#ctor(…)</c>.</summary>
    public static string Id(XElement member) => member.Attribute("name")!.Value;

    /// <summary>The indentation that the compiler adds to each line.</summary>
    [GeneratedRegex("^            ", RegexOptions.Multiline)]
    private static partial Regex Indent();
}
