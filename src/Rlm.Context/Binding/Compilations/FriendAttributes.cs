using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Rlm.Context.Binding.Compilations;

/// <summary>
/// Repeats the friends that sources name together with a key (<c>InternalsVisibleTo("Tests, PublicKey=…")</c>) without it: nothing is signed here, so the assembly that asks has no key.
/// </summary>
internal static class FriendAttributes
{
    /// <summary>Source with the attributes; empty for none.</summary>
    public static string Of(IEnumerable<SyntaxTree> trees, CancellationToken cancellationToken)
    {
        var friends = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var tree in trees)
            foreach (var list in ((CompilationUnitSyntax)tree.GetRoot(cancellationToken)).AttributeLists)
                foreach (var attribute in list.Attributes)
                    if (attribute.Name.ToString() is var name && (name.EndsWith("InternalsVisibleTo", StringComparison.Ordinal) || name.EndsWith("InternalsVisibleToAttribute", StringComparison.Ordinal))
                        && attribute.ArgumentList?.Arguments is [var argument, ..] && FirstText(argument.Expression) is { } text && text.Contains(',', StringComparison.Ordinal)) friends.Add(text.Split(',')[0].Trim());
        var source = new StringBuilder();
        foreach (var friend in friends) source.Append("[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(").Append(SymbolDisplay.FormatLiteral(friend, quote: true)).Append(")]\n");
        return source.ToString();
    }

    // "Tests, PublicKey=" + Key begins with what counts.
    private static string? FirstText(ExpressionSyntax expression)
    {
        while (expression is BinaryExpressionSyntax sum) expression = sum.Left;
        return (expression as LiteralExpressionSyntax)?.Token.Value as string;
    }
}
