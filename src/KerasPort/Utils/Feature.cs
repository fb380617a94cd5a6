using KerasPort.Layers;

namespace KerasPort.Utils;

/// <summary>How a column of a table becomes numbers: the type of its elements, the layer that they go through, and what is made of what it gives.</summary>
public sealed class Feature
{
    private readonly Layer? _preprocessor;

    internal Feature(DType dtype, Layer preprocessor, string output_mode) => (this.dtype, _preprocessor, this.output_mode) = (dtype, preprocessor, output_mode);

    private Feature(string kind) => (Kind, dtype, output_mode) = (kind, DType.float32, "float");

    /// <summary>The type of the elements: "float32", "int32" or "string".</summary>
    public DType dtype { get; }

    /// <summary>The layer that they go through.</summary>
    public Layer preprocessor => _preprocessor ?? throw new ValueError($"The feature {PythonText.Repr(Kind!)} is none of a space yet.");

    /// <summary>"float", "int", or "one_hot": 1 at each element's place.</summary>
    public string output_mode { get; }

    /// <summary>The kind, of one that only says that.</summary>
    internal string? Kind { get; }

    /// <summary>A kind by its name: "float", "float_normalized", "float_rescaled", "float_discretized", "integer_categorical", "string_categorical",
    /// "integer_hashed" or "string_hashed".</summary>
    public static implicit operator Feature(string kind) => new(kind ?? throw new ValueError("Invalid feature type: None"));
}

/// <summary>Columns whose elements count together: each combination of them has a place of its own among so many.</summary>
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

    /// <summary>"int", or "one_hot": 1 at each combination's place.</summary>
    public string output_mode { get; }

    /// <summary>The columns' names, as one.</summary>
    public string name => string.Join("_X_", feature_names);

    /// <summary>How many places there are; <c>null</c> for as many as the space says.</summary>
    internal int? Dim { get; }

    /// <summary>Two columns.</summary>
    public static implicit operator Cross((string, string) names) => new([names.Item1, names.Item2], null);

    /// <summary>Three columns.</summary>
    public static implicit operator Cross((string, string, string) names) => new([names.Item1, names.Item2, names.Item3], null);

    /// <summary>Columns.</summary>
    public static implicit operator Cross(string[] names) => new(names, null);
}
