using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Puts whole numbers and strings into bins by a hash that is the same in every program: FarmHash, or SipHash with a salt.</summary>
[OnlySetting("sparse", false)]
public sealed class Hashing : LookupLayer
{
    /// <summary>A layer that hashes.</summary>
    /// <param name="num_bins">The number of bins.</param>
    /// <param name="mask_value">The value that has bin 0 to itself; none by default.</param>
    /// <param name="salt">One or two numbers that change the hash.</param>
    /// <param name="output_mode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <inheritdoc cref="Layer(string?, Shape?)"/>
    /// <exception cref="ValueError">There is no bin, the mode doesn't exist, or the salt isn't valid.</exception>
    public Hashing(int num_bins, Token? mask_value = null, Salt? salt = null, string output_mode = "int", Shape? input_shape = null, string? name = null)
        : base(output_mode, ["int", "one_hot", "multi_hot", "count"], input_shape, name)
    {
        if (num_bins <= 0) throw new ValueError($"The `num_bins` for `Hashing` cannot be `None` or non-positive values. Received: num_bins={num_bins}.");
        (this.num_bins, this.mask_value, this.salt) = (num_bins, mask_value, salt);
    }

    /// <summary>The number of bins.</summary>
    public int num_bins { get; }

    /// <summary>The value that has bin 0 to itself.</summary>
    public Token? mask_value { get; }

    /// <summary>The numbers that change the hash.</summary>
    public Salt? salt { get; }

    internal override DType? SettingType => OutputType;

    private protected override int Depth => num_bins;

    /// <summary>The bins of strings.</summary>
    public Tensor Apply(Strings inputs) => Look(inputs);

    internal override Tensor? ApplyToTexts(Strings texts) => Look(texts);

    private protected override long[] Find(Column[] columns)
    {
        string[] texts = columns[0].AsTexts();
        // Bin 0 is reserved for the masked value.
        bool masks = mask_value is not null && num_bins > 1;
        ulong bins = (ulong)(masks ? num_bins - 1 : num_bins);
        string? masked = masks ? mask_value!.Value.ToString() : null;
        return Array.ConvertAll(texts, text => text == masked ? 0 : (long)(Hash(salt, text) % bins) + (masks ? 1 : 0));
    }

    /// <summary>The hash of a text, with a salt or without.</summary>
    internal static ulong Hash(Salt? salt, string text) => salt is { } key ? Fingerprints.Keyed(text, key.First, key.Second) : Fingerprints.Of(text);
}

/// <summary>Puts combinations of whole numbers and strings from two or more columns into bins by a hash.</summary>
[NoSetting("trainable"), OnlySetting("sparse", false)]
public sealed class HashedCrossing : LookupLayer
{
    private const ulong Key = 0xDECAFCAFFE;

    /// <summary>A layer that hashes the elements of a row together.</summary>
    /// <param name="num_bins">The number of bins.</param>
    /// <param name="output_mode"><c>"int"</c>, or <c>"one_hot"</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">There is no bin, or no such mode.</exception>
    public HashedCrossing(int num_bins, string output_mode = "int", string? name = null) : base(output_mode, ["int", "one_hot"], null, name) =>
        this.num_bins = num_bins > 0 ? num_bins : throw new ValueError($"`num_bins` must be a number of 1 or more. Received: num_bins={num_bins}");

    /// <summary>The number of bins.</summary>
    public int num_bins { get; }

    internal override DType? SettingType => OutputType;

    internal override bool IsTypePlain => true;

    private protected override int Depth => num_bins;

    /// <summary>The bins of two columns, each of numbers or strings.</summary>
    /// <exception cref="ValueError">Their shapes differ.</exception>
    public Tensor Apply((Column First, Column Second) inputs) => Look(inputs.First, inputs.Second);

    /// <summary>The bins of three columns.</summary>
    /// <exception cref="ValueError">Their shapes differ.</exception>
    public Tensor Apply((Column First, Column Second, Column Third) inputs) => Look(inputs.First, inputs.Second, inputs.Third);

    internal override void CheckInput(Shape[] inputs)
    {
        if (inputs.Length < 2) throw new ValueError($"`HashedCrossing` should be called on at least two inputs. Received: {inputs.Length}");
        if (inputs[0].Rank > 2 || (inputs[0].Rank == 2 && inputs[0][1] != 1) || inputs.Any(shape => shape != inputs[0]))
            throw new ValueError("All `HashedCrossing` inputs should have equal shape, `()`, `(batch_size)` or `(batch_size, 1)`. "
                + $"Received: inputs of shapes {string.Join(", ", inputs)}");
    }

    internal override Shape[] ShapesOf(Shape[] inputs) => [compute_output_shape(inputs[0])];

    internal override IEnumerable<Weight> Weights(Shape[] inputs) => [];

    private protected override long[] Find(Column[] columns)
    {
        if (columns.Any(column => column.IsFraction))
            throw new ValueError("All `HashedCrossing` inputs should have an integer or string dtype. Received: an array of floats");
        var bins = new long[columns[0].shape.Aggregate(1, (product, d) => product * d)];
        ulong[][] hashes = Array.ConvertAll(columns, column => column.Texts is { } texts ? Array.ConvertAll(texts, Fingerprints.Of) : Array.ConvertAll(
            column.Numbers(), number => (ulong)number));
        for (int i = 0; i < bins.Length; i++) bins[i] = (long)(hashes.Aggregate(Key, (hash, column) => Fingerprints.OfBoth(hash, column[i])) % (ulong)num_bins);
        return bins;
    }
}
