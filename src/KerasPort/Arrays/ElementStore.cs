namespace KerasPort;

/// <summary>
/// The elements that an array and the parts and shapes taken of it share. Scaled images are bytes and a table of what each stands for;
/// they lie on the bytes of the array that was scaled, until one of the two is written to.
/// </summary>
internal sealed class ElementStore(Array elements, double[]? table = null, bool single = false)
{
    private bool _borrowed = table is not null;

    /// <summary>The elements themselves: an array of bool, of .NET's whole numbers of 8 to 64 bits, Half, float or double.</summary>
    public Array Elements { get; private set; } = elements;

    /// <summary>With bytes: what each stands for; <c>null</c> when for itself.</summary>
    public double[]? Table { get; private set; } = table;

    /// <summary>The type that the elements have or stand for.</summary>
    public DType Type { get; } = table is null ? DType.Of(elements) : single ? DType.float32 : DType.float64;

    /// <summary>The elements where they are bytes.</summary>
    public byte[]? Bytes => Type == DType.uint8 || Table is not null ? (byte[])Elements : null;

    /// <summary>How often the elements were about to be written to: what was copied out of them before is old.</summary>
    public int Version { get; private set; }

    /// <summary>The same bytes under another table.</summary>
    public ElementStore Tabled(double[] values, bool asSingle)
    {
        _borrowed = true;
        return new ElementStore(Elements, values, asSingle);
    }

    /// <summary>Other elements with the same meaning.</summary>
    public ElementStore With(Array elements) => new(elements, Table, single);

    /// <summary>The elements to write to: nobody else's, and no table between.</summary>
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
