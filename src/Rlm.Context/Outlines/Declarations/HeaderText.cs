using System.Text;

namespace Rlm.Context.Outlines.Declarations;

/// <summary>A header on one line: comments out, white space to single blanks, strings kept.</summary>
internal static class HeaderText
{
    /// <summary>The text between two offsets, cut with <c>…</c> at a length.</summary>
    public static string Of(string text, int start, int end, DeclarationSyntax syntax, int most)
    {
        var line = new StringBuilder(Math.Min(end - start, most));
        for (var at = start; at < end && line.Length < most;)
        {
            var behind = Math.Min(end, HeaderScan.BehindToken(text, at, end, syntax, out var isComment));
            if (!isComment && !char.IsWhiteSpace(text[at])) Append(line, text.AsSpan(at, behind - at));
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            at = behind;
        }
        var squeezed = line.ToString().TrimEnd();
        return squeezed.Length < most ? squeezed : squeezed + "…";
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> token)
    {
        foreach (var character in token) line.Append(character is '\n' or '\r' or '\t' ? ' ' : character);
    }
}
