namespace KerasPort.Metrics;

/// <summary>The threshold above which an output counts as yes: <c>0.5</c>, or several, <c>[0.3, 0.5, 0.7]</c>.</summary>
[CollectionBuilder(typeof(Thresholds), nameof(Create))]
public sealed class Thresholds
{
    private Thresholds(double[] values, bool isOne)
    {
        double[] outside = [.. values.Where(value => value is not (>= 0 and <= 1))];
        if (outside.Length > 0) throw new ValueError($"Threshold values must be in [0, 1]. Received: {PythonText.Str(outside)}");
        if (values.Length == 0) throw new ValueError("A metric of thresholds needs one at least. Received: thresholds=[]");
        (Values, IsOne) = (values, isOne);
    }

    /// <summary>A list from a collection expression.</summary>
    /// <exception cref="ValueError">There is none, or one isn't from 0 to 1.</exception>
    public static Thresholds Create(ReadOnlySpan<double> values) => new(values.ToArray(), isOne: false);

    internal double[] Values { get; }

    /// <summary>Whether it was given as one number.</summary>
    internal bool IsOne { get; }

    /// <summary>The thresholds, in the order in which they were given.</summary>
    public IEnumerator<double> GetEnumerator() => Values.AsEnumerable().GetEnumerator();

    /// <summary>One threshold.</summary>
    /// <exception cref="ValueError">The number isn't from 0 to 1.</exception>
    public static implicit operator Thresholds(double value) => new([value], isOne: true);

    /// <summary>Several thresholds.</summary>
    /// <exception cref="ValueError">There is none, or one isn't from 0 to 1.</exception>
    public static implicit operator Thresholds(double[] values) => Create(values);
}
