using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>What differs between two revisions, or what one commit did: changed symbols first, then the lines.</summary>
internal sealed class HistoryDiff(HistoryRequest request)
{
    private const int MaxMessageLines = 60;

    public HistoryView View()
    {
        var (from, to, commit) = Ends();
        var diff = Difference(from, to);
        var files = diff.Files.Where(file => request.Admits(file.File.Path)).ToArray();
        var changes = files.SelectMany(Changes).ToArray();
        var items = changes.Concat(files.SelectMany(file => new HistoryHunks(file).Items())).ToArray();
        var first = Math.Min(request.Call.PlaceNumber(), items.Length);
        var hidden = diff.Files.Count - files.Length;
        if (request.Call.Within is not null && files.Length == 0 && hidden > 0) throw new ToolException(ErrorCodes.OutOfScope, $"{request.Target.Words} lies outside this session's scope", "map() shows what is inside.");
        return new(Words(from, to), "changes", items[first..], Math.Min(first, changes.Length))
        {
            Lists = ["changes", "hunks"],
            Total = changes.Length,
            Missing = diff.NotCompared > 0 ? string.Create(CultureInfo.InvariantCulture, $"deadline, {diff.NotCompared:N0} files not compared") : null,
            Preface = commit is null || first > 0 ? [] : [.. Preface(commit)],
            Notes = [.. Notes(diff, hidden, files)],
            PlaceAfter = count => first + count < items.Length ? (first + count).ToString(CultureInfo.InvariantCulture) : null,
            Extend = commit is null ? null : json => Extend(json, commit, files),
            Kept = request.SetName is { } name && request.Call.Place is null ? Keep(name, files) : null,
        };
    }

    private (GitId? From, GitId To, CommitInfo? Commit) Ends()
    {
        var target = request.Target;
        if (request.View == "diff" && target.Kind == HistoryTargetKind.Range) return (target.From, target.To, null);
        if (target.Kind == HistoryTargetKind.Range) throw request.NoSuchView("show is of one commit", "Use view diff or log for a range.");
        if (target.Kind == HistoryTargetKind.Revision) return (request.Reader.ParentOf(target.To), target.To, request.Reader.Commit(target.To));
        if (request.View == "diff") return (null, request.Reader.Head, null);
        var last = request.Reader.Log([new(request.Reader.Head, target.Path, null)], null, null, request.Deadline, request.Call.Cancellation).Items;
        if (last.Count == 0) throw request.NoSuchView("no commit here did anything to it", "view diff shows what is not committed.");
        return (request.Reader.ParentOf(last[0].Commit), last[0].Commit, request.Reader.Commit(last[0].Commit));
    }

    // Of a path and not of revisions, a diff is what the work tree has that HEAD has not.
    private RangeDiff Difference(GitId? from, GitId to)
    {
        var target = request.Target;
        if (target.Kind is HistoryTargetKind.Range or HistoryTargetKind.Revision || request.View == "show")
            return request.Reader.Diff(from, to, change => change.Path.IsWithin(target.Path) || change.OldPath.IsWithin(target.Path), request.Deadline, request.Call.Cancellation);
        var files = target.Kind is HistoryTargetKind.File or HistoryTargetKind.Lines ? [target.Path] : request.Call.Snapshot.FilesIn(target.Path).ToArray().Select(file => file.Path).ToArray();
        return request.Reader.Uncommitted(files, target.Kind is HistoryTargetKind.Root or HistoryTargetKind.Folder ? target.Path : null, request.Deadline, request.Call.Cancellation);
    }

    private string Words(GitId? from, GitId to) => request.Target.Kind switch
    {
        HistoryTargetKind.Range => $"{request.Target.Words} ({from!.Value.Short}..{to.Short})",
        HistoryTargetKind.Revision => $"{request.Target.Words} ({to.Short})",
        _ => request.View == "diff" ? $"{request.Target.Words} (not committed)" : $"{request.Target.Words} ({to.Short}, the last that changed it)",
    };

