using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU;
using ILGPU.Runtime.OpenCL;
using KerasPort.Cuda;
using Xunit;

namespace KerasPort.Tests.Engines;

/// <summary>
/// A card that is a processor: PoCL runs the OpenCL that ILGPU makes of the very same kernels. It needs no GPU, and Debian's packages
/// pocl-opencl-icd and ocl-icd-libopencl1; without them these tests are skipped.
/// </summary>
internal static class PoclCard
{
    private static readonly Lazy<Card?> s_card = new(Open);

    /// <summary>The one card of these tests, so that each kernel is compiled once.</summary>
    public static Card Shared => Required(s_card.Value);

    /// <summary>A card for a test that breaks it.</summary>
    public static Card Another() => Required(Open());

    private static Card Required(Card? card)
    {
        Assert.SkipWhen(card is null, "There is no PoCL (apt-get install pocl-opencl-icd ocl-icd-libopencl1).");
        return card!;
    }

    private static Card? Open()
    {
        NativeLibraries.Install();
        if (!NativeLibrary.TryLoad("libOpenCL.so.1", out _)) return null;
        // ILGPU writes __generic where PoCL 3.1 knows no generic address space; what lies behind is global memory all the same.
        setenv("POCL_EXTRA_BUILD_FLAGS", "-D__generic=__global", 1);
        try
        {
            return new Card("pocl", builder => builder.OpenCL(Accept), context => context.GetCLDevices().Count > 0 ? context.GetCLDevice(0).CreateAccelerator(context) : throw new NotSupportedException());
        }
        catch (KerasException)
        {
            return null;
        }
    }

    private static bool Accept(CLDevice device)
    {
        typeof(CLCapabilityContext).GetProperty(nameof(CLCapabilityContext.GenericAddressSpace))!.SetValue(device.Capabilities, true);
        return device.Name.StartsWith("pthread", StringComparison.Ordinal) || device.Name.StartsWith("cpu", StringComparison.Ordinal);
    }

    [DllImport("libc", CharSet = CharSet.Ansi)]
    private static extern int setenv(string name, string value, int overwrite);
}
