using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Rlm.Recursion.Models.Cli;

/// <summary>
/// A small process of our own between the server and a command-line agent. .NET has no way to end a child when its parent is killed, so the guard watches the pipe from
/// the server, which the system closes whatever way the server ends:
/// <code>
/// stdin:  LENGTH\n PROMPT-BYTES … (stays open)      its end -> everything the agent started is ended
/// stdout, stderr, exit code: the agent's
/// </code>
/// It leads a session of its own; on Linux it also adopts what the agent's children leave behind, so that nothing slips away.
/// </summary>
public static partial class CliGuard
{
    /// <summary>The first argument by which this program becomes a guard.</summary>
    public const string Command = "__guard";

    /// <summary>The exit code where the agent could not be started or the prompt did not arrive.</summary>
    public const int NotStarted = 126;

    private const int Kill = 9, Terminate = 15, SetChildSubreaper = 36;

    /// <summary>Runs an agent until it ends or the server does.</summary>
    /// <param name="args">An optional <c>--</c>, the program's absolute path, its arguments.</param>
    /// <returns>The agent's exit code.</returns>
    public static int Run(string[] args)
    {
        var command = args is ["--", .. var rest] ? rest : args;
        if (command.Length == 0) return NotStarted;
        LeadSession();
        // Asked to end, it ends its children first; what follows from that ends it too.
        using var terminate = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndAll);
        using var input = Console.OpenStandardInput();
        if (ReadPrompt(input) is not { } prompt) return NotStarted;
        using var agent = Start(command);
        if (agent is null) return NotStarted;
        new Thread(() => Watch(input, agent)) { IsBackground = true }.Start();
        new Thread(() => Feed(agent, prompt)) { IsBackground = true }.Start();
        agent.WaitForExit();
        EndOthers(Kill);
        return agent.ExitCode;

        void EndAll(PosixSignalContext context)
        {
            context.Cancel = true;
            EndOthers(Kill);
        }
    }

    private static byte[]? ReadPrompt(Stream input)
    {
        var length = 0L;
        for (var digit = input.ReadByte(); digit != '\n'; digit = input.ReadByte())
        {
            if (digit is < '0' or > '9' || length > int.MaxValue / 20) return null;
            length = (length * 10) + (digit - '0');
        }
        var prompt = new byte[length];
        return input.ReadAtLeast(prompt, prompt.Length, throwOnEndOfStream: false) == prompt.Length ? prompt : null;
    }

    private static Process? Start(string[] command)
    {
        var start = new ProcessStartInfo(command[0]) { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in command.AsSpan(1)) start.ArgumentList.Add(argument);
        // Needed to start this program, not the agent.
        start.Environment.Remove("DOTNET_ROOT");
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static void Feed(Process agent, byte[] prompt)
    {
        try
        {
            agent.StandardInput.BaseStream.Write(prompt);
            agent.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
        }
    }

    // Nothing more is ever written to this pipe: whatever a read brings, the server is gone or wants an end.
    private static void Watch(Stream input, Process agent)
    {
        input.ReadByte();
        EndOthers(Terminate);
        if (!agent.WaitForExit(500)) EndOthers(Kill);
        if (!OperatingSystem.IsLinux()) agent.Kill(entireProcessTree: true);
    }

    private static void LeadSession()
    {
        if (OperatingSystem.IsWindows()) return;
        if (SetSid() < 0) _ = SetPgid(0, 0);
        if (OperatingSystem.IsLinux()) _ = PrCtl(SetChildSubreaper, 1, 0, 0, 0);
    }

    // Elsewhere than on Linux only Watch ends what is left; an agent that ended by itself has mostly ended its children.
    private static void EndOthers(int signal)
    {
        if (!OperatingSystem.IsLinux()) return;
        // Ending one hands its children over to us, so it takes rounds; a process that multiplies faster than this is not a command-line agent.
        for (var round = 0; round < 50; round++)
        {
            var others = Others();
            foreach (var id in others) _ = SendSignal(id, signal);
            if (others.Count == 0 || signal == Terminate) return;
            Thread.Sleep(5);
        }
    }

    // Those of our session, and those whose own parents ended.
    private static List<int> Others()
    {
        var (own, session) = (Environment.ProcessId, GetSid(0));
        var others = new List<int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) || id == own) continue;
            if (Status(folder) is { } status && status.State != "Z" && (status.Session == session || status.Parent == own)) others.Add(id);
        }
        return others;
    }

    private static (string State, int Parent, int Session)? Status(string folder)
    {
        try
        {
            var text = File.ReadAllText(folder + "/stat");
            // The name stands in brackets and may hold anything.
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0], int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile
        }
    }

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int SetSid();

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetPgid(int id, int group);

    [LibraryImport("libc", EntryPoint = "getsid")]
    private static partial int GetSid(int id);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int id, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    private static partial int PrCtl(int option, nuint a, nuint b, nuint c, nuint d);
}
