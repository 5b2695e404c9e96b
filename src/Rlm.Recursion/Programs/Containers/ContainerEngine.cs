using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Recursion.Programs.CPython;
using Rlm.Recursion.Programs.Workers;

namespace Rlm.Recursion.Programs.Containers;

/// <summary>
/// CPython in a container of docker or podman, for systems without bubblewrap: no network, a read-only file system that is the image's own, nobody's user id, no capabilities, limits, and the same filter of system calls. Only ever taken
/// by name. The image must be on the machine: nothing is fetched. Who may start containers is as good as root, so this is the operator's decision.
/// </summary>
internal sealed class ContainerEngine(string program, ProgramOptions options) : IProgramEngine
{
    /// <inheritdoc/>
    public string Name => program;

    /// <inheritdoc/>
    public string? WhyNot => PythonFiles.Container(program) is null ? $"there is no {program} in /usr/bin or /usr/local/bin" : Prelude.HasFilter ? null : "there is no filter of system calls for this processor";

    /// <inheritdoc/>
    public string Trial => Prelude.TrialOfActions;

    /// <inheritdoc/>
    public WorkerStart Start()
    {
        var path = PythonFiles.Container(program) ?? throw new WorkerFaultException("worker_ended", $"{program} is gone");
        var name = $"rlm-mcp-{Guid.NewGuid():n}";
        var memory = options.Limits.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        return new(
            [
                path, "run", "--rm", "--interactive", "--name", name, "--pull", "never", "--network", "none", "--read-only", "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--user", "65534:65534", "--ipc", "none",
                "--memory", memory, "--memory-swap", memory, "--pids-limit", "32", "--workdir", "/", .. Prelude.Environment.SelectMany(pair => new[] { "--env", $"{pair.Key}={pair.Value}" }), "--entrypoint", "python3", options.Image, .. Prelude.Arguments,
            ],
            new Dictionary<string, string>(), Prelude.Message([]))
        {
            // Ending the client leaves the container running.
            EndCommand = [path, "rm", "--force", name],
        };
    }

    /// <inheritdoc/>
    public string? Judge(Worker worker, ProgramReport trial) => PythonTrial.Judge(worker, trial);

    /// <inheritdoc/>
    public string Isolation(Worker worker) => $"a {program} container of {options.Image} (no network, read-only, no capabilities), seccomp, resource limits";
}
