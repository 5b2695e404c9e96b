using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Walking;
using Rlm.Context.Scopes;

namespace Rlm.Mcp.Rendering;

/// <summary>Which files change together with a file or symbol: in how many of its commits. Merges and commits of more than a hundred files say nothing and are left out.</summary>
internal sealed class HistoryCoChange(HistoryRequest request)
{
    public HistoryView View()
    {
        if (request.Target.Kind is not (HistoryTargetKind.File or HistoryTargetKind.Lines)) throw request.NoSuchView("what changes together is asked of a file or symbol", "Give a file, or view churn.");
        var starts = request.Target.Kind == HistoryTargetKind.File ? [new WalkPlace(request.Reader.Head, request.Target.Path, null)] : request.Target.Targets.SelectMany(target => request.Reader.StartOf(target, request.Call.Cancellation)).ToArray();
        var found = request.Reader.Together(starts, request.Target.Path, path => request.Admits(path), request.Since, request.Deadline, request.Call.Cancellation);
        var first = Math.Min(request.Call.PlaceNumber(), found.Rows.Count);
        return new(request.Target.Words, "files", [.. found.Rows.Skip(first).Select(row => Item(row, found.Commits))], first)
        {
            Lists = ["pairs"],
            Total = found.Rows.Count,
            Missing = found.IsCut ? "deadline" : null,
            Notes = [string.Create(CultureInfo.InvariantCulture, $"counted: {found.Commits:N0} commits of it{(found.LeftOut > 0 ? $"; {found.LeftOut:N0} merges and commits of more than {CoChange.MaxFiles} files left out" : "")}")],
            PlaceAfter = count => first + count < found.Rows.Count ? (first + count).ToString(CultureInfo.InvariantCulture) : null,
            Kept = request.SetName is { } name && request.Call.Place is null ? KeptSet.Save(request.Call, name, [.. found.Rows.Where(row => request.Call.Snapshot.Find(row.Path) is not null).Take(SetStore.MaxItems).Select(row => SetItem.OfFile(row.Path))], found.Rows.Count(row => request.Call.Snapshot.Find(row.Path) is not null)) : null,
        };
    }

    private HistoryItem Item((RepoPath Path, int Together) row, int of) => new("pairs", null,
        width => string.Create(CultureInfo.InvariantCulture, $"{row.Together} of {of} {TextAnswer.Cut(NameEscaping.Escape(row.Path.Value), (int)Math.Clamp(width / 2, 20, 1_000))}{(request.Call.Snapshot.Find(row.Path) is null ? " (gone)" : "")}"),
        () => new JsonObject { ["path"] = request.Target.Path.Value, ["with"] = row.Path.Value, ["together"] = row.Together, ["of"] = of });
}
