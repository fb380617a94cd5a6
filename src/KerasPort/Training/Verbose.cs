namespace KerasPort.Training;

/// <summary>How much is printed: "auto" or 1 for a progress bar, 2 for a line an epoch, 0 for nothing.</summary>
public readonly record struct Verbose
{
    private Verbose(int level) => Level = level;

    internal int Level { get; }

    /// <summary>0, 1 or 2.</summary>
    /// <exception cref="ValueError">Another number.</exception>
    public static implicit operator Verbose(int level) => level is 0 or 1 or 2 ? new(level)
        : throw new ValueError($"`verbose` must be \"auto\", 0, 1 or 2. Received: verbose={level}");

    /// <summary>"auto", "0", "1" or "2".</summary>
    /// <exception cref="ValueError">Another text.</exception>
    public static implicit operator Verbose(string level) => level switch
    {
        "auto" or "1" => new(1),
        "0" => new(0),
        "2" => new(2),
        _ => throw new ValueError($"`verbose` must be \"auto\", 0, 1 or 2. Received: verbose={level}"),
    };
}
