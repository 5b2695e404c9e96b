using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Binding.Projects;
using Rlm.Context.Binding.Sites;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Search;
using Rlm.Context.Slices;

namespace Rlm.Context.Binding;

/// <summary>
/// Exact relations of C#: compilations for each project file read as data, no build and no restore, of which only what a question needs is bound. What is not ready when the
/// time is over is told, and made ready in the background. Safe to use from many threads.
/// </summary>
internal sealed class CSharpBinder(ContextStore store)
{
    private readonly CompilationStore _compilations = new(store, store.Options.PackageFolders);

    /// <summary>The projects of a snapshot.</summary>
    public ProjectSet Projects(Snapshot snapshot, CancellationToken cancellationToken) => _compilations.Projects(snapshot, cancellationToken);

    /// <summary>The compilation of a project, made if need be.</summary>
    public ProjectCompilation Compilation(CSharpProject project, Snapshot snapshot, CancellationToken cancellationToken) => _compilations.Get(project, snapshot, cancellationToken);

    /// <summary>The symbol of an outline as the compiler sees it; null when no project has it, with the reason.</summary>
    public BindingTarget? Target(FoundSymbol found, Snapshot snapshot, out string? why, CancellationToken cancellationToken)
    {
        why = null;
        var projects = _compilations.Projects(snapshot, cancellationToken);
        var owners = projects.OwnersOf(found.Path);
        foreach (var owner in owners)
        {
            var compiled = _compilations.Get(owner, snapshot, cancellationToken);
            if (!compiled.Trees.TryGetValue(found.Path, out var tree)) continue;
            var symbol = BigStack.Run(() => Declared(found, compiled, tree.Tree, cancellationToken));
            if (symbol is null) continue;
            var visible = owners.SelectMany(project => projects.Seeing(project)).ToHashSet();
            return new(symbol, SymbolFamily.Of([symbol]), SymbolShape.Of(symbol), visible, compiled);
        }
        why = owners.Count == 0 ? "no project compiles it" : "no project's own #if symbols show it";
        return null;
    }

    /// <summary>The places in some files that mean a symbol or its family.</summary>
    /// <param name="target">The symbol.</param>
    /// <param name="files">Files that hold its name, or may use it without.</param>
    /// <param name="snapshot">The snapshot of the files.</param>
    /// <param name="isOver">True when the time is over.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public BindingResult References(BindingTarget target, IReadOnlyList<FileEntry> files, Snapshot snapshot, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var projects = _compilations.Projects(snapshot, cancellationToken);
        var sites = new ConcurrentBag<BoundSite>();
        var bound = new ConcurrentDictionary<RepoPath, bool>();
        var left = new ConcurrentBag<RepoPath>();
        var notes = new ConcurrentDictionary<string, bool>();
        var unseen = new List<RepoPath>();
        var byProject = new SortedDictionary<RepoPath, (CSharpProject Project, List<FileEntry> Files)>();
        foreach (var file in files)
        {
            // A file that several projects link is bound in one of them: each place counts once.
            if (projects.OwnersOf(file.Path).FirstOrDefault(owner => target.Visible.Contains(owner.Path)) is not { } project) unseen.Add(file.Path);
            else if (byProject.TryGetValue(project.Path, out var group)) group.Files.Add(file);
            else byProject[project.Path] = (project, [file]);
        }
        foreach (var (project, members) in byProject.Values)
        {
            var compiled = isOver() ? _compilations.Standing(project, snapshot) : _compilations.Get(project, snapshot, cancellationToken);
            if (compiled is null)
            {
                foreach (var file in members) left.Add(file.Path);
                continue;
            }
            foreach (var note in compiled.Notes) notes[$"{project.Path.Value}: {note}"] = true;
            ParallelFiles.Run(members.Count, null, "", cancellationToken, () => 0, (at, _) =>
            {
                var path = members[at].Path;
                if (isOver() || !compiled.Trees.TryGetValue(path, out var tree)) left.Add(path);
                else if (TrySites(target, compiled, path, tree.Tree, cancellationToken) is { } found)
                {
                    bound[path] = true;
                    foreach (var site in found) sites.Add(site);
                }
                else left.Add(path);
            });
        }
        return new([.. sites.OrderBy(site => site.Path).ThenBy(site => site.Line).ThenBy(site => site.Column)], bound.Keys.ToHashSet(), [.. left.Order()], unseen, [.. notes.Keys.Order(StringComparer.Ordinal)]);
    }

    private static List<BoundSite>? TrySites(BindingTarget target, ProjectCompilation compiled, RepoPath path, SyntaxTree tree, CancellationToken cancellationToken)
    {
        try
        {
            return BigStack.Run(() => Sites(target, compiled, path, tree, cancellationToken));
        }
#pragma warning disable CA1031 // one file that the compiler fails on is told as not bound
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static List<BoundSite> Sites(BindingTarget target, ProjectCompilation compiled, RepoPath path, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var sites = new List<BoundSite>();
        var model = compiled.Compilation.GetSemanticModel(tree);
        var lines = new LineMap(tree.GetText(cancellationToken).ToString());
        foreach (var found in NamedNodes.Of((CompilationUnitSyntax)tree.GetRoot(cancellationToken), target.Shape))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Meaning(target, found, model, cancellationToken) is not { } meaning) continue;
            var line = lines.LineOf(found.Span.Start);
            sites.Add(new(path, line, found.Span.Start - lines.StartOf(line) + 1, found.Span.Length, meaning.Kind, meaning.Certainty, found.IsImplicit));
        }
        return sites;
    }

    private static (string Kind, SiteCertainty Certainty)? Meaning(BindingTarget target, NamedNodes.Found found, SemanticModel model, CancellationToken cancellationToken)
    {
        if (found.IsImplicit)
        {
            var used = NodeMeaning.OfImplicit(found.Node, model, cancellationToken);
            if (!used.Symbols.Any(target.Family.Holds)) return null;
            return (target.Shape.IsConstructor ? SiteKind.Construct : target.Shape.IsIndexer ? SiteRole.Of(found.Node, false) : SiteKind.Implicit, used.IsExact ? SiteCertainty.Exact : SiteCertainty.Candidate);
        }
        var name = (SimpleNameSyntax)found.Node;
        var meaning = target.Shape.IsConstructor ? NodeMeaning.OfConstruction(name, model, cancellationToken) : NodeMeaning.OfName(name, model, cancellationToken);
        if (meaning.Symbols.Count == 0)
            return target.Shape.IsConstructor && name.Parent is not (ObjectCreationExpressionSyntax or QualifiedNameSyntax or AttributeSyntax) ? null : (SiteRole.Of(name, target.Symbol is INamedTypeSymbol), SiteCertainty.Syntax);
        // The name of an attribute or of what is created binds to a constructor or its type, as it pleases the compiler.
        var isMeant = meaning.Symbols.Any(symbol => target.Family.Holds(symbol) || (target.Symbol is INamedTypeSymbol && symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && target.Family.Holds(symbol.ContainingType)) || symbol is IAliasSymbol alias && target.Family.Holds(alias.Target));
        return isMeant ? (SiteRole.Of(name, target.Symbol is INamedTypeSymbol), meaning.IsExact ? SiteCertainty.Exact : SiteCertainty.Candidate) : null;
    }

    private static ISymbol? Declared(FoundSymbol found, ProjectCompilation compiled, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var lines = new LineMap(tree.GetText(cancellationToken).ToString());
        return Declarations.Of(found.Symbol, tree.GetRoot(cancellationToken), lines) is { } node ? compiled.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node, cancellationToken) : null;
    }
}
