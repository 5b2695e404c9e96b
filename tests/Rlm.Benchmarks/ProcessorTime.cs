using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Rlm.Benchmarks;

/// <summary>Processor time of this process and of the children that have ended, which a busy machine does not change much. Linux only; elsewhere this process alone.</summary>
internal static partial class ProcessorTime
{
    private const int Children = -1;

    public static TimeSpan Now
    {
        get
        {
            var own = Process.GetCurrentProcess().TotalProcessorTime;
            var usage = new long[32]; // seconds and microseconds in user and system mode, then what is not wanted
            return OperatingSystem.IsLinux() && GetUsage(Children, usage) == 0 ? own + TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds(usage[1] + usage[3]) : own;
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetUsage(int who, [Out] long[] usage);
}
