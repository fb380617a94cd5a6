using KerasPort.Constraints;

namespace KerasPort;

/// <summary><c>keras.constraints</c>; your own derive from <see cref="Constraint"/>.</summary>
public sealed partial class ConstraintsModule
{
    /// <inheritdoc cref="Constraints.MaxNorm(double, Axes?)"/>
    public MaxNorm MaxNorm(double max_value = 2, Axes? axis = null) => new(max_value, axis);

    /// <inheritdoc cref="Constraints.MinMaxNorm(double, double, double, Axes?)"/>
    public MinMaxNorm MinMaxNorm(double min_value = 0.0, double max_value = 1.0, double rate = 1.0, Axes? axis = null) => new(min_value, max_value, rate, axis);

    /// <inheritdoc cref="Constraints.NonNeg"/>
    public NonNeg NonNeg() => new();

    /// <inheritdoc cref="Constraints.UnitNorm(Axes?)"/>
    public UnitNorm UnitNorm(Axes? axis = null) => new(axis);

    /// <summary>Another name of <see cref="MaxNorm"/>.</summary>
    public MaxNorm max_norm(double max_value = 2, Axes? axis = null) => new(max_value, axis);

    /// <summary>Another name of <see cref="MinMaxNorm"/>.</summary>
    public MinMaxNorm min_max_norm(double min_value = 0.0, double max_value = 1.0, double rate = 1.0, Axes? axis = null) =>
        new(min_value, max_value, rate, axis);

    /// <summary>Another name of <see cref="NonNeg"/>.</summary>
    public NonNeg non_neg() => new();

    /// <summary>Another name of <see cref="UnitNorm"/>.</summary>
    public UnitNorm unit_norm(Axes? axis = null) => new(axis);
}
