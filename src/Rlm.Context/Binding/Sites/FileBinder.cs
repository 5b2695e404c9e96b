using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Binding.Compilations;
using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Relations;
using Rlm.Context.Relations.CSharp;

namespace Rlm.Context.Binding.Sites;

/// <summary>Binds what one file says of a target.</summary>
internal static class FileBinder
{
    /// <summary>What a file of a compilation says of the target; null when the compiler fails on it, or the time is over.</summary>
    public static FileBinding? TryBind(BindingTarget target, ProjectCompilation compiled, RepoPath path, Func<bool> isOver, CancellationToken cancellationToken)
    {
        try
        {
            return BigStack.Run(() => Bind(target, compiled, path, isOver, cancellationToken));
        }
#pragma warning disable CA1031 // one file that the compiler fails on is told as not bound
        catch (Exception exception) when (exception is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>The symbol that an outline names; null when the tree does not declare it.</summary>
    public static ISymbol? Declared(Symbol symbol, ProjectCompilation compiled, SyntaxTree tree, CancellationToken cancellationToken)
    {
        var lines = new LineMap(tree.GetText(cancellationToken).ToString());
        return Declarations.Of(symbol, tree.GetRoot(cancellationToken), lines) is { } node ? compiled.Compilation.GetSemanticModel(tree).GetDeclaredSymbol(node, cancellationToken) : null;
    }

    /// <summary>What the names at some offsets mean; those that are none are left out.</summary>
    public static Dictionary<(int Line, int Column), NodeMeaning> MeaningsAt(ProjectCompilation compiled, SyntaxTree tree, IEnumerable<(int Line, int Column)> places, CancellationToken cancellationToken)
    {
        var model = compiled.Compilation.GetSemanticModel(tree);
        var lines = new LineMap(tree.GetText(cancellationToken).ToString());
        var root = tree.GetRoot(cancellationToken);
        var meanings = new Dictionary<(int, int), NodeMeaning>();
        foreach (var place in places)
        {
            if (place.Line > lines.Count || root.FindToken(lines.StartOf(place.Line) + place.Column - 1).Parent is not SimpleNameSyntax name) continue;
            var construction = NodeMeaning.OfConstruction(name, model, cancellationToken);
            // What is made is its type: constructors are no symbols of every type.
            meanings[place] = construction.Symbols is [IMethodSymbol { ContainingType: { } type }, ..] ? new([type], construction.IsExact) : NodeMeaning.OfName(name, model, cancellationToken);
        }
        return meanings;
    }

    private static FileBinding? Bind(BindingTarget target, ProjectCompilation compiled, RepoPath path, Func<bool> isOver, CancellationToken cancellationToken)
    {
        var (tree, stamp) = compiled.Trees[path];
        var text = tree.GetText(cancellationToken);
        var root = (CompilationUnitSyntax)tree.GetRoot(cancellationToken);
        var sites = new List<BoundSite>();
        var model = compiled.Compilation.GetSemanticModel(tree);
        var lines = new LineMap(text.ToString());
        foreach (var found in NamedNodes.Of(root, target.Shape))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (isOver()) return null;
            if (Meaning(target, found, model, cancellationToken) is not { } meaning) continue;
            var start = found.Span.Start + (found.Way != NamedNodes.Way.Implicit && text[found.Span.Start] == '@' ? 1 : 0);
            var line = lines.LineOf(start);
            sites.Add(new(path, line, start - lines.StartOf(line) + 1, found.Span.End - start, meaning.Kind, meaning.Certainty) { Via = meaning.Via });
        }
        return new(stamp, sites, [.. NotCompiled(root, lines)]);
    }

    private static IEnumerable<LineRange> NotCompiled(SyntaxNode root, LineMap lines) =>
        from trivia in root.DescendantTrivia()
        where trivia.IsKind(SyntaxKind.DisabledTextTrivia) && trivia.Span.Length > 0
        select new LineRange(lines.LineOf(trivia.SpanStart), lines.LineOf(trivia.Span.End - 1));

    private static (string Kind, Certainty Certainty, string? Via)? Meaning(BindingTarget target, NamedNodes.Found found, SemanticModel model, CancellationToken cancellationToken) => found.Way switch
    {
        NamedNodes.Way.Declared => OfDeclaration(target, found.Node, model, cancellationToken),
        NamedNodes.Way.Implicit => OfImplicit(target, found.Node, model, cancellationToken),
        _ => OfName(target, (SimpleNameSyntax)found.Node, model, cancellationToken),
    };

    private static (string, Certainty, string?)? OfDeclaration(BindingTarget target, SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetDeclaredSymbol(node, cancellationToken) is not { } symbol || !target.Family.Holds(symbol)) return null;
        if (target.Family.Is(symbol)) return (SiteKinds.Declaration, Certainty.Exact, null);
        return target.Family.IsAbove(symbol) ? (SiteKinds.Declaration, Certainty.Exact, ViaOf(target, symbol)) : (SymbolFamily.Overridden(symbol).Any() ? SiteKinds.Override : SiteKinds.Implement, Certainty.Exact, null);
    }

    private static (string, Certainty, string?)? OfImplicit(BindingTarget target, SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        var used = NodeMeaning.OfImplicit(node, model, cancellationToken);
        if (used.Symbols.FirstOrDefault(symbol => IsMeant(target, symbol)) is not { } meant) return null;
        var kind = node is ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax ? SiteKinds.Construct : node is ElementAccessExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } && assignment.Left == node ? SiteKinds.Write
            : target.Shape.IsIndexer ? SiteKinds.Read : SiteKinds.Implicit;
        return (kind, used.IsExact ? Certainty.Exact : Certainty.Candidate, ViaOf(target, meant));
    }

    private static (string, Certainty, string?)? OfName(BindingTarget target, SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        var meaning = target.IsConstructor ? NodeMeaning.OfConstruction(name, model, cancellationToken) : NodeMeaning.OfName(name, model, cancellationToken);
        if (meaning.Symbols.Count == 0 && target.IsConstructor && !NodeMeaning.IsConstruction(name)) return null;
        var kind = CSharpRole.Of(name.Identifier, out _);
        if (name.IsPartOfStructuredTrivia()) kind = SiteKinds.Cref;
        if (meaning.Symbols.Count == 0) return (kind, Certainty.Syntax, null);
        return meaning.Symbols.FirstOrDefault(symbol => IsMeant(target, symbol)) is { } meant ? (kind, meaning.IsExact ? Certainty.Exact : Certainty.Candidate, ViaOf(target, meant)) : null;
    }

    private static string? ViaOf(BindingTarget target, ISymbol meant) =>
        target.Family.Is(meant) || meant is IMethodSymbol { MethodKind: MethodKind.Constructor } or IAliasSymbol ? null : SymbolIdentity.Definition(meant).ToDisplayString(Short);

    private static readonly SymbolDisplayFormat Short = new(memberOptions: SymbolDisplayMemberOptions.IncludeContainingType, typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly);

    // The name of an attribute, and what is created without a name, bind to a constructor; for a type they mean it.
    private static bool IsMeant(BindingTarget target, ISymbol symbol) => target.Family.Holds(symbol)
        || (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && target.Shape.IsType && target.Family.Is(symbol.ContainingType))
        || (symbol is IAliasSymbol alias && target.Family.Holds(alias.Target));
}
