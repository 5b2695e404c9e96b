using Rlm.Context;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The biggest types of each file, where outlining all files is quick enough (8 MB); larger maps say that types were left out.</summary>
internal sealed class TypeNames
{
    private const long MaxBytes = 8_000_000;

    private readonly IReadOnlyList<(string Name, int Lines)>[] _types;

    private TypeNames(IReadOnlyList<(string, int)>[] types) => _types = types;

    /// <summary>Null when there is too much to outline.</summary>
    public static TypeNames? Of(ToolCall call, ReadOnlyMemory<FileEntry> files)
    {
        long bytes = 0;
        foreach (var file in files.Span)
            if (!file.IsLarge && IsCode(file.Language)) bytes += file.Stamp.Bytes;
        if (bytes > MaxBytes) return null;
        var types = new IReadOnlyList<(string, int)>[files.Length];
        ContextWork.ForEach(files.Length, call.Context.Progress, "outlining", call.Cancellation, index =>
        {
            var file = files.Span[index];
            types[index] = file.IsLarge || !IsCode(file.Language) ? [] : [.. call.Store.Symbols.SymbolsOf(file, call.Cancellation).Where(symbol => symbol.IsType).Select(symbol => (symbol.Name, symbol.Range.Count))];
        });
        return new(types);
    }

    /// <summary>Names of the biggest types in some files.</summary>
    public IReadOnlyList<string> Biggest(IEnumerable<int> files, int count) =>
        [.. files.SelectMany(file => _types[file]).OrderByDescending(type => type.Lines).ThenBy(type => type.Name, StringComparer.Ordinal).Select(type => type.Name).Distinct().Take(count)];

    private static bool IsCode(string language) => language is not ("text" or "markdown" or "json" or "yaml" or "xml" or "csv" or "log" or "html" or "css" or "toml" or "ini");
}
