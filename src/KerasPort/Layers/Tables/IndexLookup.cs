using System.Globalization;
using System.Text.Json.Nodes;
using KerasPort.Graphs;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>
/// Looks up the places of tokens in a vocabulary. The places before it are for the mask token (in mode "int") and for tokens that aren't in the
/// vocabulary. The vocabulary is given, or <c>adapt</c> finds it in data: sorted by falling frequency, equally frequent tokens by falling value.
/// </summary>
/// <typeparam name="T">The type of tokens.</typeparam>
[OnlySetting("sparse", false)]
public abstract class IndexLookup<T> : LookupLayer, IVocabularyLayer where T : notnull
{
    private readonly bool _isGiven;
    private T[] _tokens = [];
    private Dictionary<T, int> _places = [];
    private int? _size;
    private float[]? _weights;

    private protected IndexLookup(int? max_tokens, int num_oov_indices, T[]? vocabulary, NDArray? idf_weights, bool invert, string output_mode,
        bool pad_to_max_tokens, string oov_method, Salt? salt, Shape? input_shape, string? name, (bool, T) mask, (bool, T) oov)
        : base(output_mode switch { "binary" => "multi_hot", "tf-idf" => "tf_idf", _ => output_mode }, ["int", "one_hot", "multi_hot", "count", "tf_idf"],
            input_shape, name)
    {
        if (max_tokens <= 1) throw new ValueError($"If set, `max_tokens` must be greater than 1. Received: max_tokens={max_tokens}");
        if (pad_to_max_tokens && max_tokens is null) throw new ValueError("If pad_to_max_tokens is True, must set `max_tokens`. Received: max_tokens=None");
        if (num_oov_indices < 0) throw new ValueError($"`num_oov_indices` must be greater than or equal to 0. Received: num_oov_indices={num_oov_indices}");
        if (oov_method is not ("floormod" or "farmhash"))
            throw new ValueError($"Invalid value for argument `oov_method`. Expected one of floormod, farmhash. Received: oov_method={oov_method}");
        if (salt is not null && oov_method != "farmhash" && typeof(T) == typeof(long))
            throw new ValueError($"`salt` can only be used when `oov_method='farmhash'`. Received: oov_method={oov_method}");
        if (this.output_mode != "tf_idf" && idf_weights is not null)
            throw new ValueError($"`idf_weights` should only be set if `output_mode` is `'tf_idf'`. Received: output_mode={output_mode}");
        if (invert && output_mode != "int") throw new ValueError($"`output_mode` must be `'int'` when `invert` is true. Received: output_mode={output_mode}");
        (this.max_tokens, this.num_oov_indices, this.pad_to_max_tokens, this.oov_method, this.salt) = (
            max_tokens, num_oov_indices, pad_to_max_tokens, oov_method, salt);
        (this.vocabulary, this.idf_weights, this.invert, Mask, Unknown) = (vocabulary, idf_weights?.ToDoubles(), invert, mask, oov);
        if (vocabulary is null) return;
        _isGiven = true;
        set_vocabulary(vocabulary, idf_weights);
    }

    /// <summary>The limit of places, those for unknown tokens included; <c>null</c> for no limit.</summary>
    public int? max_tokens { get; }

    /// <summary>The number of places for tokens that aren't in the vocabulary; 0 refuses such tokens.</summary>
    public int num_oov_indices { get; }

    /// <summary>The vocabulary that was given; <c>null</c> if <c>adapt</c> finds it.</summary>
    public T[]? vocabulary { get; }

    /// <summary>The weight of each token of the vocabulary for <c>"tf_idf"</c>.</summary>
    public double[]? idf_weights { get; }

    /// <summary>Whether the layer turns places into tokens.</summary>
    public bool invert { get; }

    /// <summary>Whether codes always have the length <see cref="max_tokens"/>.</summary>
    public bool pad_to_max_tokens { get; }

    /// <summary>The choice among several indices for unknown tokens.</summary>
    public string oov_method { get; }

    /// <summary>The numbers that change the hash of that choice.</summary>
    public Salt? salt { get; }

    private protected (bool IsThere, T Token) Mask { get; }

    private protected (bool IsThere, T Token) Unknown { get; }

