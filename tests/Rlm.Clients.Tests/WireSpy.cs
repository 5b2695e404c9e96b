using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Rlm.Clients.Tests;

/// <summary>
/// Stands between a client and the server, as the command that the client starts (<c>--spy LOG COMMAND ARGUMENTS…</c>): passes both directions on
/// byte by byte and writes each line to a log, <c>&gt;</c> for the client's and <c>&lt;</c> for the server's.
/// </summary>
internal static class WireSpy
{
    public const string Switch = "--spy";

    /// <summary>Runs the spy until the server has ended; its exit code.</summary>
    public static async Task<int> RunAsync(string log, string command, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var server = Process.Start(start)!;
        await using var file = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        using PosixSignalRegistration terminate = OnSignal(PosixSignal.SIGTERM, server), interrupt = OnSignal(PosixSignal.SIGINT, server);
        _ = Task.Run(() => Pass(Console.OpenStandardInput(), server.StandardInput.BaseStream, ">", file, closing: true));
        var answers = Task.Run(() => Pass(server.StandardOutput.BaseStream, Console.OpenStandardOutput(), "<", file, closing: false));
        await server.WaitForExitAsync();
        await answers;
        Note(file, "=", $"exit {server.ExitCode}");
        return server.ExitCode;
    }

    /// <summary>What a log holds: the direction and the message. The last line is the exit code, if the server ended.</summary>
    public static IReadOnlyList<(string Direction, JsonNode? Message)> Read(string log) =>
        [.. File.ReadAllLines(log).Where(line => line.Length > 2 && line[0] is '<' or '>').Select(line => (line[..1], JsonNode.Parse(line[2..])))];

    // The server's own way to end is the end of its input.
    private static PosixSignalRegistration OnSignal(PosixSignal signal, Process server) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        server.StandardInput.Close();
    });

    private static void Pass(Stream from, Stream to, string direction, FileStream log, bool closing)
    {
        var buffer = new byte[1 << 16];
        var line = new MemoryStream();
        try
        {
            while (from.Read(buffer) is > 0 and var read)
            {
                foreach (var b in buffer.AsSpan(0, read))
                    if (b != '\n') line.WriteByte(b);
                    else
                    {
                        Note(log, direction, System.Text.Encoding.UTF8.GetString(line.ToArray()));
                        line.SetLength(0);
                    }
                to.Write(buffer, 0, read);
                to.Flush();
            }
        }
        catch (IOException)
        {
            // The other side is gone.
        }
        if (closing) to.Close();
    }

    private static void Note(FileStream log, string direction, string text)
    {
        lock (log)
        {
            log.Write(System.Text.Encoding.UTF8.GetBytes($"{direction} {text}\n"));
            log.Flush();
        }
    }
}
