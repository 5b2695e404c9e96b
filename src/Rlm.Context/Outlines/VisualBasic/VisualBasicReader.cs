using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.VisualBasic.Syntax;
using Rlm.Context.Files;
using Rlm.Context.Outlines.CSharp;

namespace Rlm.Context.Outlines.VisualBasic;

/// <summary>Walks the declarations of a Visual Basic file.</summary>
internal sealed class VisualBasicReader(FileText text, CancellationToken cancellationToken)
{
    private const int MaxSymbols = 20_000, MaxValue = 60;
    private int _count;

    /// <summary>Whether there are more than it reads.</summary>
    public bool IsCut => _count > MaxSymbols;

    /// <summary>Drafts in file order.</summary>
    public List<Draft> Read(SyntaxNode root)
    {
        var drafts = new List<Draft>();
        Into(drafts, root, null);
        return drafts;
    }

    private void Into(List<Draft> drafts, SyntaxNode node, string? type)
    {
        foreach (var child in node.ChildNodes())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_count > MaxSymbols) return;
            foreach (var draft in Declare(child, type)) drafts.Add(draft);
        }
    }

    private IEnumerable<Draft> Declare(SyntaxNode node, string? type) => node switch
    {
        NamespaceBlockSyntax block => [Block(block, block.NamespaceStatement, SymbolKinds.Namespace, block.NamespaceStatement.Name.ToString(), type)],
        TypeBlockSyntax block => [Block(block, block.BlockStatement, KindOf(block), block.BlockStatement.Identifier.Text, block.BlockStatement.Identifier.Text, ArityOf(block.BlockStatement.TypeParameterList))],
        EnumBlockSyntax block => [Block(block, block.EnumStatement, SymbolKinds.Enum, block.EnumStatement.Identifier.Text, block.EnumStatement.Identifier.Text)],
        MethodBlockBaseSyntax block when Of(block.BlockStatement, block, type) is { } draft => [draft],
        PropertyBlockSyntax block when Of(block.PropertyStatement, block, type) is { } draft => [draft],
        EventBlockSyntax block when Of(block.EventStatement, block, type) is { } draft => [draft],
        DeclarationStatementSyntax statement when Of(statement, statement, type) is { } draft => [draft],
        FieldDeclarationSyntax field => Fields(field),
        _ => [],
    };

    // A statement that declares, in the block that it begins or by itself.
    private Draft? Of(SyntaxNode statement, SyntaxNode whole, string? type) => statement switch
    {
        SubNewStatementSyntax made => Make(whole, made, SymbolKinds.Constructor, type ?? "New", made.NewKeyword, made.ParameterList),
        MethodStatementSyntax method => Make(whole, method, SymbolKinds.Method, method.Identifier.Text, method.Identifier, method.ParameterList, ArityOf(method.TypeParameterList)),
        DeclareStatementSyntax declared => Make(whole, declared, SymbolKinds.Method, declared.Identifier.Text, declared.Identifier, declared.ParameterList),
        OperatorStatementSyntax made => Make(whole, made, made.OperatorToken.Text.Equals("CType", StringComparison.OrdinalIgnoreCase) ? SymbolKinds.Conversion : SymbolKinds.Operator, "Operator " + made.OperatorToken.Text, made.OperatorToken, made.ParameterList),
        PropertyStatementSyntax property => Make(whole, property, SymbolKinds.Property, property.Identifier.Text, property.Identifier, property.ParameterList),
        EventStatementSyntax made => Make(whole, made, SymbolKinds.Event, made.Identifier.Text, made.Identifier, made.ParameterList),
        DelegateStatementSyntax made => Make(whole, made, SymbolKinds.Delegate, made.Identifier.Text, made.Identifier, made.ParameterList, ArityOf(made.TypeParameterList)),
        EnumMemberDeclarationSyntax member => Make(whole, member, SymbolKinds.EnumMember, member.Identifier.Text, member.Identifier, null),
        _ => null,
    };

    private Draft Block(SyntaxNode block, SyntaxNode statement, string kind, string name, string? type, int arity = 0)
    {
        var identifier = statement.DescendantTokens().FirstOrDefault(token => token.Text == name.Split('.')[0]);
        var draft = Make(block, statement, kind, name, identifier, null, arity);
        Into(draft.Children, block, type);
        return draft;
    }

    private Draft Make(SyntaxNode whole, SyntaxNode statement, string kind, string name, SyntaxToken identifier, ParameterListSyntax? parameters, int arity = 0)
    {
        _count++;
        var span = whole.Span;
        var (start, comment) = (text.Lines.LineOf(span.Start), Comment(whole));
        var isType = SymbolKinds.IsType(kind);
        return new(kind, name)
        {
            Segment = isType && arity > 0 ? $"{name}`{arity}" : name,
            Arity = isType ? 0 : arity,
            ParameterTypes = parameters is null ? null : _ => "(" + string.Join(',', parameters.Parameters.Select(parameter => parameter.AsClause?.Type.ToString() ?? "Object")) + ")",
            Start = start,
            End = Math.Max(start, text.Lines.LineOf(Math.Max(span.Start, span.End - 1))),
            NameLine = text.Lines.LineOf(identifier.Span.Length > 0 ? identifier.SpanStart : span.Start),
            DocStart = comment?.Line ?? start,
            Doc = comment?.Doc ?? "",
            Signature = Signature(statement),
        };
    }

    // Each name of a field declaration is a symbol of the same lines.
    private IEnumerable<Draft> Fields(FieldDeclarationSyntax field)
    {
        foreach (var declarator in field.Declarators)
            foreach (var name in declarator.Names)
                yield return Make(field, field, SymbolKinds.Field, name.Identifier.Text, name.Identifier, null);
    }

    // Attributes and values out, one line.
    private string Signature(SyntaxNode statement)
    {
        var attributes = statement.ChildNodes().OfType<AttributeListSyntax>().LastOrDefault();
        var value = statement.DescendantNodes(node => node is not AsClauseSyntax).OfType<EqualsValueSyntax>().FirstOrDefault(found => found.Span.Length > MaxValue);
        var squeezed = SignatureText.Squeeze(text.Text, attributes?.Span.End ?? statement.SpanStart, value?.SpanStart ?? statement.Span.End);
        return squeezed.Contains(" _ ", StringComparison.Ordinal) ? squeezed.Replace(" _ ", " ", StringComparison.Ordinal) : squeezed;
    }

    // ''' lines right above.
    private (int Line, string Doc)? Comment(SyntaxNode node)
    {
        var first = text.Lines.LineOf(node.SpanStart);
        var line = first;
        while (line > 1 && text.Lines.Line(line - 1).TrimStart().StartsWith("'''")) line--;
        if (line == first) return null;
        var comment = string.Join('\n', Enumerable.Range(line, first - line).Select(at => "///" + text.Lines.Line(at).TrimStart()[3..].ToString()));
        return (line, DocSummary.Of(comment));
    }

    private static string KindOf(TypeBlockSyntax block) => block switch
    {
        StructureBlockSyntax => SymbolKinds.Struct,
        InterfaceBlockSyntax => SymbolKinds.Interface,
        ModuleBlockSyntax => SymbolKinds.Module,
        _ => SymbolKinds.Class,
    };

    private static int ArityOf(TypeParameterListSyntax? list) => list?.Parameters.Count ?? 0;
}
