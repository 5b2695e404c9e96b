using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Rlm.Context.Files;

namespace Rlm.Context.Outlines.CSharp;

/// <summary>Reads the declarations of one tree into drafts. Never enters bodies, so its depth is that of nested types.</summary>
/// <param name="original">The file's text; signatures come from it.</param>
/// <param name="parsed">What the tree was made from: same offsets.</param>
/// <param name="lines">The file's lines; Roslyn's own also break at lone CR, NEL and U+2028.</param>
/// <param name="root">The tree.</param>
/// <param name="cancellationToken">Checked at each type.</param>
internal sealed class DeclarationReader(string original, string parsed, LineMap lines, CompilationUnitSyntax root, CancellationToken cancellationToken)
{
    private const string MissingName = "<missing>";
    private const int MaxSymbols = 100_000;
    private readonly SignatureReader _signatures = new(original);
    private int _count;

    /// <summary>True when there were more symbols than one outline holds (100,000).</summary>
    public bool IsCut => _count > MaxSymbols;

    /// <summary>Top-level drafts in file order.</summary>
    public List<Draft> Read()
    {
        var drafts = new List<Draft>();
        ReadTopLevel(drafts);
        ReadMembers(root.Members, drafts);
        drafts.Sort((one, other) => one.Start.CompareTo(other.Start));
        return drafts;
    }

    // In a broken file an unmatched `}` turns the members behind it into top-level local functions: they stay members here.
    private void ReadTopLevel(List<Draft> drafts)
    {
        GlobalStatementSyntax? first = null, last = null;
        foreach (var member in root.Members)
        {
            if (member is not GlobalStatementSyntax statement) continue;
            if (root.ContainsDiagnostics && statement.Statement is LocalFunctionStatementSyntax function && root.Members[0] is not GlobalStatementSyntax)
            {
                drafts.Add(Function(function, SymbolKinds.Method));
                continue;
            }
            first ??= statement;
            last = statement;
        }
        if (first is null || last!.Span.Length == 0) return;
        drafts.Add(new Draft(SymbolKinds.TopLevel, "<top-level>")
        {
            Start = lines.LineOf(first.SpanStart),
            End = Math.Max(lines.LineOf(first.SpanStart), LastLine(last)),
            NameLine = lines.LineOf(first.SpanStart),
            DocStart = lines.LineOf(first.SpanStart),
            Signature = "<top-level>",
        });
    }

