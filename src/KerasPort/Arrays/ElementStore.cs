namespace KerasPort;

/// <summary>
/// The elements that an array shares with its views. Scaled images are bytes and a table of the 256 values that they stand for;
/// they share the bytes of the array that was scaled, until one of the two is written to (copy on write).
/// </summary>
internal sealed class ElementStore(Array elements, double[]? table = null, bool single = false)
{
    private bool _borrowed = table is not null;

    /// <summary>The elements themselves: an array of bool, of .NET's whole numbers of 8 to 64 bits, Half, float or double.</summary>
    public Array Elements { get; private set; } = elements;

    /// <summary>The value of each byte; <c>null</c> when elements stand for themselves.</summary>
    public double[]? Table { get; private set; } = table;

    /// <summary>The type that the elements have or stand for.</summary>
    public DType Type { get; } = table is null ? DType.Of(elements) : single ? DType.float32 : DType.float64;

    /// <summary>The elements where they are bytes.</summary>
    public byte[]? Bytes => Type == DType.uint8 || Table is not null ? (byte[])Elements : null;

    /// <summary>Counts the requests to write: a copy of an earlier version is stale.</summary>
    public int Version { get; private set; }

    /// <summary>The same bytes under another table.</summary>
    public ElementStore Tabled(double[] values, bool asSingle)
    {
        _borrowed = true;
        return new ElementStore(Elements, values, asSingle);
    }

    /// <summary>Other elements with the same meaning.</summary>
    public ElementStore With(Array elements) => new(elements, Table, single);

    /// <summary>The elements for writing: copied first if another store shares them, and without a table.</summary>
    public Array Own()
    {
        Version++;
        if (Table is { } values)
        {
            Elements = single ? Looked(Array.ConvertAll(values, v => (float)v)) : Looked(values);
            Table = null;
        }
        else if (_borrowed)
        {
            Elements = (Array)Elements.Clone();
        }
        _borrowed = false;
        return Elements;
    }

    private T[] Looked<T>(T[] values) where T : unmanaged
    {
        var bytes = (byte[])Elements;
        var looked = NewElements.Of<T>(bytes.Length);
        for (int i = 0; i < looked.Length; i++) looked[i] = values[bytes[i]];
        return looked;
    }
}
