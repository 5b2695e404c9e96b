using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Walking;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The commits that changed a file, folder, symbol or anything, newest first.</summary>
internal sealed class HistoryLog(HistoryRequest request)
{
    private const int MaxFiles = 20;

    private readonly HistoryReader _reader = request.Reader;

    public HistoryView View()
    {
        var start = HistoryPlace.Read(request.Call.Place) ?? new(0, Starts());
        var walk = Walk(start.Places);
        var steps = walk.Items.Skip(start.Offset).ToArray();
        var isCut = walk.Rest.Count > 0;
        return new(request.Target.Words, "commits", [.. steps.Select(Item)], start.Offset)
        {
            Lists = ["commits"],
            Missing = isCut ? "deadline" : null,
            Notes = [.. Notes(walk, isCut)],
            PlaceAfter = count => count < steps.Length ? (start with { Offset = start.Offset + count }).ToString() : isCut && HistoryPlace.CanHold(walk.Rest) ? new HistoryPlace(0, walk.Rest).ToString() : null,
        };
    }

    private IReadOnlyList<WalkPlace> Starts() => request.Target.Kind switch
    {
        HistoryTargetKind.Range or HistoryTargetKind.Revision => [new(request.Target.To, RepoPath.Root, null)],
        HistoryTargetKind.Lines => [.. request.Target.Targets.SelectMany(target => _reader.StartOf(target, request.Call.Cancellation))],
        _ => [new(_reader.Head, request.Target.Path, null)],
    };

    private WalkResult<PathStep> Walk(IReadOnlyList<WalkPlace> places)
    {
        if (request.Target.Kind == HistoryTargetKind.Lines && places.Any(place => place.Lines is not null)) return _reader.SymbolLog(places, request.Since, request.Deadline, request.Call.Cancellation);
        var walk = _reader.Log(places, request.Since, request.Target.Kind == HistoryTargetKind.Range ? request.Target.From : null, request.Deadline, request.Call.Cancellation);
        return request.Scope is null || request.Target.Kind is HistoryTargetKind.File ? walk : walk with { Items = [.. walk.Items.Where(step => Files(step).Any())] };
    }

    private IEnumerable<string> Notes(WalkResult<PathStep> walk, bool isCut)
    {
        if (request.Target.Targets is [{ Symbol: not null } first, _, ..]) yield return $"note: {request.Target.Targets.Count} symbols are meant ({first.Text.Path.Value} and others); the commits are those of all";
        if (request.Target.Targets.Any(_reader.IsUncommitted)) yield return "note: the work tree has changes here that are not committed";
        if (isCut && walk.Oldest is { } oldest && _reader.Commit(oldest) is var commit)
            yield return string.Create(CultureInfo.InvariantCulture, $"reached: {oldest.Short} of {commit.Date:yyyy-MM-dd} in {Deadline.Standard.TotalSeconds:0} s; the cursor goes on from there, without reading again what is newer");
        if (!isCut && walk.MetBorder && _reader.CloneNote is not null) yield return "note: older commits may have changed it; they are not in this clone";
    }

    private HistoryItem Item(PathStep step)
    {
        CommitInfo? commit = null;
        CommitInfo Commit() => commit ??= _reader.Commit(step.Commit);
        return new("commits", null, width => HistoryWords.Commit(Commit(), step.OldPath, width), () => new JsonObject
        {
            ["id"] = step.Commit.ToString(),
            ["author"] = Commit().Author,
            ["date"] = HistoryWords.Date(Commit().Date),
            ["subject"] = Commit().Subject,
            ["files"] = new JsonArray([.. Files(step).Take(MaxFiles).Select(path => (JsonNode)path)]),
            ["from"] = step.OldPath?.Value,
        }.WithoutNulls());
    }

    private IEnumerable<string> Files(PathStep step)
    {
        if (request.Target.Kind is HistoryTargetKind.File or HistoryTargetKind.Lines) return [step.Path.Value];
        return _reader.FilesOf(step.Commit).Where(path => path.IsWithin(request.Target.Path) && _reader.VerdictOf(path) != PathVerdict.Ignored && request.Admits(path)).Select(path => path.Value);
    }
}
