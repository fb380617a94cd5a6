namespace KerasPort.Tests.Samples;

/// <summary>A program's statements in a common order. C# wants classes at the end, Python before their use: they are put last.</summary>
internal sealed class Statements
{
    private readonly List<string> _imports = [], _statements = [], _classes = [];
    private bool _inClass;

    public void Import(string name) => _imports.Add($"import {name}");

    public void Add(int depth, string statement)
    {
        if (depth == 0) _inClass = statement.StartsWith("class ", StringComparison.Ordinal);
        (_inClass ? _classes : _statements).Add(new string(' ', 4 * depth) + statement);
    }

    public List<string> InOrder() => [.. _imports.Order(StringComparer.Ordinal), .. _statements, .. _classes];
}
