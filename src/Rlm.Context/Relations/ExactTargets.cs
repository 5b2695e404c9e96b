using Microsoft.CodeAnalysis;
using Rlm.Context.Binding;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Puts the compiler's binding behind the names in a body or base list: what each of them means, instead of every declaration of that name.</summary>
internal sealed class ExactTargets(SearchParts parts, Snapshot snapshot)
{
    /// <summary>The sites of one file with what they mean.</summary>
    public IReadOnlyList<RelationSite> Bound(IReadOnlyList<RelationSite> sites)
    {
        if (sites.Count == 0 || !ExactSites.IsCSharp(sites[0].Path)) return sites;
        if (parts.Store.Binder.MeaningsAt(sites[0].Path, sites.Select(site => (site.Line, site.Column)), snapshot, parts.Deadline.Left, out var why, parts.Cancellation) is not { } meanings)
        {
            parts.Tell(why);
            return sites;
        }
        return [.. sites.Select(site => meanings.TryGetValue((site.Line, site.Column), out var meaning) ? Bound(site, meaning) : site)];
    }

    private RelationSite Bound(RelationSite site, NodeMeaning meaning)
    {
        if (meaning.Symbols.Count == 0) return site;
        var found = meaning.Symbols.Select(SymbolIdentity.Definition).Select(Find).OfType<FoundSymbol>().DistinctBy(symbol => symbol.FullPath).ToArray();
        return site with { Certainty = meaning.IsExact ? Certainty.Exact : Certainty.Candidate, Targets = found, TargetCount = found.Length };
    }

    // Null for what no file of the repository declares.
    private FoundSymbol? Find(ISymbol symbol)
    {
        if (symbol.DeclaringSyntaxReferences is not [var declared, ..] || declared.SyntaxTree.FilePath.Length == 0 || Declarations.NameOf(declared.GetSyntax(parts.Cancellation)) is not { } name) return null;
        try
        {
            var text = parts.Store.Open(new RepoPath(declared.SyntaxTree.FilePath), parts.Cancellation);
            if (text is not WholeText whole) return null;
            var line = new LineMap(declared.SyntaxTree.GetText(parts.Cancellation).ToString()).LineOf(name.SpanStart);
            var outlined = parts.Store.OutlineOf(whole, parts.Cancellation).All.FirstOrDefault(one => one.NameLine == line && one.Kind != SymbolKinds.Namespace && UpwardSteps.PlainName(one.Name) == name.ValueText);
            return outlined is null ? null : new(whole.Path, outlined) { Stamp = whole.Stamp };
        }
        catch (ContextException)
        {
            return null;
        }
    }
}
