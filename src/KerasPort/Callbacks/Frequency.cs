namespace KerasPort.Callbacks;

/// <summary>When a callback acts: <c>"epoch"</c>, after each epoch; <c>"batch"</c>, after each batch; or after every so many batches.</summary>
public readonly record struct Frequency
{
    private readonly string? _given;

    private Frequency(string given, int? batches) => (_given, Batches) = (given, batches);

    /// <summary>The number of batches; <c>null</c> for anything else.</summary>
    internal int? Batches { get; }

    /// <summary>Whether it is "epoch", the default.</summary>
    internal bool IsEpoch => _given is null or "epoch";

    /// <summary>Whether it is "batch".</summary>
    internal bool IsBatch => _given == "batch";

    /// <summary>After every so many batches.</summary>
    public static implicit operator Frequency(int batches) => new(PythonText.Str(batches), batches);

    /// <summary>Converts "epoch" or "batch".</summary>
    public static implicit operator Frequency(string given) => new(given, null);

    /// <summary>The text or number that was given.</summary>
    public override string ToString() => _given ?? "epoch";
}
