using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Tests.Outlines;

/// <summary>One member as Roslyn's own tree has it.</summary>
internal readonly record struct WalkedMember(string Kind, string Name, int Start, int End);

/// <summary>An independent list of all members of a C# text: a plain walk over the whole tree, with lines counted by hand.</summary>
internal sealed class RoslynWalk(string text) : CSharpSyntaxWalker
{
    private readonly List<WalkedMember> _members = [];

    public static IReadOnlyList<WalkedMember> Of(string text, out bool hasErrors)
    {
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview));
        var walk = new RoslynWalk(text);
        walk.Visit(tree.GetRoot());
        hasErrors = tree.GetRoot().ContainsDiagnostics;
        return walk._members;
    }

    public override void DefaultVisit(SyntaxNode node)
    {
        if (node is BaseFieldDeclarationSyntax field)
            foreach (var variable in field.Declaration.Variables) Add(field, field is EventFieldDeclarationSyntax ? "event" : "field", variable.Identifier.Text);
        else if (node is MemberDeclarationSyntax member && Describe(member) is ({ } kind, { } name)) Add(member, kind, name);
        base.DefaultVisit(node);
    }

    private void Add(MemberDeclarationSyntax node, string kind, string name) =>
        _members.Add(new WalkedMember(kind, string.Concat(name.Where(c => !char.IsWhiteSpace(c))), LineAt(node.SpanStart), LineAt(node.Span.End - 1)));

    // Counted by hand on purpose; remembered to stay linear.
    private int _countedTo, _line = 1;

    private int LineAt(int offset)
    {
        if (offset < _countedTo) (_countedTo, _line) = (0, 1);
        for (; _countedTo < offset; _countedTo++)
            if (text[_countedTo] == '\n') _line++;
        return _line;
    }

    private static (string? Kind, string? Name) Describe(MemberDeclarationSyntax member) => member switch
    {
        BaseNamespaceDeclarationSyntax node => ("namespace", node.Name.ToString()),
        ClassDeclarationSyntax node => ("class", node.Identifier.Text),
        StructDeclarationSyntax node => ("struct", node.Identifier.Text),
        InterfaceDeclarationSyntax node => ("interface", node.Identifier.Text),
        RecordDeclarationSyntax node => (node.IsKind(SyntaxKind.RecordStructDeclaration) ? "record_struct" : "record", node.Identifier.Text),
        UnionDeclarationSyntax node => ("struct", node.Identifier.Text),
        ExtensionBlockDeclarationSyntax node => ("extension", "extension(" + string.Join(',', node.ParameterList!.Parameters.Select(p => p.Type!.ToString())) + ")"),
        EnumDeclarationSyntax node => ("enum", node.Identifier.Text),
        EnumMemberDeclarationSyntax node => ("enum_member", node.Identifier.Text),
        DelegateDeclarationSyntax node => ("delegate", node.Identifier.Text),
        MethodDeclarationSyntax node => ("method", node.ExplicitInterfaceSpecifier + node.Identifier.Text),
        ConstructorDeclarationSyntax node => ("constructor", node.Identifier.Text),
        DestructorDeclarationSyntax node => ("destructor", "~" + node.Identifier.Text),
        OperatorDeclarationSyntax node => ("operator", node.ExplicitInterfaceSpecifier + "operator" + node.CheckedKeyword.Text + node.OperatorToken.Text),
        ConversionOperatorDeclarationSyntax node => ("conversion", node.ExplicitInterfaceSpecifier + node.ImplicitOrExplicitKeyword.Text + "operator" + node.CheckedKeyword.Text + node.Type),
        PropertyDeclarationSyntax node => ("property", node.ExplicitInterfaceSpecifier + node.Identifier.Text),
        IndexerDeclarationSyntax node => ("indexer", node.ExplicitInterfaceSpecifier + "this[]"),
        EventDeclarationSyntax node => ("event", node.ExplicitInterfaceSpecifier + node.Identifier.Text),
        _ => default,
    };
}
