using System.Runtime.InteropServices;

namespace Rlm.Recursion.Programs.Confinement;

/// <summary>Shuts the own process in, for good: limits, no new rights, and the filter of system calls over all its threads. Linux only; elsewhere nothing is done.</summary>
internal static partial class LinuxConfinement
{
    private const int CpuTime = 0, FileSize = 1, CoreSize = 4, NoNewPrivileges = 38, DeathSignal = 1, Kill = 9, SetFilter = 1, OnAllThreads = 1, UnixSocket = 1, StreamSocket = 1, NotPermitted = 1;

    /// <summary>Ends with its parent, whatever way that ends.</summary>
    public static void DieWithParent()
    {
        if (OperatingSystem.IsLinux()) _ = PrCtl(DeathSignal, Kill, 0, 0, 0);
    }

    /// <summary>Lays everything over the process.</summary>
    /// <returns>Whether the filter stands, as found out by trying to open a socket.</returns>
    public static bool Apply(int cpuSeconds)
    {
        if (!OperatingSystem.IsLinux()) return false;
        foreach (var (resource, value) in (ReadOnlySpan<(int, nuint)>)[(CpuTime, (nuint)cpuSeconds), (FileSize, 0), (CoreSize, 0)])
        {
            var limit = new Limit(value, value);
            _ = SetLimit(resource, in limit);
        }
        return SeccompFilter.For(RuntimeInformation.ProcessArchitecture, mayHaveThreads: true) is { } filter && Lay(filter) && IsHeld();
    }

    private static unsafe bool Lay(byte[] filter)
    {
        if (PrCtl(NoNewPrivileges, 1, 0, 0, 0) != 0) return false;
        fixed (byte* code = filter)
        {
            var program = new FilterProgram((ushort)(filter.Length / 8), (nint)code);
            return SystemCall(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 277 : 317, SetFilter, OnAllThreads, (nint)(&program)) == 0;
        }
    }

    private static bool IsHeld() => Socket(UnixSocket, StreamSocket, 0) < 0 && Marshal.GetLastPInvokeError() == NotPermitted;

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    private static partial int SetLimit(int resource, in Limit limit);

    [LibraryImport("libc", EntryPoint = "syscall")]
    private static partial nint SystemCall(nint number, nint operation, nint flags, nint program);

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int Socket(int domain, int type, int protocol);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Limit(nuint Soft, nuint Hard);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct FilterProgram(ushort Length, nint Code);
}
