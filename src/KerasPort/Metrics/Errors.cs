namespace KerasPort.Metrics;

/// <summary>100 · the mean of |target - output| / |target| over a sample's outputs.</summary>
[Alias("mape", "MAPE")]
public sealed class MeanAbsolutePercentageError : LossMetric
{
    /// <summary>The mean error in percent.</summary>
    public MeanAbsolutePercentageError(string name = "mean_absolute_percentage_error") : base(new Losses.MeanAbsolutePercentageError(), name) { }
}

/// <summary>The mean of (log(1 + target) - log(1 + output))² over a sample's outputs.</summary>
[Alias("msle", "MSLE")]
public sealed class MeanSquaredLogarithmicError : LossMetric
{
    /// <summary>The mean squared error of logarithms.</summary>
    public MeanSquaredLogarithmicError(string name = "mean_squared_logarithmic_error") : base(new Losses.MeanSquaredLogarithmicError(), name) { }
}

/// <summary>The mean of log(cosh(output - target)) over a sample's outputs.</summary>
public sealed class LogCoshError : LossMetric
{
    /// <summary>The mean logarithm of the hyperbolic cosine of the error.</summary>
    public LogCoshError(string name = "logcosh") : base(new Losses.LogCosh(), name) { }
}

/// <summary>The mean of output - target · log(output) over a sample's outputs: see <see cref="Losses.Poisson"/>.</summary>
public sealed class Poisson : LossMetric
{
    /// <summary>The mean Poisson loss.</summary>
    public Poisson(string name = "poisson") : base(new Losses.Poisson(), name) { }
}

/// <summary>The mean of max(1 - target · output, 0) over a sample's outputs: see <see cref="Losses.Hinge"/>.</summary>
public sealed class Hinge : LossMetric
{
    /// <summary>The mean hinge loss.</summary>
    public Hinge(string name = "hinge") : base(new Losses.Hinge(), name) { }
}

/// <summary>The mean of max(1 - target · output, 0)² over a sample's outputs: see <see cref="Losses.SquaredHinge"/>.</summary>
public sealed class SquaredHinge : LossMetric
{
    /// <summary>The mean squared hinge loss.</summary>
    public SquaredHinge(string name = "squared_hinge") : base(new Losses.SquaredHinge(), name) { }
}

/// <summary>By how much the class's output is less than 1 above the largest of the others: see <see cref="Losses.CategoricalHinge"/>.</summary>
public sealed class CategoricalHinge : LossMetric
{
    /// <summary>The mean categorical hinge loss.</summary>
    public CategoricalHinge(string name = "categorical_hinge") : base(new Losses.CategoricalHinge(), name) { }
}
