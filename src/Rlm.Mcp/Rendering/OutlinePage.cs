using System.Text.Json.Nodes;
using Rlm.Context.Files;
using Rlm.Context.Outlines;

namespace Rlm.Mcp.Rendering;

/// <summary>
/// One page of outlines as JSON, filled symbol by symbol until the budget is used. A page always brings something new: what alone is larger than a page
/// comes without signature and doc, marked <c>cut</c>.
/// </summary>
internal sealed class OutlinePage(long limit)
{
    private long _left = limit;

    public JsonArray Files { get; } = [];

    /// <summary>Files on the page whose outline is not the whole truth.</summary>
    public int PartialFiles { get; private set; }

    /// <summary>Adds a file from its n-th symbol (depth first, from 0) on. Gives the symbol to go on with when the page is full, or -1 when the file is done.</summary>
    public int Add(FileOutline file, int from)
    {
        var heading = Heading(file, from);
        var tree = new SymbolList(file.Path, file.Symbols);
        if (tree.Count == 0) return Take(JsonOutput.Size(heading) + 15) ? Open(file, heading, []) : from;
        var symbols = new JsonArray();
        for (var index = from; index < tree.Count; index++)
        {
            var cost = tree.Cost(index, from) + (index == from ? JsonOutput.Size(heading) + 15 : 0);
            if (!IsEmpty || index > from)
            {
                if (cost > _left) return index == from ? from : Close(file, index);
            }
            else if (cost > _left)
            {
                cost = tree.Shorten(index, from) + JsonOutput.Size(heading) + 15;
            }
            _left -= cost;
            if (index == from) Open(file, heading, symbols);
            tree.AddTo(symbols, index, from);
        }
        return Close(file, -1);
    }

    private bool IsEmpty => Files.Count == 0;

    private bool Take(int cost)
    {
        if (!IsEmpty && cost > _left) return false;
        _left -= cost;
        return true;
    }

    private int Open(FileOutline file, JsonObject heading, JsonArray symbols)
    {
        heading["symbols"] = symbols;
        Files.Add(heading);
        return symbols.Count == 0 && file.Symbols.IsEmpty ? Close(file, -1) : 0;
    }

    private int Close(FileOutline file, int next)
    {
        if (file.Partial is not null || file.Fault is not null) PartialFiles++;
        return next;
    }

    private static JsonObject Heading(FileOutline file, int from)
    {
        var item = new JsonObject { ["path"] = file.Path.Value, ["provider"] = file.Provider };
        if (file.Text is WholeText whole) item["hash"] = whole.Text.Hash;
        item["lines"] = file.LineCount;
        if (file.Fault is not null) item["error"] = TextAnswer.Cut(file.Fault, 200);
        if (file.Partial is not null) item["partial"] = file.Partial;
        if (from > 0) item["continued"] = true;
        return item;
    }
}

/// <summary>The symbols of one outline as JSON items, depth first, to be added one by one with the parents that a page lacks.</summary>
internal sealed class SymbolList
{
    private const int ChildrenAndComma = 15;

    private readonly RepoPath _path;
    private readonly List<(Symbol Symbol, int Parent)> _symbols = [];
    private readonly Dictionary<int, JsonObject> _items = [];
    private readonly Dictionary<int, JsonArray> _added = [];

    public SymbolList(RepoPath path, IEnumerable<Symbol> symbols)
    {
        _path = path;
        foreach (var symbol in symbols) Add(symbol, -1);
    }

    public int Count => _symbols.Count;

    /// <summary>Bytes that the n-th symbol adds to a page that began with the symbol <paramref name="from"/>.</summary>
    public int Cost(int index, int from)
    {
        var cost = 0;
        for (var at = index; at >= 0 && !_added.ContainsKey(at); at = _symbols[at].Parent) cost += JsonOutput.Size(Item(at, from)) + ChildrenAndComma;
        return cost;
    }

    /// <summary>As <see cref="Cost"/>, after dropping signatures and docs of the symbol and of the parents that come along.</summary>
    public int Shorten(int index, int from)
    {
        for (var at = index; at >= 0 && !_added.ContainsKey(at); at = _symbols[at].Parent)
        {
            var item = Item(at, from);
            item.Remove("signature");
            item.Remove("doc");
            item["cut"] = true;
        }
        return Cost(index, from);
    }

    /// <summary>Adds the n-th symbol, and the parents that are not there yet as <c>continued</c>.</summary>
    public JsonArray AddTo(JsonArray roots, int index, int from)
    {
        if (_added.TryGetValue(index, out var children)) return children;
        var parent = _symbols[index].Parent;
        var into = parent < 0 ? roots : AddTo(roots, parent, from);
        var item = Item(index, from);
        _added[index] = children = [];
        item["children"] = children;
        into.Add(item);
        return children;
    }

    private JsonObject Item(int index, int from)
    {
        if (_items.TryGetValue(index, out var item)) return item;
        _items[index] = item = OutlineText.Json(_path, _symbols[index].Symbol);
        if (index < from) item["continued"] = true;
        return item;
    }

    private void Add(Symbol symbol, int parent)
    {
        var own = _symbols.Count;
        _symbols.Add((symbol, parent));
        foreach (var child in symbol.Children) Add(child, own);
    }
}
