using System.Runtime.InteropServices;
using ILGPU;

namespace KerasPort.Cuda;

/// <summary>Where ILGPU finds native libraries by the names that systems without development packages have.</summary>
internal static class NativeLibraries
{
    private static bool s_installed;

    /// <summary>Has effect once, before ILGPU's first use.</summary>
    public static void Install()
    {
        if (s_installed || !OperatingSystem.IsLinux()) return;
        s_installed = true;
        // Under Windows' Linux ILGPU looks for the driver itself, and two resolvers can't be.
        if (File.Exists(WindowsDriver)) return;
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, _, _) => name switch
        {
            "cuda" when NativeLibrary.TryLoad("libcuda.so.1", out nint library) => library,
            "OpenCL" when NativeLibrary.TryLoad("libOpenCL.so.1", out nint library) => library,
            _ => 0,
        });
    }

    /// <summary>The driver's place under Windows' Linux.</summary>
    internal const string WindowsDriver = "/usr/lib/wsl/lib/libcuda.so.1";
}
