using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Characters about which .NET and CPython disagree.</summary>
internal static class RegexFolding
{
    private const string Several = "\u0130\u0131\u017F\u212A\u212B\u2126\u00B5\u03BC\u0345\u03B9\u1FBE\u0390\u1FD3\u03B0\u1FE3\u03B2\u03D0\u03B5\u03F5\u03B8\u03D1\u03F4\u03BA\u03F0\u03C0\u03D6\u03C1\u03F1\u03C2\u03C3\u03C6\u03D5\u03C9\u00E5\u00C5\u00DF\u1E9E\u1E61\u1E9B\uFB05\uFB06\u01C4\u01C5\u01C6\u01C7\u01C8\u01C9\u01CA\u01CB\u01CC\u01F1\u01F2\u01F3\u0432\u0434\u043E\u0441\u0442\u044A\u0463\uA64B";

    /// <summary>Letters that fold with more than one other, or whose pairs are newer than one of both tables.</summary>
    public static bool IsRisky(char unit) => unit >= 128 && (Several.Contains(unit, StringComparison.Ordinal) || Several.Contains(char.ToLowerInvariant(unit), StringComparison.Ordinal) || unit is (>= '\u0370' and <= '\u03FF' and not (>= '\u0391' and <= '\u03C9')) or (>= '\u1C80' and <= '\u1CBF') or (>= '\u10A0' and <= '\u10FF') or (>= '\u13A0' and <= '\u13FF') or (>= '\u1F00' and <= '\u1FFF') or (>= '\uA640' and <= '\uABBF'));
}
