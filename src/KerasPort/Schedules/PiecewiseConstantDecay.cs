using KerasPort.Saving;

namespace KerasPort.Schedules;

/// <summary>The first of <see cref="values"/> up to and with the first boundary, then the next one up to the second, and so on.</summary>
public sealed class PiecewiseConstantDecay : FormulaSchedule
{
    /// <summary>Rates that stay for some batches each.</summary>
    /// <param name="boundaries">Steps after which the next rate comes, rising; of a fraction the whole part counts.</param>
    /// <param name="values">The rates, one more than boundaries.</param>
    /// <param name="name">The name.</param>
    /// <exception cref="ValueError">There are no boundaries, or not one rate more.</exception>
    public PiecewiseConstantDecay(double[] boundaries, double[] values, string? name = "PiecewiseConstant")
    {
        if (boundaries is null || values is null || boundaries.Length == 0 || boundaries.Length != values.Length - 1)
            throw new ValueError("The length of boundaries should be 1 less than the length of values, and 1 or more. "
                + $"Received: boundaries={PythonText.Str(boundaries)}, values={PythonText.Str(values)}");
        (this.boundaries, this.values, this.name) = ([.. boundaries], [.. values], name ?? nameof(PiecewiseConstantDecay));
    }

    /// <summary>The steps after which the next rate comes.</summary>
    [Counts]
    public double[] boundaries { get; }

    /// <summary>The rates.</summary>
    public double[] values { get; }

    /// <summary>The name.</summary>
    public string name { get; }

    /// <inheritdoc/>
    private protected override float At(float step)
    {
        // Keras adds up the rates of all intervals that the step lies in; boundaries that don't rise then give what they give there.
        float rate = step <= (long)boundaries[0] ? (float)values[0] : 0;
        if (step > (long)boundaries[^1]) rate += (float)values[^1];
        for (int i = 1; i < boundaries.Length; i++)
            if (step > (long)boundaries[i - 1] && step <= (long)boundaries[i]) rate += (float)values[i];
        return rate;
    }
}
