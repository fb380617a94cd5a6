using System.Runtime.InteropServices;
using ILGPU;

namespace KerasPort.Cuda;

/// <summary>Lets ILGPU find native libraries by the file names on systems without development packages.</summary>
internal static class NativeLibraries
{
    private static bool s_installed;

    /// <summary>Installs the resolver; has an effect once, before ILGPU's first use.</summary>
    public static void Install()
    {
        if (s_installed || !OperatingSystem.IsLinux()) return;
        s_installed = true;
        // In WSL ILGPU looks for the driver itself, and only one resolver is allowed.
        if (File.Exists(WindowsDriver)) return;
        NativeLibrary.SetDllImportResolver(typeof(Context).Assembly, (name, _, _) => name switch
        {
            "cuda" when NativeLibrary.TryLoad("libcuda.so.1", out nint library) => library,
            "OpenCL" when NativeLibrary.TryLoad("libOpenCL.so.1", out nint library) => library,
            _ => 0,
        });
    }

    /// <summary>The path of the driver in WSL.</summary>
    internal const string WindowsDriver = "/usr/lib/wsl/lib/libcuda.so.1";
}
