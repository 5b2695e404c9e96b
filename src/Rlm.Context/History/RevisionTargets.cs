using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Context.Files;
using Rlm.Context.History.Comparing;
using Rlm.Context.History.Objects;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.History;

/// <summary>
/// Finds what a target means in a revision: a path, <c>path:10-42</c>, <c>path:10:5-80</c>, a handle, <c>path#Symbol</c> or a symbol. The rules of the work tree hold:
/// secret files are refused, links are not followed.
/// </summary>
public sealed partial class RevisionTargets
{
    private static readonly TimeSpan SearchLimit = TimeSpan.FromSeconds(15);

    private readonly ContextStore _store;
    private readonly HistoryReader _reader;
    private readonly GitId _commit, _tree;
    private readonly CancellationToken _cancellation;

    /// <summary>For one revision.</summary>
    /// <exception cref="ContextException">There is no such revision.</exception>
    public RevisionTargets(ContextStore store, HistoryReader reader, string revision, CancellationToken cancellationToken)
    {
        (_store, _reader, _commit, _cancellation) = (store, reader, reader.Find(revision), cancellationToken);
        _tree = reader.Graph.Node(_commit)?.Tree ?? reader.Commit(_commit).Tree;
    }

    /// <summary>The revision, as answers show it.</summary>
    public string Shown => _commit.Short;

    /// <summary>All that the target means; never empty.</summary>
    /// <exception cref="ContextException">It means nothing in the revision, or may not be read.</exception>
    public IReadOnlyList<Target> Resolve(string asked)
    {
        if (asked.Length is 0 or > 4096) throw new ContextException(ContextFault.BadArgument, "a target is empty or has more than 4,096 characters", "Give a path, path:10-42 or a symbol.");
        if (asked.StartsWith('@') && Entry(asked) is null) throw new ContextException(ContextFault.BadArgument, $"asked {NameEscaping.Escape(asked)} under rev; sets hold items of the work tree", "Give paths or symbols with rev.");
        if (Entry(asked) is { } exact) return [Whole(asked, exact)];
        if (Handle.TryParse(NameEscaping.Unescape(asked), out var handle) && Entry(handle.Value.Path.Value) is { } held) return [OfHandle(asked, handle.Value, Open(held))];
        if (LinesPattern().Match(asked) is { Success: true } lines && Entry(lines.Groups["path"].Value) is { } file) return [OfLines(asked, lines, Open(file))];
        for (var at = asked.LastIndexOf('#'); at > 0; at = asked.LastIndexOf('#', at - 1))
            if (Entry(asked[..at]) is { } path && at + 1 < asked.Length) return OfSymbolIn(asked, asked[(at + 1)..], Open(path));
        if (asked.Contains('/') && !asked.Contains("operator", StringComparison.Ordinal)) throw Unknown(asked);
        return OfSymbol(asked);
    }

    // The path as far as something stands there in the revision.
    private RepoPath? Entry(string written)
    {
        try
        {
            var path = _store.Paths.Normalize(written);
            return path.IsRoot || _reader.Objects.At(_tree, path) is not null ? path : null;
        }
        catch (ContextException fault) when (fault.Fault == ContextFault.OutsideRoot && !written.Contains('/'))
        {
            return null;
        }
    }

    private Target Whole(string asked, RepoPath path)
    {
        var text = Open(path);
        return new(asked, text, text.All) { IsWholeFile = true };
    }

    private WholeText Open(RepoPath path)
    {
        if (SecretFiles.IsRefused(path, _store.Options)) throw PathErrors.Secret(path);
        var entry = _reader.Objects.At(_tree, path)!.Value;
        if (entry.Kind != EntryInfoKind.File) throw Refused(path, entry.Kind switch { EntryInfoKind.Folder => "a folder", EntryInfoKind.Link => "a link, which is not followed,", _ => "a submodule" });
        var version = TextVersion.Of(_reader.Objects, entry.Id) ?? throw Refused(path, _reader.Objects.SizeOf(entry.Id) is { } size ? string.Create(CultureInfo.InvariantCulture, $"too large ({size:N0} bytes)") : "not in this clone");
        return version.IsBinary ? throw Refused(path, "binary") : TextOf(path, entry.Id, version);
    }

    private WholeText TextOf(RepoPath path, GitId blob, TextVersion version)
    {
        // A stamp that no file of the work tree has, so that outlines kept by stamps are told apart.
        var mark = unchecked((long)(((ulong)blob.GetHashCode() << 32) | 0xFFFF_FFFF));
        return new(path, new(version.Text.Text.Length, mark, mark, ulong.MaxValue), Languages.OfFileName(path.Name), version.Text) { Revision = version.IsPointer ? Shown + ", a large-file pointer" : Shown };
    }

    private ContextException Refused(RepoPath path, string what) => new(ContextFault.BadArgument, $"asked {NameEscaping.Escape(path.Value)} at {Shown}, which is {what} there", "Ask for a text file of that revision.");

