using KerasPort.Layers;
using KerasPort.Pipelines;
using KerasPort.Saving;

namespace KerasPort.Utils;

/// <summary>
/// Encodes the columns of a table as numbers for a model, each by a layer of its kind: <c>keras.utils.FeatureSpace</c>. <see cref="adapt(Dataset)"/> gives
/// the layers the statistics of the data that they need; then the space is applied to rows, in a data set or alone, or to a model's inputs.
/// <code>
/// var space = keras.utils.FeatureSpace(new() { ["age"] = "float_normalized", ["sex"] = "string_categorical" });
/// space.adapt(rows);
/// var batches = labelled.map((x, y) => (space.Apply(x), y));
/// </code>
/// </summary>
public sealed partial class FeatureSpace
{
    private const int Batch = 32;       // the batch size that adapt uses for single rows

    private readonly Dictionary<string, CategoryEncoding> _encoders = [];
    private readonly string _name;
    private Concatenate? _concat;
    private Tensor? _encoded;

    /// <summary>Creates a space of columns.</summary>
    /// <param name="features">The columns by name: a kind, or a feature such as <see cref="float_normalized"/>.</param>
    /// <param name="output_mode">"concat": one vector of all columns for each row; "dict": the columns by name.</param>
    /// <param name="crosses">Crosses of columns, in addition.</param>
    /// <param name="crossing_dim">The number of indices of crosses that don't specify one.</param>
    /// <param name="hashing_dim">The number of indices of hashed columns that are given by kind.</param>
    /// <param name="num_discretization_bins">The number of ranges of discretized columns that are given by kind.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">A kind or the mode is unknown, or a cross names a column that doesn't exist.</exception>
    public FeatureSpace(Dictionary<string, Feature> features, string output_mode = "concat", Cross[]? crosses = null, int crossing_dim = 32,
        int hashing_dim = 32,
        int num_discretization_bins = 32, string? name = null)
    {
        if (features is not { Count: > 0 }) throw new ValueError("The `features` argument cannot be None or empty.");
        if (output_mode is not ("concat" or "dict"))
            throw new ValueError($"Invalid value for argument `output_mode`. Expected one of {{'dict', 'concat'}}. Received: output_mode={output_mode}");
        _name = name ?? Names.Unique("feature_space");
        (this.output_mode, this.crossing_dim, this.hashing_dim, this.num_discretization_bins) = (output_mode, crossing_dim, hashing_dim,
            num_discretization_bins);
        this.features = features.ToDictionary(one => one.Key, one => one.Value.Kind is { } kind ? OfKind(one.Key, kind) : one.Value);
        this.crosses = [.. (crosses ?? []).Select(cross => new Cross(cross.feature_names, cross.Dim ?? crossing_dim, cross.output_mode))];
        foreach (var cross in this.crosses)
            if (cross.feature_names.Any(key => !features.ContainsKey(key)))
                throw new ValueError("All features referenced in the `crosses` argument should be present in the `features` dict. "
                    + $"Received unknown features: {string.Join(", ", cross.feature_names)}");
        Inputs = this.features.ToDictionary(one => one.Key, one => Python.keras.Input(shape: 1, dtype: one.Value.dtype, name: one.Key));
        crossers = this.crosses.ToDictionary(cross => cross.name, cross => new HashedCrossing(cross.Dim!.Value, name: cross.name));
    }

    /// <summary>The name.</summary>
    public string name => _name;

    /// <summary>The columns.</summary>
    public IReadOnlyDictionary<string, Feature> features { get; }

    /// <summary>The crosses of columns.</summary>
    public IReadOnlyList<Cross> crosses { get; }

    /// <summary>"concat" or "dict".</summary>
    public string output_mode { get; }

    /// <summary>The number of indices of crosses that don't specify one.</summary>
    public int crossing_dim { get; }

    /// <summary>The number of indices of hashed columns that are given by kind.</summary>
    public int hashing_dim { get; }

    /// <summary>The number of ranges of discretized columns that are given by kind.</summary>
    public int num_discretization_bins { get; }

    /// <summary>The layer of each column.</summary>
    public IReadOnlyDictionary<string, Layer> preprocessors => features.ToDictionary(one => one.Key, one => one.Value.preprocessor);

