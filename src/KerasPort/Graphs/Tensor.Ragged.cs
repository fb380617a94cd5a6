using KerasPort.Pipelines;

namespace KerasPort;

/// <content>Tensors with rows of different lengths, as <c>tf.RaggedTensor</c>: the result of <c>tf.strings.split</c> for several strings.</content>
public sealed partial class Tensor
{
    /// <summary>Whether its rows have different lengths.</summary>
    internal bool IsRagged { get; private init; }

    private string Listed => $"[{string.Join(", ", _several!.Select(row => row.Texts is { } texts
        ? $"[{string.Join(", ", Enumerable.Range(0, texts.Count).Select(i => texts.Part([i])))}]" : PythonText.Str(row.numpy())))}]";

    /// <summary>A tensor of rows of different lengths.</summary>
    internal static Tensor Ragged(Tensor[] rows) => new(rows) { IsRagged = true };

    /// <summary>Pads all rows to the length of the longest.</summary>
    /// <param name="default_value">The padding value; 0 or "" by default.</param>
    /// <exception cref="ValueError">The tensor isn't ragged.</exception>
    public Tensor to_tensor(Tensor? default_value = null)
    {
        var rows = RaggedRows();
        if (rows.Length == 0) return (Strings)Array.Empty<string>();
        return default_value?.Texts is { Count: 1 } text ? new Padding(null, 0, text.Text(0)).Stack(rows)
            : new Padding(null, default_value is { Texts: null } number ? (double)number : 0).Stack(rows);
    }

    /// <summary>The length of each row.</summary>
    /// <exception cref="ValueError">The tensor isn't ragged.</exception>
    public Tensor row_lengths() => Holding(new NDArray([.. RaggedRows().Select(row => (long)row.shape[0]!.Value)], RaggedRows().Length), DType.int64);

    private Tensor[] RaggedRows() => IsRagged ? _several! : throw new ValueError($"This is no ragged tensor. Received: {this}");
}
