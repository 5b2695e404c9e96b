using System.Globalization;
using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.History;
using Rlm.Context.History.Walking;
using Rlm.Context.Scopes;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>What changes most: of a folder its files, of a file its symbols, by the number of commits, merges aside.</summary>
internal sealed class HistoryChurn(HistoryRequest request)
{
    public HistoryView View()
    {
        if (request.Target.Kind is HistoryTargetKind.Range or HistoryTargetKind.Revision) throw request.NoSuchView("churn counts the commits of what is in the work tree", "Give a file or folder, with since.");
        var churn = request.Target.Kind is HistoryTargetKind.Root or HistoryTargetKind.Folder
            ? request.Reader.ChurnOfFiles(request.Target.Path, path => request.Admits(path) && request.Call.Snapshot.Find(path) is not null, request.Since, request.Deadline, request.Call.Cancellation)
            : request.Reader.ChurnOfSymbols(request.Target.Path, request.Since, request.Deadline, request.Call.Cancellation);
        var rows = churn.Rows.Where(row => request.Target.Targets.Count == 0 || request.Target.Targets.Any(target => target.Symbol is null || row.Symbol?.Path == target.Symbol.Path || row.Symbol?.Path.StartsWith(target.Symbol.Path + ".", StringComparison.Ordinal) == true)).ToArray();
        var first = Math.Min(request.Call.PlaceNumber(), rows.Length);
        return new(request.Target.Words, rows.Any(row => row.Symbol is not null) ? "symbols" : "files", [.. rows.Skip(first).Select(Item)], first)
        {
            Lists = ["changes"],
            Total = rows.Length,
            Missing = churn.IsCut ? "deadline" : null,
            Notes = [.. Notes(churn)],
            PlaceAfter = count => first + count < rows.Length ? (first + count).ToString(CultureInfo.InvariantCulture) : null,
            Kept = request.SetName is { } name && request.Call.Place is null ? KeptSet.Save(request.Call, name, [.. rows.Take(SetStore.MaxItems).SelectMany(Kept)], rows.Length) : null,
        };
    }

    private IEnumerable<string> Notes(Churn churn)
    {
        yield return string.Create(CultureInfo.InvariantCulture, $"counted: {churn.Commits:N0} commits{(request.Since is { } since ? $" since {since:yyyy-MM-dd}" : "")}");
        if (churn.IsCut && churn.Oldest is { } oldest) yield return string.Create(CultureInfo.InvariantCulture, $"reached: {oldest.Short} of {request.Reader.Commit(oldest).Date:yyyy-MM-dd}; give since to ask for less, or ask again when the commit index is built");
    }

    private IEnumerable<SetItem> Kept(ChurnRow row) => row.Symbol is null ? [SetItem.OfFile(row.Path)] : request.Call.Store.ItemOf(row.Path, row.Symbol.Path, request.Call.Cancellation) is { } item ? [item] : [];

    private static HistoryItem Item(ChurnRow row) => new("changes", null,
        width => string.Create(CultureInfo.InvariantCulture, $"{row.Commits} {TextAnswer.Cut(NameEscaping.Escape(row.Path.Value + (row.Symbol is { } symbol ? "#" + symbol.Path : "")), (int)Math.Clamp(width / 2, 20, 1_000))}{(row.Symbol is null ? "" : $" +{row.Added} -{row.Removed}")}"),
        () => new JsonObject { ["path"] = row.Path.Value, ["symbol"] = row.Symbol is { } symbol ? $"{row.Path.Value}#{symbol.Path}" : null, ["change"] = "churn", ["commits"] = row.Commits, ["added"] = row.Symbol is null ? null : row.Added, ["removed"] = row.Symbol is null ? null : row.Removed }.WithoutNulls("symbol"));
}
