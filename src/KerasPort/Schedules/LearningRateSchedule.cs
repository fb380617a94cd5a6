using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>
/// A learning rate that depends on the number of batches that an optimizer has processed. It is used instead of a number: <c>SGD(schedule)</c>.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate at a step, counted from 0.</summary>
    public abstract float Apply(long step);

    /// <summary>The learning rates at several steps, in float32, such as for a plot of the schedule.</summary>
    public NDArray Apply(NDArray steps) => new([.. steps.ToFloats().Select(At)], steps.shape);

    /// <summary>The learning rate at a fractional step, if the schedule has one.</summary>
    private protected virtual float At(float step) => Apply((long)step);

    /// <summary>The settings, from which <see cref="from_config{T}"/> creates the same schedule.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>Creates a schedule from the configuration that <see cref="get_config"/> gives.</summary>
    /// <exception cref="ModelFormatException">The configuration is malformed or refused.</exception>
    public static T from_config<T>(JsonObject config) where T : LearningRateSchedule => ObjectConfig.Create<T>(config);

    /// <summary>Refuses a number of batches that isn't positive.</summary>
    private protected static void RequireSteps(double steps, string argument = "decay_steps")
    {
        if (!(steps > 0)) throw new ValueError($"Argument `{argument}` must be > 0. Received: {argument}={PythonText.Str(steps)}");
    }
}

/// <summary>A schedule that is a formula of the step as a float.</summary>
public abstract class FormulaSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public sealed override float Apply(long step) => At(step);

    private protected abstract override float At(float step);
}
