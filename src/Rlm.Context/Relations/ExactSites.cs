using System.Globalization;
using Rlm.Context.Binding;
using Rlm.Context.Binding.Sites;
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
            parts.Tell(why);
            return sites;
        }
        var files = sites.Where(site => IsCSharp(site.Path)).Select(site => site.Path).Concat(WithoutName(target)).Distinct().Select(snapshot.Find).OfType<FileEntry>().ToArray();
        var result = parts.Store.Binder.Sites(target, files, snapshot, parts.Deadline.Left, parts.Cancellation);
        Tell(target, result);
        return Merge(sites, result, depth);
    }

    private List<RelationSite> Merge(List<RelationSite> sites, BindingResult result, int depth)
    {
        var merged = new List<RelationSite>(sites.Count);
        var bound = result.Files.Values.SelectMany(file => file.Sites).ToLookup(site => (site.Path, site.Line, site.Column));
        var seen = new HashSet<(RepoPath, int, int)>();
        foreach (var site in sites)
        {
            var file = result.Files.GetValueOrDefault(site.Path);
            if (file?.Stamp == site.Stamp && bound[(site.Path, site.Line, site.Column)].FirstOrDefault() is { } meant)
            {
                seen.Add((site.Path, site.Line, site.Column));
                merged.Add(site with { Certainty = meant.Certainty, Via = meant.Via, Kind = site.Kind == SiteKinds.Declaration ? meant.Kind : site.Kind });
            }
            else if (result.Unseen.Contains(site.Path) || (site.Kind != SiteKinds.Unknown && file?.Knows(site.Stamp, site.Line) == true)) Others++;
            else merged.Add(site);
        }
        foreach (var (path, file) in result.Files)
            foreach (var site in file.Sites)
                if (!seen.Contains((path, site.Line, site.Column)) && InScope(path, site.Line)) merged.Add(new(path, file.Stamp, site.Line, site.Column, NameAt(path, site), site.Kind, site.Certainty, depth) { Via = site.Via });
        return merged;
    }

    private void Tell(BindingTarget target, BindingResult result)
    {
        if (result.Late.Count > 0)
        {
            parts.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"not bound in time: {result.Late.Count:N0} files, whose sites are by syntax; a longer deadline binds more, and a running server goes on by itself for the next call"));
            parts.IsBindingLate = true;
        }
        if (result.Failed > 0) parts.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"could not be bound: {result.Failed:N0} file{(result.Failed == 1 ? "" : "s")}, whose sites are by syntax"));
        if (target.Shape.IsType || target.Shape.IsConstructor) AddOnce("new() without a type's name is looked for in files that name the type");
        foreach (var note in result.Notes) AddOnce(note);
    }

    private void AddOnce(string note)
    {
        if (!parts.Notes.Contains(note)) parts.Notes.Add(note);
    }

    // foreach, using, await and the like: uses of a member whose name does not stand there.
    private IEnumerable<RepoPath> WithoutName(BindingTarget target)
    {
        if (target.Shape.ImplicitWord is not { } word) return [];
        var seeing = parts.Store.Binder.FilesSeeing(target, snapshot, parts.Cancellation);
        if (word.Length == 0) return seeing.Where(path => parts.Query.Scope.Holds(path, null));
        var files = WordFiles.Of(parts.Store, word, parts.Query.Scope, parts.Deadline.IsMostlyOver, parts.Cancellation);
        if (files.Unseen > 0)
        {
            AddOnce(string.Create(CultureInfo.InvariantCulture, $"not looked at in time: {files.Unseen:N0} files that may use it by {word}"));
            parts.IsBindingLate = true;
        }
        return files.Files.Select(file => file.File.Path).Where(seeing.Contains);
    }

    private string NameAt(RepoPath path, BoundSite site)
    {
        try
        {
            return parts.Store.Open(path, parts.Cancellation) is WholeText text && site.Line <= text.LineCount && text.Text.Lines.Line(site.Line) is var line && site.Column - 1 + site.Length <= line.Length ? line.Slice(site.Column - 1, site.Length).ToString() : "";
        }
        catch (ContextException)
        {
            return "";
        }
    }

    private bool InScope(RepoPath path, int line) => parts.Query.Scope.Holds(path, new(line, line));

    internal static bool IsCSharp(RepoPath path) => path.Value.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
}
