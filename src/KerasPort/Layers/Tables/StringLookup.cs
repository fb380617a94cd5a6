using System.Text;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// Looks up the places of strings in a vocabulary: see <see cref="IndexLookup{T}"/>. It is applied to strings before a model, which takes numbers only.
/// </summary>
[OnlySetting("encoding", "utf-8")]
public sealed class StringLookup : IndexLookup<string>
{
    /// <summary>A lookup.</summary>
    /// <param name="max_tokens">The limit of places, those for unknown tokens included; none by default.</param>
    /// <param name="num_oov_indices">The number of places for strings that aren't in the vocabulary.</param>
    /// <param name="mask_token">The string that has place 0 and no code; none by default.</param>
    /// <param name="oov_token">The string that stands for those that aren't in the vocabulary.</param>
    /// <param name="vocabulary">The vocabulary; <see cref="adapt(Strings)"/> finds it by default.</param>
    /// <param name="idf_weights">The weight of each string for <c>"tf_idf"</c>.</param>
    /// <param name="invert">Whether the layer turns places into tokens.</param>
    /// <param name="output_mode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c>, <c>"count"</c> or <c>"tf_idf"</c>.</param>
    /// <param name="pad_to_max_tokens">Whether codes always have the length <c>max_tokens</c>.</param>
    /// <param name="oov_method">Not used: strings are always hashed, as in Keras.</param>
    /// <param name="salt">One or two numbers that change the hash.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">Settings don't go together.</exception>
    public StringLookup(int? max_tokens = null, int num_oov_indices = 1, string? mask_token = null, string? oov_token = "[UNK]", string[]? vocabulary = null,
        NDArray? idf_weights = null, bool invert = false, string output_mode = "int", bool pad_to_max_tokens = false, Shape? input_shape = null,
        string? name = null, Salt? salt = null, string oov_method = "floormod")
        : base(max_tokens, num_oov_indices, vocabulary, idf_weights, invert, output_mode, pad_to_max_tokens, oov_method, salt, input_shape, name,
            (mask_token is not null, mask_token ?? ""), (oov_token is not null, oov_token ?? "")) =>
            (this.mask_token, this.oov_token) = (mask_token, oov_token);

    /// <summary>The string that has place 0 and no code.</summary>
    public string? mask_token { get; }

    /// <summary>The string that stands for those that aren't in the vocabulary.</summary>
    public string? oov_token { get; }

    /// <summary>The places, or codes, of strings.</summary>
    public Tensor Apply(Strings inputs) => Look(inputs);

    internal override Tensor? ApplyToTexts(Strings texts) => Look(texts);

    /// <summary>Finds the vocabulary in strings.</summary>
    /// <exception cref="ValueError">A vocabulary was given.</exception>
    public void adapt(Strings data) => Adapt([Documents(data, isBatch: false)]);

    /// <summary>Finds the vocabulary in a tensor of strings.</summary>
    /// <exception cref="ValueError">A vocabulary was given, or the tensor has numbers.</exception>
    [OverloadResolutionPriority(-1)]
    public void adapt(Tensor data) => adapt((Strings)data);

    /// <summary>Finds the vocabulary in batches of strings.</summary>
    /// <exception cref="ValueError">A vocabulary was given.</exception>
    public void adapt(IEnumerable<Strings> data, int? steps = null) => Adapt(data.Take(steps ?? int.MaxValue).Select(batch => Documents(batch, isBatch: true)));

    /// <summary>Finds the vocabulary in the strings of a data set.</summary>
    /// <exception cref="ValueError">A vocabulary was given, or an element isn't a tensor of strings.</exception>
    public void adapt(Dataset data, int? steps = null) => adapt(data.Select(batch => (Strings)batch), steps);

    private protected override Tensor? TextsOf(Column column) => !invert ? null
        : (Tensor)((Strings)Array.ConvertAll(column.Numbers(), TokenAt)).Reshaped(column.shape);

    private protected override string Parse(string line) => line;

    private protected override string[] TokensOf(Column column) => column.Texts
        ?? throw new ValueError($"Layer '{name}' looks up strings. Received: numbers. Give it the strings before the model, `lookup.Apply(strings)`.");

    // Strings compare by their bytes in UTF-8.
    private protected override int Compare(string x, string y) => Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
}
