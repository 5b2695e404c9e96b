using Rlm.Recursion.Programs.Language.Builtins;
using Rlm.Recursion.Programs.Language.Running;
using Rlm.Recursion.Programs.Language.Syntax;
using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>
/// A part of a translated pattern: its .NET form for texts without surrogates and for those with (where one code point may be two units), whether it can match nothing, whether it may do so although something longer is there, and how large it unfolds.
/// </summary>
internal sealed record RegexPiece(string Narrow, string Wide, bool Nullable, bool PrefersEmpty, double Size)
{
    public static readonly RegexPiece Empty = new("", "", true, false, 0);

    public RegexPiece(string both, bool nullable) : this(both, both, nullable, false, 1)
    {
    }
}
