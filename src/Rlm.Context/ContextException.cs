namespace Rlm.Context;

/// <summary>What was wrong with a request to the context store.</summary>
public enum ContextFault
{
    /// <summary>The request makes no sense as written.</summary>
    BadArgument,
    /// <summary>No such file or folder.</summary>
    UnknownPath,
    /// <summary>The path leads outside the root.</summary>
    OutsideRoot,
    /// <summary>The file is on the list of secrets.</summary>
    SecretFile,
    /// <summary>No symbol of that name.</summary>
    UnknownSymbol,
    /// <summary>Lines that the file does not have, or text that is gone.</summary>
    OutOfRange,
    /// <summary>The pattern cannot be used.</summary>
    BadPattern,
    /// <summary>No set of that name.</summary>
    UnknownSet,
    /// <summary>Something is missing or switched off.</summary>
    NotAvailable,
    /// <summary>It could not be found out in time.</summary>
    Timeout,
}

/// <summary>A caller's mistake: what was asked and what is true, what to do next, and up to three near names. Never holds a path outside the root.</summary>
public sealed class ContextException(ContextFault fault, string asked, string? next = null, IReadOnlyList<string>? near = null) : Exception(asked)
{
    /// <summary>The kind of mistake.</summary>
    public ContextFault Fault { get; } = fault;

    /// <summary>What was asked; what is true. One line without a final stop.</summary>
    public string Asked { get; } = asked;

    /// <summary>What to call next, one sentence; null when there is nothing to suggest.</summary>
    public string? Next { get; } = next;

    /// <summary>Up to three near names.</summary>
    public IReadOnlyList<string> Near { get; } = near ?? [];
}
