using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Leaves;

/// <summary>A unit's text with line numbers, and that of the second unit of a pair.</summary>
internal sealed record UnitText(string Text, string? With)
{
    /// <summary>Why a unit whose text is not to be had failed.</summary>
    public const string Gone = "changed or gone since it was listed";

    /// <summary>Reads its signatures now, or of a pair both; null where there are none.</summary>
    public static UnitText? Signatures(SessionRun run, Unit unit, CancellationToken cancellationToken)
    {
        if (run.Context.Signatures(run.Session.Scope, unit, cancellationToken) is not { } text) return null;
        if (unit.With is not { } with) return new(text, null);
        return run.Context.Signatures(run.Session.Scope, with, cancellationToken) is { } other ? new(text, other) : null;
    }

    /// <summary>Reads it now; null when it is gone or has changed.</summary>
    public static UnitText? Read(SessionRun run, Unit unit, CancellationToken cancellationToken)
    {
        if (run.Context.Read(run.Session.Scope, unit, cancellationToken) is not { } text) return null;
        if (unit.With is not { } with) return new(text, null);
        return run.Context.Read(run.Session.Scope, with, cancellationToken) is { } other ? new(text, other) : null;
    }
}
