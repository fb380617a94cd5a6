using System.Globalization;
using KerasPort.Engines;
using KerasPort.Fuzz;

// usage: KerasPort.Fuzz [FORMAT|all] [COUNT] [SEED] [SECONDS]
// Tries COUNT damaged files of each format (10,000,000), or as many as fit into SECONDS per format, and prints the outcomes.
// With #N for COUNT only input N, which is always the same: KerasPort.Fuzz keras '#374693' 77
string wanted = args.Length > 0 ? args[0] : "all";
bool single = args.Length > 1 && args[1].StartsWith('#');
long count = args.Length > 1 ? long.Parse(args[1].Replace(",", "").TrimStart('#'), CultureInfo.InvariantCulture) : 10_000_000;
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1;
double? seconds = args.Length > 3 ? double.Parse(args[3], CultureInfo.InvariantCulture) : null;

// One thread: loaded models are also run, and small ones gain nothing from more.
Engine.Current = Engine.Open(threads: 1);
int others = 0;
foreach (var format in Formats.All.Where(f => wanted == "all" || f.Name == wanted))
{
    var outcome = Fuzzing.Run(format, seed, single ? 1 : count, first: single ? count : 0, until: seconds is { } s ? DateTime.UtcNow.AddSeconds(s) : null);
    System.Console.WriteLine(outcome);
    foreach (string other in outcome.Others) System.Console.WriteLine("  " + other);
    others += outcome.Others.Count;
}
return others == 0 ? 0 : 1;