    private void ReadMembers<TNode>(SyntaxList<TNode> members, List<Draft> drafts)
        where TNode : MemberDeclarationSyntax
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var member in members)
        {
            if (IsCut) return;
            ReadMember(member, drafts);
            if (root.ContainsDiagnostics) SwallowedMembers.Restore(member, drafts, this);
        }
    }

    private void ReadMember(MemberDeclarationSyntax member, List<Draft> drafts)
    {
        switch (member)
        {
            case BaseNamespaceDeclarationSyntax space:
                var name = SignatureText.Tight(original, space.Name.SpanStart, space.Name.Span.End);
                var draft = Make(space, SymbolKinds.Namespace, name.Length == 0 ? MissingName : name, space.Name.SpanStart);
                ReadMembers(space.Members, draft.Children);
                drafts.Add(draft);
                break;
            case TypeDeclarationSyntax type:
                drafts.Add(Type(type));
                break;
            case EnumDeclarationSyntax enumeration:
                var enumDraft = Make(enumeration, SymbolKinds.Enum, enumeration.Identifier);
                foreach (var value in enumeration.Members.TakeWhile(_ => !IsCut)) enumDraft.Children.Add(Make(value, SymbolKinds.EnumMember, value.Identifier));
                drafts.Add(enumDraft);
                break;
            case BaseFieldDeclarationSyntax field:
                var kind = field is EventFieldDeclarationSyntax ? SymbolKinds.Event : SymbolKinds.Field;
                foreach (var variable in field.Declaration.Variables.TakeWhile(_ => !IsCut))
                    if (!variable.Identifier.IsMissing) drafts.Add(Finish(new Draft(kind, variable.Identifier.Text) { NameLine = lines.LineOf(variable.Identifier.SpanStart) }, field, _signatures.OfVariable(field, variable)));
                break;
            default:
                if (Member(member) is { } made) drafts.Add(made);
                break;
        }
    }

    private Draft Type(TypeDeclarationSyntax type)
    {
        var kind = type switch
        {
            RecordDeclarationSyntax record => record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword) ? SymbolKinds.RecordStruct : SymbolKinds.Record,
            StructDeclarationSyntax or UnionDeclarationSyntax => SymbolKinds.Struct,
            InterfaceDeclarationSyntax => SymbolKinds.Interface,
            ExtensionBlockDeclarationSyntax => SymbolKinds.Extension,
            _ => SymbolKinds.Class,
        };
        var arity = type.TypeParameterList?.Parameters.Count ?? 0;
        var draft = kind == SymbolKinds.Extension
            ? Make(type, kind, "extension" + ParameterTypes(type.ParameterList, false), type.Keyword.SpanStart)
            : Make(type, kind, type.Identifier, arity);
        ReadMembers(type.Members, draft.Children);
        return draft;
    }

    private Draft? Member(MemberDeclarationSyntax member)
    {
        switch (member)
        {
            case DelegateDeclarationSyntax declaration:
                return Make(declaration, SymbolKinds.Delegate, declaration.Identifier, declaration.Arity);
            case MethodDeclarationSyntax method:
                return Make(method, SymbolKinds.Method, Explicit(method.ExplicitInterfaceSpecifier) + NameOf(method.Identifier), method.Identifier.SpanStart, method.ParameterList, method.Arity);
            case ConstructorDeclarationSyntax constructor:
                return Make(constructor, SymbolKinds.Constructor, NameOf(constructor.Identifier), constructor.Identifier.SpanStart, constructor.ParameterList);
            case DestructorDeclarationSyntax destructor:
                return Make(destructor, SymbolKinds.Destructor, "~" + NameOf(destructor.Identifier), destructor.TildeToken.SpanStart, destructor.ParameterList);
            case OperatorDeclarationSyntax operation:
                var sign = (operation.CheckedKeyword.Span.Length > 0 ? "checked " : "") + operation.OperatorToken.Text;
                return Make(operation, SymbolKinds.Operator, Explicit(operation.ExplicitInterfaceSpecifier) + "operator " + sign, operation.OperatorKeyword.SpanStart, operation.ParameterList);
            case ConversionOperatorDeclarationSyntax conversion:
                var target = (conversion.CheckedKeyword.Span.Length > 0 ? "checked " : "") + SignatureText.Tight(original, conversion.Type.SpanStart, conversion.Type.Span.End);
                return Make(conversion, SymbolKinds.Conversion, Explicit(conversion.ExplicitInterfaceSpecifier) + conversion.ImplicitOrExplicitKeyword.Text + " operator " + target, conversion.OperatorKeyword.SpanStart, conversion.ParameterList);
            case IndexerDeclarationSyntax indexer:
                return Make(indexer, SymbolKinds.Indexer, Explicit(indexer.ExplicitInterfaceSpecifier) + "this[]", indexer.ThisKeyword.SpanStart, indexer.ParameterList);
            case PropertyDeclarationSyntax property:
                return Make(property, SymbolKinds.Property, Explicit(property.ExplicitInterfaceSpecifier) + NameOf(property.Identifier), property.Identifier.SpanStart);
            case EventDeclarationSyntax declared:
                return Make(declared, SymbolKinds.Event, Explicit(declared.ExplicitInterfaceSpecifier) + NameOf(declared.Identifier), declared.Identifier.SpanStart);
            default:
                return null; // incomplete members and global statements
        }
    }

    /// <summary>A local function, or a member that broken code made look like one.</summary>
    public Draft Function(LocalFunctionStatementSyntax function, string kind) =>
        Make(function, kind, NameOf(function.Identifier), function.Identifier.SpanStart, function.ParameterList, function.TypeParameterList?.Parameters.Count ?? 0);

    /// <summary>Column of the declaration's first character, from 0.</summary>
    public int ColumnOf(SyntaxNode node) => node.SpanStart - lines.StartOf(lines.LineOf(node.SpanStart));

    /// <summary>Blanks at the start of a line.</summary>
    public int IndentOf(int line) => lines.Line(line) is var content ? content.Length - content.TrimStart().Length : 0;

    private Draft Make(MemberDeclarationSyntax node, string kind, SyntaxToken name, int arity = 0)
    {
        var text = NameOf(name);
        var segment = arity == 0 ? text : text + "`" + arity.ToString(CultureInfo.InvariantCulture);
        return Finish(new Draft(kind, text) { Segment = segment, NameLine = lines.LineOf(name.SpanStart) }, node, _signatures.Of(node));
    }

    private Draft Make(SyntaxNode node, string kind, string name, int nameAt, BaseParameterListSyntax? parameters = null, int arity = 0) =>
        Finish(
            new Draft(kind, name)
            {
                NameLine = lines.LineOf(nameAt),
                Arity = arity,
                ParameterTypes = parameters is null ? null : withModifiers => ParameterTypes(parameters, withModifiers),
            },
            node,
            _signatures.Of(node));

    private Draft Finish(Draft draft, SyntaxNode node, string signature)
    {
        _count++;
        draft.Start = lines.LineOf(node.SpanStart);
        draft.End = Math.Max(draft.Start, LastLine(node));
        draft.DocStart = draft.Start;
        draft.Signature = signature;
        if (DocComment.Find(parsed, node.FullSpan.Start, node.SpanStart) is { } doc)
        {
            draft.DocStart = lines.LineOf(doc.Start);
            draft.Doc = doc.Summary();
        }
        return draft;
    }

    private int LastLine(SyntaxNode node) => lines.LineOf(Math.Max(node.SpanStart, node.Span.End - 1));

    private static string NameOf(SyntaxToken token) => token.Text.Length == 0 ? MissingName : token.Text;

    private string Explicit(ExplicitInterfaceSpecifierSyntax? specifier) =>
        specifier is null ? "" : SignatureText.Tight(original, specifier.Name.SpanStart, specifier.Name.Span.End) + ".";

    private string ParameterTypes(BaseParameterListSyntax? parameters, bool withModifiers)
    {
        if (parameters is null) return "()";
        var types = parameters.Parameters.Select(parameter => TypeOf(parameter, withModifiers));
        return parameters is BracketedParameterListSyntax ? "[" + string.Join(',', types) + "]" : "(" + string.Join(',', types) + ")";
    }

    private string TypeOf(ParameterSyntax parameter, bool withModifiers)
    {
        if (parameter.Type is null) return parameter.Identifier.Text;
        var type = SignatureText.Tight(original, parameter.Type.SpanStart, parameter.Type.Span.End);
        var modifiers = withModifiers ? parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ThisKeyword)).Select(modifier => modifier.Text + " ") : [];
        return string.Concat(modifiers) + type;
    }
}
