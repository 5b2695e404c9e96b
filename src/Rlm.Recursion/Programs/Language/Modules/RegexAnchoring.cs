using Rlm.Recursion.Programs.Language.Values;

namespace Rlm.Recursion.Programs.Language.Modules;

/// <summary>Where a match must begin and end: anywhere, at the start, or at the start and at the end of the text.</summary>
internal enum RegexAnchoring
{
    Search,
    Match,
    Full,
}
