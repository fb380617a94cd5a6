using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using System.Text.Json;

namespace KerasPort.Console;

/// <summary>The machine of a run, as far as results and times depend on it.</summary>
internal static class Machine
{
    /// <summary>The widest vectors that both processor and runtime support: sums are ordered by their width.</summary>
    public static string InstructionSet =>
        Avx512F.IsSupported ? "AVX-512"
        : Avx2.IsSupported ? "AVX2"
        : Avx.IsSupported ? "AVX"
        : Sse42.IsSupported ? "SSE4.2"
        : AdvSimd.IsSupported ? "AdvSimd"
        : "none";

    /// <summary>
    /// Restarts the count of <see cref="PeakMemoryBytes"/>, after a garbage collection. Linux can do that; elsewhere, and where /proc isn't writable, it
    /// counts from the start of the process.
    /// </summary>
    /// <returns>Whether the count was restarted.</returns>
    public static bool ForgetPeakMemory()
    {
        if (!OperatingSystem.IsLinux()) return false;
        // Twice, since buffers outside of the heap are freed by finalizers.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        try
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The peak memory of this process, in bytes, since its start or since <see cref="ForgetPeakMemory"/>.</summary>
    public static long PeakMemoryBytes()
    {
        // PeakWorkingSet64 is 0 on Linux.
        const string status = "/proc/self/status";
        if (!File.Exists(status)) return Process.GetCurrentProcess().PeakWorkingSet64;
        string kilobytes = Field(status, "VmHWM")?.Split(' ')[0] ?? "0";
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("os", RuntimeInformation.OSDescription);
        json.WriteString("cpu", Processor());
        json.WriteString("instruction_set", InstructionSet);
        json.WriteNumber("cores", Environment.ProcessorCount);
        json.WriteString("runtime", RuntimeInformation.FrameworkDescription);
        json.WriteEndObject();
    }

    /// <summary>The system's name of the processor.</summary>
    public static string Processor()
    {
        const string information = "/proc/cpuinfo";
        return (File.Exists(information) ? Field(information, "model name") : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER"))
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }

    /// <summary>The first <c>name : value</c> in a file of /proc.</summary>
    private static string? Field(string path, string name) => File.ReadLines(path)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(':'))
        .Select(line => line[(line.IndexOf(':') + 1)..].Trim())
        .FirstOrDefault();
}
