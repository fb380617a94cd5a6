using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>The first of <see cref="values"/> up to the first boundary, inclusive, then the next one up to the second, and so on.</summary>
public sealed class PiecewiseConstantDecay : FormulaSchedule
{
    /// <summary>Creates a schedule that is constant between boundaries.</summary>
    /// <param name="boundaries">The last step of each rate but the last, ascending; fractions are truncated.</param>
    /// <param name="values">The rates, one more than boundaries.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">There are no boundaries, or the number of rates isn't one more.</exception>
    public PiecewiseConstantDecay(double[] boundaries, double[] values, string? name = "PiecewiseConstant")
    {
        if (boundaries is null || values is null || boundaries.Length == 0 || boundaries.Length != values.Length - 1)
            throw new ValueError("The length of boundaries should be 1 less than the length of values, and 1 or more. "
                + $"Received: boundaries={PythonText.Str(boundaries)}, values={PythonText.Str(values)}");
        (this.boundaries, this.values, this.name) = ([.. boundaries], [.. values], name ?? nameof(PiecewiseConstantDecay));
    }

    /// <summary>The last step of each rate but the last.</summary>
    [Counts]
    public double[] boundaries { get; }

    /// <summary>The rates.</summary>
    public double[] values { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        // As in Keras, the rates of all intervals that contain the step are added up, which matters for boundaries that don't ascend.
        float rate = step <= (long)boundaries[0] ? (float)values[0] : 0;
        if (step > (long)boundaries[^1]) rate += (float)values[^1];
        for (int i = 1; i < boundaries.Length; i++)
            if (step > (long)boundaries[i - 1] && step <= (long)boundaries[i]) rate += (float)values[i];
        return rate;
    }
}
