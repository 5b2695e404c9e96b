using Rlm.Context.Files;
using Rlm.Context.Search;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The most mentioned types of each file, or the biggest where nothing is counted yet; larger maps say that types were left out.</summary>
internal sealed class TypeNames
{
    private readonly IReadOnlyList<DeclaredType>[] _types;

    private TypeNames(IReadOnlyList<DeclaredType>[] types) => _types = types;

    /// <summary>Null when there is too much to outline.</summary>
    public static TypeNames? Of(ToolCall call, ReadOnlyMemory<FileEntry> files) =>
        call.Store.Types.Of(files, call.Context.Progress, call.Cancellation) is { } types ? new(types) : null;

    /// <summary>Whether mentions are counted, so that the names come in their order.</summary>
    public bool AreCounted => _types.Any(types => types.Any(type => type.Mentions > 0));

    /// <summary>Names of the first types in some files, most mentioned first, then biggest.</summary>
    public IReadOnlyList<string> First(IEnumerable<int> files, int count) =>
        [.. files.SelectMany(file => _types[file]).OrderByDescending(type => type.Mentions).ThenByDescending(type => type.Lines).ThenBy(type => type.Name, StringComparer.Ordinal).Select(type => type.Name).Distinct().Take(count)];
}
