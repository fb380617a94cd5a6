using KerasPort.Distribution;
using KerasPort.Graphs;

namespace KerasPort.Engines;

/// <summary>
/// What a plan is made for: the mode, the rows of a batch, the shapes of a row of each input, of each target and of their weights, and which piece of
/// the batch it is.
/// </summary>
internal readonly record struct PlanKey(Mode Mode, int Rows, Shape[] Inputs, Shape[] Targets, Shape[] Weights, BatchPart Part = default)
{
    public bool Equals(PlanKey other) => Mode == other.Mode && Rows == other.Rows && Part == other.Part
        && (Inputs == other.Inputs || Inputs.AsSpan().SequenceEqual(other.Inputs))
        && Targets.AsSpan().SequenceEqual(other.Targets) && Weights.AsSpan().SequenceEqual(other.Weights);

    public override int GetHashCode() => HashCode.Combine(Mode, Rows, Part, Targets.Length, Weights.Length);
}

/// <summary>What one batch at a time runs in: plans for some sizes, the memory that these use in turn, and the kernels.</summary>
/// <param name="kernels">The kernels.</param>
/// <param name="make">Makes a plan.</param>
internal sealed class Lane(Kernels kernels, Func<PlanKey, Lane, Plan> make) : IDisposable
{
    // Plans are small. Training with its shorter last batch, evaluation and prediction use a handful.
    private const int MostPlans = 16;

    private readonly List<Made> _plans = [];     // the one used last is the last
    private DeviceBuffer? _memory;

    public Kernels Kernels => kernels;

    public FusedKernels Fused { get; } = new(kernels);

    /// <summary>Whether there is a plan.</summary>
    public bool Has(in PlanKey key)
    {
        foreach (var known in _plans)
            if (known.Key == key) return true;
        return false;
    }

    /// <summary>The plan, which is made if there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Plan PlanFor(in PlanKey key)
    {
        for (int i = _plans.Count - 1; i >= 0; i--)
        {
            var known = _plans[i];
            if (known.Key != key) continue;
            if (i < _plans.Count - 1)
            {
                _plans.RemoveAt(i);
                _plans.Add(known);
            }
            return known.Plan;
        }
        if (key.Rows > Fused.MostImages)
        {
            // The plans made so far would go on with the old fused kernels.
            _plans.Clear();
            Fused.MakeFor(key.Rows);
        }
        var plan = make(key, this);
        if (_memory is null || _memory.Length < plan.MemorySize)
        {
            if (_memory is not null) kernels.Free(_memory);
            _memory = kernels.Allocate(plan.MemorySize);
            foreach (var other in _plans) other.Plan.Bind(_memory);
        }
        plan.Bind(_memory);
        if (_plans.Count == MostPlans) _plans.RemoveAt(0);
        _plans.Add(new Made(key, plan));
        return plan;
    }

    public void Dispose() => kernels.Dispose();

    private sealed record Made(PlanKey Key, Plan Plan);
}
