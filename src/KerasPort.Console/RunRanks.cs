using KerasPort.Callbacks;
using KerasPort.Distribution;
using static KerasPort.Python;

namespace KerasPort.Console;

/// <summary>The processes that do one run together: each runs the same code, and only the first prints, saves and reports.</summary>
internal static class RunRanks
{
    /// <summary>Makes the models from here on train together with the other processes, where the settings and the launcher of this process say so.</summary>
    /// <exception cref="DistributionException">The process was started by an MPI that can't be used.</exception>
    public static void Join(RunSettings settings)
    {
        string how = settings.Get(Settings.Distribution);
        if (how == "none" || (how == "auto" && !OpenMpi.IsLaunched)) return;
        var ranks = OpenMpi.World();
        ranks.Patience = TimeSpan.FromSeconds(settings.Get(Settings.RankTimeout));
        keras.distribution.set_distribution(keras.distribution.DataParallel(pieces: settings.Get(Settings.Pieces)));
    }

    /// <summary>The batch size over all processes.</summary>
    public static int BatchSize(RunSettings settings) =>
        settings.Get(Settings.BatchSize) * (settings.Get(Settings.Scaling) == "strong" ? 1 : Ranks.Current.Count);

    /// <summary>The callback that scales the learning rate with the batch.</summary>
    public static Callback[] For(RunSettings settings) => settings.Get(Settings.Scaling) == "weak_linear" ? [new LinearRate()] : [];

    /// <summary>The threads of each process: as set, else the machine's cores divided among its processes, unless the launcher gave each its own.</summary>
    public static int? Threads(RunSettings settings) => settings.Get(Settings.Threads)
        ?? (OpenMpi.IsLaunched && Environment.GetEnvironmentVariable("OMPI_MCA_orte_bound_at_launch") != "1"
            && int.TryParse(Environment.GetEnvironmentVariable("OMPI_COMM_WORLD_LOCAL_SIZE"), out int here) && here > 1
            ? Math.Max(1, Environment.ProcessorCount / here) : null);

    /// <summary>Ends all processes after the next batch, because this one got a signal.</summary>
    public static void Interrupt(int exitCode)
    {
        if (Ranks.Current is { Count: > 1 } ranks) ranks.AskToEnd(exitCode);
    }

    /// <summary>
    /// Multiplies the learning rate by the number of processes, from the first step on.
    /// Source: Goyal et al., Accurate, large minibatch SGD (2017).
    /// </summary>
    private sealed class LinearRate : Callback
    {
        internal override bool ActsOn(params ReadOnlySpan<string> methods) => false;

        public override void on_train_begin(Logs logs)
        {
            if (model.optimizer.iterations == 0) model.optimizer.learning_rate *= Ranks.Current.Count;
        }
    }
}