    private protected override int Depth => pad_to_max_tokens ? max_tokens!.Value
        : _size ?? throw new ValueError(
            $"When using `output_mode={output_mode}` and `pad_to_max_tokens=False`, you must set the layer's vocabulary before calling it. "
            + "Either pass a `vocabulary` argument to the layer, or call `adapt` with some sample data.");

    private int FirstUnknown => Mask.IsThere && output_mode == "int" ? 1 : 0;

    private int FirstToken => FirstUnknown + num_oov_indices;

    /// <summary>The number of places.</summary>
    public int vocabulary_size() => _tokens.Length + FirstToken;

    /// <summary>The tokens, each at its place.</summary>
    /// <param name="include_special_tokens">Whether the special tokens before the vocabulary are included.</param>
    /// <exception cref="ValueError">There is no token for unknown ones.</exception>
    public T[] get_vocabulary(bool include_special_tokens = true)
    {
        if (!include_special_tokens) return [.. _tokens];
        if (num_oov_indices > 0 && !Unknown.IsThere) throw new ValueError("There is no oov_token: ask for the vocabulary with include_special_tokens: false.");
        return [.. Special(), .. _tokens];
    }

    /// <summary>Sets the vocabulary, with or without the special tokens in front.</summary>
    /// <param name="vocabulary">The tokens.</param>
    /// <param name="idf_weights">The weight of each token for <c>"tf_idf"</c>.</param>
    /// <exception cref="ValueError">The vocabulary is empty, too large or has a token twice, or weights are missing or not used.</exception>
    public void set_vocabulary(T[] vocabulary, NDArray? idf_weights = null)
    {
        if (output_mode == "tf_idf" && idf_weights is null) throw new ValueError("`idf_weights` must be set if output_mode is 'tf_idf'.");
        if (output_mode != "tf_idf" && idf_weights is not null)
            throw new ValueError($"`idf_weights` should only be set if output_mode is `'tf_idf'`. Received: output_mode={output_mode}");
        double[]? weights = idf_weights?.ToDoubles();
        if (weights is not null && vocabulary is not null && weights.Length != vocabulary.Length)
            throw new ValueError("`idf_weights` must be the same length as vocabulary. "
                + $"len(idf_weights) is {weights.Length}; len(vocabulary) is {vocabulary.Length}");
        bool hasSpecial = Accept(vocabulary);
        // Unknown tokens get the mean weight of the vocabulary.
        if (weights is not null) Weigh(hasSpecial ? weights : [.. Enumerable.Repeat(weights.Average(), FirstToken), .. weights]);
    }

    /// <summary>Takes over a vocabulary, and tells whether it had the special tokens in front.</summary>
    private bool Accept(T[]? vocabulary)
    {
        if (vocabulary is not { Length: > 0 }) throw new ValueError("Cannot set an empty vocabulary. Received: vocabulary=[]");
        bool hasSpecial = (num_oov_indices == 0 || Unknown.IsThere) && vocabulary.Take(FirstToken).SequenceEqual(Special());
        T[] tokens = hasSpecial ? vocabulary[FirstToken..] : [.. vocabulary];
        T[] repeated = [.. tokens.GroupBy(token => token).Where(group => group.Count() > 1).Select(group => group.Key)];
        if (repeated.Length > 0)
            throw new ValueError(
                $"The passed vocabulary has at least one repeated term. Please uniquify your dataset. The repeated terms are: {string.Join(", ", repeated)}");
        if (Mask.IsThere && tokens.Contains(Mask.Token))
            throw new ValueError(
                "Found reserved mask token at unexpected location in `vocabulary`. Either remove all mask and OOV tokens, or include them only at "
                + $"the start of the vocabulary. Received: mask_token={Mask.Token} at vocabulary index {Array.IndexOf(vocabulary, Mask.Token)}");
        // Only an inverse lookup gives the token for unknown ones, so only then must the vocabulary not contain it.
        if (invert && Unknown.IsThere && tokens.Contains(Unknown.Token))
            throw new ValueError("Found reserved OOV token at unexpected location in `vocabulary`. Either remove all mask and OOV tokens, or include them "
                + $"only at the start of the vocabulary. Received: oov_token={Unknown.Token} at vocabulary index {Array.IndexOf(vocabulary, Unknown.Token)}");
        if (FirstToken + tokens.Length > max_tokens)
            throw new ValueError("Attempted to set a vocabulary larger than the maximum vocab size. "
                + $"Received vocabulary size is {FirstToken + tokens.Length}; `max_tokens` is {max_tokens}.");
        Take(tokens);
        return hasSpecial;
    }

