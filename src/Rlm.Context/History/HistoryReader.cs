using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Indexing;
using Rlm.Context.History.Objects;
using Rlm.Context.History.Opening;
using Rlm.Context.History.Walking;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.History;

/// <summary>One look into a repository, for one thread. Its refs are those of the moment when it was opened.</summary>
public sealed class HistoryReader : IDisposable
{
    private readonly ContextStore _store;
    private readonly OpenedRepository _repository;

    internal HistoryReader(ContextStore store, OpenedRepository repository, CommitIndex index)
    {
        (_store, _repository) = (store, repository);
        Objects = repository.Take();
        Refs = new(repository.Folder);
        Graph = new(Objects, Refs, index);
        Revisions = new(Refs, Objects);
        Rules = new(store.Root, store.Options);
    }

    /// <summary>The commit of <c>HEAD</c>.</summary>
    /// <exception cref="ContextException"><c>not_available</c>: there is no commit yet.</exception>
    public GitId Head => Revisions.Find("HEAD");

    /// <summary>The branch of <c>HEAD</c> by its full name; null when it is detached.</summary>
    public string? HeadName => Refs.HeadName;

    /// <summary>What an answer must say of the clone: shallow, partial; null for an ordinary one.</summary>
    public string? CloneNote => Graph.IsShallow ? "shallow clone: older history is not here" : _repository.Folder.Config.IsPartialClone ? "partial clone: files that were not fetched are left out" : null;

    internal GitObjects Objects { get; }

    internal GitRefs Refs { get; }

    internal CommitGraph Graph { get; }

    internal Revisions Revisions { get; }

    internal PathRules Rules { get; }

    /// <summary>The commit that a text means; null when there is none of that name.</summary>
    /// <exception cref="ContextException">It has a form that is not read here.</exception>
    public GitId? TryFind(string revision) => Revisions.TryFind(revision);

    /// <summary>The commit that a text means.</summary>
    /// <exception cref="ContextException">There is none; near names are given.</exception>
    public GitId Find(string revision) => Revisions.Find(revision);

    /// <summary>The two ends of <c>A..B</c>; of <c>A...B</c> the first is where both parted.</summary>
    /// <exception cref="ContextException">An end is not known, or the two have nothing in common.</exception>
    public (GitId From, GitId To) Range(string text)
    {
        var (from, to, fromMergeBase) = RevisionSyntax.Split(text) ?? throw new ContextException(ContextFault.BadArgument, $"asked {NameEscaping.Escape(text)}, which is no range of revisions", "Write A..B, such as main..HEAD.");
        var (first, second) = (Find(from), Find(to));
        return (fromMergeBase ? Objects.MergeBase(first, second) ?? throw new ContextException(ContextFault.BadArgument, $"asked {NameEscaping.Escape(text)}, whose ends have no commit in common", "Compare them directly with A..B.") : first, second);
    }

    /// <summary>A commit.</summary>
    /// <exception cref="ContextException">It is not in this clone.</exception>
    public CommitInfo Commit(GitId id) => Objects.Commit(id) ?? throw new ContextException(ContextFault.NotAvailable, $"commit {id.Short} is not in this clone", "Fetch it with git.");

    /// <summary>Whether a path may be shown: not secret, and not left out by ignore rules.</summary>
    public PathVerdict VerdictOf(RepoPath path) => Rules.Of(path);

    /// <summary>The commit that a text names so plainly that no symbol can be meant: a ref, a name with <c>~</c> or <c>^</c>, or seven digits and more; null otherwise.</summary>
    public GitId? NamesRevision(string text) =>
        Refs.Find(text) is not null || text.AsSpan().ContainsAny('~', '^') || (text.Length >= 7 && text.All(char.IsAsciiHexDigit)) ? Revisions.TryFind(text) : null;

