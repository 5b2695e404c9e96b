using System.Collections.Immutable;
using Rlm.Context.Files;
using Rlm.Context.History.Opening;
using Rlm.Context.Slices;

namespace Rlm.Context.Scopes;

/// <summary>
/// Resolves what a caller wrote for <c>in</c> or <c>over</c> against a snapshot. Between whole files the operators work on files; a set of items is filtered
/// by path when the other side is files, and compared item by item when the other side is a set too. A range of revisions (<c>main..HEAD</c>) is the set of symbols that it changed.
/// </summary>
public sealed class ScopeResolver
{
    private readonly ContextStore _store;

    internal ScopeResolver(ContextStore store) => _store = store;

    /// <summary>Everything that the snapshot covers.</summary>
    public static Scope All(Snapshot snapshot) => new(snapshot.Files.AsMemory(), null, null, default);

    /// <summary>The scope of one expression; everything for null or white space.</summary>
    /// <exception cref="ContextException">Bad syntax, an unknown path, set, language or project, or a path outside the root.</exception>
    public Scope Resolve(string? text, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text)) return All(snapshot);
        return ToScope(Select(text, snapshot), snapshot, cancellationToken);
    }

    /// <summary>The scope that two expressions have in common.</summary>
    /// <exception cref="ContextException">As for one.</exception>
    public Scope ResolveBoth(string one, string other, Snapshot snapshot, CancellationToken cancellationToken) =>
        ToScope(Join('&', Select(one, snapshot), Select(other, snapshot)), snapshot, cancellationToken);

    private Selection Select(string text, Snapshot snapshot) => NamesPath(text, snapshot) ? Atom(text, quoted: true, snapshot) : Evaluate(ScopeSyntax.Parse(text), snapshot);

    /// <summary>The scope of scopes and targets (lines, symbols, handles) together: a list gives exactly those units.</summary>
    /// <exception cref="ContextException">As for one; a text that is neither a scope nor a target is told as a target.</exception>
    public Scope ResolveUnits(IReadOnlyList<string> texts, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (texts.Count == 0) return All(snapshot);
        var parts = texts.Select(text => SelectUnit(text, snapshot, cancellationToken)).ToArray();
        return ToScope(parts.Aggregate((left, right) => Join('|', left, right)), snapshot, cancellationToken);
    }

    private Selection SelectUnit(string text, Snapshot snapshot, CancellationToken cancellationToken)
    {
        try
        {
            return Select(text, snapshot);
        }
        catch (ContextException fault) when (fault.Fault == ContextFault.UnknownPath && !text.StartsWith("project:", StringComparison.Ordinal))
        {
            var targets = _store.Targets.Resolve(text, snapshot, cancellationToken);
            return new(null, [.. targets.Select(target => new SetItem(target.Text.Path, target.Range, target.Symbol?.Path, Handle.Of(target.Text.Path, target.Range, target.Text.Lines(target.Range)).ToString()) { IsWholeSymbol = target.Symbol is not null, Stamp = target.Text.Stamp })]);
        }
    }

    /// <summary>What two scopes have in common: files in both, of each the lines in both, and of each item the lines within.</summary>
    public static Scope Narrow(Scope scope, Scope by)
    {
        var theirs = by.Files.ToArray().Select(file => file.Path).ToHashSet();
        var ranges = new Dictionary<RepoPath, ImmutableArray<LineRange>>();
        var files = new List<FileEntry>();
        foreach (var file in scope.Files.Span)
        {
            if (!theirs.Contains(file.Path)) continue;
            var common = Common(scope.RangesOf(file.Path), by.RangesOf(file.Path));
            if (common is { IsEmpty: true }) continue;
            files.Add(file);
            if (common is { } lines) ranges[file.Path] = lines;
        }
        var narrowed = new Scope(files.ToArray(), ranges, null, scope.Losses);
        return new(narrowed.Files, ranges, (scope.Items is { } items ? items.SelectMany(item => Clipped(item, by)) : by.Items?.SelectMany(item => Clipped(item, scope)))?.ToArray(), scope.Losses) { IsOfChanges = scope.IsOfChanges || by.IsOfChanges };
    }

    private static IEnumerable<SetItem> Clipped(SetItem item, Scope by)
    {
        if (by.Holds(item.Path, item.Range)) return [item];
        if (by.RangesOf(item.Path) is not { } ranges) return [];
        return (Common(item.Range is { } own ? [own] : null, ranges) ?? []).Select(range => item with { Range = range, Symbol = null, IsWholeSymbol = false });
    }

    private static ImmutableArray<LineRange>? Common(ImmutableArray<LineRange>? left, ImmutableArray<LineRange>? right)
    {
        if (left is null || right is null) return left ?? right;
        var common = left.Value.SelectMany(one => right.Value.Select(other => new LineRange(Math.Max(one.Start, other.Start), Math.Min(one.End, other.End))));
        return [.. common.Where(range => range.Count > 0).Distinct().OrderBy(range => range.Start).ThenBy(range => range.End)];
    }

    /// <summary>A scope made of items.</summary>
    public Scope OfItems(IReadOnlyList<SetItem> items, Snapshot snapshot, CancellationToken cancellationToken) =>
        ToScope(new Selection(null, items), snapshot, cancellationToken);

    /// <summary>The path that a text names.</summary>
    /// <exception cref="ContextException">It leads outside.</exception>
    public RepoPath PathOf(string text) => _store.Paths.Normalize(text);

    // Either whole files or items.
    private sealed record Selection(ReadOnlyMemory<FileEntry>? Files, IReadOnlyList<SetItem>? Items)
    {
        /// <summary>What of a range of revisions has no place in the work tree.</summary>
        public ScopeLosses Losses { get; init; }

        /// <summary>A range of revisions is part of it.</summary>
        public bool IsOfChanges { get; init; }
    }

    /// <summary>True when the text as it stands names a file or folder, covered or not.</summary>
    public bool NamesPath(string text, Snapshot snapshot)
    {
        try
        {
            var path = _store.Paths.Normalize(text);
            return snapshot.Find(path) is not null || snapshot.HasFolder(path) || _store.Root.KindOf(path) != EntryKind.None;
        }
        catch (ContextException)
        {
            return false;
        }
    }

    private Selection Evaluate(ScopeSyntax syntax, Snapshot snapshot) => syntax switch
    {
        ScopeSyntax.Atom atom => Atom(atom.Text, atom.Quoted, snapshot),
        ScopeSyntax.Join join => Join(join.Operator, Evaluate(join.Left, snapshot), Evaluate(join.Right, snapshot)),
        _ => throw new InvalidOperationException(),
    };

    private Selection Atom(string text, bool quoted, Snapshot snapshot)
    {
        if (NamesPath(text, snapshot)) return Files(OfPath(text, snapshot));
        if (!quoted && text.StartsWith('@')) return new(null, _store.Sets.Load(text[1..]) ?? throw UnknownSet(text));
        if (!quoted && text.StartsWith("lang:", StringComparison.Ordinal)) return Files(OfLanguage(text[5..], snapshot));
        if (!quoted && text.StartsWith("project:", StringComparison.Ordinal)) return Files(OfProject(text[8..], snapshot, CancellationToken.None));
        if (!quoted && RevisionSyntax.IsRange(text))
        {
            var (items, losses) = _store.History.Changed(text, snapshot);
            return new(null, items) { Losses = losses, IsOfChanges = true };
        }
        if (text.AsSpan().ContainsAny('*', '?', '[')) return Files(OfGlob(text, snapshot));
        return Files(OfPath(text, snapshot));
    }

    private static Selection Files(ReadOnlyMemory<FileEntry> files) => new(files, null);

    private ReadOnlyMemory<FileEntry> OfPath(string text, Snapshot snapshot)
    {
        var path = _store.Paths.Normalize(text);
        if (snapshot.Find(path) is { } file) return new[] { file };
        if (path.IsRoot) return snapshot.Files.AsMemory();
        if (snapshot.HasFolder(path)) return snapshot.FilesIn(path).ToArray();
        if (SecretFiles.IsSecret(path) && _store.Root.KindOf(path) == EntryKind.File) throw PathErrors.Secret(path);
        return _store.Root.KindOf(path) switch
        {
            EntryKind.Folder => ReadOnlyMemory<FileEntry>.Empty, // nothing covered in it: the answer's proof shows 0 files
            EntryKind.None => throw PathErrors.Unknown(path, snapshot),
            EntryKind.Link => OfLink(path),
            _ => ReadOnlyMemory<FileEntry>.Empty,
        };
    }

    private ReadOnlyMemory<FileEntry> OfLink(RepoPath path)
    {
        try
        {
            _store.Root.Open(path, out _).Dispose();
        }
        catch (RootAccessException fault) when (fault.Fault == RootAccessFault.Outside)
        {
            throw PathErrors.Outside(path);
        }
        catch (RootAccessException)
        {
        }
        return ReadOnlyMemory<FileEntry>.Empty;
    }

    private static ReadOnlyMemory<FileEntry> OfLanguage(string word, Snapshot snapshot)
    {
        var language = Languages.Resolve(word) ?? throw new ContextException(ContextFault.BadArgument,
            $"language \"{word}\" is not known; known are {string.Join(", ", Languages.All)}", null, NearNames.Of(word, Languages.All));
        return Where(snapshot, file => file.Language == language);
    }

    private static ReadOnlyMemory<FileEntry> OfGlob(string glob, Snapshot snapshot)
    {
        var pattern = GlobPattern.Compile(glob);
        return Where(snapshot, file => pattern.IncludesFile(file.Path));
    }

    // The files that belong to the projects of that name; those of a nested project belong to that one.
    private ReadOnlyMemory<FileEntry> OfProject(string name, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var map = _store.Projects.Of(snapshot, cancellationToken);
        var named = map.Named(name);
        if (named.Count == 0)
            throw new ContextException(ContextFault.UnknownPath, $"project \"{NameEscaping.Escape(name)}\" is not known; {map.Projects.Count:N0} projects were found",
                "map(view: \"projects\") lists them.", NearNames.Of(name, map.Projects.Select(project => project.Name)));
        // A solution is often named like its main project, which is meant then.
        var folders = map.FoldersOf(named.Any(project => project.OwnsFiles) ? named.Where(project => project.OwnsFiles) : named);
        var owned = new Dictionary<RepoPath, bool>();
        return Where(snapshot, file => owned.TryGetValue(file.Path.Parent, out var isOwned) ? isOwned : owned[file.Path.Parent] = map.OwnersOf(file.Path).Any(owner => folders.Contains(owner.Folder)));
    }

    private static FileEntry[] Where(Snapshot snapshot, Func<FileEntry, bool> test)
    {
        var found = new List<FileEntry>();
        foreach (var file in snapshot.Files)
            if (test(file)) found.Add(file);
        return [.. found];
    }

    private static Selection Join(char symbol, Selection left, Selection right) =>
        Joined(symbol, left, right) with
        {
            Losses = symbol == '-' ? left.Losses : new(left.Losses.Gone + right.Losses.Gone, 0, left.Losses.NotCovered + right.Losses.NotCovered),
            IsOfChanges = left.IsOfChanges || (right.IsOfChanges && symbol != '-'),
        };

    private static Selection Joined(char symbol, Selection left, Selection right) => (left.Items, right.Items) switch
    {
        (null, null) => Files(JoinFiles(symbol, left.Files!.Value, right.Files!.Value)),
        ({ } items, null) => JoinByPath(symbol, items, right.Files!.Value),
        (null, { } items) when symbol == '-' => Files(Without(left.Files!.Value, [.. items.Select(item => item.Path)])),
        (null, { } items) => JoinByPath(symbol, items, left.Files!.Value),
        ({ } some, { } other) => new(null, JoinItems(symbol, some, other)),
    };

    private static FileEntry[] JoinFiles(char symbol, ReadOnlyMemory<FileEntry> left, ReadOnlyMemory<FileEntry> right)
    {
        var other = right.ToArray().Select(file => file.Path).ToHashSet();
        return symbol switch
        {
            '&' => [.. left.ToArray().Where(file => other.Contains(file.Path))],
            '-' => Without(left, other),
            _ => [.. left.ToArray().Where(file => !other.Contains(file.Path)).Concat(right.ToArray()).OrderBy(file => file.Path)],
        };
    }

    private static FileEntry[] Without(ReadOnlyMemory<FileEntry> files, HashSet<RepoPath> paths) => [.. files.ToArray().Where(file => !paths.Contains(file.Path))];

    private static Selection JoinByPath(char symbol, IReadOnlyList<SetItem> items, ReadOnlyMemory<FileEntry> files)
    {
        var paths = files.ToArray().Select(file => file.Path).ToHashSet();
        return new(null, symbol switch
        {
            '&' => [.. items.Where(item => paths.Contains(item.Path))],
            '-' => [.. items.Where(item => !paths.Contains(item.Path))],
            _ => JoinItems('|', items, [.. files.ToArray().Select(file => SetItem.OfFile(file.Path))]),
        });
    }

    private static List<SetItem> JoinItems(char symbol, IReadOnlyList<SetItem> left, IReadOnlyList<SetItem> right)
    {
        var ranges = right.Select(item => item.Identity).ToHashSet(StringComparer.Ordinal);
        var symbols = right.Where(item => item.Symbol is not null && item.IsWholeSymbol).Select(item => (item.Path, item.Symbol)).ToHashSet();
        bool InRight(SetItem item) => ranges.Contains(item.Identity) || (item.IsWholeSymbol && symbols.Contains((item.Path, item.Symbol)));
        var kept = symbol switch
        {
            '&' => left.Where(InRight),
            '-' => left.Where(item => !InRight(item)),
            _ => left.Concat(right),
        };
        return [.. kept.DistinctBy(item => item.Identity).OrderBy(item => item.Path).ThenBy(item => item.Range?.Start ?? 0).ThenBy(item => item.Range?.End ?? 0)];
    }

    private Scope ToScope(Selection selection, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (selection.Items is null) return new(selection.Files!.Value, null, null, default);
        var (gone, moved, notCovered) = (selection.Losses.Gone, 0, selection.Losses.NotCovered);
        var now = new List<SetItem>();
        foreach (var group in selection.Items.GroupBy(item => item.Path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (snapshot.Find(group.Key) is not { } file)
            {
                if (_store.Root.KindOf(group.Key) == EntryKind.None) gone += group.Count();
                else notCovered += group.Count();
                continue;
            }
            foreach (var item in new ItemFollower(_store, file, cancellationToken).Follow(group, ref gone, ref moved)) now.Add(item);
        }
        now = [.. now.OrderBy(item => item.Path).ThenBy(item => item.Range?.Start ?? 0).ThenBy(item => item.Range?.End ?? 0)];
        var files = now.Select(item => item.Path).Distinct().Select(path => snapshot.Find(path)!).ToArray();
        var ranges = now.GroupBy(item => item.Path).ToDictionary(group => group.Key, RangesOf);
        return new(files, ranges, now, new(gone, moved, notCovered)) { IsOfChanges = selection.IsOfChanges };
    }

    private static ImmutableArray<LineRange> RangesOf(IEnumerable<SetItem> items) =>
        items.Any(item => item.Range is null) ? default : [.. items.Select(item => item.Range!.Value)];

    private ContextException UnknownSet(string text) =>
        new(ContextFault.UnknownSet, $"set {text} is not known", _store.Sets.Names() is { Count: > 0 } names ? $"Known: {string.Join(", ", names.Take(20).Select(name => "@" + name))}." : "No set has been kept yet: give as: \"name\" to a search.",
            NearNames.Of(text[1..], _store.Sets.Names()));
}
