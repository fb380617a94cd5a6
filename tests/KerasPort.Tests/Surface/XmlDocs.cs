using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KerasPort.Tests.Surface;

/// <summary>The XML documentation that packages have beside their assemblies.</summary>
internal static partial class XmlDocs
{
    /// <summary>What the files say of each member.</summary>
    public static IReadOnlyList<XElement> Members { get; } = [.. new[] { "KerasPort.Core", "KerasPort.Plotting", "KerasPort.Cuda", "KerasPort.Pictures" }
        .SelectMany(name => XDocument.Load(Path.Combine(AppContext.BaseDirectory, name + ".xml")).Descendants("member"))];

    /// <summary>The code of each example, by the id of its member.</summary>
    public static IReadOnlyDictionary<string, string> Examples { get; } = Members
        .Where(member => member.Element("example") is not null)
        .ToDictionary(Id, member => Indent().Replace(string.Concat(member.Elements("example").Elements("code").Select(code => code.Value)), "").Trim() + "\n");

    private static readonly ILookup<string, XElement> s_byId = Members.ToLookup(Id);

    /// <summary>All that a member says, what it inherits by a reference among it.</summary>
    public static IEnumerable<XElement> Said(string id) => s_byId[id].Elements().SelectMany(part =>
        part.Name == "inheritdoc" && part.Attribute("cref") is { } from ? Said(from.Value) : [part]);

    /// <summary>As the compiler writes it: <c>M:KerasPort.Layers.Dense.#ctor(…)</c>.</summary>
    public static string Id(XElement member) => member.Attribute("name")!.Value;

    /// <summary>What the compiler puts before each line.</summary>
    [GeneratedRegex("^            ", RegexOptions.Multiline)]
    private static partial Regex Indent();
}
