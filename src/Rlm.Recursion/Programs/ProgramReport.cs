using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs;

/// <summary>What came of one program.</summary>
public sealed record ProgramReport
{
    /// <summary><c>cpython</c> or <c>builtin</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>What it printed, as far as that was kept.</summary>
    public string Stdout { get; init; } = "";

    /// <summary>Characters of output that were not kept.</summary>
    public long Cut { get; init; }

    /// <summary>The <c>repr</c> of the last expression; null where that is none, or None.</summary>
    public string? Value { get; init; }

    /// <summary>The value itself where it is plain data and short enough.</summary>
    public JsonNode? Plain { get; init; }

    /// <summary>Why it failed; null where it did not.</summary>
    public ProgramError? Error { get; init; }

    /// <summary>Variables that are new or have changed, in the order in which they came to be.</summary>
    public IReadOnlyList<ProgramVariable> Variables { get; init; } = [];

    /// <summary>The variable <c>answer</c> as it stands; of a program whose worker is gone as it was told last. Null where there is none.</summary>
    public Sessions.Answer? Answer { get; init; }

    /// <summary>The session's variables that are plain data, by name; null where they are not known.</summary>
    public JsonObject? Kept { get; init; }

    /// <summary>Names of variables that would not survive a restart.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];

    /// <summary>Host calls made.</summary>
    public int Calls { get; init; }

    /// <summary>Wall time, host calls included.</summary>
    public double Seconds { get; init; }

    /// <summary>What the caller should know besides, each one line: a list that is not whole, variables that went with a worker.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Why a program failed.</summary>
/// <param name="Type">The Python exception, or <c>timeout</c>, <c>memory_limit</c>, <c>call_limit</c>, <c>worker_ended</c>, <c>protocol</c>.</param>
/// <param name="Message">What happened.</param>
/// <param name="Line">1-based, in the program; null where that is not known.</param>
/// <param name="Traceback">The program's own lines, outermost first; may be empty.</param>
public sealed record ProgramError(string Type, string Message, int? Line, string Traceback);

/// <summary>A variable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its Python type.</param>
/// <param name="Size">Items or characters; null for what has no length.</param>
public sealed record ProgramVariable(string Name, string Type, long? Size)
{
    /// <summary>Whether it outlasts its worker: plain data, and not too much of it.</summary>
    public bool Lasts { get; init; } = true;
}
