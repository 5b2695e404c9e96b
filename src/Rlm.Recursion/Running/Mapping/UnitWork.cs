using Rlm.Recursion.Context;

namespace Rlm.Recursion.Running.Mapping;

/// <summary>How far one unit of a map is. Used by one thread at a time.</summary>
/// <param name="index">Its place in the order of the scope.</param>
/// <param name="unit">The unit.</param>
internal sealed class UnitWork(int index, Unit unit)
{
    public int Index { get; } = index;

    public Unit Unit { get; } = unit;

    public UnitState State { get; private set; } = UnitState.Waiting;

    /// <summary>Null until it is judged, or found without support.</summary>
    public Finding? Finding { get; private set; }

    /// <summary>Why it failed or was skipped.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was wrong with the last reply, to tell the model when it is asked again.</summary>
    public string? Problem { get; private set; }

    /// <summary>Category of that problem, for the coverage if it stays.</summary>
    public string? ProblemKind { get; private set; }

    /// <summary>Every quote was false once already.</summary>
    public bool HasMisquoted { get; private set; }

    /// <summary><c>uncertain</c> or <c>contradiction</c> when a leaf asked for more context; null when not, and once that was tried.</summary>
    public string? Deepen { get; set; }

    /// <summary>Judged by its signatures alone, for want of budget.</summary>
    public bool IsBySignature { get; set; }

    /// <summary>Its memo key; null where its text could not be read.</summary>
    public string? Key { get; set; }

    /// <summary>Characters of its framed text as read: what it takes in a prompt.</summary>
    public int Characters { get; set; } = unit.Characters;

    /// <summary>The same in UTF-8.</summary>
    public long Bytes { get; set; } = unit.Characters;

    public bool IsOpen => State is UnitState.Waiting;

    public void Judge(Finding finding) => (State, Finding, Reason, Problem) = (UnitState.Judged, finding, null, null);

    public void Fail(string reason, Finding? finding = null) => (State, Finding, Reason) = (UnitState.Failed, finding, reason);

    public void Skip(string reason) => (State, Reason) = (UnitState.Skipped, reason);

    public void Reject(string kind, string problem) => (ProblemKind, Problem) = (kind, problem);

    public void Misquote(string problem) => (HasMisquoted, ProblemKind, Problem) = (true, "every quote is false", problem);
}
