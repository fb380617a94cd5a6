using System.Diagnostics;

namespace KerasPort.Engines.Managed;

/// <summary>A kernel that knows how many multiplications and additions it makes.</summary>
internal interface IWork
{
    /// <summary>Products, each added to a sum: two floating point operations.</summary>
    long Work { get; }
}

/// <summary>
/// Records how long each run of a kernel takes, for a number of training steps of one model. It is attached to <see cref="Workers"/>;
/// the caller that drives the training calls <see cref="EndStep"/>.
/// </summary>
/// <remarks>
/// Every step runs the same kernels in the same order, so a call is identified by its place: conv1 and conv2 stay apart.
/// Figures are medians: another process that takes the core for a while doesn't change them. Nothing is allocated after the first step.
/// </remarks>
internal sealed class Profile(int steps)
{
    private readonly List<Call> _calls = [];
    private readonly long[] _stepTicks = new long[steps], _kernelTicks = new long[steps];
    private long _started = Stopwatch.GetTimestamp();
    private int _next;

    /// <summary>Steps recorded so far. Once the room is full, no more are recorded.</summary>
    public int Steps { get; private set; }

    public bool IsFull => Steps == steps;

    /// <summary>The runs of kernels in a step, in their order.</summary>
    public IReadOnlyList<Call> Calls => _calls;

    /// <summary>The median time from the end of one step to the end of the next.</summary>
    public double StepMicroseconds => Median(_stepTicks.AsSpan(0, Steps));

    /// <summary>The part of a step outside of all kernels: planning, callbacks, loops too short to share.</summary>
    public double OutsideMicroseconds =>
        Median([.. Enumerable.Range(0, Steps).Select(s => _stepTicks[s] - _kernelTicks[s])]);

    /// <summary>Records one run of a kernel.</summary>
    public void Add<T>(in T job, string kernel, long ticks) where T : struct
    {
        if (IsFull) return;
        int at = _next;
        while (at < _calls.Count && !(_calls[at].Job == typeof(T) && _calls[at].Kernel == kernel)) at++;
        if (at == _calls.Count) _calls.Insert(at = _next, new Call(kernel, typeof(T), steps));
        _next = at + 1;
        _kernelTicks[Steps] += ticks;
        _calls[at].Add(Steps, ticks, job is IWork counted ? counted.Work : 0);
    }

    /// <summary>Ends a step: later runs belong to the next one.</summary>
    public void EndStep()
    {
        if (IsFull) return;
        long now = Stopwatch.GetTimestamp();
        _stepTicks[Steps++] = now - _started;
        _started = now;
        _next = 0;
    }

    private static double Median(ReadOnlySpan<long> ticks)
    {
        if (ticks.IsEmpty) return 0;
        long[] sorted = ticks.ToArray();
        Array.Sort(sorted);
        double middle = (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2.0;
        return middle * 1e6 / Stopwatch.Frequency;
    }

    /// <summary>One place in the order of a step's kernels.</summary>
    /// <param name="kernel">The method that handed the work out.</param>
    /// <param name="job">The struct whose pieces ran.</param>
    /// <param name="steps">The number of steps that there is memory for.</param>
    internal sealed class Call(string kernel, Type job, int steps)
    {
        private readonly long[] _ticks = new long[steps];
        private int _recorded;

        public string Kernel => kernel;

        public Type Job => job;

        /// <summary>The job's name without the width of vectors.</summary>
        public string JobName { get; } = NameOf(job);

        private static string NameOf(Type job) => job.IsGenericType && job.GetGenericTypeDefinition() == typeof(MomentsOf<,,>)
            ? NameOf(job.GetGenericArguments()[2]) : job.Name.Split('`')[0];

        /// <summary>Products of one run; 0 where the kernel doesn't say.</summary>
        public long Work { get; private set; }

        /// <summary>The median over the steps up to its last run. A step without this call counts as 0.</summary>
        public double Microseconds => Median(_ticks.AsSpan(0, _recorded));

        public void Add(int step, long ticks, long work)
        {
            _ticks[step] = ticks;
            _recorded = step + 1;
            Work = work;
        }
    }
}
