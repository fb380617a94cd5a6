using KerasPort.Saving;

namespace KerasPort.Random;

/// <summary>A random state that goes on with each draw.</summary>
internal interface IRandomState
{
    /// <summary>What tells it from others, as far as that is known.</summary>
    string Kind { get; }

    /// <summary>Names the state.</summary>
    void Keep(TrainingState state);
}

/// <summary>
/// The random states that are no layer's and that somebody draws from while a <c>fit</c> runs, such as a callback. A program that is started again makes
/// them again: the first, the second… of a kind that is drawn from is the same one then, and goes on where it was when that is its first draw.
/// Those that are made while batches are trained are made again by whoever made them, and don't count.
/// </summary>
internal sealed class RandomStates
{
    // Flows into the threads and tasks that the run starts.
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

    /// <summary>How often this thread has drawn of any state.</summary>
    public static int DrawsOfThread => t_draws;

    /// <summary>Whether a state that is made now is made anew when the run is resumed.</summary>
    public static bool AreMadeInRun => s_running.Value?._hasBegun == true;

    /// <summary>This thread draws from a state that is everybody's.</summary>
    public static void Draw() => t_draws++;

    /// <summary>This thread is about to draw from a state.</summary>
    public static void Draw(IRandomState state, bool isMadeInRun)
    {
        t_draws++;
        if (isMadeInRun) return;
        for (var run = s_running.Value; run is not null; run = run._outer) run.Meet(state);
    }

    /// <summary>Begins to look at what is drawn.</summary>
    public void Enter() => (_outer, s_running.Value) = (s_running.Value, this);

    /// <summary>From here on what is made is made in the run.</summary>
    public void Begin() => _hasBegun = true;

    /// <summary>Ends it.</summary>
    public void Leave() => s_running.Value = _outer;

    /// <summary>Names the states.</summary>
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

    /// <remarks>By itself: what it captures is allocated with its call, and each draw of a batch comes to <see cref="Meet"/>.</remarks>
    private void Add(IRandomState state)
    {
        int number = _ofKind[state.Kind] = _ofKind.GetValueOrDefault(state.Kind) + 1;
        string key = _met[state] = $"{state.Kind} {number}";
        if (_saved.Contains(key)) _restored!.Within("generators", saved => saved.Within(key, state.Keep));
    }
}
