using System.Text.Json;
using CsCheck;
using KerasPort.Benchmarks;

namespace KerasPort.Tests;

/// <summary>The formulas and the tables of docs/scale.md.</summary>
public class ScaleTests
{
    private static readonly Gen<(AllReduce Network, int Ranks, double Bytes)> s_any = Gen.Select(
        Gen.Double[1e-7, 1e-3], Gen.Double[1e-8, 1e-4], Gen.Double[1e7, 1e11], Gen.Int[1, 2048], Gen.Double[1, 1e10],
        (latency, overhead, speed, ranks, bytes) => (new AllReduce(latency, overhead, speed), ranks, bytes));

    /// <summary>The page's tables follow from the measured constants.</summary>
    [Fact]
    public void The_page_is_what_its_constants_give()
    {
        var constants = JsonSerializer.Deserialize<ScaleConstants>(File.ReadAllText(Repository.File("tests", "KerasPort.Benchmarks", "scale.json")),
            new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower })!;
        Assert.Contains(ScaleTables.Markdown(constants), File.ReadAllText(Repository.File("docs", "scale.md")));
        Assert.Equal(101_770, constants.Steps.Single(step => step.Name == "baseline").Parameters);
    }

    /// <summary>The schedules, message by message: in rounds, each of α and its bytes.</summary>
    [Fact]
    public void Formulas_are_the_sums_of_their_messages() => s_any.Sample((network, ranks, bytes) =>
    {
        double ring = 0, tree = 0;
        for (int round = 0; round < 2 * (ranks - 1); round++) ring += network.Latency + bytes / ranks / network.BytesPerSecond;
        // Reduce: in each round every second of the remaining ranks sends its sum. Then the same backwards.
        for (int left = ranks; left > 1; left = (left + 1) / 2) tree += 2 * (network.Latency + bytes / network.BytesPerSecond);
        Near(ring, network.Ring(ranks, bytes));
        Near(tree, network.Tree(ranks, bytes));
    });

    [Fact]
    public void No_way_sends_less_than_the_least_and_one_rank_sends_nothing() => s_any.Sample((network, ranks, bytes) =>
    {
        double least = network.Least(ranks, bytes);
        foreach (double way in new[] { network.Direct(ranks, bytes), network.Ring(ranks, bytes), network.Tree(ranks, bytes) })
        {
            Assert.True(way >= least * (1 - 1e-9));
            if (ranks == 1) Assert.Equal(0, way);
        }
        Assert.True(least <= 2 * bytes / network.BytesPerSecond);
    });

    /// <summary>Small vectors favour the tree, for its latency; large ones don't, for its bytes.</summary>
    [Fact]
    public void A_tree_wins_with_few_bytes_and_many_ranks()
    {
        var network = new AllReduce(1e-5, 1e-6, 1e9);
        Assert.True(network.Tree(1024, 100) < network.Ring(1024, 100));
        Assert.True(network.Ring(8, 1e8) < network.Tree(8, 1e8));
        Assert.True(network.Direct(64, 1e5) < network.Ring(64, 1e5));
    }

    [Fact]
    public void A_larger_model_on_the_same_network_is_never_less_efficient() => s_any.Sample((network, ranks, bytes) =>
    {
        var model = new ScaleStep("x", (long)(bytes / 4) + 1, 32, 1e-3, 3e-4);
        foreach (bool hides in new[] { false, true })
        {
            double small = ScaleTables.Efficiency(network, model, ranks, hides), large = ScaleTables.Efficiency(network, model.Times(100), ranks, hides);
            Assert.InRange(small, 0, 1);
            Assert.True(large >= small * (1 - 1e-9));
        }
        Assert.True(ScaleTables.Efficiency(network, model, ranks, hides: true) >= ScaleTables.Efficiency(network, model, ranks, hides: false));
    });

    private static void Near(double expected, double actual) => Assert.InRange(actual, expected * (1 - 1e-9), expected * (1 + 1e-9));
}
