using System.Globalization;
using System.Text.Json.Nodes;

namespace Rlm.Recursion.Programs.HostCalls;

/// <summary>Lists of one session that programs have not read to their end. Rows come in pages; a list that lies untouched while many others are opened is closed.</summary>
internal sealed class OpenRows : IDisposable
{
    private const int FirstPage = 100, LargestPage = 2_000, MostOpen = 1_000;

    private readonly Dictionary<string, OpenList> _open = [];
    private readonly Queue<string> _order = new();
    private long _last;

    /// <summary>The first page, as the protocol has it.</summary>
    public JsonObject Begin(IEnumerable<JsonNode?> rows, long? total)
    {
        var name = (++_last).ToString(CultureInfo.InvariantCulture);
        _open[name] = new(rows.GetEnumerator(), total);
        _order.Enqueue(name);
        var first = Next(name, 0);
        while (_open.Count > MostOpen) Close(_order.Dequeue());
        return first;
    }

    /// <summary>The next page; may be empty where the end was not known.</summary>
    /// <param name="cursor">The list.</param>
    /// <param name="have">How many rows of it the program has: a page that was lost on the way is not passed over.</param>
    /// <exception cref="ProgramCallException">The list is closed, or a row of it failed, which closes it.</exception>
    public JsonObject Next(string cursor, long have)
    {
        if (!_open.TryGetValue(cursor, out var list) || list.Given != have)
        {
            Close(cursor);
            throw new ProgramCallException("RuntimeError", $"stale_cursor: this list is closed, because a row of it failed or was lost, more than {MostOpen} others were opened since, or its worker ended. Ask for it again");
        }
        var rows = Page(cursor, list);
        list.Page = Math.Min(list.Page * 4, LargestPage);
        if (list.IsAtEnd) Close(cursor);
        return new() { ["$rows"] = rows, ["$more"] = list.IsAtEnd ? null : cursor, ["$total"] = list.Total };
    }

    private JsonArray Page(string cursor, OpenList list)
    {
        var rows = new JsonArray();
        try
        {
            while (rows.Count < list.Page && !list.IsAtEnd)
                if (list.Rows.MoveNext()) list.Take(rows);
                else list.IsAtEnd = true;
            return rows;
        }
        catch
        {
            // What was taken is lost with the page: the rest alone would be a list with a hole.
            Close(cursor);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var name in _open.Keys.ToList()) Close(name);
    }

    private void Close(string name)
    {
        if (_open.Remove(name, out var list)) list.Rows.Dispose();
    }

    private sealed class OpenList(IEnumerator<JsonNode?> rows, long? total)
    {
        /// <summary>Rows that were handed out.</summary>
        public long Given { get; private set; }

        public IEnumerator<JsonNode?> Rows => rows;

        public long? Total => total;

        public int Page { get; set; } = FirstPage;

        public bool IsAtEnd { get; set; }

        public void Take(JsonArray page)
        {
            page.Add(rows.Current);
            IsAtEnd = ++Given == total;
        }
    }
}