    private static IEnumerable<string> Preface(CommitInfo commit)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"commit {commit.Id} · {HistoryWords.Date(commit.Date)} · {NameEscaping.Escape(commit.Author)} · parents {(commit.Parents.Count == 0 ? "none" : string.Join(' ', commit.Parents.Select(parent => parent.Short)))}");
        var lines = commit.Message.TrimEnd().Split('\n');
        foreach (var line in lines.Take(MaxMessageLines)) yield return "  " + TextAnswer.Cut(NameEscaping.Escape(line.TrimEnd('\r')), 200);
        if (lines.Length > MaxMessageLines) yield return string.Create(CultureInfo.InvariantCulture, $"  … {lines.Length - MaxMessageLines:N0} more lines of the message");
    }

    private static void Extend(JsonObject json, CommitInfo commit, FileDiff[] files)
    {
        json["message"] = TextAnswer.Cut(commit.Message, 8_000);
        json["parents"] = new JsonArray([.. commit.Parents.Select(parent => (JsonNode)parent.ToString())]);
        json["commits"] = new JsonArray(new JsonObject { ["id"] = commit.Id.ToString(), ["author"] = commit.Author, ["date"] = HistoryWords.Date(commit.Date), ["subject"] = commit.Subject, ["files"] = new JsonArray([.. files.Take(200).Select(file => (JsonNode)file.File.Path.Value)]) });
    }

    private IEnumerable<string> Notes(RangeDiff diff, int hidden, FileDiff[] files)
    {
        if (diff.Ignored > 0) yield return string.Create(CultureInfo.InvariantCulture, $"skipped: {diff.Ignored:N0} files that ignore rules leave out");
        if (hidden > 0) yield return string.Create(CultureInfo.InvariantCulture, $"skipped: {hidden:N0} files outside of what was asked");
        var secret = files.Count(file => file.Verdict == PathVerdict.Secret);
        if (secret > 0) yield return string.Create(CultureInfo.InvariantCulture, $"secret files are named, and nothing of them is shown: {secret:N0}");
        if (request.Target.Kind == HistoryTargetKind.Range && request.Reader.Lacks(request.Target.From, request.Target.To) is { } lacks && lacks > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"note: the left side has {lacks:N0} commits that the right side lacks; their changes show reversed. {request.Target.Words.Replace("...", "..", StringComparison.Ordinal).Replace("..", "...", StringComparison.Ordinal)} compares with where they parted");
    }

    private IEnumerable<HistoryItem> Changes(FileDiff file)
    {
        var heading = FileLine(file);
        if (file.Symbols.Count == 0) return [new("changes", null, width => TextAnswer.Cut(heading, (int)Math.Clamp(width / 2, 20, 4_000)), () => FileJson(file))];
        return file.Symbols.Select(change => new HistoryItem("changes", heading, width => SymbolLine(change, (int)Math.Clamp(width / 2, 20, 1_000)), () => SymbolJson(file, change)));
    }

    private static string FileLine(FileDiff file)
    {
        var from = file.File.OldPath == file.File.Path ? "" : $" from {NameEscaping.Escape(file.File.OldPath.Value)}";
        var why = file.NotCompared is { } reason ? $" ({reason})" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{NameEscaping.Escape(file.File.Path.Value)} {file.Word}{from}{why}{(file.Hunks.Count > 0 ? $" +{file.Added} -{file.Removed}" : "")}");
    }

    private static string SymbolLine(SymbolChange change, int width) => string.Create(CultureInfo.InvariantCulture,
        $"  {change.Word} {TextAnswer.Cut(NameEscaping.Escape(change.Symbol.Path), width)} [{change.Symbol.Kind} {(change.Change == SymbolChangeKind.Removed ? "was " : "")}{change.Symbol.Range}] +{change.Added} -{change.Removed}");

    private static JsonObject FileJson(FileDiff file) => new JsonObject
    {
        ["path"] = file.File.Path.Value,
        ["symbol"] = null,
        ["change"] = file.Word,
        ["added"] = file.Added,
        ["removed"] = file.Removed,
        ["from"] = file.File.OldPath == file.File.Path ? null : file.File.OldPath.Value,
        ["notCompared"] = file.NotCompared,
    }.WithoutNulls("symbol");

    private static JsonObject SymbolJson(FileDiff file, SymbolChange change) => new JsonObject
    {
        ["path"] = change.Path.Value,
        ["symbol"] = change.FullPath,
        ["change"] = change.Word,
        ["added"] = change.Added,
        ["removed"] = change.Removed,
        ["kind"] = change.Symbol.Kind,
        ["start"] = change.Symbol.Range.Start,
        ["end"] = change.Symbol.Range.End,
        ["signature"] = change.Symbol.Signature,
        ["oldSignature"] = change.Change == SymbolChangeKind.Signature ? change.Old?.Signature : null,
        ["from"] = file.File.OldPath == file.File.Path ? null : file.File.OldPath.Value,
    }.WithoutNulls();

    private KeptSet Keep(string name, FileDiff[] files)
    {
        var scope = new ChangedScope(request.Call.Store, request.Call.Snapshot, request.Call.Cancellation).Of(files);
        return KeptSet.Save(request.Call, name, [.. scope.Items.Take(SetStore.MaxItems)], scope.Items.Count);
    }
}
