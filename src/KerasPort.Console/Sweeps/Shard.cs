using System.Globalization;

namespace KerasPort.Console.Sweeps;

/// <summary>The part of a sweep that this process does: one of <paramref name="Count"/>.</summary>
/// <param name="Index">The index of the shard, from 0.</param>
/// <param name="Count">The number of shards.</param>
/// <param name="Source">The source of these numbers, where it isn't the command line.</param>
internal sealed record Shard(int Index, int Count, string? Source = null)
{
    private const string Slurm = "SLURM_ARRAY_TASK_ID", SlurmCount = "SLURM_ARRAY_TASK_COUNT", SlurmLeast = "SLURM_ARRAY_TASK_MIN",
        SlurmStep = "SLURM_ARRAY_TASK_STEP", Kubernetes = "JOB_COMPLETION_INDEX";

    /// <summary>Whether the shard is the whole sweep.</summary>
    public bool IsAlone => Count == 1;

    /// <summary>Whether the run at an index belongs to this shard.</summary>
    public bool Has(int place) => place % Count == Index;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"shard {Index + 1} of {Count}");

    /// <param name="option"><c>--shard i/n</c>, i from 1.</param>
    /// <param name="count"><c>--shards n</c>, where a scheduler gives the index.</param>
    /// <param name="variable">Reads the environment; an empty value counts as not set.</param>
    /// <exception cref="UsageException">The shard can't be determined, or is invalid.</exception>
    public static Shard Find(string? option, string? count, Func<string, string?> variable)
    {
        string? Set(string name) => variable(name) is { Length: > 0 } value ? value : null;
        if (option is not null)
        {
            if (count is not null) throw new UsageException("--shard says of how many shards it is one, --shards says it again: expected one of the two");
            return option.Split('/') is [var i, var n] && Whole(i) is { } index and >= 1 && Whole(n) is { } all && index <= all ? new Shard(index - 1, all)
                : throw new UsageException($"--shard: expected i/n, as 1/4 for the first of four, got \"{option}\"");
        }
        int? given = count is null ? null : Whole(count) is { } shards and >= 1 ? shards
            : throw new UsageException($"--shards: expected a whole number from 1, got \"{count}\"");
        string? slurm = Set(Slurm), kubernetes = Set(Kubernetes);
        if (slurm is not null && kubernetes is not null)
            throw new UsageException($"{Slurm} and {Kubernetes} are both set, and each says which shard this is: give --shard i/n");
        if (kubernetes is not null)
        {
            return given is not { } of ? throw new UsageException($"{Kubernetes} says that this is index {kubernetes}, " +
                "and nothing of how many: give --shards N, the job's completions") : At(Kubernetes, kubernetes, of);
        }
        if (slurm is not null)
        {
            // With a given count, indices count from 0, so that one element of an array can be started again alone.
            if (given is { } of) return At(Slurm, slurm, of);
            if (Whole(slurm) is { } id && Whole(Set(SlurmCount)) is { } tasks && Whole(Set(SlurmLeast)) is { } least
                && (Whole(Set(SlurmStep)) ?? 1) is var step and >= 1
                && id >= least && (id - least) % step == 0 && (id - least) / step < tasks)
                return new Shard((id - least) / step, tasks, Slurm);
            throw new UsageException($"{Slurm} is {slurm}, {SlurmCount} {Set(SlurmCount) ?? "not set"}, {SlurmLeast} {Set(SlurmLeast) ?? "not set"}: " +
                "expected an array of indices at equal distances; give --shard i/n, or --shards N for indices from 0");
        }
        if (given is > 1)
            throw new UsageException($"--shards says how many shards there are; expected {Slurm} or {Kubernetes} to say which one this is, or --shard i/n");
        return new Shard(0, 1);
    }

    private static Shard At(string name, string index, int count) => Whole(index) is { } i && i < count ? new Shard(i, count, name)
        : throw new UsageException($"{name} is {index}: expected an index from 0 to {count - 1}, as --shards says {count}");

    private static int? Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
