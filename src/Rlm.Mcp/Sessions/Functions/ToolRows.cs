using System.Text.Json.Nodes;
using Rlm.Mcp.Tools;
using Rlm.Recursion;
using Rlm.Recursion.Context;
using Rlm.Recursion.Programs;

namespace Rlm.Mcp.Sessions.Functions;

/// <summary>The list of a tool's answer as rows that are fetched page by page: the first page is small, so that a look at a few rows costs little.</summary>
internal sealed class ToolRows(ITool tool, ContextScope scope, JsonObject arguments, string list)
{
    private const int FirstPage = 100, LaterPage = 20_000;

    /// <summary>Asks for the first page.</summary>
    /// <param name="limit">Rows that the program wants at most; null for all.</param>
    /// <param name="cancellationToken">Of the program that asks first; later pages come for other calls.</param>
    public ProgramValue Begin(int? limit, CancellationToken cancellationToken)
    {
        var page = Page(Math.Min(limit ?? FirstPage, FirstPage), null, cancellationToken);
        var total = (long?)page["total"] is { } all ? Math.Min(all, limit ?? long.MaxValue) : (long?)null;
        return ProgramValue.OfRows(All(page, limit), total) with { Note = NoteOf(page) };
    }

    private IEnumerable<JsonNode?> All(JsonObject page, int? limit)
    {
        var given = 0;
        foreach (var row in RowsOf(page).Take(limit ?? int.MaxValue))
        {
            given++;
            yield return row;
        }
        if (given >= limit || page["cursor"] is null) yield break;
        // A cursor keeps the size of its pages, so the larger ones begin anew, behind what was given. They are large since each may be a search of its own where there is no index.
        var (version, skip) = ((string?)page["version"], given);
        for (string? cursor = null; ; cursor = (string?)page["cursor"])
        {
            page = Page(LaterPage, cursor, CancellationToken.None);
            if ((string?)page["version"] != version) throw new RecursionException("stale_cursor", "files have changed since this list was begun", "Ask for it again; list(…) takes all at once.");
            foreach (var row in RowsOf(page).Skip(skip))
            {
                if (given++ == limit) yield break;
                yield return row;
            }
            skip = 0;
            if (page["cursor"] is null) yield break;
        }
    }

    private IReadOnlyList<JsonNode?> RowsOf(JsonObject page) => Taken(page[list] as JsonArray);

    /// <summary>The items of a list, out of it, so that they can be given on without a copy of each.</summary>
    public static IReadOnlyList<JsonNode?> Taken(JsonArray? list)
    {
        var items = list?.ToArray() ?? [];
        list?.Clear();
        return items;
    }

    private JsonObject Page(int size, string? cursor, CancellationToken cancellationToken)
    {
        var asked = arguments.DeepClone().AsObject();
        asked["limit"] = size;
        if (cursor is not null) asked["cursor"] = cursor;
        return ToolJson.Call(tool, scope, asked, cancellationToken);
    }

    /// <summary>Why a list is not whole, other than by the page's own limit; null when it is.</summary>
    public static string? NoteOf(JsonObject page) => (string?)page["reason"] is { } reason && reason is not ("limit" or "budget") ? $"partial: {reason}" : null;
}
