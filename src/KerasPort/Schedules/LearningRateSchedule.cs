using System.Text.Json.Nodes;
using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>A learning rate that follows from the number of batches that an optimizer has seen. It takes the place of a number: <c>SGD(schedule)</c>.</summary>
public abstract class LearningRateSchedule
{
    /// <summary>The learning rate of that step, counted from 0.</summary>
    public abstract float Apply(long step);

    /// <summary>The learning rates of several steps, in float32: what a plot of a schedule shows.</summary>
    public NDArray Apply(NDArray steps) => new([.. steps.ToFloats().Select(At)], steps.shape);

    /// <summary>The same between two steps, where a schedule says it.</summary>
    private protected virtual float At(float step) => Apply((long)step);

    /// <summary>The settings, from which <see cref="from_config{T}"/> makes the same schedule.</summary>
    public virtual JsonObject get_config() => ObjectConfig.Get(this);

    /// <summary>The schedule that <see cref="get_config"/> described.</summary>
    /// <exception cref="ModelFormatException">The configuration is of something else.</exception>
    public static T from_config<T>(JsonObject config) where T : LearningRateSchedule => ObjectConfig.Create<T>(config);

    /// <summary>Refuses a number of batches in which a rate can't fall.</summary>
    private protected static void RequireSteps(double steps, string argument = "decay_steps")
    {
        if (!(steps > 0)) throw new ValueError($"Argument `{argument}` must be > 0. Received: {argument}={PythonText.Str(steps)}");
    }
}

/// <summary>A schedule that is a formula of the step, as of a float.</summary>
public abstract class FormulaSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public sealed override float Apply(long step) => At(step);

    private protected abstract override float At(float step);
}