    /// <summary>The layer of each cross.</summary>
    public IReadOnlyDictionary<string, HashedCrossing> crossers { get; }

    private Dictionary<string, Tensor> Inputs { get; }

    /// <summary>Whether its layers have the statistics that they need.</summary>
    internal bool IsAdapted { get; set; }

    /// <summary>Saves the space, with the statistics of its layers, as <c>.keras</c>.</summary>
    /// <exception cref="ValueError">The name has another ending.</exception>
    /// <exception cref="IOException">The file system refuses.</exception>
    public void save(string filepath)
    {
        if (ModelFile.FormatOf(filepath) != ModelFile.Format.Keras)
            throw new ValueError($"Invalid `filepath` argument: expected a `.keras` extension. Received: filepath={filepath ?? "None"}");
        WholeFile.Write(filepath, FeatureSpaceFile.Write(this));
    }

    /// <summary>Loads a space that <see cref="save"/> or Keras has saved.</summary>
    /// <exception cref="ModelFormatException">The file is refused.</exception>
    /// <exception cref="ValueError">There is no such file, or its name has another ending.</exception>
    public static FeatureSpace load(string filepath) => FeatureSpaceFile.Load(filepath);

    /// <summary>Computes the statistics that the layers need: means and variances, vocabularies, boundaries of ranges.</summary>
    /// <param name="dataset">Rows, or batches of them, by the columns' names.</param>
    /// <exception cref="ValueError">An element lacks one of these names.</exception>
    public void adapt(Dataset dataset)
    {
        foreach (string column in features.Keys.Where(IsAdaptable))
        {
            var parts = dataset.Select(row => row[column]);
            if (!parts.Any()) throw new ValueError("`adapt()` needs data. Received an empty data set.");
            if (parts.First().shape.Rank == 0) parts = parts.Chunk(Batch).Select(rows => Element.Stack(rows));
            parts = parts.Select(InColumn);
            switch (preprocessors[column])
            {
                case Normalization normalization:
                    normalization.adapt(parts.Select(part => part.numpy().astype(DType.float32)));
                    break;
                case Discretization discretization:
                    discretization.adapt(parts.Select(part => part.numpy()));
                    break;
                case IntegerLookup lookup:
                    lookup.adapt(parts.Select(part => part.numpy()));
                    break;
                case StringLookup lookup:
                    lookup.adapt(parts.Select(part => part.Texts ?? throw new ValueError($"Column '{column}' is one of strings. Received: {part.dtype}")));
                    break;
            }
        }
        IsAdapted = true;
        get_encoded_features();
    }

    /// <summary>Likewise for whole columns by name.</summary>
    public void adapt(Tensors dataset) => adapt(new TensorSliceDataset(Named(dataset)));

    /// <summary>Inputs of a model, one for each column, by name.</summary>
    /// <exception cref="ValueError">A layer hasn't adapted to data yet.</exception>
    public Dictionary<string, Tensor> get_inputs()
    {
        get_encoded_features();
        return Inputs;
    }

    /// <summary>The encoding of <see cref="get_inputs"/>: one tensor, or those of columns and crosses by name.</summary>
    /// <exception cref="ValueError">A layer hasn't adapted to data yet.</exception>
    public Tensor get_encoded_features()
    {
        if (!IsAdapted && features.Keys.Any(IsAdaptable))
            throw new ValueError("You need to call `.adapt(dataset)` on the FeatureSpace before you can start using it.");
        return _encoded ??= Encoded(Inputs);
    }

    /// <summary>The encoding of rows, or of a single row, given as columns by name.</summary>
    /// <exception cref="ValueError">A layer hasn't adapted to data yet, or a column is missing.</exception>
    public Tensor Apply(Tensors data)
    {
        get_encoded_features();
        var named = Named(data);
        var given = features.ToDictionary(one => one.Key, one => named[one.Key]);
        bool isOne = given.Values.Any(x => x.shape.Rank == 0);
        var made = Encoded(given.ToDictionary(one => one.Key, one => features[one.Key].dtype == DType.float32
            ? InColumn(one.Value.numpy().astype(DType.float32)) : InColumn(one.Value)));
        return isOne ? Element.Map(made, x => x.numpy()[0]) : made;
    }

