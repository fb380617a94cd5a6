using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace KerasPort.Engines;

/// <summary>A problem, and the one line that solves it; without full stops.</summary>
internal sealed record NvidiaProblem(string What, string Mend);

/// <summary>A card as its driver describes it.</summary>
internal sealed record NvidiaCard(int Number, string Name, int Major, int Minor, long Memory)
{
    /// <summary>The least compute capability that the engines' kernels are made for.</summary>
    public const int LeastMajor = 7;

    /// <summary>Why it can't be used; <c>null</c> where it can.</summary>
    public NvidiaProblem? Problem => Major >= LeastMajor ? null
        : new($"its compute capability is {Major}.{Minor}, and {LeastMajor}.0 (Volta, 2017) is the least", "Use another card");

    /// <summary>Its name in settings and messages: <c>gpu:0 (NVIDIA H100)</c>.</summary>
    public override string ToString() => $"gpu:{Number} ({Name})";
}

/// <summary>
/// What NVIDIA's driver says of itself and its cards. It is asked without any other library, so that a card which can't be used is
/// refused with the reason, and <c>kerasport doctor</c> can tell what is missing.
/// </summary>
/// <param name="Version">The CUDA version that the driver supports, as 1000 · major + 10 · minor; 0 without a driver.</param>
/// <param name="Cards">The cards in their order.</param>
/// <param name="Problem">Why there are none.</param>
internal sealed record NvidiaDriver(int Version, IReadOnlyList<NvidiaCard> Cards, NvidiaProblem? Problem = null)
{
    /// <summary>The least CUDA version, which introduced the form in which kernels are handed over.</summary>
    public const int LeastVersion = 11000;

    private const int NoDevice = 100, Mismatch = 803;

    /// <summary>The version as people write it: 12.4.</summary>
    public string VersionText => string.Create(CultureInfo.InvariantCulture, $"{Version / 1000}.{Version % 1000 / 10}");

    /// <summary>The card that a device name stands for: <c>gpu</c> is the first, <c>gpu:1</c> the second.</summary>
    /// <exception cref="EngineException">It isn't there or can't be used; the message says why.</exception>
    public NvidiaCard Choose(string device)
    {
        int number = device == "gpu" ? 0 : int.Parse(device.AsSpan("gpu:".Length), CultureInfo.InvariantCulture);
        if (Problem is not null) throw new EngineException($"Device {device} can't be used: {Problem.What}. {Problem.Mend}, or use device cpu.");
        if (number >= Cards.Count)
            throw new EngineException(
                $"There is no card {device}; there {(Cards.Count == 1 ? "is" : "are")} {string.Join(", ", Cards)}. Choose one of "
                    + $"{(Cards.Count == 1 ? "these" : "them")}, or device cpu.");
        var card = Cards[number];
        return card.Problem is { } why ? throw new EngineException($"Card {card} can't be used: {why.What}. {why.Mend}, or use device cpu.") : card;
    }

    /// <summary>Asks the driver.</summary>
    public static NvidiaDriver Query()
    {
        string[] names = OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["/usr/lib/wsl/lib/libcuda.so.1", "libcuda.so.1"];
        nint library = 0;
        if (!names.Any(name => NativeLibrary.TryLoad(name, out library)))
            return new(0, [], new(
                $"no NVIDIA driver was found ({names[^1]})",
                "Install the driver for your card (Debian: apt-get install nvidia-driver; in a container: docker run --gpus all)"));
        try
        {
            return Ask(library);
        }
        catch (EntryPointNotFoundException)
        {
            return new(0, [], new($"the NVIDIA driver ({names[^1]}) lacks functions", "Install a current driver"));
        }
    }

    private static unsafe NvidiaDriver Ask(nint library)
    {
        nint Function(string name) => NativeLibrary.GetExport(library, name);

        int version = 0, count = 0;
        ((delegate* unmanaged<int*, int>)Function("cuDriverGetVersion"))(&version);
        int code = ((delegate* unmanaged<uint, int>)Function("cuInit"))(0);
        if (Refusal(code, version) is { } problem) return new(version, [], problem);
        code = ((delegate* unmanaged<int*, int>)Function("cuDeviceGetCount"))(&count);
        if (Refusal(code == 0 && count == 0 ? NoDevice : code, version) is { } none) return new(version, [], none);

        var cards = new List<NvidiaCard>();
        byte* name = stackalloc byte[256];
        for (int i = 0; i < count; i++)
        {
            int device, major, minor;
            nuint memory;
            ((delegate* unmanaged<int*, int, int>)Function("cuDeviceGet"))(&device, i);
            ((delegate* unmanaged<byte*, int, int, int>)Function("cuDeviceGetName"))(name, 256, device);
            ((delegate* unmanaged<nuint*, int, int>)Function("cuDeviceTotalMem_v2"))(&memory, device);
            var attribute = (delegate* unmanaged<int*, int, int, int>)Function("cuDeviceGetAttribute");
            const int capabilityMajor = 75, capabilityMinor = 76;
            attribute(&major, capabilityMajor, device);
            attribute(&minor, capabilityMinor, device);
            cards.Add(new NvidiaCard(i, Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), major, minor, (long)memory));
        }
        return new(version, cards);
    }

    /// <summary>The meaning of the driver's answer; <c>null</c> when all is well.</summary>
    internal static NvidiaProblem? Refusal(int code, int version)
    {
        var driver = new NvidiaDriver(version, []);
        if (version > 0 && version < LeastVersion)
            return new($"the NVIDIA driver is too old: it supports CUDA {driver.VersionText}, and 11.0 is the least", "Install driver 450 or a newer one");
        return code switch
        {
            0 => null,
            NoDevice => new("the NVIDIA driver is there but finds no card",
                "Check that one is plugged in and visible (nvidia-smi; CUDA_VISIBLE_DEVICES; in a container: docker run --gpus all)"),
            Mismatch => new("the NVIDIA driver's parts have different versions", "Restart the machine, so that the updated driver is loaded"),
            _ => new($"the NVIDIA driver answers with error {code}", "See what nvidia-smi says, or restart the machine"),
        };
    }
}
