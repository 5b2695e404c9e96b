using System.Diagnostics;
using System.Text;

namespace Rlm.Context.Outlines.Providers;

/// <summary>
/// Runs a provider once: by absolute path, with an argument list, an empty environment and an empty stdin, in a folder of our own; ended when it takes too long, writes too much or is no longer wanted.
/// Should this process be killed, the system's limit on processor time ends the provider, and so does its next write.
/// </summary>
internal static class ProviderProcess
{
    /// <summary>Runs it to its end.</summary>
    /// <param name="call">What to run.</param>
    /// <param name="line">Called with each line of its output, without the line end.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="ProviderFaultException">It could not be started, took too long, wrote too much, complained, or ended with a code other than 0.</exception>
    public static void Run(ProviderCall call, OutputLine line, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var limit = new CancellationTokenSource(ProviderLimits.TimeFor(call.TextBytes));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        using var process = Start(call);
        using var ending = stop.Token.Register(() => End(process));
        // Threads of their own: the pool's may all be waiting for providers, and it takes its time to make more (measured: half a second for each).
        var said = "";
        var complaint = new Thread(() => said = Complaint(process.StandardError.BaseStream)) { IsBackground = true, Name = "provider" };
        var feeding = new Thread(() => Feed(call, process.StandardInput.BaseStream)) { IsBackground = true, Name = "provider" };
        try
        {
            complaint.Start();
            feeding.Start();
            new OutputLines(process.StandardOutput.BaseStream, ProviderLimits.OutputFor(call.TextBytes)).Read(line);
            complaint.Join();
            process.WaitForExit();
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested) throw new ProviderFaultException("timeout");
            if (process.ExitCode != 0 || (said.Length > 0 && !call.MayComplain)) throw new ProviderFaultException("crashed");
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new ProviderFaultException("timeout");
        }
        finally
        {
            End(process);
            complaint.Join();
            feeding.Join();
        }
    }

    private static Process Start(ProviderCall call)
    {
        var start = new ProcessStartInfo(call.Program)
        {
            WorkingDirectory = call.Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true,
        };
        foreach (var argument in call.Arguments) start.ArgumentList.Add(argument);
        var system = start.Environment.TryGetValue("SystemRoot", out var value) ? value : null;
        start.Environment.Clear();
        if (system is not null) start.Environment["SystemRoot"] = system; // without it no program starts on Windows
        try
        {
            var process = Process.Start(start)!;
            ProcessLimits.Set(process);
            return process;
        }
        catch (Exception refused) when (refused is System.ComponentModel.Win32Exception or IOException)
        {
            throw new ProviderFaultException("cannot be started") { IsPassing = true };
        }
    }

    private static void Feed(ProviderCall call, Stream input)
    {
        try
        {
            using (input) call.Feed?.Invoke(input);
        }
        catch (IOException)
        {
            // It ended without reading; its exit code says why.
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
