using System.Text.Json.Nodes;
using Rlm.Context.Outlines;

namespace Rlm.Mcp.Rendering;

/// <summary>One page of outlines as JSON, filled symbol by symbol until the budget is used.</summary>
internal sealed class OutlinePage(long limit)
{
    private long _left = limit;
    private bool _any;

    public JsonArray Files { get; } = [];

    /// <summary>Files on the page whose outline is not the whole truth.</summary>
    public int PartialFiles { get; private set; }

    /// <summary>Adds a file from its n-th symbol (depth first, from 0) on. Gives the symbol to go on with when the page is full, or -1 when the file is done.</summary>
    public int Add(FileOutline file, int from)
    {
        var item = new JsonObject { ["path"] = file.Path.Value, ["provider"] = file.Provider };
        if (file.Text is Rlm.Context.Files.WholeText whole) item["hash"] = whole.Text.Hash;
        item["lines"] = file.LineCount;
        if (file.Fault is not null) item["error"] = file.Fault;
        if (file.Partial is not null) item["partial"] = file.Partial;
        if (from > 0) item["continued"] = true;
        if (!Take(JsonOutput.Size(item) + 20, isProgress: file.Symbols.IsEmpty)) return from;
        var symbols = new JsonArray();
        var index = 0;
        var stopped = AddSymbols(file, file.Symbols, symbols, from, ref index);
        item["symbols"] = symbols;
        Files.Add(item);
        if (file.Partial is not null || file.Fault is not null) PartialFiles++;
        return stopped;
    }

    private int AddSymbols(FileOutline file, IEnumerable<Symbol> symbols, JsonArray into, int from, ref int index)
    {
        foreach (var symbol in symbols)
        {
            var own = index++;
            var count = Count(symbol);
            if (own + count <= from)
            {
                index += count - 1;
                continue;
            }
            var item = OutlineText.Json(file.Path, symbol);
            if (own < from) item["continued"] = true;
            if (!Take(JsonOutput.Size(item) + 16, isProgress: own >= from)) return Math.Max(own, from);
            var children = new JsonArray();
            into.Add(item);
            var stopped = AddSymbols(file, symbol.Children, children, from, ref index);
            item["children"] = children;
            if (stopped >= 0) return stopped;
        }
        return -1;
    }

    // Something new always goes in, so that a page never stands still; headings and repeated parents alone are nothing new.
    private bool Take(int cost, bool isProgress)
    {
        if (_any && cost > _left) return false;
        _left -= cost;
        _any |= isProgress;
        return true;
    }

    private static int Count(Symbol symbol) => 1 + symbol.Children.Sum(Count);
}
