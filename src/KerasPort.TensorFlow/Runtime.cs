using System.Globalization;
using System.Runtime.InteropServices;
using KerasPort.Engines;
using Tensorflow;
using static Tensorflow.Binding;

namespace KerasPort.TensorFlow;

/// <summary>TensorFlow's native library, which a process starts once: it reads device and threads from the environment then, and keeps them.</summary>
internal static class Runtime
{
    private static readonly Lock s_lock = new();
    private static (string Device, int Threads)? s_started;

    /// <summary>The versions of TensorFlow.NET and of the native library.</summary>
    public static string Version { get; private set; } = "";

    /// <summary>Starts TensorFlow on a device, or checks that it already runs on this one.</summary>
    /// <exception cref="EngineException">The library or the device is missing, or TensorFlow already runs on another device.</exception>
    public static void Start(string device, int threads)
    {
        lock (s_lock)
        {
            if (s_started is { } running)
            {
                if (running == (device, threads)) return;
                throw new EngineException($"TensorFlow already runs on {running.Device} with {running.Threads} threads, " +
                    $"which can't change in a process. Asked for {device} with {threads}: start another process.");
            }
            // 2: errors only. A value set by the user is kept.
            NativeEnvironment.SetDefault("TF_CPP_MIN_LOG_LEVEL", "2");
            NativeEnvironment.SetDefault("TF_FORCE_GPU_ALLOW_GROWTH", "true");
            NativeEnvironment.Set("TF_NUM_INTRAOP_THREADS", threads.ToString(CultureInfo.InvariantCulture));
            NativeEnvironment.Set("CUDA_VISIBLE_DEVICES", VisibleDevices(device, Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES")));
            bool gpu;
            try
            {
                Version = $"{typeof(Binding).Assembly.GetName().Version!.ToString(3)} (TensorFlow {tf.VERSION})";
                gpu = tf.config.list_physical_devices("GPU").Length > 0;
            }
            catch (Exception missing)
                when (missing is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException or TypeInitializationException)
            {
                throw new EngineException($"TensorFlow's native library doesn't load: {WhyNot(missing)}. " +
                    "SciSharp's packages have it for Linux and Windows on x64 alone; elsewhere, " +
                    "and where it lacks a library of its own, name a folder with one that loads in LD_LIBRARY_PATH (PATH on Windows).",
                    missing);
            }
            if (device != "cpu" && !gpu)
                throw new EngineException($"TensorFlow {tf.VERSION} sees no GPU for device {device}. " +
                    "It takes an NVIDIA driver, the CUDA and cuDNN libraries it was built with, " +
                    "and a build of this program with -p:TensorFlow=cuda-linux or cuda-windows. Or use device cpu.");
            tf_output_redirect = Quiet.Instance;
            s_started = (device, threads);
        }
    }

    /// <summary>The system loader's message: TensorFlow.NET answers every failure with a package to install, even where it is installed.</summary>
    private static string WhyNot(Exception missing)
    {
        try
        {
            NativeLibrary.Free(NativeLibrary.Load("tensorflow", typeof(Binding).Assembly, null));
            return missing.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            return LoadersReason(e.Message);
        }
    }

    /// <summary>
    /// The loader's own line in .NET's message: one about a library that was found, else the first path's; the whole message where it is one line.
    /// </summary>
    internal static string LoadersReason(string message)
    {
        string[] lines = message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // A library that is found but lacks another one tells more than a path without the library.
        string[] places = lines[1..];
        return (places.FirstOrDefault(line => !line.Contains("tensorflow.so: cannot open", StringComparison.Ordinal)
            && !line.Contains("/tensorflow: cannot open", StringComparison.Ordinal)) ?? places.FirstOrDefault() ?? lines[0]).TrimEnd('.');
    }

    /// <summary>The cards that TensorFlow may see: none, or the chosen one alone, because it uses the first that it sees.</summary>
    /// <param name="device"><c>cpu</c>, <c>gpu</c> or <c>gpu:N</c>.</param>
    /// <param name="visible">CUDA_VISIBLE_DEVICES before: <c>gpu:1</c> is the second card in it.</param>
    internal static string VisibleDevices(string device, string? visible)
    {
        if (device == "cpu") return "-1";
        int index = device == "gpu" ? 0 : int.Parse(device.AsSpan("gpu:".Length), CultureInfo.InvariantCulture);
        if (string.IsNullOrEmpty(visible)) return index.ToString(CultureInfo.InvariantCulture);
        string[] cards = visible.Split(',', StringSplitOptions.TrimEntries);
        return index < cards.Length ? cards[index]
            : throw new EngineException($"Device {device} isn't there: CUDA_VISIBLE_DEVICES is {visible}, which names {cards.Length}.");
    }
}
