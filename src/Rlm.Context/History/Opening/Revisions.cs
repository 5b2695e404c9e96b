using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.History.Objects;

namespace Rlm.Context.History.Opening;

/// <summary>Finds the commit that a caller's words mean: a branch, tag, <c>HEAD</c>, or the first digits of a name, and from there <c>~3</c>, <c>^2</c>, <c>^{commit}</c>.</summary>
internal sealed partial class Revisions(GitRefs refs, GitObjects objects)
{
    /// <summary>The commit.</summary>
    /// <exception cref="ContextException">There is no such revision, or it is of a form that is not read here.</exception>
    public GitId Find(string asked) => TryFind(asked) ?? throw Unknown(asked);

    /// <summary>The commit; null when there is none.</summary>
    /// <exception cref="ContextException">It is of a form that is not read here, or several begin so.</exception>
    public GitId? TryFind(string asked)
    {
        if (asked.Length is 0 or > 1000 || asked.StartsWith('-')) return null;
        if (asked.Contains("@{", StringComparison.Ordinal) || asked.Contains(":/", StringComparison.Ordinal) || asked.Contains("^{/", StringComparison.Ordinal))
            throw new ContextException(ContextFault.BadArgument, $"asked revision {NameEscaping.Escape(asked)}; reflogs, upstreams and searches in messages are not read", "Name a branch, tag or commit, with ~3 or ^2 behind it.");
        var match = Pattern().Match(asked);
        if (!match.Success || Start(match.Groups["start"].Value) is not { } id) return null;
        foreach (Capture step in match.Groups["step"].Captures)
            if (Step(id, step.Value) is { } next) id = next;
            else return null;
        return id;
    }

    /// <summary>The error for a revision that is not there, with near names.</summary>
    public ContextException Unknown(string asked)
    {
        if (refs.Head() is null && asked is "HEAD" or "@") return HistoryFault.NotAvailable("the repository has no commit yet on " + NameEscaping.Escape(refs.HeadName ?? "HEAD"));
        return new(ContextFault.BadArgument, $"asked revision {NameEscaping.Escape(asked.Length > 200 ? asked[..200] + "…" : asked)}, which is no branch, tag or commit here", "history(view: \"log\") lists commits.", NearNames.Of(asked, refs.Names()));
    }

    private GitId? Start(string name)
    {
        if (refs.Find(name) is { } id) return objects.Peeled(id);
        return name.Length >= 4 && name.All(char.IsAsciiHexDigit) && objects.Abbreviated(name.ToLowerInvariant()) is { } found ? objects.Peeled(found) : null;
    }

    private GitId? Step(GitId id, string step)
    {
        if (step.StartsWith("^{", StringComparison.Ordinal)) return id; // ^{commit}, ^{}: commits are peeled already
        var count = step.Length == 1 ? 1 : int.Parse(step.AsSpan(1), CultureInfo.InvariantCulture);
        if (step[0] == '^') return count == 0 ? id : objects.Node(id) is { } merge && merge.Parents.Length >= count ? merge.Parents[count - 1] : null;
        for (; count > 0; count--)
            if (objects.Node(id) is { Parents: [var first, ..] }) id = first;
            else return null;
        return objects.Node(id) is null ? null : id;
    }

    [GeneratedRegex(@"^(?<start>[^~^]+)(?<step>~[0-9]{0,7}|\^[0-9]{0,2}(?!\{)|\^\{(commit)?\})*\z")]
    private static partial Regex Pattern();
}
