namespace KerasPort;

/// <summary>
/// The result of <see cref="Logs.get"/>, which converts to a number. A missing number is null: <c>is null</c>, <c>??</c> and <c>double?</c>
/// accept it, every comparison and calculation refuses it.
/// </summary>
public sealed class LogValue : IPythonText, IFormattable, IEquatable<LogValue>
{
    internal LogValue(double value) => Value = value;

    /// <summary>The message about the last name that this thread looked up in vain. It is kept here because a null can't carry it.</summary>
    [ThreadStatic]
    internal static string? Missing;

    /// <summary>The number.</summary>
    public double Value { get; }

    double? IPythonText.Number => Value;

    /// <summary>The number.</summary>
    /// <exception cref="ValueError">It is missing.</exception>
    public static implicit operator double(LogValue? value) => value is not null ? value.Value
        : throw new ValueError(Missing ?? "There is no such number in logs.");

    /// <summary>The number, or null.</summary>
    public static implicit operator double?(LogValue? value) => value?.Value;

    /// <summary>The number, for functions of arrays: <c>np.less(logs.get("loss"), best)</c>.</summary>
    /// <exception cref="ValueError">It is missing.</exception>
    public static implicit operator NDArray(LogValue? value) => (double)value;

    /// <summary>A number in place of a missing one: <c>logs.get("accuracy") ?? 0</c>.</summary>
    public static implicit operator LogValue(double value) => new(value);

    /// <summary>Whether both are the same number, or both are missing.</summary>
    public static bool operator ==(LogValue? left, LogValue? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether the numbers differ, or one is missing.</summary>
    public static bool operator !=(LogValue? left, LogValue? right) => !(left == right);

    /// <inheritdoc/>
    public bool Equals(LogValue? other) => other is not null && Value == other.Value;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LogValue);

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode();

    /// <summary>As Python writes the number.</summary>
    public override string ToString() => PythonText.Repr(Value);

    /// <inheritdoc/>
    public string ToString(string? format, IFormatProvider? provider) => format is null ? ToString() : Value.ToString(format, provider);
}
