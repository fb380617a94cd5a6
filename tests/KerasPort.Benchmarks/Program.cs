using System.CommandLine;
using BenchmarkDotNet.Running;
using KerasPort.Benchmarks;

var model = new Argument<string>("model") { Description = "baseline, cnn-F1-F2-…, or a general stack" };
var batch = new Option<int?>("--batch") { Description = "images of a step; the model's own without" };
var threads = new Option<int>("--threads") { DefaultValueFactory = _ => Environment.ProcessorCount };

var steps = new Option<int>("--steps") { DefaultValueFactory = _ => 4000, Description = "steps to train; the first three quarters warm up" };

var rowsRead = new Option<int>("--pictures") { DefaultValueFactory = _ => 10_000, Description = "pictures in the folder" };

var profile = new Command("profile", "Microseconds of a training step by kernel.") { model, batch, threads, steps };
profile.SetAction(parsed =>
{
    var stack = Stack.Find(parsed.GetValue(model)!);
    StepProfile.Print(stack, parsed.GetValue(batch) ?? stack.Batch, parsed.GetValue(threads), parsed.GetValue(steps));
});

var kernels = new Command("kernels", "Kernels by shape, in GFLOP/s and as a share of the FMA peak (BenchmarkDotNet).") { TreatUnmatchedTokensAsErrors = false };
kernels.SetAction(parsed =>
{
    Console.WriteLine($"{CoreDistance.Nanoseconds():F0} ns between cores");
    BenchmarkSwitcher.FromTypes([typeof(KernelBenchmarks), typeof(FunctionBenchmarks)])
    .Run([.. parsed.UnmatchedTokens.Contains("--filter") ? [] : (string[])["--filter", "*"], .. parsed.UnmatchedTokens]);
});

var reader = new Command("reader", "Pictures a second of a folder beside the training step, and how long training on it waits.") { model, rowsRead, threads };
reader.SetAction(parsed => ReaderBenchmark.Print(Stack.Find(parsed.GetValue(model)!), parsed.GetValue(rowsRead), parsed.GetValue(threads)));

var models = new Argument<string[]>("models")
{
    Description =
    $"only these; all of the codelab's, {string.Join(", ", Stack.Models.Select(s => s.Name))}, general stacks and batch sizes without",
    Arity = ArgumentArity.ZeroOrMore
};
var epochs = new Option<int>("--epochs") { DefaultValueFactory = _ => 3, Description = "epochs of each training; the best counts" };
var python = new Option<string?>("--python")
{
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("KERASPORT_PYTHON") ?? "python3",
    Description = "a Python that has Keras [KERASPORT_PYTHON]"
};
var output = new Option<string>("--output") { DefaultValueFactory = _ => ".", Description = "the folder for compare.md and compare.json" };
var against = new Option<string?>("--against") { Description = "an earlier commit, which is built and trained in turns with this one instead of Python" };
var turns = new Option<int>("--turns") { DefaultValueFactory = _ => 3, Description = "how often each side of --against trains" };
var compare = new Command("compare", "Trains each model here and in Python, in turns; history.jsonl keeps what came out.") { models, epochs,
    python, output, against, turns };
compare.SetAction(parsed =>
{
    if (parsed.GetValue(against) is { } commit) new EarlierCommit(parsed.GetValue(epochs), parsed.GetValue(turns)).Compare(parsed.GetValue(models)!, commit);
    else new Comparison(parsed.GetValue(python)!, parsed.GetValue(epochs), parsed.GetValue(output)!).Run(parsed.GetValue(models)!);
});

var latency = new Command(
    "latency", "What the prediction of one image takes, from the call to the answer, and how many of them several callers get.") { model };
latency.SetAction(parsed => Latency.Print(Stack.Find(parsed.GetValue(model)!)));

var scale = new Command(
    "scale", "What data parallelism gives on paper, from a step and messages that are measured: docs/scale.md and its constants.") { threads };
scale.SetAction(parsed => Scale.Write(Checkout.Here()?.Folder ?? ".", parsed.GetValue(threads)));

var numpy = new Command("numpy", "The usual preprocessing of 60,000 pictures, line by line beside numpy, in turns.") { python };
numpy.SetAction(parsed => new NumpyBenchmark(parsed.GetValue(python)!).Run());

// The commands that compare and numpy start as processes.
var numpyHere = new Command("numpy-here", "One side of numpy.") { Hidden = true };
numpyHere.SetAction(_ => NumpyBenchmark.Print());
var rows = new Option<int>("--rows") { Required = true };
var seed = new Option<int>("--seed") { Required = true };
var train = new Command("train", "One side of compare.") { model, rows, batch, epochs, seed, threads };
train.Hidden = true;
train.SetAction(parsed => Measurement.Print(
    Stack.Find(parsed.GetValue(model)!), parsed.GetValue(rows), parsed.GetValue(batch)!.Value, parsed.GetValue(epochs),
    parsed.GetValue(seed), parsed.GetValue(threads)));
var scaleRank = new Command("scale-rank", "One of the two ranks of scale.") { Hidden = true };
scaleRank.SetAction(_ => Scale.Rank());
var burn = new Command("burn", "Keeps a core busy.") { Hidden = true };
burn.SetAction(_ => Burn());

return new RootCommand("How fast KerasPort is, and where the time goes.")
    { compare, latency, profile, reader, kernels, numpy, scale, train, numpyHere, scaleRank, burn }.Parse(args).Invoke();

static void Burn()
{
    while (true) Thread.SpinWait(1000);
}
