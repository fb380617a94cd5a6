using KerasPort.Regularizers;

namespace KerasPort;

/// <summary><c>keras.regularizers</c>.</summary>
public sealed partial class RegularizersModule
{
    /// <inheritdoc cref="Regularizers.L1(double)"/>
    public L1 L1(double l1 = 0.01) => new(l1);

    /// <inheritdoc cref="Regularizers.L1L2(double, double)"/>
    public L1L2 L1L2(double l1 = 0.0, double l2 = 0.0) => new(l1, l2);

    /// <inheritdoc cref="Regularizers.L2(double)"/>
    public L2 L2(double l2 = 0.01) => new(l2);

    /// <inheritdoc cref="Regularizers.OrthogonalRegularizer(double, string)"/>
    public OrthogonalRegularizer OrthogonalRegularizer(double factor = 0.01, string mode = "rows") => new(factor, mode);

    /// <summary>Another name of <see cref="L1"/>.</summary>
    public L1 l1(double l1 = 0.01) => new(l1);

    /// <summary>Another name of <see cref="L1L2"/>.</summary>
    public L1L2 l1_l2(double l1 = 0.0, double l2 = 0.0) => new(l1, l2);

    /// <summary>Another name of <see cref="L2"/>.</summary>
    public L2 l2(double l2 = 0.01) => new(l2);

    /// <summary>Another name of <see cref="OrthogonalRegularizer"/>.</summary>
    public OrthogonalRegularizer orthogonal_regularizer(double factor = 0.01, string mode = "rows") => new(factor, mode);
}
