using System.Text;
using System.Text.Json;
using KerasPort.Random;

namespace KerasPort.Console.Sweeps;

/// <summary>A sweep's runs in their order and, for halving, how many of them continue after how many epochs. Everything follows from the config.</summary>
internal sealed class SweepPlan
{
    public const int MostRuns = 100_000;

    private readonly IReadOnlyDictionary<Setting, object?> _values;

    private SweepPlan(IReadOnlyDictionary<Setting, object?> values, string source)
    {
        _values = values;
        Metric = new SweepMetric(Get(SweepSettings.Metric) ?? (Get(Settings.ValidationSplit) > 0 ? "val_accuracy" : "test_accuracy"));
        if (Metric.IsOfValidation && Get(Settings.ValidationSplit) == 0)
            throw new UsageException($"{source}: \"metric\" is {Metric.Name}, but nothing is held back for validation: " +
                "expected a \"validation_split\" above 0, or another metric");
        bool draws = Search == "random" || Search == "halving" && Get(SweepSettings.Runs) is not null;
        if (Search == "random" && Get(SweepSettings.Runs) is null)
            throw new UsageException($"{source}: a random search needs \"runs\", the number of combinations to draw");
        if (Search == "grid" && Get(SweepSettings.Runs) is not null)
            throw new UsageException($"{source}: a grid tries each combination, \"runs\" says nothing; expected \"search\": \"random\", or no \"runs\"");
        if (!draws && Axes.FirstOrDefault(axis => axis.Values is AxisRange) is { Of: { } endless })
            throw new UsageException($"{source}: \"{endless.Name}\" is a range, which a random search draws from; expected \"search\": \"random\", or a list");
        if (Search == "halving" && Axes.Single(axis => axis.Of == Settings.Epochs).Values is AxisRange or object?[] { Length: > 1 })
            throw new UsageException($"{source}: halving compares runs after the same epochs: expected one number as \"epochs\"");
        Runs = [.. (draws ? Drawn(source) : Combinations(source)).Select((values, i) => new SweepRun(i + 1, values))];
        Rungs = [.. Steps()];
    }

    public IReadOnlyList<SweepRun> Runs { get; }

    /// <summary>
    /// Per step, the number of runs and the epoch that they train up to; a single step, to each run's own end, where the search isn't halving.
    /// </summary>
    public IReadOnlyList<(int Runs, int? Epochs)> Rungs { get; }

    public SweepMetric Metric { get; }

    public string Search => Get(SweepSettings.Search);

    /// <summary>The settings that have more than one value among the runs.</summary>
    public IReadOnlyList<Setting> Varied =>
        [.. SweepSettings.Axes.Select(axis => axis.Of).Where(setting => Runs.Select(run => run.Text(setting)).Distinct().Skip(1).Any())];

    private IEnumerable<(Setting Of, object Values)> Axes => SweepSettings.Axes.Select(axis => (axis.Of, _values[axis.Tried]!));

    /// <param name="path">The config.</param>
    /// <param name="given">Settings of the command line, which override the config.</param>
    /// <exception cref="UsageException">The config can't be read, or contradicts itself.</exception>
    public static SweepPlan Read(string path, IReadOnlyDictionary<Setting, object?>? given = null) =>
        Of(ConfigFile.Read(path, SweepSettings.All), path, given);

    /// <inheritdoc cref="Read"/>
    public static SweepPlan Of(Dictionary<Setting, object?> config, string path, IReadOnlyDictionary<Setting, object?>? given = null) => new(
        SweepSettings.All.ToDictionary(setting => setting, setting =>
            given?.TryGetValue(setting, out var value) == true || config.TryGetValue(setting, out value) ? value : setting.Default), path);

    public T Get<T>(Setting<T> setting) => (T)_values[setting]!;

    /// <summary>The value of a setting that is the same in all runs.</summary>
    public object? Value(Setting setting) => _values[setting];

    /// <summary>A config that gives the same runs again; equal plans give equal text.</summary>
    public byte[] ToJson()
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            foreach (var setting in SweepSettings.Decisive)
            {
                json.WritePropertyName(setting.Name);
                Kind.Write(json, _values[setting]);
            }
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>The first setting in which another plan differs, with both values; null where the runs are the same.</summary>
    public (string Name, string Here, string There)? DifferenceFrom(SweepPlan other)
    {
        foreach (var setting in SweepSettings.Decisive)
        {
            var (here, there) = (Text(_values[setting]), Text(other._values[setting]));
            if (here != there) return (setting.Name, here, there);
        }
        return null;
    }

    private static string Text(object? value)
    {
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) Kind.Write(json, value);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>All combinations; the last setting varies fastest.</summary>
    private List<Dictionary<Setting, object?>> Combinations(string source)
    {
        List<Dictionary<Setting, object?>> all = [[]];
        foreach (var (of, values) in Axes)
        {
            var list = Distinct(values);
            if ((long)all.Count * list.Length > MostRuns)
                throw new UsageException($"{source}: these are more than {MostRuns} combinations; draw some, \"search\": \"random\"");
            all = [.. all.SelectMany(some => list.Select(value => new Dictionary<Setting, object?>(some) { [of] = value }))];
        }
        return all;
    }

    /// <summary>As many combinations as asked for, all different.</summary>
    private IEnumerable<Dictionary<Setting, object?>> Drawn(string source)
    {
        int wanted = Get(SweepSettings.Runs)!.Value;
        double there = Axes.Aggregate(1.0, (product, axis) => product * (axis.Values is AxisRange { Whole: false } real
            ? real.From < real.To ? double.PositiveInfinity : 1 : axis.Values is AxisRange range ? range.To - range.From + 1 : Distinct(axis.Values).Length));
        if (wanted > there) throw new UsageException($"{source}: \"runs\" is {wanted}, but there are only {there} combinations");
        var generator = new MersenneTwister(Get(SweepSettings.SearchSeed));
        var seen = new HashSet<string>();
        // A narrow range of real numbers may have fewer four-digit values than asked for.
        for (int tries = 0; seen.Count < wanted; tries++)
        {
            if (tries > 1000 + 200L * wanted) throw new UsageException($"{source}: \"runs\" is {wanted}, but the ranges hold hardly {seen.Count} combinations");
            var values = Axes.ToDictionary(axis => axis.Of, axis =>
            {
                // Python's random.random(): 53 bits.
                double place = ((generator.NextUInt32() >> 5) * 67108864.0 + (generator.NextUInt32() >> 6)) / 9007199254740992.0;
                return axis.Values is AxisRange range ? range.At(place) : Distinct(axis.Values) is var list ? list[(int)(place * list.Length)] : null;
            });
            if (seen.Add(string.Join('\n', values.Values.Select(Text)))) yield return values;
        }
    }

    private static object?[] Distinct(object values) => [.. ((IEnumerable<object?>)values).DistinctBy(Text)];

    private IEnumerable<(int Runs, int? Epochs)> Steps()
    {
        if (Search != "halving")
        {
            yield return (Runs.Count, null);
            yield break;
        }
        int factor = Get(SweepSettings.Factor), count = Runs.Count, last = Runs[0].Epochs;
        for (long epochs = Get(SweepSettings.FirstEpochs); epochs < last && count > 1; epochs *= factor, count = Math.Max(1, count / factor))
            yield return (count, (int)epochs);
        yield return (count, last);
    }
}
