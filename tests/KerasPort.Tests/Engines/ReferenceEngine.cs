using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Tests.Engines;

/// <summary>Whole models on the naive kernels in double: the definition of what an engine computes.</summary>
internal sealed class ReferenceEngine : Engine
{
    public override string name => "reference";

    public override string device => "cpu";

    public override int threads => 1;

    public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
        new Executor(new ReferenceKernels(), model, optimizer, goals);
}
