using System.Diagnostics;
using System.Text;

namespace Rlm.Context.Outlines.Providers;

/// <summary>
/// Runs a provider once: by absolute path, with an argument list, an empty environment and an empty stdin, in a folder of our own; ended when it takes too long, writes too much or is no longer wanted.
/// Should this process be killed, the system's limit on processor time ends the provider, and so does its next write.
/// </summary>
internal static class ProviderProcess
{
    // Limits that the shell sets for itself and the program that takes its place; "$0" and "$@" are never read as shell text.
    private static readonly string Limited = $"ulimit -c 0 2>/dev/null; ulimit -t {ProviderLimits.ProcessorSeconds} 2>/dev/null; exec \"$0\" \"$@\"";

    /// <summary>Runs it to its end.</summary>
    /// <param name="program">Absolute path.</param>
    /// <param name="arguments">Handed on as they are.</param>
    /// <param name="folder">Where it starts.</param>
    /// <param name="input">Bytes of texts, for the limits.</param>
    /// <param name="line">Called with each line of its output, without the line end.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ProviderFaultException">It could not be started, took too long, wrote too much, complained, or ended with a code other than 0.</exception>
    public static void Run(string program, IReadOnlyList<string> arguments, string folder, long input, OutputLine line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(ProviderLimits.TimeFor(input));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Start(program, arguments, folder);
        using var ending = stop.Token.Register(() => End(process));
        try
        {
            process.StandardInput.Close();
            // A thread of its own: the pool's may all be waiting for providers, and it takes its time to make more (measured: half a second for each).
            var said = "";
            var complaint = new Thread(() => said = Complaint(process.StandardError.BaseStream)) { IsBackground = true, Name = "provider" };
            complaint.Start();
            new OutputLines(process.StandardOutput.BaseStream, ProviderLimits.OutputFor(input)).Read(line);
            complaint.Join();
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested) throw new ProviderFaultException("timeout");
            if (process.ExitCode != 0 || said.Length > 0) throw new ProviderFaultException("crashed");
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProviderFaultException("timeout");
        }
        finally
        {
            End(process);
        }
    }

    private static Process Start(string program, IReadOnlyList<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? program : "/bin/sh")
        {
            WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        if (!OperatingSystem.IsWindows())
            foreach (var argument in (ReadOnlySpan<string>)["-c", Limited, program]) start.ArgumentList.Add(argument);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        var system = start.Environment.TryGetValue("SystemRoot", out var value) ? value : null;
        start.Environment.Clear();
        if (system is not null) start.Environment["SystemRoot"] = system; // without it no program starts on Windows
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception refused) when (refused is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ProviderFaultException("cannot be started");
        }
    }

    private static string Complaint(Stream stream)
    {
        var kept = new byte[ProviderLimits.ComplaintBytes];
        var rest = new byte[4096];
        var length = 0;
        while (true)
        {
            var space = length < kept.Length ? kept.AsSpan(length) : rest;
            var read = ReadOrEnd(stream, space);
            if (read == 0) return Encoding.UTF8.GetString(kept, 0, length).Trim();
            if (length < kept.Length) length += read;
        }
    }

    private static int ReadOrEnd(Stream stream, Span<byte> space)
    {
        try
        {
            return stream.Read(space);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void End(Process process)
    {
        try
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended by itself.
        }
    }
}
