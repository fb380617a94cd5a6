using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KerasPort.Console.Parity;

/// <summary>The record of a run of the codelab, by <c>codelab.py</c> or by the port. A value that wasn't recorded is null.</summary>
internal sealed record CodelabRecord
{
    /// <summary>The value of <see cref="Kernels"/> that selects TensorFlow's own kernels in place of oneDNN's.</summary>
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

    /// <summary>SHA-256 of each weight as little-endian float32 in C order.</summary>
    public string[]? InitialWeightsSha256 { get; init; }

    /// <summary>SHA-256 of all weights together.</summary>
    public string? WholeInitialWeightsSha256 { get; init; }

    /// <summary>SHA-256 of the training images' indices as little-endian int32, in the order of an epoch.</summary>
    public string? RowOrderSha256 { get; init; }

    /// <summary>The losses of the first batches, each of its batch alone.</summary>
    public double[]? FirstLosses { get; init; }

    /// <summary>Loss and accuracy per epoch.</summary>
    public required Dictionary<string, double[]> History { get; init; }

    public double[]? EpochSeconds { get; init; }

    public Dictionary<string, double>? Test { get; init; }

    public double? EvaluateSeconds { get; init; }

    /// <summary>Probabilities for the first test images, as little-endian float32.</summary>
    public byte[]? PredictionsFloat32 { get; init; }

    public long? PeakMemoryBytes { get; init; }

    /// <summary>Whether the peak memory includes earlier runs in the same process.</summary>
    public bool PeakMemoryIsOfProcess { get; init; }

    [JsonIgnore]
    public ReadOnlySpan<float> Predictions => MemoryMarshal.Cast<byte, float>(PredictionsFloat32);

    /// <exception cref="JsonException">The text isn't a record.</exception>
    public static T Read<T>(Stream json) => JsonSerializer.Deserialize<T>(json, Names)!;
}
