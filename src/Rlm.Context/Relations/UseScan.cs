using System.Collections.Concurrent;
using Rlm.Context.Files;
using Rlm.Context.Relations.CSharp;
using Rlm.Context.Scopes;
using Rlm.Context.Search;

namespace Rlm.Context.Relations;

/// <summary>Finds the sites of names in a scope until a deadline: the index chooses the files, each is read as code once, and what was left out is counted.</summary>
/// <param name="store">The store.</param>
/// <param name="scope">Where sites may lie.</param>
/// <param name="typeNames">Names that are known as those of types.</param>
/// <param name="deadline">When to stop.</param>
/// <param name="cancellationToken">Ends it with no result.</param>
internal sealed class UseScan(ContextStore store, Scope scope, ISet<string> typeNames, Deadline deadline, CancellationToken cancellationToken)
{
    private const double ShareOfSearch = 0.6;

    private readonly UseReader _reader = new(store, typeNames.Contains, cancellationToken);
    private readonly HashSet<(RepoPath, int)> _mentions = [];
    private readonly List<UnreadFile> _unread = [];

    /// <summary>Lines with names in comments, strings and prose, so far.</summary>
    public IReadOnlyCollection<(RepoPath Path, int Line)> Mentions => _mentions;

    /// <summary>Files not read as code, so far.</summary>
    public IReadOnlyList<UnreadFile> Unread => _unread;

    /// <summary>Files that may hold a name and were not looked at, so far.</summary>
    public int Unseen { get; private set; }

    /// <summary>Files that could not be read, so far.</summary>
    public int Faults { get; private set; }

    /// <summary>All sites of the names, each name looked for once.</summary>
    public List<RelationSite> Find(IEnumerable<string> names, int depth) => Find(names, depth, basesOnly: false);

    /// <summary>Those in base lists; files in which none can be are not parsed.</summary>
    public List<RelationSite> FindBases(IEnumerable<string> names, int depth) => [.. Find(names, depth, basesOnly: true).Where(site => site.Kind is SiteKinds.Base)];

    private List<RelationSite> Find(IEnumerable<string> names, int depth, bool basesOnly)
    {
        var wanted = new SortedDictionary<RepoPath, (FileEntry File, List<(string Name, int Lines)> Names)>();
        // Looking for files may not use up the time of reading them.
        var isOver = deadline.Share(ShareOfSearch);
        foreach (var name in names)
        {
            var files = WordFiles.Of(store, name, scope, isOver, cancellationToken);
            (Unseen, Faults) = (Unseen + files.Unseen, Faults + files.Faults);
            foreach (var (file, lines) in files.Files)
            {
                if (!wanted.TryGetValue(file.Path, out var ofFile)) wanted[file.Path] = ofFile = (file, []);
                ofFile.Names.Add((name, lines));
            }
        }
        return Read([.. wanted.Values], depth, basesOnly);
    }

    private List<RelationSite> Read(IReadOnlyList<(FileEntry File, List<(string Name, int Lines)> Names)> files, int depth, bool basesOnly)
    {
        var sites = new IReadOnlyList<RelationSite>?[files.Count];
        var mentions = new ConcurrentBag<(RepoPath, int)>();
        ParallelFiles.Run(files.Count, null, "", cancellationToken, () => 0, (at, _) =>
        {
            var found = OfFile(files[at].File, [.. files[at].Names.Select(name => name.Name)], basesOnly);
            if (found is null) return;
            sites[at] = [.. found.SelectMany(name => name.Found).Where(site => InScope(site.Path, site.Line)).OrderBy(site => site.Order)];
            foreach (var line in found.SelectMany(name => name.Mentions).Where(line => InScope(files[at].File.Path, line))) mentions.Add((files[at].File.Path, line));
        });
        foreach (var mention in mentions) _mentions.Add(mention);
        for (var at = 0; at < files.Count; at++)
            if (sites[at] is null) _unread.AddRange(files[at].Names.Select(name => new UnreadFile(files[at].File, name.Name, name.Lines)));
        return [.. sites.Where(found => found is not null).SelectMany(found => found!).Select(site => depth == 1 ? site : site with { Depth = depth })];
    }

    // Null when the file was not read as code; empty when it is gone.
    private List<UseCache.Sites>? OfFile(FileEntry file, IReadOnlyList<string> names, bool basesOnly)
    {
        if (file.IsLarge) return null;
        var known = names.Select(name => (Name: name, Sites: store.Uses.Get(KeyOf(file.Path, file.Stamp, name)))).ToArray();
        var missing = known.Where(name => name.Sites is null).Select(name => name.Name).ToArray();
        if (missing.Length == 0) return [.. known.Select(name => name.Sites!)];
        if (deadline.IsOver()) return null;
        try
        {
            if (store.Open(file.Path, cancellationToken) is not WholeText text) return null;
            if (basesOnly && text.Language == "csharp" && !BasePlaces.MayHold(text.Text.Text, WordPlaces.Of(text.Text.Text, missing))) return [.. known.Where(name => name.Sites is not null).Select(name => name.Sites!)];
            var uses = _reader.Read(text, missing).ToLookup(use => use.Name);
            return [.. known.Select(name => name.Sites ?? Kept(text, name.Name, uses[name.Name]))];
        }
        catch (ContextException)
        {
            return []; // deleted or replaced since the walk
        }
    }

    private UseCache.Sites Kept(WholeText text, string name, IEnumerable<NameUse> uses)
    {
        var sites = new List<RelationSite>();
        var mentions = new List<int>();
        foreach (var use in uses)
        {
            var line = text.Text.Lines.LineOf(use.Offset);
            if (use.Kind == SiteKinds.Mention) mentions.Add(line);
            else sites.Add(new(text.Path, text.Stamp, line, use.Offset - text.Text.Lines.StartOf(line) + 1, name, use.Kind, use.Certainty, 1) { AlsoReads = use.AlsoReads });
        }
        var kept = new UseCache.Sites(sites, mentions);
        store.Uses.Put(KeyOf(text.Path, text.Stamp, name), kept);
        return kept;
    }

    private UseCache.Key KeyOf(RepoPath path, FileStamp stamp, string name) => new(path, stamp, name, typeNames.Contains(name));

    private bool InScope(RepoPath path, int line) => scope.RangesOf(path) is not { } ranges || ranges.Any(range => range.Contains(line));
}
