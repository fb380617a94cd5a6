using KerasPort.Layers;

namespace KerasPort.Utils;

/// <content>The kinds of columns.</content>
public sealed partial class FeatureSpace
{
    /// <summary>A cross of columns.</summary>
    /// <param name="feature_names">The columns.</param>
    /// <param name="crossing_dim">The number of indices to which their combinations are hashed.</param>
    /// <param name="output_mode">"one_hot" or "int".</param>
    public static Cross cross(string[] feature_names, int crossing_dim, string output_mode = "one_hot") => new(feature_names, crossing_dim, output_mode);

    /// <summary>A column that is preprocessed by a given layer.</summary>
    public static Feature feature(DType dtype, Layer preprocessor, string output_mode) => new(dtype, preprocessor, output_mode);

    /// <summary>Numbers, unchanged.</summary>
    public static Feature @float(string? name = null) => new(DType.float32, new Identity(name: Named(name, "float")), "float");

    /// <summary>Numbers · scale + offset.</summary>
    public static Feature float_rescaled(double scale = 1.0, double offset = 0.0, string? name = null) =>
        new(DType.float32, new Rescaling(scale, offset, name: Named(name, "float_rescaled")), "float");

    /// <summary>Numbers minus their mean, divided by their standard deviation.</summary>
    public static Feature float_normalized(string? name = null) =>
        new(DType.float32, new Normalization(axis: -1, name: Named(name, "float_normalized")), "float");

    /// <summary>Numbers by the range that they are in.</summary>
    /// <param name="num_bins">The number of ranges, with about equally many numbers of the data in each.</param>
    /// <param name="bin_boundaries">The boundaries of the ranges, instead.</param>
    /// <param name="output_mode">"one_hot" or "int".</param>
    /// <param name="name">The name.</param>
    public static Feature float_discretized(int? num_bins = null, double[]? bin_boundaries = null, string output_mode = "one_hot", string? name = null) =>
        new(DType.float32, new Discretization(bin_boundaries, num_bins, name: Named(name, "float_discretized")), output_mode);

    /// <summary>Integers by their index in a vocabulary.</summary>
    public static Feature integer_categorical(int? max_tokens = null, int num_oov_indices = 1, string output_mode = "one_hot", string? name = null) =>
        new(DType.int32, new IntegerLookup(max_tokens, num_oov_indices, name: Named(name, "integer_categorical")), output_mode);

    /// <summary>Strings by their index in a vocabulary.</summary>
    public static Feature string_categorical(int? max_tokens = null, int num_oov_indices = 1, string output_mode = "one_hot", string? name = null) =>
        new(DType.@string, new StringLookup(max_tokens, num_oov_indices, name: Named(name, "string_categorical")), output_mode);

    /// <summary>Integers, hashed to <paramref name="num_bins"/> indices.</summary>
    public static Feature integer_hashed(int num_bins, string output_mode = "one_hot", string? name = null) =>
        new(DType.int32, new Hashing(num_bins, name: Named(name, "integer_hashed")), output_mode);

    /// <summary>Strings, hashed to <paramref name="num_bins"/> indices.</summary>
    public static Feature string_hashed(int num_bins, string output_mode = "one_hot", string? name = null) =>
        new(DType.@string, new Hashing(num_bins, name: Named(name, "string_hashed")), output_mode);

    private Feature OfKind(string column, string kind) => kind switch
    {
        "float" => @float(column),
        "float_normalized" => float_normalized(column),
        "float_rescaled" => float_rescaled(name: column),
        "float_discretized" => float_discretized(num_discretization_bins, name: column),
        "integer_categorical" => integer_categorical(name: column),
        "string_categorical" => string_categorical(name: column),
        "integer_hashed" => integer_hashed(hashing_dim, name: column),
        "string_hashed" => string_hashed(hashing_dim, name: column),
        _ => throw new ValueError($"Invalid feature type: {kind}"),
    };

    private static string Named(string? name, string kind) => $"{name ?? Names.Unique(kind)}_preprocessor";
}
