using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>A random state that each draw advances.</summary>
internal interface IRandomState
{
    /// <summary>The properties that distinguish it from other states, as far as known.</summary>
    string Kind { get; }

    /// <summary>Registers the state for checkpoints.</summary>
    void Keep(TrainingState state);
}

/// <summary>
/// The random states outside of layers that are drawn from while a <c>fit</c> runs, for example by a callback. A restarted program creates them again, so
/// they are identified by kind and order of their first draw, at which a state is restored. States created while batches are trained aren't
/// included, since their creator creates them again.
/// </summary>
internal sealed class RandomStates
{
    // Async-local, so that it flows into the threads and tasks that the run starts.
    private static readonly AsyncLocal<RandomStates?> s_running = new();

    [ThreadStatic]
    private static int t_draws;

    private readonly Lock _one = new();
    private readonly Dictionary<IRandomState, string> _met = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> _ofKind = [];
    private TrainingState? _restored;
    private HashSet<string> _saved = [];
    private RandomStates? _outer;
    private volatile bool _hasBegun;

    /// <summary>The draws of this thread from any state.</summary>
    public static int DrawsOfThread => t_draws;

    /// <summary>Whether a state created now is created again in a resumed run.</summary>
    public static bool AreMadeInRun => s_running.Value?._hasBegun == true;

    /// <summary>Notes a draw of this thread from a global state.</summary>
    public static void Draw() => t_draws++;

    /// <summary>Notes that this thread is about to draw from a state.</summary>
    public static void Draw(IRandomState state, bool isMadeInRun)
    {
        t_draws++;
        if (isMadeInRun) return;
        for (var run = s_running.Value; run is not null; run = run._outer) run.Meet(state);
    }

    /// <summary>Begins to note draws.</summary>
    public void Enter() => (_outer, s_running.Value) = (s_running.Value, this);

    /// <summary>Marks the beginning of the batches: states created from here on are created in the run.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>Stops noting draws.</summary>
    public void Leave() => s_running.Value = _outer;

    /// <summary>Registers the states for checkpoints.</summary>
    public void Keep(TrainingState state)
    {
        lock (_one)
        {
            string? all = string.Join('\n', _met.Values);
            state.Keep("all", ref all);
            if (state.Restores) (_restored, _saved) = (state, [.. all?.Split('\n') ?? []]);
            foreach (var (met, key) in _met)
                if (!state.Restores || _saved.Contains(key)) state.Within(key, met.Keep);
        }
    }

    private void Meet(IRandomState state)
    {
        lock (_one)
        {
            if (!_met.ContainsKey(state)) Add(state);
        }
    }

    /// <remarks>A method of its own, because its closure is allocated on entry, and each draw of a batch calls <see cref="Meet"/>.</remarks>
    private void Add(IRandomState state)
    {
        int number = _ofKind[state.Kind] = _ofKind.GetValueOrDefault(state.Kind) + 1;
        string key = _met[state] = $"{state.Kind} {number}";
        if (_saved.Contains(key)) _restored!.Within("generators", saved => saved.Within(key, state.Keep));
    }
}
