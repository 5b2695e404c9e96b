using System.Text.RegularExpressions;
using Rlm.Recursion.Context;
using Rlm.Recursion.Sessions;

namespace Rlm.Recursion.Running;

/// <summary>A request over revisions between which nothing changed that is there now: an answer, and not a failure for want of units.</summary>
internal static partial class UnchangedRange
{
    /// <summary>Ends such a session at once; false for any other.</summary>
    public static bool TryEnd(Session session, ScopeSize size)
    {
        var over = session.Request.Over;
        if (size.Files > 0 || over.Count == 0 || !over.All(part => RangePattern().IsMatch(part))) return false;
        session.Update(state => state with { Mode = "store", ModeReason = "there is nothing to ask about", Status = SessionStatus.Complete, Answer = new($"Nothing that is there now was changed in {string.Join(", ", over)}.", true) });
        return true;
    }

    // It was resolved before: what has this look and was no range has been refused as an unknown path.
    [GeneratedRegex(@"^[^\s/]\S*\.\.\S*[^\s/]$|^[^\s/]\S*[^\s/.]\.\.$|^\.\.[^\s/.]\S*$")]
    private static partial Regex RangePattern();
}
