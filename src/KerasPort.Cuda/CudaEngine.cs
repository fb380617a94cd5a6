using ILGPU.Runtime.Cuda;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Cuda;

/// <summary>An NVIDIA card, with nothing but its driver installed: the driver compiles the kernels that ILGPU makes of this assembly.</summary>
public sealed class CudaEngine : Engine, IDisposable
{
    private readonly Card _card;

    /// <summary>The engine on <c>gpu</c>, the first card, or <c>gpu:1</c>, the second. The host needs one thread, however many are offered.</summary>
    /// <exception cref="EngineException">The card isn't there or can't be used.</exception>
    public CudaEngine(string device, int threads) : this(Open(device)) => _ = threads;

    internal CudaEngine(Card card) => _card = card;

    /// <inheritdoc/>
    public override string name => "cuda";

    /// <inheritdoc/>
    public override string device => _card.Name;

    /// <inheritdoc/>
    public override int threads => 1;

    /// <inheritdoc/>
    public override CompiledModel Compile(Model model, Optimizer? optimizer, Loss? loss, IReadOnlyList<Metric> metrics)
    {
        var kernels = new CudaKernels(_card);
        try
        {
            return new Executor(kernels, model.layers, model.input_shape[1..], optimizer, loss, metrics);
        }
        catch
        {
            kernels.Dispose();
            throw;
        }
    }

    /// <summary>Gives the card back.</summary>
    public void Dispose() => _card.Dispose();

    private static Card Open(string device)
    {
        var chosen = NvidiaDriver.Query().Choose(device);
        NativeLibraries.Install();
        return new Card(chosen.ToString(), builder => builder.Cuda(card => card.DeviceId == chosen.Number), context =>
            context.GetCudaDevices().Count > 0 ? context.GetCudaDevice(0).CreateAccelerator(context)
            : throw new EngineException($"Card {chosen} is there, but ILGPU can't use it. Install a current driver, or use device cpu."));
    }
}
