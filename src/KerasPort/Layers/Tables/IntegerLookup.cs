using System.Globalization;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Looks up the places of whole numbers in a vocabulary: see <see cref="IndexLookup{T}"/>.</summary>
[OnlySetting("vocabulary_dtype", "int64")]
public sealed class IntegerLookup : IndexLookup<long>
{
    /// <summary>A lookup.</summary>
    /// <param name="num_oov_indices">The number of places for numbers that aren't in the vocabulary.</param>
    /// <param name="mask_token">The number that has place 0 and no code; none by default.</param>
    /// <param name="oov_token">The number that stands for those that aren't in the vocabulary.</param>
    /// <param name="vocabulary">The vocabulary; <see cref="adapt(NDArray)"/> finds it by default.</param>
    /// <param name="idf_weights">The weight of each number for <c>"tf_idf"</c>.</param>
    /// <param name="oov_method">How one of several places for unknown numbers is chosen: <c>"floormod"</c>, or <c>"farmhash"</c>.</param>
    /// <inheritdoc cref="StringLookup(int?, int, string?, string?, string[], NDArray?, bool, string, bool, Shape?, string?, Salt?, string)"/>
    public IntegerLookup(int? max_tokens = null, int num_oov_indices = 1, long? mask_token = null, long? oov_token = -1, NDArray? vocabulary = null,
        NDArray? idf_weights = null, bool invert = false, string output_mode = "int", bool pad_to_max_tokens = false, string oov_method = "floormod",
        Salt? salt = null, Shape? input_shape = null, string? name = null)
        : base(max_tokens, num_oov_indices, vocabulary is null ? null : Numbers(vocabulary), idf_weights, invert,
            output_mode, pad_to_max_tokens, oov_method, salt, input_shape, name,
            (mask_token is not null, mask_token ?? 0), (oov_token is not null, oov_token ?? 0)) => (this.mask_token, this.oov_token) = (mask_token, oov_token);

    /// <summary>The number that has place 0 and no code.</summary>
    public long? mask_token { get; }

    /// <summary>The number that stands for those that aren't in the vocabulary.</summary>
    public long? oov_token { get; }

    /// <summary>Finds the vocabulary in an array.</summary>
    /// <exception cref="ValueError">A vocabulary was given.</exception>
    public void adapt(NDArray data) => Adapt([Documents(data, isBatch: false)]);

    /// <summary>Finds the vocabulary in a tensor.</summary>
    /// <exception cref="ValueError">A vocabulary was given, or the tensor has no numbers.</exception>
    [OverloadResolutionPriority(-1)]
    public void adapt(Tensor data) => adapt(data.numpy());

    /// <summary>Finds the vocabulary in batches.</summary>
    /// <exception cref="ValueError">A vocabulary was given.</exception>
    [OverloadResolutionPriority(1)]
    public void adapt(IEnumerable<NDArray> data, int? steps = null) => Adapt(data.Take(steps ?? int.MaxValue).Select(batch => Documents(batch, isBatch: true)));

    /// <summary>Finds the vocabulary in the numbers of a data set.</summary>
    /// <exception cref="ValueError">A vocabulary was given, or an element isn't a tensor of numbers.</exception>
    public void adapt(Dataset data, int? steps = null) => adapt(data.Select(batch => batch.numpy()), steps);

    /// <summary>Sets the vocabulary, and for "tf_idf" the weight of each number.</summary>
    /// <exception cref="ValueError">They aren't a vector of whole numbers each once, or the weights don't fit.</exception>
    public void set_vocabulary(NDArray vocabulary, NDArray? idf_weights = null) => base.set_vocabulary(Numbers(vocabulary), idf_weights);

    private static long[] Numbers(NDArray vocabulary) => vocabulary is { ndim: 1, dtype.IsInteger: true } ? vocabulary.ToLongs()
        : throw new ValueError($"`vocabulary` must be a vector of whole numbers. Received: an array of shape {vocabulary.shape} and dtype {vocabulary.dtype}");

    private protected override long Parse(string line) =>
        long.TryParse(line, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number
        : throw new ValueError($"A line of the vocabulary is no whole number. Received: {PythonText.Repr(line)}");

    private protected override long[] TokensOf(Column column) => column.Numbers();

    private protected override int Compare(long x, long y) => x.CompareTo(y);
}