    /// <summary>Whether a path that is not in the work tree once was: in <c>HEAD</c>, or in some commit found in two seconds.</summary>
    public bool WasThere(RepoPath path, CancellationToken cancellationToken)
    {
        if (Refs.Head() is not { } head || TreeOf(head) is var tree && Objects.At(tree, path) is not null) return Refs.Head() is not null;
        return Log([new(head, path, null)], null, null, new(_store.Options.Time, TimeSpan.FromSeconds(2)), cancellationToken).Items.Count > 0;
    }

    /// <summary>The commits that changed a file (renames followed) or folder; all of them for the root.</summary>
    /// <param name="starts">Where to begin, or to go on.</param>
    /// <param name="since">Older commits are left out.</param>
    /// <param name="from">Commits that lead to this one are left out; null for none.</param>
    /// <param name="deadline">When to stop.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public WalkResult<PathStep> Log(IReadOnlyList<WalkPlace> starts, DateTimeOffset? since, GitId? from, Deadline deadline, CancellationToken cancellationToken)
    {
        HashSet<GitId>? within = null;
        if (from is { } old && starts.Count > 0 && (within = Ancestry.Between(Graph, old, starts[0].Commit, deadline)) is null) return new([], starts, null, false);
        return new PathWalk(Graph, new PathTouches(Graph), deadline, cancellationToken).Run(starts, since?.ToUnixTimeSeconds(), within);
    }

    /// <summary>The commits that changed lines, carried back from <paramref name="starts"/>.</summary>
    public WalkResult<PathStep> SymbolLog(IReadOnlyList<WalkPlace> starts, DateTimeOffset? since, Deadline deadline, CancellationToken cancellationToken) =>
        new SymbolWalk(Graph, new PathTouches(Graph), Texts(), deadline, cancellationToken).Run(starts, since?.ToUnixTimeSeconds());

    /// <summary>Where the log of lines of the work tree begins: at <c>HEAD</c>, with the lines that they are there; nothing when none of them is committed.</summary>
    public IReadOnlyList<WalkPlace> StartOf(Target target, CancellationToken cancellationToken)
    {
        if (target.IsWholeFile) return [new(Head, target.Text.Path, null)];
        if (target.Text is not WholeText whole || Texts().Of(TreeOf(Head), target.Text.Path) is not { } committed) return [];
        var hunks = LineDiff.Compare(committed.Text, TextVersion.Of(whole.Text));
        cancellationToken.ThrowIfCancellationRequested();
        if (target.Symbol is { } symbol && LineTracking.Touches(hunks, target.Range)
            && _store.Outliners.Outline(new(whole.Path, whole.Language, committed.Text.Text), cancellationToken).All.FirstOrDefault(candidate => candidate.Path == symbol.Path) is { } before) return [new(Head, whole.Path, before.Range)];
        return LineTracking.Old(hunks, target.Range) is { } lines ? [new(Head, whole.Path, lines)] : [];
    }

    /// <summary>Whether lines of the work tree differ from <c>HEAD</c>.</summary>
    public bool IsUncommitted(Target target)
    {
        if (target.Text is not WholeText whole) return false;
        if (Texts().Of(TreeOf(Head), target.Text.Path) is not { } committed) return true;
        return LineTracking.Touches(LineDiff.Compare(committed.Text, TextVersion.Of(whole.Text)), target.Range);
    }

    /// <summary>Blames lines of the work tree's text.</summary>
    /// <param name="text">The file as it is.</param>
    /// <param name="range">The lines.</param>
    /// <param name="deadline">When to stop.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public (IReadOnlyList<BlamedLine> Lines, GitId? Oldest, bool MetBorder) Blame(WholeText text, LineRange range, Deadline deadline, CancellationToken cancellationToken)
    {
        var committed = Texts().Of(TreeOf(Head), text.Path);
        IReadOnlyList<LineHunk> hunks = committed is { } head ? LineDiff.Compare(head.Text, TextVersion.Of(text.Text)) : [];
        var lines = Enumerable.Range(range.Start, range.Count).Select(line => (Old: committed is null ? null : LineTracking.Old(hunks, line), Line: line)).ToArray();
        var walk = new BlameWalk(Graph, new PathTouches(Graph), Texts(), deadline, cancellationToken);
        var found = walk.Blame(Head, text.Path, lines.Where(pair => pair.Old is not null).Select(pair => (pair.Old!.Value, pair.Line)));
        return ([.. lines.Select(pair => found.TryGetValue(pair.Line, out var blamed) ? blamed : new(pair.Line, null, null, pair.Old is null, null))], walk.Oldest, Graph.MetBorder);
    }

