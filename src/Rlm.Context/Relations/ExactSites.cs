using System.Globalization;
using Rlm.Context.Binding;
using Rlm.Context.Files;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>
/// Puts the compiler's binding behind what syntax found: C# sites that mean the symbol become exact, those that mean another one go, uses without a name come in. Sites that
/// could not be bound in time stay as they were, and the answer says why.
/// </summary>
internal sealed class ExactSites(SearchParts parts, Snapshot snapshot)
{
    /// <summary>More symbols than this are not bound at once: what was asked is then a name rather than a symbol.</summary>
    public const int MaxSymbols = 40;

    /// <summary>Sites of names in C# that were bound, and mean something else.</summary>
    public int Others { get; private set; }

    /// <summary>The sites with what binding tells of them, in no order.</summary>
    public List<RelationSite> Bound(List<RelationSite> sites, IReadOnlyList<FoundSymbol> declared, int depth)
    {
        var symbols = declared.Where(symbol => IsCSharp(symbol.Path)).ToArray();
        if (symbols.Length == 0) return sites;
        if (symbols.Length > MaxSymbols)
        {
            parts.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{symbols.Length:N0} declarations are meant: name one of them (path#Type.Member) for exact sites"));
            return sites;
        }
        if (parts.Store.Binder.Target(symbols, snapshot, parts.Deadline.Left, out var why, parts.Cancellation) is not { } target)
        {
            parts.Notes.Add($"C# sites are by syntax: {why}{(why.Contains("still", StringComparison.Ordinal) ? "; the same call is exact once that is done, or give a longer deadline" : "")}");
            parts.IsBindingLate |= why.Contains("still", StringComparison.Ordinal);
            return sites;
        }
        var files = sites.Where(site => IsCSharp(site.Path)).Select(site => site.Path).Concat(WithoutName(target)).Distinct().Select(snapshot.Find).OfType<FileEntry>().ToArray();
        var result = parts.Store.Binder.Sites(target, files, snapshot, parts.Deadline.Left, parts.Cancellation);
        Tell(result);
        return Merge(sites, result, depth);
    }

    private List<RelationSite> Merge(List<RelationSite> sites, BindingResult result, int depth)
    {
        var merged = new List<RelationSite>(sites.Count);
        var bound = result.Sites.ToLookup(site => (site.Path, site.Line, site.Column));
        var seen = new HashSet<(RepoPath, int, int)>();
        var unseen = result.Unseen.ToHashSet();
        foreach (var site in sites)
        {
            if (!result.Bound.Contains(site.Path))
            {
                if (unseen.Contains(site.Path)) Others++;
                else merged.Add(site);
            }
            else if (bound[(site.Path, site.Line, site.Column)].FirstOrDefault() is { } meant)
            {
                seen.Add((site.Path, site.Line, site.Column));
                merged.Add(site with { Certainty = meant.Certainty, Via = meant.Via, Kind = site.Kind == SiteKinds.Declaration ? meant.Kind : site.Kind });
            }
            else if (site.Kind == SiteKinds.Unknown) merged.Add(site);
            else Others++;
        }
        foreach (var site in result.Sites)
            if (!seen.Contains((site.Path, site.Line, site.Column)) && InScope(site.Path, site.Line) && snapshot.Find(site.Path) is { } file)
                merged.Add(new(site.Path, file.Stamp, site.Line, site.Column, NameAt(file, site.Line, site.Column, site.Length), site.Kind, site.Certainty, depth) { Via = site.Via });
        return merged;
    }

    private void Tell(BindingResult result)
    {
        if (result.Left.Count > 0)
        {
            parts.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"not bound in time: {result.Left.Count:N0} files, whose sites are by syntax. The same call goes on from here; a longer deadline does more at once"));
            parts.IsBindingLate = true;
        }
        parts.Notes.AddRange(result.Notes);
    }

    // foreach, using, await and the like: uses of a member whose name does not stand there.
    private IEnumerable<RepoPath> WithoutName(BindingTarget target)
    {
        if (target.Shape.ImplicitWord is not { } word) return [];
        var seeing = parts.Store.Binder.FilesSeeing(target, snapshot, parts.Cancellation);
        if (word.Length == 0) return seeing.Where(path => parts.Query.Scope.Holds(path, null));
        return WordFiles.Of(parts.Store, word, parts.Query.Scope, parts.Deadline.IsMostlyOver, parts.Cancellation).Files.Select(file => file.File.Path).Where(seeing.Contains);
    }

    private string NameAt(FileEntry file, int line, int column, int length)
    {
        try
        {
            return parts.Store.Open(file.Path, parts.Cancellation) is WholeText text && line <= text.LineCount && text.Text.Lines.Line(line) is var content && column - 1 + length <= content.Length ? content.Slice(column - 1, length).ToString() : "";
        }
        catch (ContextException)
        {
            return "";
        }
    }

    private bool InScope(RepoPath path, int line) => parts.Query.Scope.Holds(path, new(line, line));

    internal static bool IsCSharp(RepoPath path) => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
}
