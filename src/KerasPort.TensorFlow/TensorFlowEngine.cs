using KerasPort.Distribution;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.TensorFlow;

/// <summary>The engine on TensorFlow.NET: each model becomes a <c>Sequential</c> of TensorFlow.Keras, which trains, evaluates and predicts.</summary>
public sealed class TensorFlowEngine : Engine
{
    /// <summary>Starts TensorFlow.</summary>
    /// <exception cref="EngineException">The native library or the device is missing.</exception>
    public TensorFlowEngine(string device, int threads)
    {
        Runtime.Start(device, threads);
        (this.device, this.threads) = (device, threads);
    }

    /// <inheritdoc/>
    public override string name => "tensorflow";

    /// <summary>The versions of TensorFlow.NET and of TensorFlow.</summary>
    public override string version => Runtime.Version;

    /// <inheritdoc/>
    public override string device { get; }

    /// <inheritdoc/>
    public override int threads { get; }

    /// <inheritdoc/>
    public override void Check(Model model, Optimizer optimizer, IReadOnlyList<Goal> goals)
    {
        if (DataParallel.Current is not null)
            throw new ValueError("Engine tensorflow trains in one process by itself: use engine managed or cuda with keras.distribution.DataParallel.");
        if (model.HasLossOfItsOwn || model.SaysMetrics)
            throw new ValueError($"Engine tensorflow can't compute the loss or metrics that model '{model.name}' has in its own words: use engine managed.");
        Translation.Translate(model, optimizer, goals);
    }

    /// <inheritdoc/>
    public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals) =>
        new TensorFlowModel(model, optimizer, goals);
}