    private Target OfHandle(string asked, Handle handle, WholeText text)
    {
        var followed = HandleFollower.Follow(handle, text, () => _store.OutlineOf(text, _cancellation), null)
            ?? throw new ContextException(ContextFault.OutOfRange, $"asked {NameEscaping.Escape(asked)}, whose text is not in {NameEscaping.Escape(text.Path.Value)} at {Shown}", "Read the file at that revision, or leave rev out.");
        return new(asked, text, followed.Range) { Moved = followed.Reason is { } reason ? new(handle, reason) : null };
    }

    private Target OfLines(string asked, Match match, WholeText text)
    {
        int Number(string group, int standard) => match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : standard;
        var start = Number("start", 1);
        var end = Number("end", start);
        if (start < 1 || end < start || start > text.LineCount) throw new ContextException(ContextFault.OutOfRange, $"asked {NameEscaping.Escape(asked)} at {Shown}, where the file has {text.LineCount:N0} lines", "Read within them.");
        var (from, to) = (Number("from", 0), Number("to", 0));
        var columns = from >= 1 && to >= from ? new LineRange(from, to) : (LineRange?)null;
        return new(asked, text, new(start, Math.Min(end, text.LineCount))) { AskedEnd = end > text.LineCount ? end : null, Columns = columns };
    }

    private List<Target> OfSymbolIn(string asked, string name, WholeText text)
    {
        var found = _store.Symbols.FindIn(text, name, _cancellation);
        if (found.Count > 0) return [.. found.Select(symbol => new Target(asked, text, symbol.Symbol.Range) { Symbol = symbol.Symbol })];
        var names = _store.OutlineOf(text, _cancellation).All.Select(symbol => symbol.Path).ToArray();
        throw new ContextException(ContextFault.UnknownSymbol, $"asked symbol {NameEscaping.Escape(name)}, which {NameEscaping.Escape(text.Path.Value)} does not declare at {Shown}", "read(view: \"outline\") with rev lists its symbols.", NearNames.Of(name, names));
    }

    // Every text of the revision that holds the words of the name is outlined.
    private List<Target> OfSymbol(string asked)
    {
        var query = SymbolQuery.Parse(asked);
        var words = query.Words.Select(System.Text.Encoding.UTF8.GetBytes).ToArray();
        if (words.Length == 0) throw Unknown(asked);
        var files = _reader.Objects.FilesIn(_tree, RepoPath.Root).Where(file => file.Entry.Kind == EntryInfoKind.File && _reader.Rules.Of(file.Path) == PathVerdict.Shown).ToArray();
        var candidates = new ConcurrentBag<WholeText>();
        var deadline = new Deadline(_store.Options.Time, SearchLimit);
        var left = 0;
        _reader.InParallel(files, (file, objects) =>
        {
            if (deadline.IsOver) Interlocked.Increment(ref left);
            else if (objects.Blob(file.Entry.Id) is { } bytes && Array.TrueForAll(words, word => bytes.AsSpan().IndexOf(word) >= 0) && TextVersion.Of(bytes) is { IsBinary: false } version)
                candidates.Add(TextOf(file.Path, file.Entry.Id, version));
        }, _cancellation);
        if (left > 0) throw new ContextException(ContextFault.Timeout, $"asked {NameEscaping.Escape(asked)} at {Shown}; {left:N0} of {files.Length:N0} files could not be looked through in {SearchLimit.TotalSeconds:0} s", $"Say where: path#{NameEscaping.Escape(asked)}.");
        var ordered = candidates.OrderBy(text => text.Path).ToArray();
        var outlines = _store.Outliners.OutlineAll([.. ordered.Select(text => new OutlineItem(text.Path, text.Language, text.Text))], _cancellation);
        var found = ordered.SelectMany((text, at) => outlines[at].All.Where(query.Matches).Select(symbol => (Text: text, Symbol: symbol))).ToArray();
        var texts = found.GroupBy(pair => pair.Text.Path).ToDictionary(group => group.Key, group => group.First().Text);
        var chosen = SymbolFinder.Choose(query, found.Select(pair => new FoundSymbol(pair.Text.Path, pair.Symbol)));
        if (chosen.Count == 0) throw Unknown(asked);
        return [.. chosen.Select(symbol => new Target(asked, texts[symbol.Path], symbol.Symbol.Range) { Symbol = symbol.Symbol })];
    }

    private ContextException Unknown(string asked)
    {
        var files = _reader.Objects.FilesIn(_tree, RepoPath.Root).Select(file => file.Path.Value).ToArray();
        var name = asked[(asked.LastIndexOf('/') + 1)..];
        var near = files.Where(path => path.EndsWith("/" + name, StringComparison.Ordinal) || path == name).Take(3).Concat(NearNames.Of(asked, files)).Distinct().Take(3);
        return new(name == asked && !name.Contains('.') ? ContextFault.UnknownSymbol : ContextFault.UnknownPath, $"asked {NameEscaping.Escape(asked)}, which is not in revision {Shown}", "It may have had another name then: history(target) follows renames.", [.. near]);
    }

    [GeneratedRegex(@"^(?<path>.+?):(?<start>[0-9]{1,9})(?:-(?<end>[0-9]{1,9})|:(?<from>[0-9]{1,9})-(?<to>[0-9]{1,9}))?\z", RegexOptions.Singleline)]
    private static partial Regex LinesPattern();
}
