using System.Diagnostics;
using KerasPort.Datasets;

namespace KerasPort.Tests.Datasets;

/// <summary>Sixteen processes that need a data set at once, from a server that cuts off, stalls and swaps bytes; some are killed.</summary>
[Trait("Category", Figures.Category)]
[Slow]
public sealed class CacheProcessTests
{
    private const int Processes = 16;

    private static readonly Answer[] s_answers =
        [Answer.Whole, Answer.Whole, Answer.CutInHalf, Answer.CutInHalf, Answer.IgnoreRange, Answer.IgnoreRangeAndCut, Answer.SwapBytes,
            Answer.NotFound, Answer.Stall];

    [Fact]
    public void No_cache_is_ever_corrupt()
    {
        int rounds = Figures.Count(4, 20, 200), loaded = 0, refused = 0, killed = 0;
        var random = new System.Random(5);
        using var small = new SmallDataset();
        var all = Enumerable.Range(0, Processes).Select(_ => new Loader()).ToList();
        try
        {
            for (int round = 0; round < rounds; round++)
            {
                string cache = small.At($"cache {round}");
                int stalls = 0;
                using var server = new FileServer(small, _ =>
                {
                    lock (random)
                    {
                        var answer = s_answers[random.Next(s_answers.Length)];
                        return answer == Answer.Stall && stalls++ > 1 ? Answer.Whole : answer;  // each costs a second
                    }
                });
                foreach (var loader in all) loader.Ask(server.Address, cache);
                int victim = round % 4 == 3 ? random.Next(Processes) : -1;
                if (victim >= 0)
                {
                    Thread.Sleep(random.Next(60));
                    all[victim].Dispose();
                    killed++;
                }
                for (int i = 0; i < Processes; i++)
                {
                    if (i == victim) continue;
                    string answer = all[i].Answer();
                    if (answer == "sound") loaded++;
                    else
                    {
                        Assert.StartsWith("refused: ", answer);
                        refused++;
                    }
                }
                if (victim >= 0) all[victim] = new Loader();

                // Every file under its final name is intact; and a good server completes the rest.
                for (int i = 0; i < small.Files.Length; i++)
                {
                    string file = Path.Combine(cache, small.Files[i].Name);
                    if (File.Exists(file)) Assert.Equal(small.Elements[i], IdxFile.Read(file, small.Files[i]));
                }
                using var good = new FileServer(small, _ => Answer.Whole);
                Assert.Equal(small.Elements, SmallDataset.Bytes(Load(good.Address, cache)));
                Assert.Equal(small.Files.Select(f => f.Name), small.Listing($"cache {round}"));
            }
        }
        finally
        {
            foreach (var loader in all) loader.Dispose();
        }
        Assert.True(loaded > rounds * Processes / 2, $"Only {loaded} of {rounds * Processes} loads came to their end.");
        Figures.Tell(
            $"{Processes} processes on one cache, {killed} killed: {rounds} rounds, {loaded} loads sound, {refused} refused in one line, 0 corrupt caches");
    }

    /// <summary>The program of such a process: for each line, an address and a cache folder, it loads and prints the outcome.</summary>
    public static int Serve()
    {
        using var small = new SmallDataset();
        while (System.Console.In.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t');
            string answer;
            try
            {
                var data = Load(new Uri(parts[0]), parts[1]);
                answer = SmallDataset.Bytes(data).Zip(small.Elements, (a, b) => a.AsSpan().SequenceEqual(b)).All(same => same) ? "sound" : "CORRUPT";
            }
            catch (DatasetException e)
            {
                answer = "refused: " + e.Message.ReplaceLineEndings(" ");
            }
            System.Console.Out.WriteLine(answer);
        }
        return 0;
    }

    private static NDArray[] Load(Uri address, string cache)
    {
        using var small = new SmallDataset();
        var quiet = new ProgressLine(TextWriter.Null, redraw: false);
        return new DatasetLoader("small", small.Files, new DatasetPlaces(null, [cache], "/nonexistent"),
            [new WebSource(address, TimeSpan.FromSeconds(1), quiet)], quiet).Load();
    }

    private sealed class Loader : IDisposable
    {
        private readonly Process _process;

        public Loader()
        {
            var start = new ProcessStartInfo("dotnet", [typeof(CacheProcessTests).Assembly.Location, Program.CacheProcess])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true
            };
            _process = Process.Start(start)!;
        }

        public void Ask(Uri address, string cache)
        {
            _process.StandardInput.WriteLine($"{address}\t{cache}");
            _process.StandardInput.Flush();
        }

        public string Answer() => _process.StandardOutput.ReadLine() ?? "the process died";

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
