namespace KerasPort.Engines;

/// <summary>
/// A linear map along one axis. Output j is a sum over its entries, y[j] = Σ weight · x[at], and 0 without entries. Paddings, cuts,
/// repetitions, sums, averages of windows and resizing are such maps, and so is the gradient of each.
/// </summary>
public sealed class AlongTable
{
    private AlongTable? _transposed;

    private AlongTable(int inputs, int[] starts, int[] at, float[] weights) => (Inputs, Starts, At, Weights) = (inputs, starts, at, weights);

    /// <summary>Length of the axis in the input.</summary>
    public int Inputs { get; }

    /// <summary>Length of the axis in the output.</summary>
    public int Outputs => Starts.Length - 1;

    /// <summary>Whether every output is the input at its place.</summary>
    public bool IsIdentity => Inputs == Outputs && At.Length == Inputs && Weights.All(weight => weight == 1) && At.Index().All(entry =>
        entry.Item == entry.Index)
        && Starts.Index().All(start => start.Item == start.Index);

    /// <summary>Whether every output is one of the inputs.</summary>
    internal bool IsRepetition => At.Length == Outputs && Weights.All(weight => weight == 1) && Starts.Index().All(start => start.Item == start.Index);

    /// <summary>Whether it is the same map.</summary>
    internal bool IsSameAs(AlongTable other) =>
        Inputs == other.Inputs && Starts.AsSpan().SequenceEqual(other.Starts) && At.AsSpan().SequenceEqual(other.At)
            && Weights.AsSpan().SequenceEqual(other.Weights);

    /// <summary>The transposed map, through which a gradient goes back.</summary>
    public AlongTable Transposed => _transposed ??= Transpose();

    /// <summary>Output j has the entries from Starts[j] to before Starts[j + 1].</summary>
    internal int[] Starts { get; }

    /// <summary>The index of the input that each entry takes.</summary>
    internal int[] At { get; }

    /// <summary>The factor of each entry.</summary>
    internal float[] Weights { get; }

    /// <summary>The map with these entries for each output.</summary>
    /// <exception cref="ValueError">An entry takes an input that isn't there.</exception>
    public static AlongTable Of(int inputs, IEnumerable<IEnumerable<(int At, double Weight)>> outputs)
    {
        var (starts, at, weights) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var output in outputs)
        {
            foreach (var (place, weight) in output)
            {
                if (place < 0 || place >= inputs) throw new ValueError($"There is no place {place} along an axis of {inputs}.");
                at.Add(place);
                weights.Add((float)weight);
            }
            starts.Add(at.Count);
        }
        return new AlongTable(inputs, [.. starts], [.. at], [.. weights]);
    }

    /// <summary>The map in which each output is one of the inputs, or 0 where it names a place before or behind them.</summary>
    public static AlongTable Take(int inputs, IEnumerable<int> places) =>
        Of(inputs, places.Select(place => place >= 0 && place < inputs ? (IEnumerable<(int, double)>)[(place, 1)] : []));

    /// <summary>The sum of all.</summary>
    public static AlongTable Sum(int inputs) => Of(inputs, [Enumerable.Range(0, inputs).Select(i => (i, 1.0))]);

    /// <summary>The mean of each window, over the places of it that lie within the axis.</summary>
    public static AlongTable Means(int inputs, int outputs, int size, int stride, int before) =>
        Of(inputs, Enumerable.Range(0, outputs).Select(j =>
        {
            int first = Math.Max(j * stride - before, 0), last = Math.Min(j * stride - before + size, inputs);
            return Enumerable.Range(first, last - first).Select(i => (i, 1.0 / (last - first)));
        }));

    private AlongTable Transpose()
    {
        var (starts, at, weights) = (new int[Inputs + 1], new int[At.Length], new float[At.Length]);
        foreach (int place in At) starts[place + 1]++;
        for (int i = 0; i < Inputs; i++) starts[i + 1] += starts[i];
        int[] next = [.. starts];
        for (int j = 0; j < Outputs; j++)
            for (int k = Starts[j]; k < Starts[j + 1]; k++)
            {
                int to = next[At[k]]++;
                (at[to], weights[to]) = (j, Weights[k]);
            }
        return new AlongTable(Outputs, starts, at, weights) { _transposed = this };
    }
}
