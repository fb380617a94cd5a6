using System.Globalization;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// The work of one shard: trains its runs, several at a time, and in a search by halving goes on with the steps that are decided.
/// It takes a run by a <see cref="Claim"/>, so that a duplicate of the shard, or another shard in a later step, takes the next one.
/// </summary>
internal sealed class SweepWork(SweepFolder folder, Shard shard, int atOnce, Interruption interruption, SweepProgress progress)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _one = new();
    private int _code = ExitCode.Ok;
    private volatile bool _stopped;

    /// <returns>The exit code: 0, or that of the first run that failed.</returns>
    public int Run()
    {
        var rungs = folder.Plan.Rungs;
        for (int step = 0; step < rungs.Count; step++)
        {
            if (folder.Rung(step) is not { } runs)
            {
                // The shard that finishes the step decides it, and trains alone the runs for which no other shard is left.
                progress.Say($"step {step + 1} of {rungs.Count} waits for runs of other shards; the one that finishes the last of them goes on");
                return _code;
            }
            SweepRun[] own = [.. step == 0 ? runs.Where((_, place) => shard.Has(place)) : runs];
            Train(own, rungs[step].Epochs);
            if (_code != ExitCode.Ok || interruption.Requested) return _code;
            // Runs that others train now may be the last ones.
            if (step + 1 < rungs.Count) WaitFor(runs, rungs[step].Epochs);
            if (interruption.Requested) return _code;
        }
        return _code;
    }

    private bool IsOver => _stopped || interruption.Requested;

    private void Train(SweepRun[] runs, int? epochs)
    {
        var waiting = new List<SweepRun>();
        foreach (var run in runs)
        {
            if (folder.Sound(run, epochs ?? run.Epochs, progress.Say) is null) waiting.Add(run);
        }
        progress.Expect(waiting.Count, runs.Length - waiting.Count);
        int busy = Math.Min(atOnce, waiting.Count);
        Task.WhenAll(Enumerable.Range(0, busy).Select(_ => Task.Factory.StartNew(() => TrainThose(waiting, epochs), TaskCreationOptions.LongRunning)))
            .GetAwaiter().GetResult();
    }

    private void TrainThose(List<SweepRun> waiting, int? epochs)
    {
        try
        {
            TrainEach(waiting, epochs);
        }
        catch
        {
            // A disk that refuses one run refuses the next: no new run begins, and running ones end.
            _stopped = true;
            throw;
        }
    }

    private void TrainEach(List<SweepRun> waiting, int? epochs)
    {
        while (!IsOver)
        {
            SweepRun? next = null;
            Claim? claim = null;
            lock (waiting)
            {
                if (waiting.Count == 0) return;
                foreach (var run in waiting)
                {
                    Saving.WholeFile.MakeFolderOf(folder.Of(run, Claim.OfShard));
                    claim = Claim.TryTake(folder.Of(run, Claim.OfShard));
                    if (claim is null) continue;
                    next = run;
                    break;
                }
                if (next is not null) waiting.Remove(next);
            }
            // A duplicate of this shard has all runs that are left. It may be killed.
            if (next is null) Thread.Sleep(Pause);
            else using (claim) Train(next, epochs ?? next.Epochs);
        }
    }

    private void Train(SweepRun run, int epochs)
    {
        // The claim's previous holder may have finished the run.
        if (folder.Sound(run, epochs) is null)
        {
            progress.Begin(run);
            var process = new RunProcess(folder, run, epochs);
            int code = process.Run(interruption, done => progress.Tell(run, (double)done / epochs));
            if (interruption.Requested) return;
            string? why = code != ExitCode.Ok ? process.LastWord : folder.Sound(run, epochs) is null ? "it wrote no report" : null;
            if (why is not null)
            {
                Fail(run, code == ExitCode.Ok ? ExitCode.Unexpected : code, why);
                return;
            }
        }
        progress.Done(run, folder.Sound(run, epochs)!);
    }

    /// <summary>Ends the shard for a failure that the other runs would share; a run that crashed or was killed fails alone.</summary>
    private void Fail(SweepRun run, int code, string why)
    {
        bool isAll = code is ExitCode.Usage or ExitCode.Data or ExitCode.Engine or ExitCode.Disk;
        // 128 and a signal's number: a signal to one run doesn't interrupt the sweep.
        string how = code > 128 ? string.Create(CultureInfo.InvariantCulture, $"was ended by signal {code - 128}") : $"failed with exit code {code}";
        lock (_one)
        {
            if (_code == ExitCode.Ok) _code = code > 128 ? ExitCode.Unexpected : code;
            _stopped |= isAll;
        }
        progress.Failed(run, $"run {run.Number} {how}: {why}; its log is {folder.Of(run, "log.txt")}");
    }

    private void WaitFor(IReadOnlyList<SweepRun> runs, int? epochs)
    {
        while (!IsOver)
        {
            SweepRun[] open = [.. runs.Where(run => folder.Sound(run, epochs ?? run.Epochs) is null)];
            if (open.Length == 0 || !open.Any(IsTaken)) return;
            Thread.Sleep(Pause);
        }
    }

    private bool IsTaken(SweepRun run)
    {
        string file = folder.Of(run, Claim.OfShard);
        if (!File.Exists(file)) return false;
        using var claim = Claim.TryTake(file);
        return claim is null;
    }
}
