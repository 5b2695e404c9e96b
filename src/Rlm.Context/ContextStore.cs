using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Rlm.Context.Binding;
using Rlm.Context.Files;
using Rlm.Context.Files.Watching;
using Rlm.Context.History;
using Rlm.Context.Index;
using Rlm.Context.Index.Building;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context;

/// <summary>
/// The holder that follows one repository. It hands out immutable <see cref="Snapshot"/>s and reads texts through the jail at the moment they are asked for,
/// so nothing quoted is older than the answer. Safe to use from many threads.
/// <code>
/// using var store = new ContextStore(new ContextOptions { Root = "/src/app" });
/// var snapshot = store.Current(null, cancellationToken);
/// var scope = store.Scopes.Resolve("src &amp; lang:csharp", snapshot, cancellationToken);
/// </code>
/// </summary>
public sealed class ContextStore : IDisposable
{
    private readonly TreeFollower _follower;
    private readonly OutlineCache _outlines = new();
    private readonly TextOpener _texts;

    /// <summary>Opens the root; reads nothing yet.</summary>
    /// <exception cref="RootAccessException">There is no such folder.</exception>
    public ContextStore(ContextOptions options)
    {
        Options = options;
        Root = RootFolder.OpenRoot(options.Root, options.Portable);
        _follower = new TreeFollower(Root, options);
        Reader = new FileReader(Root, options);
        Outliners = new OutlineProviders(options);
        _texts = new TextOpener(Root, Reader);
        Paths = new PathInput(Root.FullPath);
        CacheFolder = options.CacheFolder is null ? null : Path.Combine(options.CacheFolder, CacheKey(Root.FullPath));
        var cache = CacheFolder;
        Sets = new SetStore(cache is null ? null : Path.Combine(cache, "sets"));
        Journal = new HandleJournal(cache is null ? null : Path.Combine(cache, "handles"));
        Symbols = new SymbolFinder(this);
        Targets = new TargetResolver(this);
        Scopes = new ScopeResolver(this);
        LineCounts = new LineCounts(this);
        Projects = new(this);
        Traces = new(this);
        Types = new DeclaredTypes(this);
        Binder = new(this);
        History = new GitHistory(this);
        Index = new ContextIndex(this, cache is null ? null : Path.Combine(cache, "index"));
    }

    /// <summary>What the operator decided.</summary>
    public ContextOptions Options { get; }

    /// <summary>Where data derived from this root lies; null for nowhere.</summary>
    public string? CacheFolder { get; }

    /// <summary>Named sets.</summary>
    public SetStore Sets { get; }

    /// <summary>Finds symbols by what a caller wrote.</summary>
    public SymbolFinder Symbols { get; }

    /// <summary>Finds what a target means.</summary>
    public TargetResolver Targets { get; }

    /// <summary>Finds what a scope means.</summary>
    public ScopeResolver Scopes { get; }

    /// <summary>Line counts of whole files, kept between calls.</summary>
    public LineCounts LineCounts { get; }

    /// <summary>Types and how often they are mentioned.</summary>
    public DeclaredTypes Types { get; }

    /// <summary>The projects of the repository.</summary>
    public Projects.ProjectReader Projects { get; }

    /// <summary>Finds the places that pasted traces name.</summary>
    public Traces.TraceResolver Traces { get; }

    /// <summary>Exact relations of C#.</summary>
    internal CSharpBinder Binder { get; }

    /// <summary>What outlines texts here.</summary>
    internal OutlineProviders Outliners { get; }

    /// <summary>How the files came to be, where the root has a git repository.</summary>
    public GitHistory History { get; }

    internal RootFolder Root { get; }

    internal FileReader Reader { get; }

    internal PathInput Paths { get; }

    /// <summary>The persistent index, as far as there is one.</summary>
    internal ContextIndex Index { get; }

    /// <summary>Sites of names that were read before.</summary>
    internal Relations.UseCache Uses { get; } = new();

    /// <summary>Remembers the symbols at the handles given out.</summary>
    public HandleJournal Journal { get; }

    /// <summary>
    /// The snapshot to answer from: true to the disk at this moment when folders are watched or a scan is cheap (under 50 ms last time), else at most two seconds
    /// old; <see cref="AgeOf"/> tells. With a watch and no change it is the same object as before.
    /// </summary>
    /// <exception cref="RootAccessException">The root itself cannot be listed.</exception>
    public Snapshot Current(IProgress<ContextProgress>? progress, CancellationToken cancellationToken)
    {
        var snapshot = _follower.Current(progress, cancellationToken);
        Index.Follow(snapshot);
        History.Follow();
        return snapshot;
    }

    /// <summary>How long ago the snapshot was last known to be what is on disk.</summary>
    public TimeSpan AgeOf(Snapshot snapshot) => Options.Time.GetUtcNow() - snapshot.AsOf;

    /// <summary>Whether changes are told by the system, and if not, why.</summary>
    public WatchState Watching => _follower.State;

    /// <summary>The same, found out now, after a first <see cref="Current"/>. Time: one walk.</summary>
    public WatchState TryToWatch() => _follower.TryToWatch();

    /// <summary>Builds the index now, or brings it up to date; waits while another process writes it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public IndexReport BuildIndex(IProgress<ContextProgress>? progress, CancellationToken cancellationToken) => Index.Build(Current(progress, cancellationToken), progress, cancellationToken);