    /// <summary>The files that a commit changed against its first parent, by path; none where a tree is not in this clone.</summary>
    public IReadOnlyList<RepoPath> FilesOf(GitId commit)
    {
        if (Graph.Index.Find(commit) is var place and >= 0) return [.. Graph.Index.PathsOf(place).Order()];
        if (Graph.Node(commit) is not { } node) return [];
        try
        {
            return [.. Objects.Changes(ParentOf(commit) is { } parent ? TreeOf(parent) : null, node.Tree, findsRenames: false).Select(change => change.Path).Order()];
        }
        catch (ContextException)
        {
            return [];
        }
    }

    /// <summary>Does something with each item on all processors, each with a reader of its own.</summary>
    internal void InParallel<T>(IReadOnlyList<T> items, Action<T, GitObjects> body, CancellationToken cancellationToken)
    {
        var readers = new System.Collections.Concurrent.ConcurrentBag<GitObjects>();
        try
        {
            Parallel.For(0, items.Count, new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Environment.ProcessorCount }, () =>
            {
                var reader = _repository.Take();
                readers.Add(reader);
                return reader;
            }, (index, _, reader) =>
            {
                body(items[index], reader);
                return reader;
            }, _ => { });
        }
        finally
        {
            foreach (var reader in readers) _repository.GiveBack(reader);
        }
    }

    /// <summary>Whether a commit has several parents.</summary>
    public bool IsMerge(GitId commit) => Graph.Node(commit) is { Parents.Length: > 1 };

    /// <summary>How two commits differ, down to symbols.</summary>
    /// <param name="from">The old commit; null for an empty tree.</param>
    /// <param name="to">The new commit.</param>
    /// <param name="where">Which files to compare.</param>
    /// <param name="deadline">Files that it leaves no time for are told as not compared.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public RangeDiff Diff(GitId? from, GitId to, Func<FileChange, bool> where, Deadline deadline, CancellationToken cancellationToken) =>
        new RevisionComparison(_repository, Objects, _store.Outliners, Rules, deadline, cancellationToken).Run(from is { } old ? TreeOf(old) : null, TreeOf(to), where);

    /// <summary>How files of the work tree differ from <c>HEAD</c>.</summary>
    /// <param name="files">Files of the work tree.</param>
    /// <param name="folder">The folder whose files that are gone are told too; null for none.</param>
    /// <param name="deadline">Files that it leaves no time for are told as not compared.</param>
    /// <param name="cancellationToken">Stops between files.</param>
    public RangeDiff Uncommitted(IReadOnlyList<RepoPath> files, RepoPath? folder, Deadline deadline, CancellationToken cancellationToken) =>
        new WorkTreeComparison(_store, Objects, Rules, deadline, cancellationToken).Run(Refs.Head() is null ? null : TreeOf(Head), files, folder);

    /// <summary>How many commits lead to one revision and not to another; null when that was not found out in a second.</summary>
    public int? Lacks(GitId from, GitId to) => Ancestry.Between(Graph, to, from, new(_store.Options.Time, TimeSpan.FromSeconds(1)))?.Count;

    /// <summary>The commit's first parent; null for one without, or at the border of a shallow clone.</summary>
    public GitId? ParentOf(GitId commit) => Graph.Node(commit) is { Parents: [var first, ..] } && Graph.Node(first) is not null ? first : null;

    /// <summary>Texts of revisions, with outlines by those who outline the work tree.</summary>
    internal RevisionTexts Texts() => new(Objects, _store.Outliners);

    private GitId TreeOf(GitId commit) => Graph.Node(commit)?.Tree ?? Commit(commit).Tree;

    /// <inheritdoc/>
    public void Dispose() => _repository.GiveBack(Objects);
}
