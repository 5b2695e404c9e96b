using Rlm.Context.Files;
using Rlm.Context.Outlines;
using Rlm.Context.Slices;

namespace Rlm.Context.Relations;

/// <summary>Members of a name in types, as sites at their declarations.</summary>
internal static class MemberSites
{
    /// <summary>The type that a member is declared in; null when it lies in none.</summary>
    public static FoundSymbol? HolderOf(SearchParts parts, FoundSymbol member)
    {
        if (parts.Enclosers.Open(member.Path) is not { } text) return null;
        var holder = parts.Store.OutlineOf(text, parts.Cancellation).Enclosing(member.Symbol.NameLine, symbol => symbol.IsType && symbol.Path != member.Symbol.Path);
        return holder is null ? null : new(member.Path, holder) { Stamp = text.Stamp };
    }

    /// <summary>The members of a type with a name (<c>Bar</c>, <c>IFoo.Bar</c>).</summary>
    public static IEnumerable<RelationSite> Of(SearchParts parts, FoundSymbol type, string name, int depth, bool overridesOnly)
    {
        if (parts.Enclosers.Open(type.Path) is not WholeText text) yield break;
        var now = parts.Store.OutlineOf(text, parts.Cancellation).All.FirstOrDefault(symbol => symbol.Path == type.Symbol.Path);
        foreach (var member in now?.Children ?? [])
        {
            if (UpwardSteps.PlainName(member.Name) != name || !member.IsMember || member.Kind == SymbolKinds.Constructor) continue;
            var isOverride = member.Signature.Contains("override ", StringComparison.Ordinal) || member.Signature.Contains("@Override", StringComparison.Ordinal);
            if (overridesOnly && !isOverride && text.Language is "csharp" or "kotlin" or "swift") continue;
            if (!parts.Query.Scope.Holds(text.Path, new(member.NameLine, member.NameLine)) || member.NameLine > text.LineCount) continue;
            var at = text.Text.Lines.Line(member.NameLine).IndexOf(name, StringComparison.Ordinal);
            yield return new(text.Path, text.Stamp, member.NameLine, Math.Max(0, at) + 1, name, isOverride ? SiteKinds.Override : SiteKinds.Declaration, Certainty.Syntax, depth) { Enclosing = member };
        }
    }
}
