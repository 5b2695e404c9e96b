using System.Text.Json.Serialization;
using Rlm.Context.Files;

namespace Rlm.Context.Scopes;

/// <summary>One item of a scope or set: a file, or lines of it, perhaps a symbol.</summary>
/// <param name="Path">The file.</param>
/// <param name="Range">Its lines; null for the whole file.</param>
/// <param name="Symbol">Symbol path inside the file, when the lines are a symbol's or a match's enclosing one.</param>
/// <param name="Handle">Handle of the lines; the path itself for a whole file.</param>
public sealed record SetItem(RepoPath Path, LineRange? Range, string? Symbol, string Handle)
{
    /// <summary>A whole file as an item.</summary>
    public static SetItem OfFile(RepoPath path) => new(path, null, null, path.Value);

    /// <summary>Size and time of the file when the item was made; lets a later use skip the check of unchanged files. Null for whole files.</summary>
    public FileStamp? Stamp { get; init; }

    /// <summary>True when the lines are all of the symbol and not a match inside it.</summary>
    public bool IsWholeSymbol { get; init; }

    /// <summary>Items are the same when path and range are, or path and symbol.</summary>
    internal string Identity => Range is { } range ? $"{Path.Value}\n{range}" : Path.Value;
}

/// <summary>How an item stands on disk: one JSON object a line.</summary>
internal sealed record SetItemRecord(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("start")] int? Start,
    [property: JsonPropertyName("end")] int? End,
    [property: JsonPropertyName("symbol")] string? Symbol,
    [property: JsonPropertyName("handle")] string Handle,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("modified")] long Modified,
    [property: JsonPropertyName("changed")] long Changed,
    [property: JsonPropertyName("file")] ulong FileId,
    [property: JsonPropertyName("whole")] bool WholeSymbol)
{
    public static SetItemRecord Of(SetItem item)
    {
        var stamp = item.Stamp ?? default;
        return new(item.Path.Value, item.Range?.Start, item.Range?.End, item.Symbol, item.Handle, stamp.Bytes, stamp.ModifiedNs, stamp.ChangedNs, stamp.FileId, item.IsWholeSymbol);
    }

    public SetItem ToItem() => new(new(Path), Start is { } start && End is { } end ? new LineRange(start, end) : null, Symbol, Handle)
    {
        IsWholeSymbol = WholeSymbol,
        Stamp = Modified == 0 ? null : new FileStamp(Bytes, Modified, Changed, FileId),
    };
}

[JsonSerializable(typeof(SetItemRecord))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class SetJson : JsonSerializerContext;
