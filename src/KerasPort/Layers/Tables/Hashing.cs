using KerasPort.Graphs;
using KerasPort.Random;
using KerasPort.Saving;

namespace KerasPort.Layers;

/// <summary>Whole numbers and strings in so many bins by a hash, the same in every program: FarmHash's, or with a salt SipHash.</summary>
[OnlySetting("sparse", false)]
public sealed class Hashing : LookupLayer
{
    /// <summary>A layer that hashes.</summary>
    /// <param name="num_bins">How many bins there are.</param>
    /// <param name="mask_value">What is in bin 0, alone; nothing by default.</param>
    /// <param name="salt">A number, or two, that change the hash.</param>
    /// <param name="output_mode"><c>"int"</c>, <c>"one_hot"</c>, <c>"multi_hot"</c> or <c>"count"</c>.</param>
    /// <param name="input_shape">What goes in, for a model's first layer.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">There is no bin, no such mode, or the salt is none.</exception>
    public Hashing(int num_bins, Token? mask_value = null, Salt? salt = null, string output_mode = "int", Shape? input_shape = null, string? name = null)
        : base(output_mode, ["int", "one_hot", "multi_hot", "count"], input_shape, name)
    {
        if (num_bins <= 0) throw new ValueError($"The `num_bins` for `Hashing` cannot be `None` or non-positive values. Received: num_bins={num_bins}.");
        (this.num_bins, this.mask_value, this.salt) = (num_bins, mask_value, salt);
    }

    /// <summary>How many bins there are.</summary>
    public int num_bins { get; }

    /// <summary>What is in bin 0, alone.</summary>
    public Token? mask_value { get; }

    /// <summary>What changes the hash.</summary>
    public Salt? salt { get; }

    internal override DType? SettingType => OutputType;

    private protected override int Depth => num_bins;

    /// <summary>The bins of strings.</summary>
    public Tensor Apply(Strings inputs) => Look(inputs);

    internal override Tensor? ApplyToTexts(Strings texts) => Look(texts);

    private protected override long[] Find(Column[] columns)
    {
        string[] texts = columns[0].AsTexts();
        // A bin is left for what is masked.
        bool masks = mask_value is not null && num_bins > 1;
        ulong bins = (ulong)(masks ? num_bins - 1 : num_bins);
        string? masked = masks ? mask_value!.Value.ToString() : null;
        return Array.ConvertAll(texts, text => text == masked ? 0 : (long)(Hash(salt, text) % bins) + (masks ? 1 : 0));
    }

    /// <summary>The hash of a text, with a salt or without.</summary>
    internal static ulong Hash(Salt? salt, string text) => salt is { } key ? Fingerprints.Keyed(text, key.First, key.Second) : Fingerprints.Of(text);
}

/// <summary>Whole numbers and strings of two columns or more together, in so many bins by a hash.</summary>
[NoSetting("trainable"), OnlySetting("sparse", false)]
public sealed class HashedCrossing : LookupLayer
{
    private const ulong Key = 0xDECAFCAFFE;

    /// <summary>A layer that hashes what stands beside one another.</summary>
    /// <param name="num_bins">How many bins there are.</param>
    /// <param name="output_mode"><c>"int"</c>, or <c>"one_hot"</c>.</param>
    /// <param name="name">The layer's name.</param>
    /// <exception cref="ValueError">There is no bin, or no such mode.</exception>
    public HashedCrossing(int num_bins, string output_mode = "int", string? name = null) : base(output_mode, ["int", "one_hot"], null, name) =>
        this.num_bins = num_bins > 0 ? num_bins : throw new ValueError($"`num_bins` must be a number of 1 or more. Received: num_bins={num_bins}");

    /// <summary>How many bins there are.</summary>
    public int num_bins { get; }

    internal override DType? SettingType => OutputType;

    internal override bool IsTypePlain => true;

    private protected override int Depth => num_bins;

    /// <summary>The bins of two columns, of which one or both may be strings.</summary>
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