    /// <summary>How many files of the newest snapshot the index knows in their present version, and how many of these are outlined in it.</summary>
    public (int Texts, int Outlines) Indexed() => CurrentView() is { } view ? (view.Known, view.Outlined.Known) : default;

    /// <summary>How far the index is.</summary>
    public IndexStatus IndexStatus => Index.Status;

    /// <summary>The index laid beside the newest snapshot; null when there is none.</summary>
    internal IndexView? CurrentView() => _follower.Latest is { } snapshot ? Index.View(snapshot) : null;

    /// <summary>Reads a file as it is now, covered or not; secrets, binaries and anything outside the root are refused.</summary>
    /// <exception cref="ContextException">It cannot be had; the message says why and names near paths.</exception>
    public OpenText Open(RepoPath path, CancellationToken cancellationToken) => _texts.Open(path, _follower.Latest, cancellationToken);

    /// <summary>A symbol as an item of a set, as it stands now; null when the file has none of that path.</summary>
    public SetItem? ItemOf(RepoPath path, string symbol, CancellationToken cancellationToken)
    {
        var text = Open(path, cancellationToken);
        if (OutlineOf(text, cancellationToken).All.FirstOrDefault(candidate => candidate.Path == symbol) is not { } found) return null;
        return new(path, found.Range, symbol, Handle.Of(path, found.Range, text.Lines(found.Range)).ToString()) { Stamp = text.Stamp, IsWholeSymbol = true };
    }

    /// <summary>Whether a folder stands at a path, covered or not.</summary>
    public bool IsFolder(RepoPath path) => Root.KindOf(path) == EntryKind.Folder;

    /// <summary>The outline of a text, from memory or the index when this version was outlined before. Large texts have none.</summary>
    public Outline OutlineOf(OpenText text, CancellationToken cancellationToken) => _outlines.Get(text.Path, text.Stamp, () =>
        text is not WholeText whole ? new("none", [], "large file: read by line")
        : StoredOutlines.Read(this, text) ?? Outliners.Outline(new(text.Path, text.Language, whole.Text), cancellationToken));

    /// <summary>Makes those outlines of texts that neither memory nor the index has, where that means to start a program: once for all of them. <see cref="OutlineOf(OpenText, CancellationToken)"/> then finds them.</summary>
    internal void PrepareOutlines(IEnumerable<OpenText> texts, CancellationToken cancellationToken)
    {
        var missing = new List<WholeText>();
        foreach (var text in texts.OfType<WholeText>())
        {
            if (!Outliners.IsBatched(text.Language) || _outlines.Has(text.Path, text.Stamp)) continue;
            if (StoredOutlines.Symbols(this, text) is null) missing.Add(text);
        }
        if (missing.Count < 2) return;
        var outlines = Outliners.OutlineAll([.. missing.Select(text => new OutlineItem(text.Path, text.Language, text.Text))], cancellationToken);
        for (var at = 0; at < missing.Count; at++) _outlines.Get(missing[at].Path, missing[at].Stamp, () => outlines[at]);
    }

    /// <summary>What is asked of <see cref="OutlineOf(OpenText, CancellationToken)"/> most: the symbols around a few lines. Of a file with 20,000 symbols a tenth of the time.</summary>
    public SymbolsAround SymbolsAround(OpenText text, CancellationToken cancellationToken) => StoredOutlines.Symbols(this, text) is { } stored ? new(stored) : new(OutlineOf(text, cancellationToken));

    /// <summary>Whether a file's outline takes a program of its own and is neither in memory nor in the index.</summary>
    internal bool LacksOutline(FileEntry file) =>
        !file.IsLarge && Outliners.IsBatched(file.Language) && !_outlines.Has(file.Path, file.Stamp)
        && !(CurrentView() is { } view && view.Snapshot.IndexOf(file.Path) is >= 0 and var at && view.Snapshot.Files[at].Stamp == file.Stamp && view.Outlined.ContentOf(at) >= 0);

    /// <summary>The outline that the index keeps of a file in the version of the view; null when it has none.</summary>
    /// <exception cref="IndexDamagedException">The index is damaged.</exception>
    internal Outline? OutlineOf(IndexView view, int file)
    {
        if (view.Outlined.ContentOf(file) is var content && content < 0) return null;
        var entry = view.Snapshot.Files[file];
        return _outlines.Get(entry.Path, entry.Stamp, () => StoredOutlines.Read(view, content));
    }

    /// <summary>The lines of a file as it is now that match.</summary>
    internal List<LineHit> FindLines(FileEntry file, TextMatcher matcher, ImmutableArray<LineRange>? ranges, CancellationToken cancellationToken) =>
        LineFinder.Find(Open(file.Path, cancellationToken), matcher, ranges, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        Index.Dispose();
        Binder.Dispose();
        History.Dispose();
        _follower.Dispose();
        Root.Dispose();
    }

    // The folder's own name first, for people who look into the cache.
    private static string CacheKey(string root)
    {
        var name = new StringBuilder();
        foreach (var c in Path.GetFileName(root.TrimEnd('/', '\\'))) name.Append(char.IsAsciiLetterOrDigit(c) ? c : '_');
        return $"{(name.Length > 40 ? name.ToString(0, 40) : name.ToString())}-{ContentHash.Of(root.AsSpan())}";
    }
}
