using System.Reflection;
using KerasPort.Engines.Managed;
using KerasPort.Losses;
using KerasPort.Metrics;
using KerasPort.Models;
using KerasPort.Optimizers;

namespace KerasPort.Engines;

/// <summary>
/// What models run on: it is given to <c>compile</c>, or made <see cref="Current"/>. <see cref="Open"/> knows this library's own engine, and those of
/// assemblies <c>KerasPort.Name</c> beside it. These are loaded on demand, and have one subclass with a constructor (string device, int threads).
/// </summary>
public abstract class Engine
{
    private static readonly Lock s_one = new();
    private static Engine? s_current;

    /// <summary>The engine that models run on unless <c>compile</c> is told another: at first the managed one, on all cores.</summary>
    public static Engine Current
    {
        get
        {
            // Two threads that both ask first get the same engine.
            lock (s_one) return s_current ??= Open();
        }
        set
        {
            lock (s_one) s_current = value;
        }
    }

    /// <summary>The name by which it is asked for: managed, tensorflow, cuda or cuda-tf32.</summary>
    public abstract string name { get; }

    /// <summary>Its version.</summary>
    public virtual string version => GetType().Assembly.GetName().Version!.ToString(3);

    /// <summary>The device: <c>cpu</c>, or a card with its name.</summary>
    public abstract string device { get; }

    /// <summary>Threads on the host.</summary>
    public abstract int threads { get; }

    /// <summary>Refuses what the engine lacks, by its name. <c>compile</c> calls it before the model is built, so layers may have no weights yet.</summary>
    /// <exception cref="ValueError">The engine lacks something that the model needs.</exception>
    public virtual void Check(Model model, Optimizer optimizer, IReadOnlyList<Goal> goals) { }

    /// <summary>Takes over a built model's weights.</summary>
    /// <exception cref="ValueError">The engine lacks something that the model needs: layers may have been added since <see cref="Check"/>.</exception>
    public abstract CompiledModel Compile(Model model, Optimizer? optimizer, IReadOnlyList<Goal> goals);

    /// <summary>Opens an engine.</summary>
    /// <param name="name"><c>managed</c>, <c>tensorflow</c>, <c>cuda</c>, <c>cuda-tf32</c> (products on tensor cores, with other digits), or
    /// <c>auto</c>: managed on a CPU, cuda on a GPU.</param>
    /// <param name="device"><c>cpu</c>, <c>gpu</c>, or <c>gpu:1</c> for the second card.</param>
    /// <param name="threads">Threads on the host; as many as cores when <c>null</c>.</param>
    /// <exception cref="EngineException">The engine or the device isn't there; no other one takes its place.</exception>
    public static Engine Open(string name = "auto", string device = "cpu", int? threads = null)
    {
        if (threads is < 1 or > 256) throw new EngineException($"threads is {threads}; it must be from 1 to 256.");
        bool gpu = device == "gpu" || (device.StartsWith("gpu:", StringComparison.Ordinal) && int.TryParse(device.AsSpan(4), out _));
        if (!gpu && device != "cpu") throw new EngineException($"Unknown device '{device}'. Expected cpu, gpu, or gpu:N for card N.");
        int count = threads ?? Environment.ProcessorCount;
        switch (name)
        {
            case "auto" when !gpu:
            case "managed" when !gpu:
                return new ManagedEngine(count);
            case "managed":
                throw new EngineException($"Engine managed runs on the CPU, but device is {device}. Use engine cuda, or device cpu.");
            case "cuda" or "cuda-tf32" when !gpu:
                throw new EngineException($"Engine {name} needs a GPU, but device is cpu. Use device gpu, or engine managed.");
            case "auto":
                return Load("cuda", device, count);
            case "cuda" or "tensorflow":
                return Load(name, device, count);
            case "cuda-tf32":
                return Load("cuda", device, count, true);
            default:
                throw new EngineException($"Unknown engine '{name}'. Expected auto, managed, tensorflow, cuda or cuda-tf32.");
        }
    }

    /// <summary>Whether an engine is part of this build.</summary>
    internal static bool IsBuiltIn(string name)
    {
        try
        {
            return name == "managed" || Assembly.Load(AssemblyOf(name)) is not null;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    private static string AssemblyOf(string name) => name == "cuda" ? "KerasPort.Cuda" : "KerasPort.TensorFlow";

    private static Engine Load(string name, params object[] settings)
    {
        string assembly = AssemblyOf(name);
        try
        {
            var type = Assembly.Load(assembly).GetTypes().Single(t => t.IsSubclassOf(typeof(Engine)) && !t.IsAbstract);
            return (Engine)Activator.CreateInstance(type, settings)!;
        }
        catch (FileNotFoundException missing)
        {
            string remedy = name == "tensorflow" ? "Build with -p:TensorFlow=cpu, cuda-linux or cuda-windows"
                : "Refer to the package or project KerasPort.Cuda";
            throw new EngineException(
                $"Engine {name} is not part of this build ({assembly} was not found), so device {settings[0]} can't be used with it. {remedy}, or use engine "
                    + "managed and device cpu.", missing);
        }
        catch (TargetInvocationException failed) when (failed.InnerException is EngineException reason)
        {
            throw new EngineException(reason.Message, reason);
        }
    }
}
