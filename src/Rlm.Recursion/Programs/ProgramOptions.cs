namespace Rlm.Recursion.Programs;

/// <summary>What the operator decides about programs, and how the machine starts workers.</summary>
public sealed record ProgramOptions
{
    /// <summary>The engines that can be asked for.</summary>
    public static IReadOnlyList<string> Engines { get; } = ["auto", "cpython", "builtin", "docker", "podman"];

    /// <summary>One of <see cref="Engines"/>. <c>auto</c>: CPython in a sandbox where a trial passes, else the built-in interpreter.</summary>
    public string Engine { get; init; } = "auto";

    /// <summary>What a program may use.</summary>
    public ProgramLimits Limits { get; init; } = new();

    /// <summary>Program and first arguments of the built-in interpreter's worker, such as our own path and its command; null where there is none.</summary>
    public IReadOnlyList<string>? BuiltIn { get; init; }

    /// <summary>Variables that the built-in worker needs to start at all (where the .NET runtime lies).</summary>
    public IReadOnlyDictionary<string, string> BuiltInEnvironment { get; init; } = new Dictionary<string, string>();

    /// <summary>The image for docker and podman; it must be on the machine already and hold python3.</summary>
    public string Image { get; init; } = "python:3-slim";

    /// <summary>How long a worker stays when nothing is asked of it.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Workers that stay at most; over it the longest unused goes.</summary>
    public int MaxWorkers { get; init; } = 8;
}
