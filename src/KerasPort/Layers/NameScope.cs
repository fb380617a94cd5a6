namespace KerasPort.Layers;

/// <summary>The nested names of the layers that are being built. They precede a new variable's name in its path.</summary>
internal readonly struct NameScope : IDisposable
{
    [ThreadStatic]
    private static string? t_path;

    private readonly string? _before;

    private NameScope(string? before) => _before = before;

    /// <summary>The path that a variable of that name gets now.</summary>
    public static string PathOf(string name) => t_path is null ? name : $"{t_path}/{name}";

    /// <summary>Variables that are made until the result is disposed of belong to the layer of that name.</summary>
    public static NameScope In(string name)
    {
        var scope = new NameScope(t_path);
        t_path = PathOf(name);
        return scope;
    }

    /// <inheritdoc/>
    public void Dispose() => t_path = _before;
}
