namespace KerasPort.Tests;

/// <summary>Counts what an action allocates on this thread once everything in it is compiled.</summary>
internal static class Allocations
{
    public static long Of(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
