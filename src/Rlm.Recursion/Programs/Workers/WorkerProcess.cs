using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Rlm.Recursion.Programs.Workers;

/// <summary>
/// The process of a worker: its two pipes, and its end. All are started by one thread that lives as long as this process: the kernel's signal for a parent's end follows the thread that
/// started a child, and kills at random what a thread of the pool has started. A worker also ends by itself when its input does.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private static readonly Lazy<BlockingCollection<Action>> Starter = new(BeginStarter);

    private readonly Process _process;
    private readonly Thread _draining;
    private readonly byte[] _complaint = new byte[300];
    private readonly WorkerStart? _ending;
    private int _ended, _complained;

    private WorkerProcess(Process process, IReadOnlyList<string>? endCommand)
    {
        _process = process;
        _ending = endCommand is null ? null : new(endCommand, new Dictionary<string, string>(), []);
        // Only its beginning is of interest, where the worker does not get ready; but the pipe must not fill up.
        _draining = new(() => Drain(process.StandardError.BaseStream)) { IsBackground = true, Name = "program" };
        _draining.Start();
    }

    /// <summary>The first line that it wrote to stderr before any program could, as plain letters; empty for none.</summary>
    public string Complaint
    {
        get
        {
            _draining.Join(200);
            var line = Encoding.ASCII.GetString(_complaint, 0, Volatile.Read(ref _complained)).Split('\n')[0];
            return string.Concat(line.Select(letter => char.IsBetween(letter, ' ', '~') ? letter : ' ')).Trim();
        }
    }

    /// <summary>What the worker writes.</summary>
    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>What it reads.</summary>
    public Stream Input => _process.StandardInput.BaseStream;

    /// <summary>Whether it was ended here.</summary>
    public bool IsEnded => Volatile.Read(ref _ended) != 0;

    /// <summary>Starts it, with an empty environment but for what is given, in the root folder.</summary>
    /// <exception cref="WorkerFaultException">The system refused.</exception>
    public static WorkerProcess Start(WorkerStart start)
    {
        var started = Launch(start);
        return new(started.GetAwaiter().GetResult(), start.EndCommand);
    }

    private static Task<Process> Launch(WorkerStart start)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Starter.Value.Add(() =>
        {
            try
            {
                started.SetResult(Process.Start(Info(start))!);
            }
            catch (Exception refused) when (refused is Win32Exception or IOException or InvalidOperationException)
            {
                started.SetException(new WorkerFaultException("worker_ended", "the worker could not be started"));
            }
        });
        return started.Task;
    }

    /// <summary>Ends it and all below it, at once.</summary>
    public void End()
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0) return;
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception gone) when (gone is InvalidOperationException or Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended by itself.
        }
        if (_ending is not null) _ = EndBesideAsync(_ending);
    }

    private static async Task EndBesideAsync(WorkerStart ending)
    {
        try
        {
            using var process = await Launch(ending).ConfigureAwait(false);
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is WorkerFaultException or TimeoutException or IOException)
        {
            // Nothing more can be done; its limit of processor time ends it.
        }
    }

    /// <summary>The exit code once it has ended, which is waited for a moment; null where it has not.</summary>
    public int? ExitCode => _process.WaitForExit(500) ? _process.ExitCode : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        End();
        // Without its exit looked at it would stay as a zombie until the next child ends.
        _process.WaitForExit(1_000);
        _process.Dispose();
    }

    private static ProcessStartInfo Info(WorkerStart start)
    {
        var info = new ProcessStartInfo(start.Command[0]) { WorkingDirectory = OperatingSystem.IsWindows() ? Path.GetTempPath() : "/", RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (var argument in start.Command.Skip(1)) info.ArgumentList.Add(argument);
        var system = info.Environment.TryGetValue("SystemRoot", out var value) ? value : null;
        info.Environment.Clear();
        if (system is not null) info.Environment["SystemRoot"] = system; // without it no program starts on Windows
        foreach (var (name, text) in start.Environment) info.Environment[name] = text;
        return info;
    }

    private static BlockingCollection<Action> BeginStarter()
    {
        var queue = new BlockingCollection<Action>();
        new Thread(() =>
        {
            foreach (var start in queue.GetConsumingEnumerable()) start();
        })
        { IsBackground = true, Name = "program starter" }.Start();
        return queue;
    }

    private void Drain(Stream stream)
    {
        var rest = new byte[4096];
        try
        {
            while (_complained < _complaint.Length && stream.Read(_complaint, _complained, _complaint.Length - _complained) is > 0 and var read) Volatile.Write(ref _complained, _complained + read);
            while (stream.Read(rest) > 0)
            {
                // Nobody reads it.
            }
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // The worker was ended.
        }
    }
}
