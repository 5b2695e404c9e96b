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
        var first = Next(name);
        while (_open.Count > MostOpen) Close(_order.Dequeue());
        return first;
    }

    /// <summary>The next page; may be empty where the end was not known.</summary>
    /// <exception cref="ProgramCallException">The list is closed.</exception>
    public JsonObject Next(string cursor)
    {
        if (!_open.TryGetValue(cursor, out var list)) throw new ProgramCallException("RuntimeError", $"stale_cursor: this list is closed, because more than {MostOpen} others were opened since, or its worker ended. Ask for it again");
        var rows = new JsonArray();
        while (rows.Count < list.Page && !list.IsAtEnd)
            if (list.Rows.MoveNext()) list.Take(rows);
            else list.IsAtEnd = true;
        list.Page = Math.Min(list.Page * 4, LargestPage);
        if (list.IsAtEnd) Close(cursor);
        return new() { ["$rows"] = rows, ["$more"] = list.IsAtEnd ? null : cursor, ["$total"] = list.Total };
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
        private long _given;

        public IEnumerator<JsonNode?> Rows => rows;

        public long? Total => total;

        public int Page { get; set; } = FirstPage;

        public bool IsAtEnd { get; set; }

        public void Take(JsonArray page)
        {
            page.Add(rows.Current);
            IsAtEnd = ++_given == total;
        }
    }
}
