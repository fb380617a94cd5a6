using ILGPU.Runtime.Cuda;
using KerasPort.Engines;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Cuda;

/// <summary>An NVIDIA card. Only its driver need be installed, which compiles the kernels that ILGPU makes of this assembly.</summary>
public sealed class CudaEngine : Engine, IDisposable
{
    private readonly Card _card;
    private readonly bool _tf32;

    /// <summary>
    /// The engine on <c>gpu</c>, the first card, or <c>gpu:1</c>, the second. The host needs one thread, whatever <paramref name="threads"/> allows.
    /// </summary>
    /// <exception cref="EngineException">There is no such card, or it can't be used.</exception>
    public CudaEngine(string device, int threads) : this(device, threads, tf32: false) { }

    /// <summary>The same engine, with <paramref name="tf32"/> on tensor cores: products are faster, and differ from the third digit on.</summary>
    /// <exception cref="EngineException">There is no such card, it can't be used, or it has no such tensor cores.</exception>
    public CudaEngine(string device, int threads, bool tf32) : this(Open(device, tf32), tf32) => _ = threads;

    internal CudaEngine(Card card, bool tf32 = false) => (_card, _tf32) = (card, tf32);

    /// <summary>The card that the engine runs on.</summary>
    internal Card Card => _card;

    /// <summary>cuda, or cuda-tf32: a training is resumed on the same one, since the other gives other digits.</summary>
    public override string name => _tf32 ? "cuda-tf32" : "cuda";

    /// <inheritdoc/>
    public override string device => _card.Name;

    /// <inheritdoc/>
    public override int threads => 1;

    /// <inheritdoc/>
    public override CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals)
    {
        var kernels = new CudaKernels(_card, _tf32);
        try
        {
            return new Executor(kernels, model, optimizer, goals);
        }
        catch
        {
            kernels.Dispose();
            throw;
        }
    }

    /// <summary>Releases the card.</summary>
    public void Dispose() => _card.Dispose();

    /// <summary>Opens a card.</summary>
    /// <exception cref="EngineException">There is no such card, it can't be used, or it lacks the tensor cores that <paramref name="tf32"/> needs.</exception>
    internal static Card Open(string device, bool tf32 = false)
    {
        var chosen = NvidiaDriver.Query().Choose(device);
        if (tf32) TensorCores.Require(chosen);
        NativeLibraries.Install();
        return new Card(chosen.ToString(), builder => builder.Cuda(card => card.DeviceId == chosen.Number), context =>
            context.GetCudaDevices().Count > 0 ? context.GetCudaDevice(0).CreateAccelerator(context)
            : throw new EngineException($"Card {chosen} is there, but ILGPU can't use it. Install a current driver, or use device cpu."));
    }
}
