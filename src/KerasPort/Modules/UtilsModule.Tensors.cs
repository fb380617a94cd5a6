using System.Numerics;
using KerasPort.Graphs;

namespace KerasPort;

// Functions of arrays, tensors and sequences.
public sealed partial class UtilsModule
{
    /// <summary>The model inputs that a symbolic tensor depends on.</summary>
    /// <exception cref="ValueError">The tensor isn't symbolic.</exception>
    public Tensors get_source_inputs(Tensor tensor)
    {
        if (!tensor.IsSymbolic) throw new ValueError($"`get_source_inputs` takes a symbolic tensor, what a layer gives for one. Received: {tensor}");
        var (found, seen, open) = (new List<Tensor>(), new HashSet<Tensor>(), new Stack<Tensor>([tensor]));
        while (open.TryPop(out var x))
        {
            if (!seen.Add(x)) continue;
            if (x.Call!.Inputs.Length == 0) found.Add(x);
            foreach (var input in Enumerable.Reverse(x.Call.Inputs)) open.Push(input);
        }
        return found.ToArray();
    }

    /// <summary>Whether a tensor is symbolic, such as one of <c>keras.Input</c>, and so has no values.</summary>
    public bool is_keras_tensor(Tensor x) => x.IsSymbolic;

    /// <summary>Packs inputs, targets and weights into one object, for <c>fit</c> and the like; inputs alone stay as they are.</summary>
    public Data pack_x_y_sample_weight(Data x, Data? y = null, Data? sample_weight = null) =>
        y is null ? x : sample_weight is null ? Data.Tuple(x, y) : Data.Tuple(x, y, sample_weight);

    /// <summary>Pads sequences of different lengths to the rows of one array.</summary>
    /// <param name="sequences">The sequences of numbers.</param>
    /// <param name="maxlen">The length of a row; by default that of the longest sequence.</param>
    /// <param name="dtype">The array's type; by default int32, to which fractions are truncated.</param>
    /// <param name="padding">Where the padding is: "pre", before, or "post", after the sequence.</param>
    /// <param name="truncating">Where sequences that are too long are cut: "pre", at the beginning, or "post", at the end.</param>
    /// <param name="value">The padding value.</param>
    /// <exception cref="ValueError">Another word is given than "pre" or "post".</exception>
    [OverloadResolutionPriority(1)]
    public NDArray pad_sequences<T>(IEnumerable<IEnumerable<T>> sequences, int? maxlen = null, DType? dtype = null, string padding = "pre",
        string truncating = "pre", double value = 0.0) where T : struct, INumber<T>
    {
        double[][] rows = [.. (sequences ?? throw new ValueError("`sequences` must be iterable. Received: None")).Select(
            row => row.Select(double.CreateChecked).ToArray())];
        foreach (var (argument, word) in new[] { (nameof(padding), padding), (nameof(truncating), truncating) })
            if (word is not ("pre" or "post")) throw new ValueError($"`{argument}` must be \"pre\" or \"post\". Received: {argument}={word}");
        if (maxlen < 0) throw new ValueError($"`maxlen` must be a number of 0 or more. Received: maxlen={maxlen}");
        int length = maxlen ?? rows.Max(row => (int?)row.Length) ?? 0;
        var padded = new double[rows.Length * length];
        Array.Fill(padded, value);
        foreach (var (i, row) in rows.Index())
        {
            var kept = row.Length <= length ? row : truncating == "pre" ? row[^length..] : row[..length];
            kept.CopyTo(padded, i * length + (padding == "pre" ? length - kept.Length : 0));
        }
        return new NDArray(padded, rows.Length, length).astype(dtype ?? DType.int32);
    }

    /// <summary>Likewise for arrays, each a sequence of numbers.</summary>
    /// <inheritdoc cref="pad_sequences{T}"/>
    public NDArray pad_sequences(IEnumerable<NDArray> sequences, int? maxlen = null, DType? dtype = null, string padding = "pre",
        string truncating = "pre", double value = 0.0) =>
        pad_sequences(sequences.Select(row => row.ndim == 1 ? (IEnumerable<double>)row.ToDoubles()
            : throw new ValueError($"`pad_sequences` takes sequences of numbers. Received one of shape {row.shape}")), maxlen, dtype, padding, truncating,
            value);

    /// <summary>The name of a type; "float32" for <c>null</c>.</summary>
    public string standardize_dtype(DType? dtype) => (dtype ?? DType.float32).name;

    /// <summary>Unpacks inputs, targets and weights from a tuple, or inputs alone; <c>null</c> for those that are missing.</summary>
    /// <exception cref="ValueError">The tuple has more parts.</exception>
    public (Data x, Data? y, Data? sample_weight) unpack_x_y_sample_weight(Data data)
    {
        var (x, y, weights) = data.Unpack();
        return (x!, y, weights);
    }
}
