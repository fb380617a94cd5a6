using System.Runtime.InteropServices;

namespace KerasPort.TensorFlow;

/// <summary>
/// Environment variables as the C library sees them. .NET keeps its own copy on Unix, as the C runtime does on Windows,
/// so that variables set through <see cref="Environment"/> never reach a native library.
/// </summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable for .NET and for native code.</summary>
    public static void Set(string name, string value)
    {
        Environment.SetEnvironmentVariable(name, value);
        if (OperatingSystem.IsWindows()) PutEnvironment(name, value);
        else SetEnvironment(name, value, overwrite: 1);
    }

    /// <summary>Sets a variable unless the user has set it.</summary>
    public static void SetDefault(string name, string value)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))) Set(name, value);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);

    [LibraryImport("ucrtbase", EntryPoint = "_putenv_s", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int PutEnvironment(string name, string value);
}
