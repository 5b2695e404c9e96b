using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rlm.Context.Outlines.Providers;

/// <summary>Limits that the system itself keeps for a child, should this process be killed before it can: processor time, memory, no core dumps. On Linux; elsewhere a child ends at its next write.</summary>
internal static partial class ProcessLimits
{
    private const int ProcessorTime = 0, CoreSize = 4, AddressSpace = 9;
    private const ulong MostMemory = 6UL << 30;

    /// <summary>Sets them. Nothing happens where they are refused or the child has ended.</summary>
    public static void Set(Process process)
    {
        if (!OperatingSystem.IsLinux()) return;
        Set(process.Id, ProcessorTime, ProviderLimits.ProcessorSeconds);
        Set(process.Id, CoreSize, 0);
        Set(process.Id, AddressSpace, MostMemory);
    }

    private static void Set(int process, int what, ulong most)
    {
        var limit = new Limit(most, most);
        _ = SetLimit(process, what, in limit, 0);
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(ulong Soft, ulong Hard);

    [LibraryImport("libc", EntryPoint = "prlimit64")]
    private static partial int SetLimit(int process, int what, in Limit limit, nint old);
}