    /// <summary>Sets the vocabulary to the lines of a text file.</summary>
    /// <exception cref="ValueError">There is no such file, or a line isn't a token.</exception>
    public void set_vocabulary(string vocabulary)
    {
        if (!File.Exists(vocabulary)) throw new ValueError($"Vocabulary file {vocabulary} does not exist.");
        if (output_mode == "tf_idf") throw new ValueError("output_mode `'tf_idf'` does not support loading a vocabulary from file.");
        set_vocabulary(Array.ConvertAll(File.ReadAllLines(vocabulary), Parse));
    }

    /// <summary>The token on a line of text.</summary>
    private protected abstract T Parse(string line);

    /// <summary>The tokens of a column.</summary>
    private protected abstract T[] TokensOf(Column column);

    /// <summary>Compares two tokens.</summary>
    private protected abstract int Compare(T x, T y);

    /// <summary>A token as it is hashed.</summary>
    private protected virtual string TextOf(T token) => Convert.ToString(token, CultureInfo.InvariantCulture)!;

    /// <summary>Finds the vocabulary in data.</summary>
    /// <param name="batches">Columns, each with the length of its documents.</param>
    private protected void Adapt(IEnumerable<(Column Column, int Length)> batches)
    {
        if (_isGiven)
            throw new ValueError($"Cannot adapt layer '{name}' after setting a static vocabulary via `vocabulary` argument or `set_vocabulary()` method.");
        var (counts, documents) = (new Dictionary<T, long>(), new Dictionary<T, long>());
        long all = 0;
        foreach (var (column, length) in batches)
        {
            T[] tokens = TokensOf(column);
            foreach (var token in tokens) counts[token] = counts.GetValueOrDefault(token) + 1;
            foreach (var document in tokens.Chunk(Math.Max(length, 1)))
            {
                all++;
                foreach (var token in document.Distinct()) documents[token] = documents.GetValueOrDefault(token) + 1;
            }
        }
        if (Mask.IsThere) counts.Remove(Mask.Token);
        if (Unknown.IsThere) counts.Remove(Unknown.Token);
        var found = counts.Keys.OrderByDescending(token => counts[token]).ThenByDescending(token => token, Comparer<T>.Create(Compare));
        T[] taken = [.. max_tokens is { } most ? found.Take(most - FirstToken) : found];
        if (taken.Length == 0) return;
        Take(taken);
        if (output_mode != "tf_idf") return;
        float[] weights = Array.ConvertAll(taken, token => (float)Math.Log(1 + (double)all / (1 + documents[token])));
        Weigh([.. Enumerable.Repeat((double)weights.Average(), FirstToken), .. weights.Select(weight => (double)weight)]);
    }

    /// <summary>A column with the length of its documents: with one axis each element is a document, with more axes each entry of the first.</summary>
    private protected static (Column, int) Documents(Column column, bool isBatch)
    {
        int[] shape = [.. column.shape];
        int size = shape.Aggregate(1, (product, d) => product * d);
        return (column, shape.Length > 1 ? size / Math.Max(shape[0], 1) : isBatch ? size : 1);
    }

    /// <summary>The token at a place; a place without one gives the token for unknown ones.</summary>
    private protected T TokenAt(long place) => place == 0 && Mask.IsThere ? Mask.Token
        : place >= FirstToken && place < vocabulary_size() ? _tokens[place - FirstToken]
        : Unknown.IsThere ? Unknown.Token : throw new ValueError($"Layer '{name}' has no token at place {place}, and no oov_token that stands for such.");

    private protected sealed override long[] Find(Column[] columns)
    {
        if (invert) return Array.ConvertAll(columns[0].Numbers(), place => TokenAt(place) is long token ? token
            : throw new ValueError($"Layer '{name}' gives strings, and numbers flow through a model: apply it to what the model gives."));
        T[] tokens = TokensOf(columns[0]);
        if (num_oov_indices == 0 && tokens.Where(token => !_places.ContainsKey(token) && !IsMask(token)).Distinct().ToArray() is { Length: > 0 } strange)
            throw new ValueError("When `num_oov_indices=0` all inputs should be in vocabulary, "
                + $"found OOV values [{string.Join(", ", strange)}], consider setting `num_oov_indices=1`.");
        return Array.ConvertAll(tokens, token => IsMask(token) ? (output_mode == "int" ? 0L : -1) : _places.TryGetValue(token, out int place) ? place
            : FirstUnknown + Bin(token));
    }

