namespace KerasPort;

/// <summary>
/// The elements that an array and the parts and shapes taken of it share. Scaled images are bytes and a table of what each stands for;
/// they lie on the bytes of the array that was scaled, until one of the two is written to.
/// </summary>
internal sealed class ElementStore(Array elements, double[]? table = null, bool single = false)
{
    private bool _borrowed = table is not null;

    /// <summary>bool[], byte[], int[], long[], float[] or double[].</summary>
    public Array Elements { get; private set; } = elements;

    /// <summary>With bytes: what each stands for; <c>null</c> when for itself.</summary>
    public double[]? Table { get; private set; } = table;

    public DType Type => Table is not null ? single ? DType.float32 : DType.float64 : Elements switch
    {
        bool[] => DType.@bool,
        byte[] => DType.uint8,
        int[] => DType.int32,
        long[] => DType.int64,
        float[] => DType.float32,
        _ => DType.float64,
    };

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
