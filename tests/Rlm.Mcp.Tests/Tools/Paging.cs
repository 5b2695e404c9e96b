using System.Text.Json.Nodes;

namespace Rlm.Mcp.Tests.Tools;

/// <summary>Follows cursors as a client would and checks what must hold of every page.</summary>
internal static class Paging
{
    private const int MostPages = 5_000;

    /// <summary>All pages of a JSON list; the cursor alone continues it.</summary>
    /// <param name="bench">The repository.</param>
    /// <param name="tool">The tool.</param>
    /// <param name="arguments">Those of the first call; <c>budget</c> is given again with every cursor.</param>
    /// <param name="list">Name of the list.</param>
    /// <param name="oneMayBeCut">The last page may be incomplete without a cursor, because an item of it has a rest of its own.</param>
    public static List<JsonObject> Pages(ToolBench bench, string tool, JsonObject arguments, string list, bool oneMayBeCut = false)
    {
        var pages = new List<JsonObject>();
        var next = arguments;
        while (pages.Count < MostPages)
        {
            var result = bench.Call(tool, next, json: true);
            Assert.False(result.IsError, $"{result.Text} after {next.ToJsonString()}");
            var page = JsonNode.Parse(result.Text)!.AsObject();
            pages.Add(page);
            Assert.Equal(page[list]!.AsArray().Count, page.Int("shown"));
            Assert.Equal(pages[0].Int("total"), page.Int("total"));
            var cursor = page.Str("cursor");
            // Without a cursor it is the last page: complete, or partial for a reason that no cursor mends.
            if (cursor is not null || !page.Bool("complete")) Assert.NotNull(page.Str("reason"));
            if (cursor is not null) Assert.False(page.Bool("complete"));
            else if (!oneMayBeCut) Assert.True(page.Bool("complete") || page.Str("reason")!.Contains("in part", StringComparison.Ordinal), page.Str("reason"));
            if (cursor is null) return pages;
            Assert.True(page.Int("shown") > 0 || list == "files", $"no progress: {result.Text}");
            Assert.NotNull(page.Str("reason"));
            next = new JsonObject { ["cursor"] = cursor };
            if (arguments["budget"] is { } budget) next["budget"] = budget.DeepClone();
        }
        throw new InvalidOperationException($"more than {MostPages} pages: {arguments.ToJsonString()}");
    }

    /// <summary>All pages of a text list.</summary>
    public static List<string[]> TextPages(ToolBench bench, string tool, JsonObject arguments)
    {
        var pages = new List<string[]>();
        var next = arguments;
        while (pages.Count < MostPages)
        {
            var page = bench.Lines(tool, next);
            pages.Add(page);
            var cursor = page[^1].StartsWith("cursor: ", StringComparison.Ordinal) ? page[^1]["cursor: ".Length..] : null;
            Assert.False(cursor is not null && page[0].Contains("· complete", StringComparison.Ordinal), page[0]);
            Assert.False(cursor is null && (page[0].Contains("partial: budget", StringComparison.Ordinal) || page[0].Contains("partial: limit", StringComparison.Ordinal)), string.Join('\n', page));
            if (cursor is null) return pages;
            next = new JsonObject { ["cursor"] = cursor };
            if (arguments["budget"] is { } budget) next["budget"] = budget.DeepClone();
        }
        throw new InvalidOperationException($"more than {MostPages} pages: {arguments.ToJsonString()}");
    }
}
