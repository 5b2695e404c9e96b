using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Scopes;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>How much a symbol is used, as far as that is known without waiting.</summary>
/// <param name="Count">Sites that mean it, or what it overrides and implements, when exact, declarations left out; else lines in which its name stands, whatever is meant there.</param>
/// <param name="Files">Files with them.</param>
/// <param name="InTests">Of these files, those that are tests by their path.</param>
/// <param name="IsExact">The compiler's binding is behind it.</param>
public sealed record SymbolUsage(int Count, int Files, int InTests, bool IsExact)
{
    private static readonly TimeSpan ExactTime = TimeSpan.FromMilliseconds(200), NameTime = TimeSpan.FromMilliseconds(60);

    /// <summary>Counts; null where there is no index yet, or a name is too common to count in passing. C# is counted exactly where its compilations stand ready: nothing is compiled for it.</summary>
    public static SymbolUsage? Of(ContextStore store, Snapshot snapshot, RepoPath path, Symbol symbol, Scope scope, CancellationToken cancellationToken)
    {
        var name = UpwardSteps.PlainName(symbol.Name);
        if (symbol.Kind == SymbolKinds.Namespace || !WordPlaces.IsIdentifier(name) || store.CurrentView() is null) return null;
        return Exact(store, snapshot, path, symbol, scope, cancellationToken) ?? ByName(store, name, scope, cancellationToken);
    }

    private static SymbolUsage? Exact(ContextStore store, Snapshot snapshot, RepoPath path, Symbol symbol, Scope scope, CancellationToken cancellationToken)
    {
        if (!ExactSites.IsCSharp(path) || !store.Binder.IsReady(path, snapshot)) return null;
        try
        {
            var found = RelationSearch.Run(store, snapshot, new([$"{path.Value}#{symbol.Path}"], Relation.References, 1, ExactTime, scope), cancellationToken);
            var sites = found.Sites.Where(site => site.Kind is not (SiteKinds.Declaration or SiteKinds.Override)).ToArray();
            if (found.IsCut || sites.Any(site => site.Certainty is not (Certainty.Exact or Certainty.Text))) return null;
            return Sum([.. sites.Where(site => site.Certainty == Certainty.Exact).GroupBy(site => site.Path).Select(file => (file.Key, file.Count()))], isExact: true);
        }
        catch (ContextException)
        {
            return null;
        }
    }

    private static SymbolUsage? ByName(ContextStore store, string name, Scope scope, CancellationToken cancellationToken)
    {
        var deadline = new Deadline(store.Options.Time, NameTime);
        var found = WordFiles.Of(store, name, scope, deadline.IsOver, cancellationToken);
        return found.Unseen > 0 ? null : Sum([.. found.Files.Select(file => (file.File.Path, file.Lines))], isExact: false);
    }

    private static SymbolUsage Sum(IReadOnlyList<(RepoPath Path, int Count)> files, bool isExact) =>
        new(files.Sum(file => file.Count), files.Count, files.Count(file => TestNames.IsTestPath(file.Path)), isExact);
}
