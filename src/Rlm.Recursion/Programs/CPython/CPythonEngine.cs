using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs.CPython;

/// <summary>
/// The system's CPython inside bubblewrap: name spaces of its own for processes, network, users and mounts, of the file system only libraries and the interpreter (read-only), no environment,
/// nobody's user id, and a filter of system calls, which Python lays over itself before any program runs.
/// </summary>
internal sealed class CPythonEngine : IProgramEngine
{
    /// <inheritdoc/>
    public string Name => "cpython";

    /// <inheritdoc/>
    public string? WhyNot =>
        !OperatingSystem.IsLinux() ? "bubblewrap exists on Linux only"
        : PythonFiles.Sandbox is null ? "/usr/bin/bwrap is not installed (apt-get install bubblewrap)"
        : PythonFiles.Interpreter is null ? "/usr/bin/python3 is not installed (apt-get install python3)"
        : !Prelude.HasFilter ? "there is no filter of system calls for this processor"
        : null;

    /// <inheritdoc/>
    public string Trial => Prelude.Trial;

    /// <inheritdoc/>
    public WorkerStart Start()
    {
        var python = PythonFiles.Interpreter ?? throw new WorkerFaultException("worker_ended", "/usr/bin/python3 is gone");
        var packages = PythonFiles.Packages(python);
        return new(
            [
                PythonFiles.Sandbox ?? throw new WorkerFaultException("worker_ended", "/usr/bin/bwrap is gone"),
                "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--uid", "65534", "--gid", "65534", "--hostname", "program", "--cap-drop", "ALL",
                "--die-with-parent", "--new-session", .. PythonFiles.Libraries(), .. packages.Where(folder => folder.StartsWith("/usr/local/", StringComparison.Ordinal)).SelectMany(folder => new[] { "--ro-bind", folder, folder }),
                "--ro-bind", python, python, "--dir", "/tmp", "--remount-ro", "/", "--chdir", "/tmp", "--", python, .. Prelude.Arguments,
            ],
            Prelude.Environment, Prelude.Message(packages));
    }

    /// <inheritdoc/>
    public string? Judge(Worker worker, ProgramReport trial) => PythonTrial.Judge(worker, trial);

    /// <inheritdoc/>
    public string Isolation(Worker worker) => "bubblewrap (own user, process, network and mount name spaces; only libraries visible, read-only), seccomp, resource limits";
}
