namespace Rlm.Context.Files;

/// <summary>
/// Resolves links by hand, one component at a time, so that both forms of <see cref="RootFolder"/> agree on what a path means and so
/// that the file behind a link has a name (a link to a secret file is a secret file). The rules are those of openat2(2) with
/// RESOLVE_BENEATH: <c>..</c> may not climb above the root, not even for a moment, and every absolute target is outside.
/// The outcome is only a proposal: it is then opened with links forbidden, so a swap in between fails instead of leading elsewhere.
/// </summary>
internal sealed class LinkResolver(ILinkSource source)
{
    private const int MaxLinks = 40;

    private readonly List<string> _done = [];
    private readonly Stack<string> _pending = new();
    private int _links;
    private bool _standsOnFolder = true;

    /// <summary>Null and the path free of links; or why there is none.</summary>
    public RootAccessFault? Resolve(string path, LinkRule rule, out string real)
    {
        real = "";
        if (path.StartsWith('/')) return RootAccessFault.Outside;
        Push(path);
        while (_pending.TryPop(out var part))
            if (Step(part, rule) is { } fault) return fault;
        real = string.Join('/', _done);
        return null;
    }

    private RootAccessFault? Step(string part, LinkRule rule)
    {
        if (!_standsOnFolder) return rule == LinkRule.Forbid ? RootAccessFault.NotAFile : RootAccessFault.NotFound;
        if (part is "" or ".") return null;
        if (part == "..") return Climb();
        var path = _done.Count == 0 ? part : string.Join('/', _done) + "/" + part;
        if (source.Probe(path, out var kind) is { } fault) return fault;
        if (kind == EntryKind.Link && rule == LinkRule.Forbid) return RootAccessFault.NotAFile;
        if (kind == EntryKind.Link && (rule == LinkRule.Follow || _pending.Count > 0)) return Follow(path);
        _standsOnFolder = kind == EntryKind.Folder;
        _done.Add(part);
        return null;
    }

    private RootAccessFault? Climb()
    {
        if (_done.Count == 0) return RootAccessFault.Outside;
        _done.RemoveAt(_done.Count - 1);
        return null;
    }

    private RootAccessFault? Follow(string path)
    {
        if (++_links > MaxLinks || source.ReadLink(path) is not { Length: > 0 } target) return RootAccessFault.NotFound;
        if (target.StartsWith('/')) return RootAccessFault.Outside;
        Push(target);
        return null;
    }

    private void Push(string path)
    {
        foreach (var part in path.Split('/').Reverse()) _pending.Push(part);
    }
}

/// <summary>What a <see cref="LinkResolver"/> does with links.</summary>
internal enum LinkRule
{
    /// <summary>Follows all of them.</summary>
    Follow,
    /// <summary>Follows those on the way; a link at the end is the result.</summary>
    KeepLast,
    /// <summary>Refuses any.</summary>
    Forbid,
}

/// <summary>What a <see cref="LinkResolver"/> asks the file system; paths are relative to the root and hold no links but perhaps the last.</summary>
internal interface ILinkSource
{
    /// <summary>Null and what stands there itself; or why that cannot be said.</summary>
    RootAccessFault? Probe(string path, out EntryKind kind);

    /// <summary>The target of a link; null when it is gone or cannot be written as text.</summary>
    string? ReadLink(string path);
}
