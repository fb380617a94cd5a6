using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KerasPort.Console.Parity;

/// <summary>The record of a run of the codelab, by <c>codelab.py</c> or by the port. What wasn't recorded is null.</summary>
internal sealed record CodelabRecord
{
    /// <summary>The <see cref="Kernels"/> of TensorFlow's own.</summary>
    public const string WithoutOneDnn = "TF_ENABLE_ONEDNN_OPTS=0";

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The program that ran, with its versions.</summary>
    public string Source { get; init; } = "";

    /// <summary>The environment variables, with values, that selected other kernels than the default ones; empty where none did.</summary>
    public string Kernels { get; init; } = "";

    /// <summary>The processor.</summary>
    public string Machine { get; init; } = "";

    /// <summary>One of <see cref="ModelName"/>.</summary>
    public required string Model { get; init; }

    public required long Seed { get; init; }

    public int BatchSize { get; init; } = 32;

    /// <summary>For each weight, over little-endian float32 in C order.</summary>
    public string[]? InitialWeightsSha256 { get; init; }

    /// <summary>Over all of them together.</summary>
    public string? WholeInitialWeightsSha256 { get; init; }

    /// <summary>Over the numbers of the training images, as little-endian int32, in the order of an epoch.</summary>
    public string? RowOrderSha256 { get; init; }

    /// <summary>The losses of the first batches, each of one batch.</summary>
    public double[]? FirstLosses { get; init; }

    /// <summary>Loss and accuracy by epoch.</summary>
    public required Dictionary<string, double[]> History { get; init; }

    public double[]? EpochSeconds { get; init; }

    public Dictionary<string, double>? Test { get; init; }

    public double? EvaluateSeconds { get; init; }

    /// <summary>Probabilities for the first test images, little-endian.</summary>
    public byte[]? PredictionsFloat32 { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>Whether runs before this one in the same process count in it.</summary>
    public bool PeakMemoryIsOfProcess { get; init; }

    [JsonIgnore]
    public ReadOnlySpan<float> Predictions => MemoryMarshal.Cast<byte, float>(PredictionsFloat32);

    /// <exception cref="JsonException">The text is no record.</exception>
    public static T Read<T>(Stream json) => JsonSerializer.Deserialize<T>(json, Names)!;
}
