namespace KerasPort;

/// <content>
/// The result of <c>np.load</c> for an .npz file. Python returns an <c>NpzFile</c>; C# must return an array, because the same function does so for
/// an .npy file. Its arrays are taken by name, <c>data["x_train"]</c>; every other use of it throws.
/// </content>
public sealed partial class NDArray
{
    private readonly Names? _named;

    private NDArray(Names named) => (_named, _shape, _elements, size) = (named, [named.All.Length], null!, 0);

    /// <summary>Arrays by name, each read on demand.</summary>
    internal static NDArray Of(string[] names, Func<string, NDArray> read, string file) => new(new Names(names, read, file));

    /// <summary>The names of the arrays in an .npz file.</summary>
    /// <exception cref="ValueError">This is an array.</exception>
    public IReadOnlyList<string> files => _named?.All ?? throw new ValueError("this is one array, no .npz file: it has no `files`");

    /// <summary>The array of that name in an .npz file, or the output of that name of a model whose <c>call</c> gives a dictionary.</summary>
    /// <exception cref="ValueError">There is no such array or output, the file can't be read, or this is an array.</exception>
    /// <exception cref="IOException">The file can't be read any more.</exception>
    [OverloadResolutionPriority(-1)]  // x[null] stays a new axis
    public NDArray this[string name] => _named is { } named ? named.Read(name)
        : _outputNames is { } outputs ? Array.IndexOf(outputs, name) is >= 0 and int at ? _several![at]
            : throw new ValueError($"The model has no output named {PythonText.Repr(name)}; it has {string.Join(", ", outputs)}.")
        : throw new ValueError("only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices. "
            + $"Received: {PythonText.Repr(name)}, a name, for one array");

    /// <summary>Does nothing, since no file is held open; it allows <c>using (var data = np.load(path))</c> for Python's <c>with</c>.</summary>
    void IDisposable.Dispose() { }

    private sealed class Names(string[] names, Func<string, NDArray> read, string file)
    {
        public string[] All { get; } = names;

        public Func<string, NDArray> Read { get; } = read;

        public string NotOne() => $"{file} holds {(All.Length == 0 ? "no array" : $"{All.Length} arrays by name")}, not one: take each by its name, "
            + $"`data[\"{All.FirstOrDefault() ?? "x"}\"]`. It has {(All.Length == 0 ? "none" : string.Join(", ", All))}.";

        /// <summary>The text that numpy shows for the file, with the names of the first few arrays.</summary>
        public override string ToString() => $"NpzFile {PythonText.Repr(file)} with keys: {string.Join(", ", All.Take(5))}{(All.Length > 5 ? "..." : "")}";
    }
}
