using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Binding.Sites;

/// <summary>What a place stands for, after the compiler's binding.</summary>
/// <param name="Symbols">One when it is bound; else those that were considered; empty when nothing is known.</param>
/// <param name="IsExact">Bound.</param>
internal readonly record struct NodeMeaning(IReadOnlyList<ISymbol> Symbols, bool IsExact)
{
    private static readonly NodeMeaning Nothing = new([], false);

    /// <summary>Of a name that is written.</summary>
    public static NodeMeaning OfName(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        // Of `new T()` the name is the type; the constructor is the whole.
        var info = model.GetSymbolInfo(name, cancellationToken);
        if (info.Symbol is null && info.CandidateSymbols.IsEmpty && name.Parent is QualifiedCrefSyntax or NameMemberCrefSyntax or TypeCrefSyntax) info = model.GetSymbolInfo(name.Parent!, cancellationToken);
        if (info.Symbol is null && info.CandidateSymbols.IsEmpty && name.Parent is NameColonSyntax or NameEqualsSyntax) info = model.GetSymbolInfo(name.Parent!, cancellationToken);
        return Of(info, model);
    }

    /// <summary>Of what an object creation or attribute around a name calls; nothing elsewhere.</summary>
    public static NodeMeaning OfConstruction(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        var outer = Outer(name);
        return outer.Parent switch
        {
            ObjectCreationExpressionSyntax made when made.Type == outer => Of(model.GetSymbolInfo(made, cancellationToken), model),
            AttributeSyntax attribute when attribute.Name == outer => Of(model.GetSymbolInfo(attribute, cancellationToken), model),
            _ => Nothing,
        };
    }

    /// <summary>Whether something is made of what a name means.</summary>
    public static bool IsConstruction(SimpleNameSyntax name) => Outer(name).Parent is ObjectCreationExpressionSyntax or AttributeSyntax;

    private static SyntaxNode Outer(SimpleNameSyntax name)
    {
        SyntaxNode outer = name;
        while ((outer.Parent is QualifiedNameSyntax qualified && qualified.Right == outer) || outer.Parent is AliasQualifiedNameSyntax) outer = outer.Parent;
        return outer;
    }

    /// <summary>Of a place without a name.</summary>
    public static NodeMeaning OfImplicit(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        switch (node)
        {
            case CommonForEachStatementSyntax each:
                var info = model.GetForEachStatementInfo(each);
                var deconstruct = each is ForEachVariableStatementSyntax variable ? Methods(model.GetDeconstructionInfo(variable)) : [];
                return Exact([info.GetEnumeratorMethod, info.MoveNextMethod, info.CurrentProperty, info.DisposeMethod, .. deconstruct]);
            case UsingStatementSyntax statement:
                return DisposeOf(statement.Expression is { } expression ? model.GetTypeInfo(expression, cancellationToken).Type : statement.Declaration is { } declared ? TypeOf(declared, model, cancellationToken) : null, statement.AwaitKeyword != default, model);
            case LocalDeclarationStatementSyntax local:
                return DisposeOf(TypeOf(local.Declaration, model, cancellationToken), local.AwaitKeyword != default, model);
            case AwaitExpressionSyntax await:
                var awaited = model.GetAwaitExpressionInfo(await);
                return Exact([awaited.GetAwaiterMethod, awaited.GetResultMethod, awaited.IsCompletedProperty]);
            case AssignmentExpressionSyntax { Left: TupleExpressionSyntax or DeclarationExpressionSyntax } assignment:
                return Exact(Methods(model.GetDeconstructionInfo(assignment)));
            case QueryClauseSyntax clause:
                var query = model.GetQueryClauseInfo(clause, cancellationToken);
                return Exact([query.OperationInfo.Symbol, query.CastInfo.Symbol]);
            case ExpressionSyntax { Parent: InitializerExpressionSyntax { RawKind: (int)SyntaxKind.CollectionInitializerExpression } } element:
                return Of(model.GetCollectionInitializerSymbolInfo(element, cancellationToken), model);
            case CastExpressionSyntax cast:
                return Exact([model.GetConversion(cast.Expression, cancellationToken).MethodSymbol ?? model.ClassifyConversion(cast.Expression, model.GetTypeInfo(cast, cancellationToken).Type ?? model.Compilation.ObjectType, isExplicitInSource: true).MethodSymbol]);
            default:
                return Of(model.GetSymbolInfo(node, cancellationToken), model);
        }
    }

    private static NodeMeaning DisposeOf(ITypeSymbol? type, bool isAsync, SemanticModel model)
    {
        if (type is null || type.TypeKind == TypeKind.Error) return Nothing;
        var name = isAsync ? "DisposeAsync" : "Dispose";
        var face = model.Compilation.GetTypeByMetadataName(isAsync ? "System.IAsyncDisposable" : "System.IDisposable")?.GetMembers(name).FirstOrDefault();
        var implementation = face is null ? null : type.FindImplementationForInterfaceMember(face);
        return Exact([implementation ?? face]);
    }

    private static ITypeSymbol? TypeOf(VariableDeclarationSyntax declaration, SemanticModel model, CancellationToken cancellationToken) =>
        declaration.Variables is [{ Initializer.Value: { } value }, ..] ? model.GetTypeInfo(value, cancellationToken).Type : null;

    private static List<ISymbol> Methods(DeconstructionInfo info)
    {
        var methods = new List<ISymbol>();
        var ahead = new Stack<DeconstructionInfo>([info]);
        while (ahead.TryPop(out var next))
        {
            if (next.Method is { } method) methods.Add(method);
            foreach (var nested in next.Nested) ahead.Push(nested);
        }
        return methods;
    }

    private static NodeMeaning Exact(IEnumerable<ISymbol?> symbols) => symbols.OfType<ISymbol>().ToArray() is { Length: > 0 } found ? new(found, true) : Nothing;

    private static NodeMeaning Of(SymbolInfo info, SemanticModel model)
    {
        if (info.Symbol is { } symbol) return new([symbol], true);
        // Inside a method group's only member, and where only a key that we do not have keeps a friend out, there is no doubt.
        if (info.CandidateSymbols is [var only] && (info.CandidateReason is CandidateReason.MemberGroup || (info.CandidateReason == CandidateReason.Inaccessible && IsFriend(only, model)))) return new([only], true);
        return new(info.CandidateSymbols, false);
    }

    private static bool IsFriend(ISymbol symbol, SemanticModel model) =>
        symbol.ContainingAssembly is { } assembly && !SymbolEqualityComparer.Default.Equals(assembly, model.Compilation.Assembly) && assembly.GivesAccessTo(model.Compilation.Assembly);
}
