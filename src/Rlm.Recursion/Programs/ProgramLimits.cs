namespace Rlm.Recursion.Programs;

/// <summary>What one program, and the worker that runs it, may use.</summary>
public sealed record ProgramLimits
{
    /// <summary>Bytes of memory of a worker.</summary>
    public long MemoryBytes { get; init; } = 1L << 30;

    /// <summary>Seconds of processor time in the whole life of a worker, which is then replaced.</summary>
    public int CpuSeconds { get; init; } = 900;

    /// <summary>Characters of output that are kept of one program; also the longest value.</summary>
    public int OutputCharacters { get; init; } = 64_000;

    /// <summary>Host calls of one program.</summary>
    public int Calls { get; init; } = 10_000;

    /// <summary>Characters of JSON that the plain variables of a session may take to be kept.</summary>
    public int PlainCharacters { get; init; } = 4 << 20;

    /// <summary>Bytes of one line of the protocol, either way.</summary>
    public int LineBytes { get; init; } = 32 << 20;

    /// <summary>Steps of the built-in interpreter in one program.</summary>
    public long Steps { get; init; } = 2_000_000_000;
}
