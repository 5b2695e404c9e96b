namespace Rlm.Context.Relations.CSharp;

/// <summary>
/// Tells without parsing that a name stands in no base list of C#: there it follows a colon or comma, perhaps behind qualifiers, and a comma, brace, bracket, semicolon or
/// <c>where</c> follows it. Parameters and variables fail that, so that of a common type's files few are left to be parsed.
/// </summary>
internal static class BasePlaces
{
    /// <summary>False when none of the places can be in a base list.</summary>
    public static bool MayHold(string text, IReadOnlyList<(int Offset, string Name)> places) => places.Any(place => Ends(text, place.Offset + place.Name.Length) && Begins(text, place.Offset));

    private static bool Ends(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
        return at == text.Length || text[at] is ',' or '{' or '<' or '(' or ';' or '/' or '#' || string.CompareOrdinal(text, at, "where", 0, 5) == 0;
    }

    private static bool Begins(string text, int at)
    {
        while (at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '.' or '_' or '@' || (text[at - 1] == ':' && at > 1 && text[at - 2] == ':'))) at -= text[at - 1] == ':' ? 2 : 1;
        while (at > 0 && char.IsWhiteSpace(text[at - 1])) at--;
        if (at == 0) return false;
        // Behind a comment or a directive the sign may stand before that.
        return text[at - 1] is ':' or ',' or '/' or '>' || LineBegins(text, at - 1, '#') || LineHolds(text, at - 1, "//");
    }

    private static bool LineBegins(string text, int at, char sign) => text.AsSpan(StartOf(text, at), at - StartOf(text, at) + 1).TrimStart() is [var first, ..] && first == sign;

    private static bool LineHolds(string text, int at, string sign) => text.AsSpan(StartOf(text, at), at - StartOf(text, at) + 1).Contains(sign, StringComparison.Ordinal);

    private static int StartOf(string text, int at) => text.LastIndexOf('\n', at) + 1;
}
