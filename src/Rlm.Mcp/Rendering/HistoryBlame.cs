using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Walking;
using Rlm.Context.Slices;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>Who last changed each line of a file or symbol of the work tree; lines of one commit under one heading.</summary>
internal sealed class HistoryBlame(HistoryRequest request)
{
    private readonly Dictionary<GitId, CommitInfo> _commits = [];

    public HistoryView View()
    {
        var from = request.Call.PlaceNumber();
        var items = new List<HistoryItem>();
        var (open, isBorder) = (0, false);
        GitId? oldest = null;
        foreach (var target in Targets())
        {
            var text = target.Text as WholeText ?? throw request.NoSuchView("it is too large", "Ask for the log instead.");
            var (lines, reached, border) = request.Reader.Blame(text, target.Range, request.Deadline, request.Call.Cancellation);
            (oldest, isBorder) = (reached ?? oldest, isBorder | border);
            open += lines.Count(line => line.Commit is null && !line.IsUncommitted);
            items.AddRange(lines.Where(line => request.Admits(text.Path, new(line.Line, line.Line))).Select(line => Item(text, line)));
        }
        return new(request.Target.Words, "lines", [.. items.Skip(from)], from)
        {
            Lists = ["lines"],
            Total = items.Count,
            Missing = open > 0 ? string.Create(CultureInfo.InvariantCulture, $"deadline, {open:N0} lines not settled") : null,
            Notes = [.. Notes(open, oldest, isBorder)],
            PlaceAfter = count => from + count < items.Count ? (from + count).ToString(CultureInfo.InvariantCulture) : null,
        };
    }

    private IReadOnlyList<Target> Targets() => request.Target.Kind switch
    {
        HistoryTargetKind.Lines => request.Target.Targets,
        HistoryTargetKind.File => request.Call.Store.Targets.Resolve(request.Target.Path.Value, request.Call.Snapshot, request.Call.Cancellation),
        _ => throw request.NoSuchView("only files, lines and symbols are blamed", "Give a file or symbol, or view log."),
    };

    private IEnumerable<string> Notes(int open, GitId? oldest, bool isBorder)
    {
        if (open > 0 && oldest is { } reached)
            yield return string.Create(CultureInfo.InvariantCulture, $"reached: {reached.Short} of {CommitOf(reached).Date:yyyy-MM-dd} in {Deadline.Standard.TotalSeconds:0} s; lines under \"at least as old as\" are older. Ask for fewer lines (path:10-42) to go further back");
        if (isBorder && request.Reader.CloneNote is not null) yield return "note: lines given to the oldest commits of this clone may be older";
    }

    private HistoryItem Item(WholeText text, BlamedLine line)
    {
        var content = text.Lines(new(line.Line, line.Line)).TrimEnd('\n').TrimEnd('\r');
        var isMoved = line.Path is { } path && path != text.Path;
        var heading = Heading(line) + (isMoved ? " as " + NameEscaping.Escape(line.Path!.Value.Value) : "");
        return new("lines", heading, width => string.Create(CultureInfo.InvariantCulture, $"{line.Line}\t{LongLine.Around(content, 1, 0, (int)Math.Clamp(width / 4, 8, LongLine.TextWidth))}"), () => Json(line, content, isMoved));
    }

    private JsonObject Json(BlamedLine line, string content, bool isMoved)
    {
        var (text, cut) = LongLine.Json(content);
        var commit = line.Commit is { } id ? CommitOf(id) : null;
        var item = new JsonObject { ["line"] = line.Line, ["commit"] = line.Commit?.ToString(), ["author"] = commit?.Author, ["date"] = commit is null ? null : HistoryWords.Date(commit.Date), ["text"] = text };
        if (isMoved) item["path"] = line.Path!.Value.Value;
        if (line.IsUncommitted) item["uncommitted"] = true;
        if (line.ReachedBack is { } reached) item["atLeast"] = reached.ToString();
        if (cut) item["cut"] = true;
        return item;
    }

    private string Heading(BlamedLine line)
    {
        if (line.IsUncommitted) return "not committed";
        if (line.Commit is { } id) return HistoryWords.Commit(CommitOf(id), null, 400);
        return line.ReachedBack is { } reached ? "at least as old as " + HistoryWords.Origin(CommitOf(reached)) : "not in this clone";
    }

    private CommitInfo CommitOf(GitId id) => _commits.TryGetValue(id, out var commit) ? commit : _commits[id] = request.Reader.Commit(id);
}
