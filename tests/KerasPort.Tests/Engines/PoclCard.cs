using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.OpenCL;
using KerasPort.Cuda;

namespace KerasPort.Tests.Engines;

/// <summary>
/// A processor as a card: PoCL runs the OpenCL that ILGPU makes of the very same kernels, without a GPU. Tests declare that they
/// <see cref="Need.Pocl">need</see> it. Where <see cref="Variable"/> is set, a real card is used in its place.
/// </summary>
internal static class PoclCard
{
    /// <summary>The variable that asks for a real card, and its value.</summary>
    public const string Variable = "KERASPORT_TEST_CARD", RealCard = "nvidia";

    private static readonly bool s_isReal = Environment.GetEnvironmentVariable(Variable) == RealCard;

    private static readonly Lazy<bool> s_isThere = new(() =>
    {
        if (s_isReal) return true;
        NativeLibraries.Install();
        if (!NativeLibrary.TryLoad("libOpenCL.so.1", out _)) return false;
        // ILGPU writes __generic, but PoCL 3.1 has no generic address space; all of it is global memory anyway.
        setenv("POCL_EXTRA_BUILD_FLAGS", "-D__generic=__global", 1);
        using var context = Context.Create(builder => builder.OpenCL(Accept));
        return context.GetCLDevices().Count > 0;
    });

    private static readonly Lazy<Card> s_card = new(Another);

    /// <summary>Whether this machine has PoCL.</summary>
    public static bool IsThere => s_isThere.Value;

    /// <summary>The single card of these tests, so that each kernel is compiled once.</summary>
    public static Card Shared => s_card.Value;

    /// <summary>A separate card for a test that breaks it. In a property test, ask for it outside of Sample, where a skip would be a failure.</summary>
    public static Card Another()
    {
        Machine.Require(Need.Pocl);
        if (s_isReal) return CudaEngine.Open("gpu");
        return new Card("pocl", builder => builder.OpenCL(Accept), context => context.GetCLDevice(0).CreateAccelerator(context));
    }

    private static bool Accept(CLDevice device)
    {
        typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!.SetValue(device.Capabilities, true);
        return device.Name.StartsWith("pthread", StringComparison.Ordinal) || device.Name.StartsWith("cpu", StringComparison.Ordinal);
    }

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int setenv(string name, string value, int overwrite);
}
