using Rlm.Context.Files;
using Rlm.Context.Search;
using Rlm.Mcp.Tools;

namespace Rlm.Mcp.Rendering;

/// <summary>The most mentioned types of each file and folder, or the biggest where nothing is counted yet; larger maps say that types were left out.</summary>
internal sealed class TypeNames
{
    private readonly IReadOnlyList<DeclaredType>[] _types;
    private readonly Dictionary<FolderNode, TopTypes> _folders = [];

    private TypeNames(IReadOnlyList<DeclaredType>[] types) => _types = types;

    /// <summary>Null when there is too much to outline.</summary>
    public static TypeNames? Of(ToolCall call, ReadOnlyMemory<FileEntry> files) =>
        call.Store.Types.Of(files, call.Context.Progress, call.Cancellation) is { } types ? new(Seen(call, files, types)) : null;

    // A session that sees only some lines of a file learns no names from the others.
    private static IReadOnlyList<DeclaredType>[] Seen(ToolCall call, ReadOnlyMemory<FileEntry> files, IReadOnlyList<DeclaredType>[] types) => call.Within is not { } within ? types
        : [.. types.Select((all, at) => within.RangesOf(files.Span[at].Path) is null ? all : [])];

    /// <summary>Whether mentions are counted, so that the names come in their order.</summary>
    public bool AreCounted => _types.Any(types => types.Any(type => type.Mentions > 0));

    /// <summary>Names of the first types of a file, most mentioned first, then biggest.</summary>
    /// <param name="file">Its index.</param>
    /// <param name="count">At most <see cref="TopTypes.Most"/>.</param>
    public IReadOnlyList<string> OfFile(int file, int count)
    {
        var top = new TopTypes();
        top.Add(_types[file]);
        return top.Names(count);
    }

    /// <summary>The same of all files below a folder. The first call for a folder looks at each of them, and at no file again that was below one asked for before.</summary>
    public IReadOnlyList<string> OfFolder(FolderNode folder, int count) => TopOf(folder).Names(count);

    private TopTypes TopOf(FolderNode folder)
    {
        if (_folders.TryGetValue(folder, out var known)) return known;
        var top = new TopTypes();
        foreach (var file in folder.Files) top.Add(_types[file]);
        foreach (var child in folder.Folders) top.Add(TopOf(child).Types);
        return _folders[folder] = top;
    }
}
