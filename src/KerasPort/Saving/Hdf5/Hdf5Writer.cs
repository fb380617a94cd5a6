using KerasPort.Layers;
using KerasPort.Optimizers;
using PureHDF;

namespace KerasPort.Saving.Hdf5;

/// <summary>Writes the part of HDF5 that Keras' files use, through PureHDF.</summary>
internal static class Hdf5Writer
{
    /// <summary>The longest attribute in bytes: Keras splits longer ones, and PureHDF would silently write them wrong.</summary>
    private const int MostAttributeBytes = 64_512;

    private const int PointerBytes = 16;

    // Datasets are contiguous even when small, as Keras writes them.
    private static readonly H5WriteOptions s_options = new(PreferCompactDatasetLayout: false);

    public static byte[] Bytes(H5File file)
    {
        using var stream = new MemoryStream();
        file.Write(stream, s_options);
        return stream.ToArray();
    }

    public static H5Dataset Dataset(float[] values, int[] shape) => new(values, fileDims: Array.ConvertAll(shape, d => (ulong)d));

    /// <summary>A weight's values in its type.</summary>
    public static H5Dataset Dataset(Variable variable, float[] values) =>
        variable.dtype == DType.int64 && values is [var number] ? new H5Dataset((long)number) : Dataset(values, [.. variable.shape]);

    /// <summary>A group of datasets 0, 1, 2…, with the owner's name in the attribute <c>name</c>.</summary>
    public static H5Group Numbered(string name, IReadOnlyList<H5Dataset> datasets)
    {
        var group = new H5Group();
        for (int i = 0; i < datasets.Count; i++) group[$"{i}"] = datasets[i];
        group.Attributes["name"] = name;
        return group;
    }

    /// <summary>An optimizer's variables, in Keras' order.</summary>
    public static H5Dataset[] Optimizer(IEnumerable<OptimizerValue> values) =>
    [
        .. values.Select(value => value.Of switch
        {
            CountVariable => new H5Dataset(value.Whole),
            NumberVariable => new H5Dataset(value.Floats[0]),
            SlotVariable slot => Dataset(value.Floats, slot.Shape),
            _ => new H5Dataset(0),
        }),
    ];

    /// <summary>Sets an attribute to a list of strings, split in parts where it is long. An empty list is written as float64, as in Keras.</summary>
    public static void SetStrings(H5Group owner, string name, string[] strings)
    {
        int parts = (strings.Length * PointerBytes + MostAttributeBytes - 1) / MostAttributeBytes;
        if (parts == 0) owner.Attributes[name] = Array.Empty<double>();
        else if (parts == 1) owner.Attributes[name] = strings;
        else
        {
            foreach (var (i, part) in strings.Chunk((strings.Length + parts - 1) / parts).Index()) owner.Attributes[$"{name}{i}"] = part;
        }
    }
}
