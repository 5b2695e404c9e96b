using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Opening;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>What a call of history asks for, after its words have been understood.</summary>
internal sealed class HistoryRequest
{
    private HistoryRequest(ToolCall call, HistoryReader reader, HistoryTarget target)
    {
        (Call, Reader, Target) = (call, reader, target);
        View = call.Arguments.Choice("view", target.StandardView);
        Since = HistorySince.Of(call.Arguments, call.Store.Options.Time);
        Limit = call.Arguments.Integer("limit", 1, SetStore.MaxItems) ?? int.MaxValue;
        SetName = CommonParameters.SetName(call.Arguments);
        Scope = call.Arguments.Has("in") || call.Within is not null ? call.Scope() : null;
        Deadline = new(call.Store.Options.Time, Deadline.Standard);
        if (SetName is not null && View is ("log" or "blame")) throw new ToolException(ErrorCodes.BadArgument, $"view {View} lists commits, which no set holds", "as goes with diff, show, churn and cochange.");
    }

    public ToolCall Call { get; }

    public HistoryReader Reader { get; }

    public HistoryTarget Target { get; }

    public string View { get; }

    public DateTimeOffset? Since { get; }

    public int Limit { get; }

    public string? SetName { get; }

    /// <summary>What the answer is narrowed to by <c>in</c> and the session; null for everything.</summary>
    public Scope? Scope { get; }

    public Deadline Deadline { get; }

    public string InWords => Call.Arguments.Text("in") is { } scope ? $" in {TextAnswer.Cut(NameEscaping.Escape(scope), 80)}" : "";

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ToolException">The target means nothing, or lies outside the session's scope.</exception>
    public static HistoryRequest Of(ToolCall call, HistoryReader reader) => new(call, reader, HistoryTarget.Of(call, reader));

    /// <summary>Whether a file of any revision, taken whole, may be told of.</summary>
    public bool Admits(RepoPath path) => Scope is null || Scope.Holds(path, null);

    /// <summary>Whether lines of a file as it is in the work tree may be shown.</summary>
    public bool Admits(RepoPath path, LineRange lines) => Scope is null || Scope.Holds(path, lines);

    /// <summary>For an empty answer: what was looked at.</summary>
    public string Covered() => Since is { } since ? $"no such commit since {since:yyyy-MM-dd}" : "no commit here did anything to it";

    /// <summary>The error for a view that the target does not have.</summary>
    public ToolException NoSuchView(string why, string next) => new(ErrorCodes.BadArgument, $"view {View} was asked of {Target.Words}; {why}", next);
}
