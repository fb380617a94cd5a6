using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using KerasPort.Saving;

namespace KerasPort.Console.Sweeps;

/// <summary>
/// A run of a sweep as a separate process: <c>kerasport run --config runs/00007/config.json</c>, which anybody can repeat. A run that
/// crashes, or that the system kills for its memory, takes no other with it, and each has a random generator of its own. It resumes from its
/// checkpoint where there is one.
/// </summary>
/// <param name="folder">The sweep's folder.</param>
/// <param name="run">The run.</param>
/// <param name="epochs">The epoch after which it pauses or ends.</param>
internal sealed class RunProcess(SweepFolder folder, SweepRun run, int epochs)
{
    /// <summary>Prefixes of the variables that schedulers and mpirun set; they are removed, because a run of a sweep isn't a rank.</summary>
    private static readonly string[] s_ranks = ["OMPI_", "PMIX_", "PMI_", "SLURM_PROCID", "SLURM_LOCALID", "SLURM_NTASKS", "SLURM_STEP"];

    /// <summary>The last line of a failed run.</summary>
    public string LastWord { get; private set; } = "it said nothing";

    /// <summary>Trains the run.</summary>
    /// <param name="interruption">Makes the run save a checkpoint and end.</param>
    /// <param name="tell">Receives the number of completed epochs.</param>
    /// <returns>The run's exit code.</returns>
    /// <exception cref="IOException">The run's config or log can't be written.</exception>
    public int Run(Interruption interruption, Action<int> tell)
    {
        WholeFile.MakeFolderOf(folder.Of(run, "config.json"));
        // Removes the unfinished files of a killed shard, except those that its run is still writing.
        foreach (string file in new[] { folder.Of(run, "config.json"), folder.ReportOf(run, epochs), folder.ModelOf(run) }) WholeFile.RemoveUnfinished(file);
        WholeFile.Write(folder.Of(run, "config.json"), Config(), "the run's config ");
        using var log = new RunLog(folder.Of(run, "log.txt"));
        var start = new ProcessStartInfo(Tool[0], [.. Tool[1..], "run", "--config", folder.Of(run, "config.json"),
            SweepPart.Option, epochs.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (string name in start.Environment.Keys.Where(IsAnothers).ToArray()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            log.Write(line.Data);
            // "Epoch 3/5": two are done.
            if (line.Data?.Split(' ', '/') is ["Epoch", var epoch, _] && int.TryParse(epoch, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                tell(number - 1);
        };
        process.ErrorDataReceived += (_, line) =>
        {
            log.Write(line.Data);
            if (string.IsNullOrWhiteSpace(line.Data)) return;
            LastWord = line.Data.StartsWith($"{CommandLine.Tool}: error: ", StringComparison.Ordinal)
                ? line.Data[$"{CommandLine.Tool}: error: ".Length..] : line.Data;
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        bool told = false;
        while (!process.WaitForExit(TimeSpan.FromMilliseconds(50)))
        {
            if (!interruption.Requested || told) continue;
            process.StandardInput.Close();
            told = true;
        }
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The command that started this tool.</summary>
    private static string[] Tool { get; } = Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) != "dotnet" ? [path]
        : [Environment.ProcessPath ?? "dotnet", Path.Combine(AppContext.BaseDirectory, CommandLine.Tool + ".dll")];

    /// <summary>Whether a variable is a setting, which the sweep's config decides; only the path of the data set is inherited.</summary>
    private static bool IsAnothers(string variable) => Settings.All.Except([Settings.Data]).Any(setting => setting.Variables.Contains(variable))
        || Array.Exists(s_ranks, start => variable.StartsWith(start, StringComparison.Ordinal));

    private byte[] Config()
    {
        var plan = folder.Plan;
        var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, JsonText.Indented))
        {
            json.WriteStartObject();
            run.Write(json);
            foreach (var setting in new Setting[] { Settings.ValidationSplit, Settings.Engine, Settings.Device, Settings.Data, Settings.CheckpointEvery })
            {
                json.WritePropertyName(setting.Name);
                Kind.Write(json, plan.Value(setting));
            }
            json.WriteNumber(Settings.Threads.Name, plan.Get(SweepSettings.Threads));
            json.WriteString(Settings.Report.Name, folder.ReportOf(run, epochs));
            json.WriteString(Settings.Checkpoint.Name, folder.CheckpointOf(run));
            json.WriteString(Settings.Save.Name, folder.ModelOf(run));
            json.WriteNumber(Settings.Verbose.Name, 2);
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
