using System.Text.RegularExpressions;

namespace Rlm.Context.Outlines.VisualBasic;

/// <summary>What the parser is trusted with: its recursion follows brackets, blocks and XML literals, and a stack that ends takes the process with it.</summary>
internal static partial class VisualBasicLimits
{
    private const int Brackets = 300, Blocks = 1_000, Elements = 2_000, Chain = 20_000;

    /// <summary>Whether a text is harmless. One pass; counts a little too much rather than too little.</summary>
    public static bool Allow(string text)
    {
        var (brackets, elements, blocks, operators) = (0, 0, 0, 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var content = line.Trim();
            if (content.IsEmpty || content[0] == '\'') continue;
            var isContinued = content[^1] is '_' or '&' or '+' or ',' or '(' or '.' or '=';
            foreach (var character in content)
                if (character is '(' or '{') brackets++;
                else if (character is ')' or '}') brackets = Math.Max(0, brackets - 1);
                else if (character == '<') elements++;
                else if (character is '&' or '+' or '-' or '*' or '.') operators++;
            if (brackets > Brackets || elements > Elements || operators > Chain) return false;
            if (!isContinued) operators = 0;
            if (Opener().IsMatch(content)) blocks++;
            else if (Closer().IsMatch(content)) blocks = Math.Max(0, blocks - 1);
            if (blocks > Blocks) return false;
        }
        return true;
    }

    [GeneratedRegex(@"^(?:(?:public|private|protected|friend|shared|partial|overrides|overridable|notinheritable|mustinherit|shadows|async|iterator|default|readonly|writeonly|custom|overloads|notoverridable)\s+)*(?:namespace|class|module|structure|interface|enum|sub|function|operator|get|set|addhandler|removehandler|raiseevent|for|while|do|select|try|using|with|synclock)\b|\b(?:then|sub\s*\([^()]*\)|function\s*\([^()]*\))$|^if\b.*\bthen$", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Opener();

    [GeneratedRegex(@"^(?:end\s+\w+|next\b|loop\b|wend\b)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Closer();
}
