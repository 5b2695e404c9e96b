using Rlm.Context.Files;

namespace Rlm.Context.Tests.Files;

/// <summary>A tree in memory and the plainest statement of what a path in it means.</summary>
internal sealed class JailOracle
{
    /// <summary>Nodes by path; a link's text is its target, a file's its content.</summary>
    public Dictionary<string, (EntryKind Kind, string Text)> Nodes { get; } = new(StringComparer.Ordinal) { [""] = (EntryKind.Folder, "") };

    private int _links;

    /// <summary>The path of the node with all links followed, or the fault.</summary>
    public (string? Path, RootAccessFault Fault) Resolve(string path, bool followLast)
    {
        _links = 0;
        return path.StartsWith('/') ? (null, RootAccessFault.Outside) : From("", path, followLast);
    }

    private (string? Path, RootAccessFault Fault) From(string folder, string path, bool followLast)
    {
        var slash = path.IndexOf('/');
        var (part, rest) = slash < 0 ? (path, null) : (path[..slash], path[(slash + 1)..]);
        if (Nodes[folder].Kind != EntryKind.Folder) return (null, RootAccessFault.NotFound);
        var (next, fault) = One(folder, part, followLast || rest is not null);
        return next is null || rest is null ? (next, fault) : From(next, rest, followLast);
    }

    private (string? Path, RootAccessFault Fault) One(string folder, string part, bool follow)
    {
        if (part is "" or ".") return (folder, default);
        if (part == ".." && folder == "") return (null, RootAccessFault.Outside);
        if (part == "..") return (folder.Contains('/') ? folder[..folder.LastIndexOf('/')] : "", default);
        var path = folder == "" ? part : folder + "/" + part;
        if (!Nodes.TryGetValue(path, out var node)) return (null, RootAccessFault.NotFound);
        if (node.Kind != EntryKind.Link || !follow) return (path, default);
        if (++_links > 40) return (null, RootAccessFault.NotFound);
        return node.Text.StartsWith('/') ? (null, RootAccessFault.Outside) : From(folder, node.Text, followLast: true);
    }
}
