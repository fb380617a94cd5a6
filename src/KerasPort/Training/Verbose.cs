namespace KerasPort.Training;

/// <summary>The amount of output: "auto" or 1 for a progress bar, 2 for one line per epoch, 0 for none.</summary>
public readonly record struct Verbose
{
    private readonly bool _isAuto;

    private Verbose(int level, bool isAuto = false) => (Level, _isAuto) = (level, isAuto);

    internal int Level { get; }

    /// <summary>As it was given: "auto", or a number.</summary>
    internal object Given => _isAuto ? "auto" : Level;

    /// <summary>0, 1 or 2.</summary>
    /// <exception cref="ValueError">Another number.</exception>
    public static implicit operator Verbose(int level) => level is 0 or 1 or 2 ? new(level)
        : throw new ValueError($"`verbose` must be \"auto\", 0, 1 or 2. Received: verbose={level}");

    /// <summary>1 or 0, as Python takes True and False.</summary>
    public static implicit operator Verbose(bool level) => new(level ? 1 : 0);

    /// <summary>"auto", "0", "1" or "2".</summary>
    /// <exception cref="ValueError">Another text.</exception>
    public static implicit operator Verbose(string level) => level switch
    {
        "auto" => new(1, isAuto: true),
        "1" => new(1),
        "0" => new(0),
        "2" => new(2),
        _ => throw new ValueError($"`verbose` must be \"auto\", 0, 1 or 2. Received: verbose={level}"),
    };
}
