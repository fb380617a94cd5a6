using KerasPort.Console;
using KerasPort.Console.Sweeps;

namespace KerasPort.Tests.Console.Sweeps;

/// <summary>The shard of a process, as the command line, Slurm or Kubernetes gives it.</summary>
public class ShardTests
{
    private static Func<string, string?> Variables(string text)
    {
        var set = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => set.GetValueOrDefault(name);
    }

    [Theory]
    [InlineData(null, null, "", 0, 1)]
    [InlineData("1/3", null, "", 0, 3)]
    [InlineData("3/3", null, "SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=9 SLURM_ARRAY_TASK_MIN=0", 2, 3)]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=0 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=0 SLURM_ARRAY_TASK_STEP=1", 0, 4)]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=4 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1", 3, 4)]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=8 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=4 SLURM_ARRAY_TASK_STEP=2", 2, 3)]
    // A single element of an array that is started again remains the fourth of eight.
    [InlineData(null, "8", "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=1 SLURM_ARRAY_TASK_MIN=3", 3, 8)]
    [InlineData(null, "8", "JOB_COMPLETION_INDEX=7", 7, 8)]
    [InlineData(null, "1", "", 0, 1)]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID= JOB_COMPLETION_INDEX=", 0, 1)]
    public void Is_found(string? shard, string? shards, string variables, int index, int count)
    {
        var found = Shard.Find(shard, shards, Variables(variables));
        Assert.Equal((index, count), (found.Index, found.Count));
    }

    [Theory]
    [InlineData("0/3", null, "", "--shard: expected i/n, as 1/4 for the first of four, got \"0/3\"")]
    [InlineData("4/3", null, "", "got \"4/3\"")]
    [InlineData("2", null, "", "got \"2\"")]
    [InlineData("1/x", null, "", "got \"1/x\"")]
    [InlineData("-1/3", null, "", "got \"-1/3\"")]
    [InlineData("1/2", "2", "", "expected one of the two")]
    [InlineData(null, "0", "", "--shards: expected a whole number from 1, got \"0\"")]
    [InlineData(null, "3", "", "expected SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX to say which one")]
    [InlineData(null, null, "JOB_COMPLETION_INDEX=2", "nothing of how many: give --shards N")]
    [InlineData(null, "2", "JOB_COMPLETION_INDEX=2", "JOB_COMPLETION_INDEX is 2: expected an index from 0 to 1, as --shards says 2")]
    [InlineData(null, "2", "JOB_COMPLETION_INDEX=x", "JOB_COMPLETION_INDEX is x")]
    [InlineData(null, "2", "SLURM_ARRAY_TASK_ID=2", "SLURM_ARRAY_TASK_ID is 2")]
    [InlineData(null, "4", "SLURM_ARRAY_TASK_ID=1 JOB_COMPLETION_INDEX=2", "are both set")]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_COUNT not set")]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=7 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=1", "indices at equal distances")]
    [InlineData(null, null, "SLURM_ARRAY_TASK_ID=2 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_STEP=2", "indices at equal distances")]
    public void Is_refused_where_it_can_not_be_known(string? shard, string? shards, string variables, string says) =>
        Assert.Contains(says, Assert.Throws<UsageException>(() => Shard.Find(shard, shards, Variables(variables))).Message);

    /// <summary>Every run belongs to exactly one shard, for any number of them.</summary>
    [Fact]
    public void Each_run_is_of_one_shard()
    {
        foreach (int count in Enumerable.Range(1, 15))
        {
            Shard[] all = [.. Enumerable.Range(0, count).Select(i => new Shard(i, count))];
            Assert.All(Enumerable.Range(0, 12), place => Assert.Single(all, shard => shard.Has(place)));
        }
    }
}
