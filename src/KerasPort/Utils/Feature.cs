using KerasPort.Layers;

namespace KerasPort.Utils;

/// <summary>The encoding of a table's column: the dtype of its elements, the layer that preprocesses them, and the form of the result.</summary>
public sealed class Feature
{
    private readonly Layer? _preprocessor;

    internal Feature(DType dtype, Layer preprocessor, string output_mode) => (this.dtype, _preprocessor, this.output_mode) = (dtype, preprocessor, output_mode);

    private Feature(string kind) => (Kind, dtype, output_mode) = (kind, DType.float32, "float");

    /// <summary>The type of the elements: "float32", "int32" or "string".</summary>
    public DType dtype { get; }

    /// <summary>The layer that preprocesses them.</summary>
    public Layer preprocessor => _preprocessor ?? throw new ValueError($"The feature {PythonText.Repr(Kind!)} is none of a space yet.");

    /// <summary>"float", "int", or "one_hot": 1 at each element's index.</summary>
    public string output_mode { get; }

    /// <summary>The kind, if only that was given; else <c>null</c>.</summary>
    internal string? Kind { get; }

    /// <summary>Converts the name of a kind: "float", "float_normalized", "float_rescaled", "float_discretized", "integer_categorical", "string_categorical",
    /// "integer_hashed" or "string_hashed".</summary>
    public static implicit operator Feature(string kind) => new(kind ?? throw new ValueError("Invalid feature type: None"));
}

/// <summary>A cross of columns: each combination of their elements is hashed to one of a number of indices.</summary>
public sealed class Cross
{
    internal Cross(IEnumerable<string> feature_names, int? crossing_dim, string output_mode = "one_hot")
    {
        this.feature_names = [.. feature_names];
        if (output_mode is not ("int" or "one_hot")) throw new ValueError($"Invalid value for argument `output_mode`. Expected one of {{'int', 'one_hot'}}. "
            + $"Received: output_mode={output_mode}");
        (Dim, this.output_mode) = (crossing_dim, output_mode);
    }

    /// <summary>The columns.</summary>
    public IReadOnlyList<string> feature_names { get; }

    /// <summary>"int", or "one_hot": 1 at each combination's index.</summary>
    public string output_mode { get; }

    /// <summary>The columns' names, joined.</summary>
    public string name => string.Join("_X_", feature_names);

    /// <summary>The number of indices; <c>null</c> for that of the space.</summary>
    internal int? Dim { get; }

    /// <summary>Converts two columns.</summary>
    public static implicit operator Cross((string, string) names) => new([names.Item1, names.Item2], null);

    /// <summary>Converts three columns.</summary>
    public static implicit operator Cross((string, string, string) names) => new([names.Item1, names.Item2, names.Item3], null);

    /// <summary>Converts several columns.</summary>
    public static implicit operator Cross(string[] names) => new(names, null);
}
