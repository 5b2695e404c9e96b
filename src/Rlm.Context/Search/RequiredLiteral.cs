using System.Text;

namespace Rlm.Context.Search;

/// <summary>
/// Finds text that every match of a case-sensitive regular expression must contain, so that most files are passed over without decoding them.
/// Conservative: understands plain sequences only, and gives nothing for whatever it is not sure about.
/// </summary>
internal static class RequiredLiteral
{
    /// <summary>The longest run of literal characters that every match contains; empty when none is certain.</summary>
    public static string Of(string pattern)
    {
        string best = "", run = "";
        for (var at = 0; at < pattern.Length;)
        {
            if (!TakeLiteral(pattern, ref at, out var literal))
            {
                if (pattern[at] is '|' or ')') return ""; // an alternative: nothing at this level is required
                Close(ref best, ref run);
                if (!SkipAtom(pattern, ref at) || !SkipsCleanly(pattern, at)) return "";
                SkipQuantifier(pattern, ref at);
                continue;
            }
            if (!IsQuantified(pattern, at))
            {
                run += literal;
                continue;
            }
            if (!SkipsCleanly(pattern, at)) return "";
            var atLeastOnce = pattern[at] == '+';
            if (atLeastOnce) run += literal;
            Close(ref best, ref run);
            SkipQuantifier(pattern, ref at);
        }
        Close(ref best, ref run);
        return best;
    }

    private static void Close(ref string best, ref string run)
    {
        if (Encoding.UTF8.GetByteCount(run) > Encoding.UTF8.GetByteCount(best)) best = run;
        run = "";
    }

    private static bool TakeLiteral(string pattern, ref int at, out char literal)
    {
        literal = pattern[at];
        if (literal == '\\' && at + 1 < pattern.Length && !char.IsLetterOrDigit(pattern[at + 1]))
        {
            literal = pattern[at + 1];
            at += 2;
            return true;
        }
        // Surrogate halves stay out: a quantifier would bind to the second half only.
        if (literal is '\\' or '[' or ']' or '(' or ')' or '{' or '}' or '.' or '*' or '+' or '?' or '^' or '$' or '|' || char.IsSurrogate(literal)) return false;
        at++;
        return true;
    }

    private static bool SkipAtom(string pattern, ref int at)
    {
        switch (pattern[at])
        {
            case '.' or '^' or '$':
                at++;
                return true;
            case '\\' when at + 1 < pattern.Length && pattern[at + 1] is 'w' or 'W' or 's' or 'S' or 'd' or 'D' or 'b' or 'B' or 't':
                at += 2;
                return true;
            case '[':
                return SkipClass(pattern, ref at);
            case '(':
                return SkipGroup(pattern, ref at);
            default:
                if (!char.IsSurrogate(pattern[at])) return false;
                at++;
                return true;
        }
    }

    private static bool SkipClass(string pattern, ref int at)
    {
        at++;
        if (at < pattern.Length && pattern[at] == '^') at++;
        if (at < pattern.Length && pattern[at] == ']') at++;
        for (; at < pattern.Length; at++)
            if (pattern[at] == '\\') at++;
            else if (pattern[at] == '[') return false; // class subtraction
            else if (pattern[at] == ']')
            {
                at++;
                return true;
            }
        return false;
    }

    private static bool SkipGroup(string pattern, ref int at)
    {
        at++;
        if (at + 1 < pattern.Length && pattern[at] == '?' && pattern[at + 1] != ':') return false; // options, names, look-arounds: not understood here
        while (at < pattern.Length && pattern[at] != ')')
            if (pattern[at] == '\\') at += 2;
            else if (pattern[at] == '[' && !SkipClass(pattern, ref at)) return false;
            else if (at < pattern.Length && pattern[at] == '(' && !SkipGroup(pattern, ref at)) return false;
            else if (at < pattern.Length && pattern[at] != ')' && pattern[at] != '(' && pattern[at] != '[' && pattern[at] != '\\') at++;
        if (at >= pattern.Length) return false;
        at++;
        return true;
    }

    private static bool IsQuantified(string pattern, int at) => at < pattern.Length && pattern[at] is '*' or '?' or '+' or '{';

    // A brace that is no {n}, {n,} or {n,m} is a literal in .NET; such patterns are left alone.
    private static bool SkipsCleanly(string pattern, int at)
    {
        if (at >= pattern.Length || pattern[at] != '{') return true;
        var end = pattern.IndexOf('}', at);
        if (end < at + 2 || !char.IsAsciiDigit(pattern[at + 1])) return false;
        return pattern[(at + 1)..end].All(c => char.IsAsciiDigit(c) || c == ',');
    }

    private static void SkipQuantifier(string pattern, ref int at)
    {
        if (!IsQuantified(pattern, at)) return;
        if (pattern[at] == '{')
        {
            var end = pattern.IndexOf('}', at);
            at = end < 0 ? pattern.Length : end + 1;
        }
        else
        {
            at++;
        }
        if (at < pattern.Length && pattern[at] is '?' or '+') at++;
    }
}
