namespace KerasPort.Tests.Samples;

/// <summary>A program of <c>samples/</c>.</summary>
internal sealed record Sample(string Name)
{
    private static string Folder { get; } = Repository.File("samples");

    /// <summary>The samples with a Python program beside them.</summary>
    public static IReadOnlyList<Sample> Pairs { get; } =
        [.. Directory.GetFiles(Folder, "*.py").Order(StringComparer.Ordinal).Select(path => new Sample(Path.GetFileNameWithoutExtension(path)))];

    public string PythonPath => Path.Combine(Folder, Name + ".py");

    public string CSharpPath => Path.Combine(Folder, Name + ".cs");

    public string Python => File.ReadAllText(PythonPath);

    public string CSharp => File.ReadAllText(CSharpPath);
}
