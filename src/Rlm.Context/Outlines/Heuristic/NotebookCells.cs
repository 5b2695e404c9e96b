using System.Text.Json;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.Heuristic;

/// <summary>Cells of a Jupyter notebook, named by number, kind and first line.</summary>
internal static class NotebookCells
{
    private const int MaxName = 60;

    /// <summary>Cells in file order with the lines of their JSON; what is no notebook gives its keys.</summary>
    public static List<Draft> Read(FileText text, CancellationToken cancellationToken)
    {
        try
        {
            return Cells(text, cancellationToken);
        }
        catch (JsonException)
        {
            return JsonKeys.Read(text, cancellationToken);
        }
    }

    private static List<Draft> Cells(FileText text, CancellationToken cancellationToken)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(text.Text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 64, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var drafts = new List<Draft>();
        var lines = new ByteLines(bytes);
        var isInCells = false;
        string kind = "cell", first = "";
        var start = 0;
        while (reader.Read() && drafts.Count < HeuristicOutliner.MaxSymbols)
        {
            cancellationToken.ThrowIfCancellationRequested();
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName when reader.CurrentDepth == 1:
                    isInCells = reader.ValueTextEquals("cells");
                    break;
                case JsonTokenType.StartObject when isInCells && reader.CurrentDepth == 2:
                    (start, kind, first) = (lines.LineOf((int)reader.TokenStartIndex), "cell", "");
                    break;
                case JsonTokenType.PropertyName when isInCells && reader.CurrentDepth == 3:
                    var isType = reader.ValueTextEquals("cell_type");
                    var isSource = reader.ValueTextEquals("source");
                    if (!reader.Read()) break;
                    if (isType && reader.TokenType == JsonTokenType.String) kind = reader.GetString()!;
                    else if (isSource) first = FirstLine(ref reader);
                    else reader.TrySkip();
                    break;
                case JsonTokenType.EndObject when isInCells && reader.CurrentDepth == 2:
                    var name = $"[{drafts.Count + 1}] {kind}{(first.Length > 0 ? ": " + first : "")}";
                    drafts.Add(new Draft(SymbolKinds.Cell, name) { Start = start, End = lines.LineOf((int)reader.TokenStartIndex), NameLine = start, DocStart = start, Signature = name });
                    break;
            }
        }
        return drafts;
    }

    private static string FirstLine(ref Utf8JsonReader reader)
    {
        var first = "";
        if (reader.TokenType == JsonTokenType.String) first = reader.GetString()!;
        else if (reader.TokenType == JsonTokenType.StartArray)
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                if (reader.TokenType == JsonTokenType.String && first.Length == 0) first = reader.GetString()!.Trim();
        var end = first.IndexOf('\n', StringComparison.Ordinal);
        var line = Markup.Sections.OneLine(end < 0 ? first : first.AsSpan(0, end));
        return line.Length <= MaxName ? line : line[..MaxName].TrimEnd() + "…";
    }

    /// <summary>Line numbers of byte offsets that only grow.</summary>
    private sealed class ByteLines(byte[] bytes)
    {
        private int _at, _line = 1;

        public int LineOf(int offset)
        {
            _line += bytes.AsSpan(_at, offset - _at).Count((byte)'\n');
            _at = offset;
            return _line;
        }
    }
}
