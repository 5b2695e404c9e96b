using System.Runtime.InteropServices;

namespace Rlm.Mcp.Hosting;

/// <summary>
/// Takes stdin and stdout for the protocol, as the very first thing that a server does: afterwards <see cref="Console"/> writes to stderr and
/// reads nothing, and descriptors 0 and 1 themselves lead to nothing and to stderr, so that native code and child processes cannot
/// disturb the protocol either (NuGet/Home 14591: log lines on stdout broke clients).
/// </summary>
internal static partial class StdoutGuard
{
    /// <summary>Takes both; call once.</summary>
    public static (Stream Input, Stream Output) Take()
    {
        // .NET duplicates the descriptor for each stream it opens, so these two keep leading to the client.
        var input = Console.OpenStandardInput();
        var output = Console.OpenStandardOutput();
        Console.SetIn(TextReader.Null);
        Console.SetOut(Console.Error);
        Redirect();
        return (input, output);
    }

    private static void Redirect()
    {
        if (OperatingSystem.IsWindows())
        {
            SetStdHandle(StdOutput, GetStdHandle(StdError));
            return;
        }
        try
        {
            _ = dup2(2, 1);
            using var nothing = File.OpenHandle("/dev/null");
            _ = dup2((int)nothing.DangerousGetHandle(), 0);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or DllNotFoundException or EntryPointNotFoundException)
        {
            // Only the second fence: Console is redirected in any case.
        }
    }

    private const int StdOutput = -11, StdError = -12;

    [LibraryImport("libc")]
    private static partial int dup2(int oldDescriptor, int newDescriptor);

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int which);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetStdHandle(int which, nint handle);
}