    // As in Keras, where the dtype inside a model is another one.
    private protected override DType CodeType => output_mode == "tf_idf" ? DType.float32 : DType.int64;

    private protected sealed override Tensor Coded(Graph g, Tensor places)
    {
        if (output_mode != "tf_idf") return base.Coded(g, places);
        var codes = g.Equal(g.Reshape(places, new Shape([.. places.shape, 1])), g.Row(Enumerable.Range(0, Depth).Select(i => (double)i)));
        return g.Multiply(g.Sum(codes, places.shape.Rank > 1 ? 1 : 0), g.Row((_weights ?? throw NoWeights()).Select(weight => (double)weight)));
    }

    IReadOnlyList<string>? IVocabularyLayer.Vocabulary => vocabulary is not null || _tokens.Length == 0 ? null : Array.ConvertAll(get_vocabulary(), TextOf);

    int? IVocabularyLayer.Size
    {
        get => _size;
        set => _size = value;
    }

    void IVocabularyLayer.Read(IReadOnlyList<string> lines)
    {
        if (vocabulary is null) Accept([.. lines.Select(Parse)]);
    }

    float[]? IVocabularyLayer.Weights
    {
        get => output_mode == "tf_idf" ? _weights ?? throw NoWeights() : null;
        set => _weights = value;
    }

    int? IVocabularyLayer.Weighted => output_mode != "tf_idf" ? null : pad_to_max_tokens ? max_tokens : _size ?? 0;

    private bool IsMask(T token) => Mask.IsThere && EqualityComparer<T>.Default.Equals(token, Mask.Token);

    private int Bin(T token) => num_oov_indices == 1 ? 0
        : token is long number && oov_method != "farmhash" ? (int)(((number % num_oov_indices) + num_oov_indices) % num_oov_indices)
        : (int)(Hashing.Hash(salt, TextOf(token)) % (ulong)num_oov_indices);

    private IEnumerable<T> Special() => Enumerable.Repeat(Mask.Token, FirstUnknown).Concat(Enumerable.Repeat(Unknown.Token, num_oov_indices));

    private void Take(T[] tokens)
    {
        int size = FirstToken + tokens.Length;
        if (output_mode != "int" && !pad_to_max_tokens && _size is { } before && before != size)
            throw new ValueError(
                $"When using `output_mode={output_mode}` and `pad_to_max_tokens=False`, the vocabulary size cannot be changed after the layer is called. "
                + $"Old vocab size is {before}, new vocab size is {size}");
        (_tokens, _places, _size) = (tokens, tokens.Index().ToDictionary(entry => entry.Item, entry => FirstToken + entry.Index), size);
    }

    private void Weigh(double[] weights) => _weights = [.. weights.Select(weight => (float)weight),
        .. Enumerable.Repeat(0f, pad_to_max_tokens ? Math.Max(0, max_tokens!.Value - weights.Length) : 0)];

    private ValueError NoWeights() => new($"Layer '{name}' has no idf_weights: call adapt() with data, or set its vocabulary with weights.");
}

/// <summary>A layer with a vocabulary from data, which files hold beside the configuration.</summary>
internal interface IVocabularyLayer
{
    /// <summary>The tokens in order, as lines; <c>null</c> if the configuration holds them, or if there is no vocabulary.</summary>
    IReadOnlyList<string>? Vocabulary { get; }

    /// <summary>The number of places, if it is known.</summary>
    int? Size { get; set; }

    /// <summary>The number of places that have weights; <c>null</c> if there are no weights.</summary>
    int? Weighted { get; }

    /// <summary>The weights.</summary>
    float[]? Weights { get; set; }

    /// <summary>Sets the vocabulary.</summary>
    /// <exception cref="ValueError">The vocabulary doesn't fit the layer.</exception>
    void Read(IReadOnlyList<string> lines);
}