    /// <summary>Likewise for columns that are numbers or strings: <c>new() { ["age"] = 63, ["sex"] = "f" }</c>.</summary>
    public Tensor Apply(Dictionary<string, Tensor> data) => Apply((Tensors)data);

    private Tensor Encoded(Dictionary<string, Tensor> data)
    {
        var preprocessed = features.ToDictionary(one => one.Key, one => one.Value.preprocessor.Apply(data[one.Key]));
        // Columns, then crosses, each in the order in which Python sorts their names.
        var all = features.Keys.Order(StringComparer.Ordinal).Select(key =>
            (Name: key, Tensor: preprocessed[key], Mode: features[key].output_mode, Layer: preprocessors[key]))
            .Concat(crosses.OrderBy(cross => cross.name, StringComparer.Ordinal).Select(cross =>
                (Name: cross.name, Tensor: crossers[cross.name].Apply(cross.feature_names.Select(key => preprocessed[key]).ToArray()),
                    Mode: cross.output_mode, Layer: (Layer)crossers[cross.name])));
        (string Name, Tensor Tensor)[] made = [.. all.Select(one => (one.Name, Finished(one.Name, one.Tensor, one.Mode, one.Layer)))];
        if (output_mode == "dict") return Tensor.Several([.. made.Select(one => one.Tensor)], [.. made.Select(one => one.Name)]);
        _concat ??= new Concatenate(axis: -1, name: Names.Unique("tfd_concat"));
        return _concat.Apply(made.Select(one => one.Tensor).ToArray());
    }

    private Tensor Finished(string column, Tensor x, string mode, Layer layer)
    {
        bool isWhole = Python.keras.backend.is_int_dtype(x.dtype);
        if (mode == "one_hot")
        {
            if (!isWhole)
                throw new ValueError($"Feature '{column}' has `output_mode='one_hot'`. Thus its preprocessor should return an integer dtype. "
                    + $"Instead it returns a {x.dtype} dtype.");
            if (!_encoders.TryGetValue(column, out var encoder))
                _encoders[column] = encoder = new CategoryEncoding(Places(column, layer), output_mode: "multi_hot");
            return encoder.Apply(x);
        }
        return !isWhole || output_mode != "concat" ? x
            : throw new ValueError($"Cannot concatenate features because feature '{column}' has not been encoded (it has dtype {x.dtype}). "
                + "Consider using `output_mode='dict'`.");
    }

    private static int Places(string column, Layer layer) => layer switch
    {
        IntegerLookup lookup => lookup.vocabulary_size(),
        StringLookup lookup => lookup.vocabulary_size(),
        CategoryEncoding encoding => encoding.num_tokens,
        Discretization discretization => discretization.num_bins ?? discretization.bin_boundaries!.Length + 1,
        HashedCrossing crossing => crossing.num_bins,
        Hashing hashing => hashing.num_bins,
        _ => throw new ValueError($"Feature '{column}' has `output_mode='one_hot'`. However it isn't a standard feature and the dimensionality "
            + "of its output space is not known, thus it cannot be one-hot encoded. Try using `output_mode='int'`."),
    };

    private bool IsAdaptable(string column) => preprocessors[column] switch
    {
        Normalization normalization => normalization.GivenMean is null,
        Discretization discretization => discretization.num_bins is not null,
        IntegerLookup lookup => lookup.vocabulary is null,
        StringLookup lookup => lookup.vocabulary is null,
        _ => false,
    };

    /// <summary>Numbers, or rows of one number, as rows of one number.</summary>
    private static Tensor InColumn(Tensor x)
    {
        if (x.shape.Rank > 1) return x;
        return x.Texts is { } texts ? texts.Reshaped((x.shape.Size, 1)) : x.numpy().reshape(x.shape.Size, 1);
    }

    private Tensor Named(Tensors data)
    {
        if (data.Names is not { } names || names.Length != data.Count)
            throw new ValueError("A FeatureSpace can only be called with a dict of columns by their names. Received: tensors without names");
        foreach (string column in features.Keys)
            if (!names.Contains(column)) throw new ValueError($"There is no column '{column}'. Received: {string.Join(", ", names)}");
        return Tensor.Several([.. data], names);
    }
}
